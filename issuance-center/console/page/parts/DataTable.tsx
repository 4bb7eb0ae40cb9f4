/**
 * A list: sorted, searched, narrowed down and turned over by the address of the page, so that a list can be gone back to
 * and handed on. Rows are all there are, or those of one page that the center counted out.
 */
import type { ReactNode } from 'react';
import { useQuery } from '../base/place.ts';
import { compareBy, listQuery, listState, narrowed, type Column, type ListState } from './listState.ts';
import { saveCsv } from './csv.ts';
import { Pager } from './Pager.tsx';
import { TableFilters } from './TableFilters.tsx';

export type { Column } from './listState.ts';

interface Props<Row> {
  /** what the list is of; also the name of the CSV file */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  /** when there is nothing at all: what to do first */
  readonly empty: ReactNode;
  /** two lists on one page: a word before the names in the address */
  readonly name?: string;
  /** e.g. -at: newest first */
  readonly sort?: string;
  readonly pageSize?: number;
  /** the center sorts and counts: `rows` is one page of `total`; `csvHref` gives all */
  readonly paged?: { readonly total: number; readonly csvHref?: string };
  /** no search box and no CSV for a handful of rows */
  readonly isShort?: boolean;
  readonly rowTone?: (row: Row) => 'bad' | undefined;
}

const PAGE_SIZE = 25;
const SEEN_AT_ONCE = 9;

export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, empty, name = '', sort, pageSize = PAGE_SIZE, paged } = props;
  const { query, change } = useQuery();
  const state = listState(query, name, sort);
  const set = (patch: Partial<ListState>) =>
    change(listQuery(name, { ...patch, page: patch.page ?? 1 }), { replace: patch.page === undefined });
  const found = paged ? rows : narrowed(rows, columns, state);
  const sorted = paged ? found : [...found].sort(compareBy(columns, state.sort));
  const total = paged?.total ?? sorted.length;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(state.page, pages);
  const shown = paged ? sorted : sorted.slice((page - 1) * pageSize, page * pageSize);
  if (rows.length === 0 && total === 0 && !state.isNarrowed) return <div className="empty">{empty}</div>;
  return (
    <section className="list" aria-label={caption}>
      {!props.isShort && (
        <div className="list-tools">
          {!paged && (
            <TableFilters
              columns={columns}
              state={state}
              isSearched={rows.length > SEEN_AT_ONCE || state.words !== ''}
              onChange={set}
            />
          )}
          <CsvOffer {...props} all={sorted} />
        </div>
      )}
      <div className="table-frame" role="region" aria-label={`${caption}の表`} tabIndex={0}>
        <table className="table">
          <caption>
            {caption}
            <span className="count" role="status">
              {total}件{pages > 1 && `のうち ${page} / ${pages} ページ目`}
            </span>
          </caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head key={column.id} column={column} sort={state.sort} onSort={(to) => set({ sort: to })} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowKey(row)} data-tone={props.rowTone?.(row)}>
                {columns.map((column) => (
                  <Cell key={column.id} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p className="empty">条件に合うものはありません。条件を変えてください。</p>}
      {pages > 1 && <Pager page={page} pages={pages} caption={caption} onTurn={(to) => set({ page: to })} />}
    </section>
  );
}

function CsvOffer<Row>({ caption, columns, paged, all }: Props<Row> & { readonly all: readonly Row[] }) {
  if (paged && !paged.csvHref) return null;
  const words = 'CSVで保存';
  return (
    <div className="list-csv">
      {paged ? (
        <a className="button button-small" href={paged.csvHref} download>
          {words}
        </a>
      ) : (
        <button
          type="button"
          className="button button-small"
          onClick={() => void saveCsv(caption, columns, all)}
        >
          {words}
        </button>
      )}
    </div>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const { id, label, align, isFixed } = column;
  if (isFixed) {
    return (
      <th scope="col" data-align={align}>
        {label}
      </th>
    );
  }
  const direction = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : 'none';
  return (
    <th scope="col" data-align={align} aria-sort={direction}>
      <button
        type="button"
        className="sort"
        onClick={() => onSort(direction === 'ascending' ? `-${id}` : id)}
      >
        {label}
        <span aria-hidden="true" className="sort-sign">
          {direction === 'ascending' ? '▲' : direction === 'descending' ? '▼' : '△'}
        </span>
      </button>
    </th>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const { align, cell, value, isRowHead, isOneLine } = column;
  const content = cell ? cell(row) : (value(row) ?? '');
  return isRowHead ? (
    <th scope="row" data-align={align} data-one-line={isOneLine}>
      {content}
    </th>
  ) : (
    <td data-align={align} data-one-line={isOneLine}>
      {content}
    </td>
  );
}
