/** What the statements that apply rows share. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { FeedRow, RowFault } from './parseLines.ts';

export interface Applied {
  readonly faults: readonly RowFault[];
  /** residents about whom something changed: what else stands on them has changed too */
  readonly touched: readonly string[];
}
export const APPLIED: Applied = { faults: [], touched: [] };

export interface ApplyContext {
  readonly tx: CenterTransaction;
  readonly municipality: MunicipalityCode;
  /** of a full load: who stands on which 戸籍 is worked out once, at its end */
  readonly deferMembers: boolean;
}

/** The rows as one JSON array, the way every statement below takes them. */
export const jsonRows = (rows: readonly FeedRow[]): string => JSON.stringify(rows.map(({ row }) => row));
export const valuesOf = (rows: readonly FeedRow[], field: string): string[] =>
  rows.map(({ row }) => String(row[field]));
/** One fault for each row that `isWrong`. */
export function faultsWhere(
  rows: readonly FeedRow[],
  isWrong: (row: FeedRow) => boolean,
  path: string,
  reason: string,
): RowFault[] {
  return rows.filter(isWrong).map(({ line }) => ({ line, path, reason }));
}
