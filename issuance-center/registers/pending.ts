/**
 * Events whose time has come: applied in their order before anything is read of the municipality. One that a newer version
 * has overtaken meanwhile says nothing any more; one that cannot stand blocks its register until the next full load.
 */
import { sql } from 'kysely';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { FeedRegister } from '../contract/registerFeed.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { applyInOrder, startRun } from './feedRun.ts';
import type { FeedRow } from './parseLines.ts';
import { knownRows } from './rowVersions.ts';
import { holdFeeds } from './streams.ts';

/** Applies what is due; does nothing, with one small question, when nothing is. */
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
  await db.transaction().execute(async (tx) => {
    await holdFeeds(tx, municipality);
    await applyDueIn(tx, municipality, now);
  });
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
    .returning(['register', 'seq', 'effective_at', 'event'])
    .execute();
  const inTime = due.sort(
    (left, right) => left.effective_at.getTime() - right.effective_at.getTime() || left.seq - right.seq,
  );
  for (const { register, event } of inTime) await applyOne(tx, municipality, register, event as FeedRow);
}

async function applyOne(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  register: FeedRegister,
  row: FeedRow,
): Promise<void> {
  const known = (await knownRows({ tx, municipality }, row.entity, [row.key])).get(row.key);
  if (known && known.version >= row.version) return;
  await sql`savepoint pending_event`.execute(tx);
  const run = startRun({ tx, municipality, register, loadId: null });
  await applyInOrder(run, [row]);
  if (run.total === 0) return void (await sql`release savepoint pending_event`.execute(tx));
  await sql`rollback to savepoint pending_event`.execute(tx);
  await tx
    .updateTable('register_stream')
    .set({ blocked_reason: 'not-applicable' })
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .execute();
}
