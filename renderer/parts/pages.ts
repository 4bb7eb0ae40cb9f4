/** Where a row lies when all rows are laid out under each other, in pixels from the top of the list. */
export interface Row {
  readonly top: number;
  readonly bottom: number;
}

/**
 * Splits measured rows into pages `[from, to)`. All on one page when they fit into `room`; otherwise as many per page
 * as fit beside the pager. Rows with the same top stand side by side and stay together. A row too high for any page
 * has a page of its own.
 */
export function pagesOf(
  rows: readonly Row[],
  room: number,
  pager: number,
): readonly (readonly [number, number])[] {
  const last = rows.at(-1);
  if (!last || Math.max(...rows.map((row) => row.bottom)) <= room) return [[0, rows.length]];
  const starts = [0];
  rows.forEach((row, index) => {
    const start = starts.at(-1) ?? 0;
    const beside = index > 0 && rows[index - 1]?.top === row.top;
    const tooLow = row.bottom - (rows[start]?.top ?? 0) > room - pager;
    if (tooLow && index > start) starts.push(beside ? firstBeside(rows, index, start) : index);
  });
  return starts.map((from, page) => [from, starts[page + 1] ?? rows.length] as const);
}

function firstBeside(rows: readonly Row[], index: number, start: number): number {
  let first = index;
  while (first - 1 > start && rows[first - 1]?.top === rows[index]?.top) first -= 1;
  return first;
}
