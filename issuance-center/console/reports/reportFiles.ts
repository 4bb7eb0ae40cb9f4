/** Tables as a file: CSV that a spreadsheet opens as it is (UTF-8 with BOM), PDF for the archive. */
import { stringify } from 'csv-stringify/sync';
import PDFDocument from 'pdfkit';
import type { Table } from './reportTable.ts';

/** A cell that begins like a formula is text all the same (CSV injection). */
const escapeFormulas = true;

export function tablesCsv(heading: readonly string[], tables: readonly Table[]): Buffer {
  const blocks = tables.flatMap(({ title, head, rows }) => [
    [title],
    [...head],
    ...rows.map((row) => [...row]),
    [],
  ]);
  const lines = [...heading.map((line) => [line]), [], ...blocks];
  const text = stringify(lines, { bom: true, record_delimiter: '\r\n', escape_formulas: escapeFormulas });
  return Buffer.from(text, 'utf8');
}

const MARGIN = 42;
const ROW = 16;
const PADDING = 3;
const SIZE = 9;

/** A4, one table after the other, the head repeated on each page; page n of N at the foot. */
export function tablesPdf(
  heading: readonly string[],
  tables: readonly Table[],
  { fontPath, createdAt }: { readonly fontPath: string; readonly createdAt: number },
): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN },
    bufferPages: true,
    lang: 'ja',
    displayTitle: true,
    info: { Title: heading[0] ?? '', CreationDate: new Date(createdAt) },
  });
  const chunks: Buffer[] = [];
  const written = new Promise<Buffer>((done, fail) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => done(Buffer.concat(chunks)));
    document.on('error', fail);
  });
  document.registerFont('text', fontPath).font('text');
  const [title = '', ...rest] = heading;
  document.fontSize(15).text(title);
  document.fontSize(SIZE);
  for (const line of rest) document.text(line);
  for (const table of tables) drawTable(document, table);
  numberPages(document);
  document.end();
  return written;
}

function drawTable(document: PDFKit.PDFDocument, table: Table): void {
  const { width, height } = document.page;
  const lowest = height - MARGIN - ROW;
  const columns = columnsOf(document, table, width - 2 * MARGIN);
  const rows = table.rows.length > 0 ? table.rows : [['（ありません）']];
  if (document.y + ROW * 4 > lowest) document.addPage();
  document.moveDown(1).fontSize(11).text(table.title, MARGIN).fontSize(SIZE).moveDown(0.3);
  let y = drawRow(document, columns, table.head, document.y);
  for (const row of rows) {
    if (y + heightOf(document, columns, row) > lowest) {
      document.addPage();
      y = drawRow(document, columns, table.head, MARGIN);
    }
    y = drawRow(document, columns, row, y);
  }
  document.y = y;
  document.x = MARGIN;
}

interface Column {
  readonly width: number;
  readonly align: 'left' | 'right';
}

const wordsOf = (cell: string | number): string =>
  typeof cell === 'number' ? cell.toLocaleString('ja-JP') : cell;

/** As wide as what stands in them; what is left goes to the first, what is missing is taken from all. */
function columnsOf(document: PDFKit.PDFDocument, { head, rows }: Table, width: number): readonly Column[] {
  const natural = head.map((title, index) =>
    Math.max(
      ...[title, ...rows.map((row) => wordsOf(row[index] ?? ''))].map((text) => document.widthOfString(text)),
    ),
  );
  const padded = natural.map((own) => own + 2 * PADDING + 4);
  const sum = padded.reduce((total, own) => total + own, 0);
  return padded.map((own, index) => ({
    width: sum > width ? (own * width) / sum : index === 0 ? own + width - sum : own,
    align: rows.length > 0 && rows.every((row) => typeof row[index] === 'number') ? 'right' : 'left',
  }));
}

function heightOf(
  document: PDFKit.PDFDocument,
  columns: readonly Column[],
  cells: readonly (string | number)[],
): number {
  const heights = columns.map(({ width }, index) =>
    document.heightOfString(wordsOf(cells[index] ?? ''), { width: width - 2 * PADDING }),
  );
  return Math.max(ROW, ...heights.map((height) => height + PADDING * 2));
}

/** Words to the left, numbers and their heads to the right. Answers with where the next row begins. */
function drawRow(
  document: PDFKit.PDFDocument,
  columns: readonly Column[],
  cells: readonly (string | number)[],
  y: number,
): number {
  const height = heightOf(document, columns, cells);
  let x = MARGIN;
  columns.forEach(({ width, align }, index) => {
    document.text(wordsOf(cells[index] ?? ''), x + PADDING, y + PADDING, {
      width: width - 2 * PADDING,
      align,
    });
    x += width;
  });
  document
    .moveTo(MARGIN, y + height)
    .lineTo(x, y + height)
    .lineWidth(0.3)
    .stroke();
  return y + height;
}

function numberPages(document: PDFKit.PDFDocument): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    const { width, height, margins } = document.page;
    const bottom = margins.bottom;
    margins.bottom = 0; // the foot stands in the margin
    document.text(`${page - start + 1} / ${count}`, MARGIN, height - MARGIN + 8, {
      width: width - 2 * MARGIN,
      align: 'center',
      lineBreak: false,
    });
    margins.bottom = bottom;
  }
}
