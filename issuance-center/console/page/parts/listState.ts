/** What of a list is shown, as the address says it. Pure. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** sorted by, searched in, written to CSV */
  readonly value: (row: Row) => string | number | null;
  /** shown instead of the value */
  readonly cell?: (row: Row) => ReactNode;
  readonly align?: 'end';
  /** cannot be sorted by: buttons */
  readonly isFixed?: boolean;
  /** the cell that names its row */
  readonly isRowHead?: boolean;
  /** a choice above the list that keeps rows of one value */
  readonly narrows?: readonly { readonly value: string; readonly label: string }[];
  /** one line: an hour, a day, a number */
  readonly isOneLine?: boolean;
  /** not a column of the CSV file: buttons */
  readonly isOnlyShown?: boolean;
}

export interface ListState {
  /** a column's id, with - before it for the other direction */
  readonly sort: string | undefined;
  readonly page: number;
  readonly words: string;
  /** value wanted, by column */
  readonly only: Readonly<Record<string, string>>;
  readonly isNarrowed: boolean;
}

const keyOf = (name: string, key: string): string => (name === '' ? key : `${name}-${key}`);
const ONLY = 'only.';

export function listState(
  query: Readonly<Record<string, string>>,
  name: string,
  sort: string | undefined,
): ListState {
  const read = (key: string): string | undefined => query[keyOf(name, key)];
  const page = Number(read('page') ?? 1);
  const start = keyOf(name, ONLY);
  const only = Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) =>
      key.startsWith(start) ? [[key.slice(start.length), value]] : [],
    ),
  );
  const words = read('q') ?? '';
  return {
    sort: read('sort') ?? sort,
    page: Number.isInteger(page) && page > 0 ? page : 1,
    words,
    only,
    isNarrowed: words !== '' || Object.keys(only).length > 0,
  };
}

/** The names in the address that a change of the list writes. */
export function listQuery(
  name: string,
  { sort, page, words, only }: Partial<ListState>,
): Record<string, string | number | undefined> {
  return {
    ...(sort === undefined ? {} : { [keyOf(name, 'sort')]: sort }),
    ...(page === undefined ? {} : { [keyOf(name, 'page')]: page === 1 ? undefined : page }),
    ...(words === undefined ? {} : { [keyOf(name, 'q')]: words }),
    ...Object.fromEntries(
      Object.entries(only ?? {}).map(([column, value]) => [
        `${keyOf(name, ONLY)}${column}`,
        value === '' ? undefined : value,
      ]),
    ),
  };
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Rows that hold every word somewhere and the wanted values. */
export function narrowed<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { words, only }: ListState,
): readonly Row[] {
  const wanted = folded(words)
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter((row) => {
    const text = folded(columns.map(({ value }) => value(row) ?? '').join('\n'));
    return (
      wanted.every((word) => text.includes(word)) &&
      columns.every(({ id, value }) => only[id] === undefined || String(value(row) ?? '') === only[id])
    );
  });
}

const collator = new Intl.Collator('ja', { numeric: true });

/** Nothing comes last in either direction. */
export function compareBy<Row>(columns: readonly Column<Row>[], sort: string | undefined) {
  const isBack = sort?.startsWith('-') ?? false;
  const column = columns.find(({ id }) => id === (isBack ? sort!.slice(1) : sort));
  return (left: Row, right: Row): number => {
    if (!column) return 0;
    const [a, b] = [column.value(left), column.value(right)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order =
      typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
    return isBack ? -order : order;
  };
}
