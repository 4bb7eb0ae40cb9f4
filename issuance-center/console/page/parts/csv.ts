/** A list as a CSV file that spreadsheets open as it is: UTF-8 with BOM (RFC 4180), no cell that they take for a formula. */
import type { Column } from './listState.ts';

/** RFC 4180, CRLF, with the byte order mark. */
export async function csvText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Promise<string> {
  const { stringify } = await import('csv-stringify/browser/esm/sync');
  const written = columns.filter(({ isOnlyShown }) => !isOnlyShown);
  const lines = rows.map((row) => written.map(({ value }) => value(row) ?? ''));
  return stringify([written.map(({ label }) => label), ...lines], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

export async function saveCsv<Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const text = await csvText(columns, rows);
  saveFile(`${name}.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));
}

export function saveFile(name: string, file: Blob): void {
  const href = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
