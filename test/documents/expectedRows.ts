/**
 * Follows a form that flows down its pages as a reader would: row by row, each cell's words must come next in its columns.
 * Uses the layout's JSON and the dataset's view alone.
 */
import type { PrintableFields, PrintableView } from '#templates/datasets/printable.ts';
import type { FlowCell, FlowLayout, FlowRow } from '#templates/layoutSchema.ts';
import { printedWords, type Choices } from './expectedCells.ts';
import { withoutSpace, type Word } from './pageText.ts';

/** Where a row was not found: its place among the rows and its template, never its words. */
export interface MissingRow {
  readonly index: number;
  readonly row: string;
  readonly page: number;
}

interface Cursor {
  readonly page: number;
  readonly y: number;
}

/** Undefined when every row of the view stands on the pages, in order and complete. */
export function findRows(
  layout: FlowLayout,
  view: PrintableView,
  choices: Choices,
  pages: readonly (readonly Word[])[],
): MissingRow | undefined {
  const { topPt, bottomPt, lastBottomPt } = layout.flow;
  const wordsBelow = ({ page, y }: Cursor): readonly Word[] => {
    const bottom = page === pages.length - 1 ? lastBottomPt : bottomPt;
    return (pages[page] ?? []).filter((word) => middle(word) >= y && middle(word) <= bottom);
  };
  const next = (template: FlowRow, fields: PrintableFields, cursor: Cursor): Cursor | undefined => {
    const cells = template.cells.map((cell) => ({
      cell,
      text: withoutSpace(cellText(cell, fields, choices)),
    }));
    const end = rowEnd(layout, cells, wordsBelow(cursor), cursor.y);
    return end === undefined ? undefined : { page: cursor.page, y: end };
  };
  /** below the rows that every page repeats */
  const topOf = (page: number): Cursor | undefined =>
    layout.pageHead.reduce<Cursor | undefined>(
      (cursor, template) => cursor && next(template, view.header, cursor),
      { page, y: topPt },
    );
  let cursor = topOf(0);
  for (const [index, { row, fields }] of view.flow.entries()) {
    const template = layout.rows[row]!;
    const page: number = cursor?.page ?? 0;
    const overleaf: Cursor | undefined = topOf(page + 1);
    cursor = (cursor && next(template, fields, cursor)) ?? (overleaf && next(template, fields, overleaf));
    if (!cursor) return { index, row, page };
  }
  return undefined;
}

interface WantedCell {
  readonly cell: FlowCell;
  readonly text: string;
}

/** The y below the row's last line; undefined when a cell's words do not come next in its columns. */
function rowEnd(
  { flow }: FlowLayout,
  cells: readonly WantedCell[],
  words: readonly Word[],
  from: number,
): number | undefined {
  const first = Math.min(...words.map(middle));
  let end = from;
  for (const { cell, text } of cells) {
    if (text === '') continue;
    const [column, count] = cell.columns;
    const left = flow.leftPt + (column - 1) * flow.columnWidthPt;
    const own = words.filter((word) => {
      const x = (word.xMin + word.xMax) / 2;
      return x >= left && x <= left + count * flow.columnWidthPt;
    });
    const lines = [...own].sort(byLine);
    let read = '';
    for (const word of lines) {
      if (read.length >= text.length) break;
      read += withoutSpace(word.text);
      end = Math.max(end, middle(word) + 1);
    }
    if (read !== text) return undefined;
    // a cell that belongs to a later row stands lower than this row's first line
    if (lines.length > 0 && middle(lines[0]!) - first > ROW_TOLERANCE_PT) return undefined;
  }
  return end;
}

/** Half of the tallest row any layout has: a row's cells start within it. */
const ROW_TOLERANCE_PT = 20;

const middle = ({ yMin, yMax }: Word): number => (yMin + yMax) / 2;

function byLine(left: Word, right: Word): number {
  const sameLine = Math.abs(middle(left) - middle(right)) < (left.yMax - left.yMin) / 2;
  return sameLine ? left.xMin - right.xMin : middle(left) - middle(right);
}

function cellText({ content }: FlowCell, fields: PrintableView['header'], choices: Choices): string {
  switch (content.kind) {
    case 'label':
      return (content.field !== undefined && choices.labels[content.field]) || content.text;
    case 'field':
      return printedWords(content.field, fields[content.field], choices);
    case 'not-applicable':
      return choices.marks.notApplicable;
    default:
      return '';
  }
}
