/** Where a register stands, for its source: what must come next and since when nothing has. */
import { sql } from 'kysely';
import type { StandingAnswer } from '../../contract/feedDoor.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import type { FeedPlace } from '../feedApi.ts';
import { isGapOpen } from '../streamRules.ts';

export async function standingOf(
  db: CenterDatabase,
  { municipality, register }: FeedPlace,
): Promise<StandingAnswer> {
  const row = await db
    .selectFrom('register_stream')
    .selectAll()
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .executeTakeFirst();
  if (!row) {
    return { kind: 'not-loaded', register, reason: 'この台帳は、まだ一度も届いていません' };
  }
  const { differences } = await db
    .selectFrom('register_difference')
    .select(sql<number>`count(*)::int`.as('differences'))
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .executeTakeFirstOrThrow();
  const gap = isGapOpen({ nextSeq: row.next_seq, heardSeq: row.heard_seq });
  return {
    kind: 'loaded',
    register,
    stream: row.stream,
    nextSeq: row.next_seq,
    missingUpTo: gap ? row.heard_seq : null,
    fedUntil: row.fed_until.toISOString(),
    blocked: row.blocked_reason !== null,
    reconciledAt: row.reconciled_at?.toISOString() ?? null,
    differences,
  };
}
