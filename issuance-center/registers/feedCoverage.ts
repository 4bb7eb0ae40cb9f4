/**
 * Up to which instant each register of a municipality is known. Feeds may come late, twice, out of order or not at all
 * (operations.md 7, T6): an older one than what is known is refused, one after a gap does not count as covering it.
 */
import { sql } from 'kysely';
import type { MunicipalityCode, RegisterId } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { FeedCoverage } from './feed.ts';

/** Clocks of a municipality and the center may differ by so much. */
const CLOCK_DIFFERENCE_MS = 5 * 60_000;

/**
 * Notes what a feed covers. Throws for a feed that is older than what is known already, or from the future: a replay out
 * of order would bring back what has ended since.
 */
export async function noteCoverage(
  tx: CenterTransaction,
  covers: readonly FeedCoverage[],
  now: number,
): Promise<void> {
  for (const { municipality, register, since, until } of covers) {
    const known = await tx
      .selectFrom('register_feed')
      .select('fed_until')
      .where('municipality', '=', municipality)
      .where('register', '=', register)
      .executeTakeFirst();
    const end = Date.parse(until);
    const place = `${municipality} ${register}`;
    if (end > now + CLOCK_DIFFERENCE_MS) throw new Error(`the feed of ${place} ends in the future: ${until}`);
    if (known && end < known.fed_until.getTime()) {
      throw new Error(`the feed of ${place} until ${until} is older than what is known`);
    }
    const gap = since !== null && (!known || Date.parse(since) > known.fed_until.getTime());
    if (!gap) await advance(tx, municipality, register, new Date(end));
  }
}

async function advance(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  register: RegisterId,
  until: Date,
): Promise<void> {
  await tx
    .insertInto('register_feed')
    .values({ municipality, register, fed_until: until })
    .onConflict((conflict) =>
      conflict
        .columns(['municipality', 'register'])
        .doUpdateSet({ fed_until: until })
        .where(sql<boolean>`register_feed.fed_until < excluded.fed_until`),
    )
    .execute();
}

/** Until when each register of the municipality is known, milliseconds; a register that was never fed is not in it. */
export type FedUntil = ReadonlyMap<RegisterId, number>;

export async function readFedUntil(
  db: CenterDatabase | CenterTransaction,
  municipality: MunicipalityCode,
): Promise<FedUntil> {
  const rows = await db
    .selectFrom('register_feed')
    .select(['register', 'fed_until'])
    .where('municipality', '=', municipality)
    .execute();
  return new Map(rows.map(({ register, fed_until }) => [register, fed_until.getTime()]));
}
