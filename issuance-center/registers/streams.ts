/** Streams in the database, held still by whoever enters something: one at a time for a municipality. */
import { sql } from 'kysely';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { FeedRegister } from '../contract/registerFeed.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { FeedRefusal } from './feedOutcome.ts';
import type { Standing } from './streamRules.ts';

/** Any number: what matters is that all feeds of one database share it. */
const FEED_LOCK = 4_207_201;

export async function holdFeeds(tx: CenterTransaction, municipality: MunicipalityCode): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FEED_LOCK}, ${Number(municipality)})`.execute(tx);
}

export async function streamIn(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  register: FeedRegister,
): Promise<Standing | undefined> {
  const row = await tx
    .selectFrom('register_stream')
    .select(['stream', 'next_seq', 'heard_seq', 'fed_until', 'blocked_reason'])
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .executeTakeFirst();
  return (
    row && {
      stream: row.stream,
      nextSeq: row.next_seq,
      heardSeq: row.heard_seq,
      fedUntil: row.fed_until.getTime(),
      blocked: row.blocked_reason !== null,
    }
  );
}

interface Place {
  readonly municipality: MunicipalityCode;
  readonly register: FeedRegister;
}

/**
 * After a full load: a new stream, nothing open, nothing held. A load says what counts at its instant and nothing of what
 * is planned: events that wait go on waiting, or a cancellation of tomorrow would be lost to today's load.
 */
export async function beginStream(
  tx: CenterTransaction,
  place: Place,
  begun: { readonly stream: string; readonly seq: number; readonly until: number; readonly now: number },
): Promise<void> {
  const change = {
    stream: begun.stream,
    next_seq: begun.seq + 1,
    heard_seq: begun.seq,
    fed_until: new Date(begun.until),
    loaded_at: new Date(begun.now),
    blocked_reason: null,
    last_refusal: null,
    last_refused_at: null,
  };
  await tx
    .insertInto('register_stream')
    .values({ ...place, ...change, reconciled_at: null })
    .onConflict((conflict) => conflict.columns(['municipality', 'register']).doUpdateSet(change))
    .execute();
  await forgetPlansOfEnded(tx, place);
  for (const table of ['register_event', 'register_difference'] as const) {
    await tx
      .deleteFrom(table)
      .where('municipality', '=', place.municipality)
      .where('register', '=', place.register)
      .execute();
  }
}

/** A row that has ended is not brought back by an older plan; a protective measure (支援措置) that was planned stays so. */
async function forgetPlansOfEnded(tx: CenterTransaction, { municipality, register }: Place): Promise<void> {
  await sql`
    delete from register_pending pending using register_row known
    where pending.municipality = ${municipality} and pending.register = ${register}
      and pending.event->>'op' = 'put' and pending.event->>'entity' <> 'restriction'
      and known.municipality = pending.municipality and known.entity = pending.event->>'entity'
      and known.key = pending.event->>'key' and known.ended`.execute(tx);
}

export async function advanceStream(
  tx: CenterTransaction,
  { municipality, register }: Place,
  change: { readonly nextSeq: number; readonly heardSeq: number; readonly fedUntil: number },
): Promise<void> {
  await tx
    .updateTable('register_stream')
    .set({
      next_seq: change.nextSeq,
      heard_seq: change.heardSeq,
      fed_until: new Date(change.fedUntil),
      last_refusal: null,
      last_refused_at: null,
    })
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .execute();
}

/** What was heard of and not entered: the gap stays open, and the console can tell why. */
export async function noteRefusal(
  tx: CenterTransaction,
  { municipality, register }: Place,
  refusal: FeedRefusal,
  change: { readonly heardSeq?: number; readonly blocked?: string; readonly now: number },
): Promise<void> {
  await tx
    .updateTable('register_stream')
    .set({
      last_refusal: JSON.stringify(refusal),
      last_refused_at: new Date(change.now),
      ...(change.heardSeq !== undefined && { heard_seq: change.heardSeq }),
      ...(change.blocked !== undefined && { blocked_reason: change.blocked }),
    })
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .execute();
}
