/**
 * Up to which instant each register of a municipality is known. A register with an open gap, a contradiction, an event
 * that is due and not applied, or too many differences from its source is not known at all (operations.md 7, T6).
 */
import { sql } from 'kysely';
import type { MunicipalityCode, RegisterId } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { isGapOpen, isWhollyDoubtful } from './streamRules.ts';

/** Milliseconds; a register that is not known is not in it. */
export type FedUntil = ReadonlyMap<RegisterId, number>;

export async function readFedUntil(
  db: CenterDatabase | CenterTransaction,
  municipality: MunicipalityCode,
  now: number,
): Promise<FedUntil> {
  const rows = await db
    .selectFrom('register_stream as stream')
    .select(['register', 'next_seq', 'heard_seq', 'fed_until', 'blocked_reason'])
    .select(({ selectFrom }) => [
      selectFrom('register_pending as pending')
        .select(sql<number>`count(*)::int`.as('due'))
        .whereRef('pending.municipality', '=', 'stream.municipality')
        .whereRef('pending.register', '=', 'stream.register')
        .where('effective_at', '<=', new Date(now))
        .as('due'),
      selectFrom('register_difference as difference')
        .select(sql<number>`count(*)::int`.as('differences'))
        .whereRef('difference.municipality', '=', 'stream.municipality')
        .whereRef('difference.register', '=', 'stream.register')
        .as('differences'),
      selectFrom('register_reconciliation as last')
        .select('rows')
        .whereRef('last.municipality', '=', 'stream.municipality')
        .whereRef('last.register', '=', 'stream.register')
        .orderBy('id', 'desc')
        .limit(1)
        .as('rows'),
    ])
    .where('stream.municipality', '=', municipality)
    .execute();
  const known = rows.filter(
    (row) =>
      row.blocked_reason === null &&
      !isGapOpen({ nextSeq: row.next_seq, heardSeq: row.heard_seq }) &&
      !row.due &&
      !isWhollyDoubtful(row.differences ?? 0, row.rows ?? 0),
  );
  return new Map(known.map(({ register, fed_until }) => [register, fed_until.getTime()]));
}

/** Which of these residents stand on a row that differs from its source: nothing about them is answered. */
export async function heldAmong(
  db: CenterDatabase | CenterTransaction,
  municipality: MunicipalityCode,
  keys: readonly string[],
): Promise<boolean> {
  const row = await db
    .selectFrom('register_difference')
    .select('key')
    .where('municipality', '=', municipality)
    .where((where) =>
      where.or([
        where('key', '=', sql<string>`any(${keys}::text[])`),
        // 年度, 支援措置: the resident is the first part of the key
        where(sql`split_part(key, '/', 1)`, '=', sql<string>`any(${keys}::text[])`),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
