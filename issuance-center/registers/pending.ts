/**
 * Events whose time has come: applied in their order before anything is read of the municipality. One that cannot stand
 * blocks its register until the next full load. One that a newer version has overtaken is not applied; where the newer one
 * says something else nobody knows whether the plan was given up, and the row is held until source and center agree.
 */
import { sql } from 'kysely';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { feedRegister, type FeedRegister } from '../contract/registerFeed.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { FeedPlace } from './feedApi.ts';
import { applyInOrder, startRun } from './feedRun.ts';
import { findLateIssues } from './lateIssues.ts';
import type { FeedRow } from './parseLines.ts';
import { knownRows } from './rowVersions.ts';
import { holdFeeds } from './streams.ts';

/** A full load may hold the feeds for minutes; whoever stands at a kiosk is told then that the register is not known. */
const PATIENCE = '2s';
const LOCK_NOT_AVAILABLE = '55P03';

/** Applies what is due; does nothing, with one small question, when nothing is. What stays due withholds its register. */
export async function applyDue(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  now: number,
): Promise<void> {
  const due = await db
    .selectFrom('register_pending')
    .select('id')
    .where('municipality', '=', municipality)
    .where('effective_at', '<=', new Date(now))
    .limit(1)
    .executeTakeFirst();
  if (!due) return;
  try {
    await db.transaction().execute(async (tx) => {
      await sql`set local lock_timeout = ${sql.lit(PATIENCE)}`.execute(tx);
      await holdFeeds(tx, municipality);
      await applyDueIn(tx, municipality, now);
    });
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
  }
}

/** For what nobody asks about: links of cards that are renewed on a day. */
export async function applyDueEverywhere(db: CenterDatabase, now: number): Promise<void> {
  const due = await db
    .selectFrom('register_pending')
    .select('municipality')
    .distinct()
    .where('effective_at', '<=', new Date(now))
    .execute();
  for (const { municipality } of due) await applyDue(db, municipality as MunicipalityCode, now);
}

export async function applyDueIn(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  now: number,
): Promise<void> {
  const due = await tx
    .deleteFrom('register_pending')
    .where('municipality', '=', municipality)
    .where('effective_at', '<=', new Date(now))
    .returning(['id', 'register', 'effective_at', 'event'])
    .execute();
  // of one instant: people before what stands on them, then as they arrived (a full load begins the numbers anew)
  const rank = (register: FeedRegister) => feedRegister.options.indexOf(register);
  const inTime = due.sort(
    (left, right) =>
      left.effective_at.getTime() - right.effective_at.getTime() ||
      rank(left.register) - rank(right.register) ||
      left.id - right.id,
  );
  for (const { register, event } of inTime)
    await applyOne(tx, { municipality, register }, event as FeedRow, now);
}

async function applyOne(tx: CenterTransaction, place: FeedPlace, row: FeedRow, now: number): Promise<void> {
  const { municipality, register } = place;
  const known = (await knownRows({ tx, municipality }, row.entity, [row.key])).get(row.key);
  if (known && known.version >= row.version) {
    const saysOtherwise = !known.ended && known.version > row.version && known.sha256 !== row.sha256;
    if (saysOtherwise) await holdRow(tx, place, row);
    return;
  }
  await sql`savepoint pending_event`.execute(tx);
  const run = startRun({ tx, municipality, register, loadId: null });
  await applyInOrder(run, [row]);
  if (run.total === 0) {
    await sql`release savepoint pending_event`.execute(tx);
    // a document may have been in the making when the instant passed
    return findLateIssues(tx, municipality, [row], now);
  }
  await sql`rollback to savepoint pending_event`.execute(tx);
  await tx
    .updateTable('register_stream')
    .set({ blocked_reason: 'not-applicable' })
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .execute();
}

async function holdRow(tx: CenterTransaction, place: FeedPlace, { entity, key }: FeedRow): Promise<void> {
  await tx
    .insertInto('register_difference')
    .values({ ...place, entity, key, finding: 'differs' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
