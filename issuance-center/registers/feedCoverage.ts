/**
 * Up to which instant each register of a municipality is known. Feeds may come late, twice, out of order or not at all
 * (operations.md 7, T6): an older one than what is known is refused, one after a gap does not count as covering it.
 */
import type { MunicipalityCode, RegisterId } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { RegisterFeedTable } from '../database/schema.ts';
import type { FeedCoverage } from './feed.ts';

/** Clocks of a municipality and the center may differ by so much. */
const CLOCK_DIFFERENCE_MS = 5 * 60_000;

/**
 * Notes what a feed covers. Throws for a feed that is older than what is known already, or from the future: a replay out
 * of order would bring back what has ended since. One that fills a gap after a later one was entered does the same to
 * that one's rows, so that the register is not known again until they have come once more.
 */
export async function noteCoverage(
  tx: CenterTransaction,
  covers: readonly FeedCoverage[],
  now: number,
): Promise<void> {
  for (const { municipality, register, since, until } of covers) {
    const known = await tx
      .selectFrom('register_feed')
      .select(['fed_until', 'entered_until', 'disordered_until'])
      .where('municipality', '=', municipality)
      .where('register', '=', register)
      .executeTakeFirst();
    const end = Date.parse(until);
    const place = `${municipality} ${register}`;
    if (end > now + CLOCK_DIFFERENCE_MS) throw new Error(`the feed of ${place} ends in the future: ${until}`);
    if (known && end < known.fed_until.getTime()) {
      throw new Error(`the feed of ${place} until ${until} is older than what is known`);
    }
    await note(tx, { municipality, register }, advanced(known ?? NEVER_FED, since, end));
  }
}

type Known = Pick<RegisterFeedTable, 'fed_until' | 'entered_until' | 'disordered_until'>;

const NEVER_FED: Known = { fed_until: new Date(0), entered_until: new Date(0), disordered_until: null };

/** What is known after a feed of the changes after `since` up to `end`. */
function advanced(
  { fed_until, entered_until, disordered_until }: Known,
  since: string | null,
  end: number,
): Known {
  const gap = since !== null && Date.parse(since) > fed_until.getTime();
  const isDisordered = end < entered_until.getTime();
  return {
    fed_until: gap ? fed_until : new Date(end),
    entered_until: isDisordered ? entered_until : new Date(end),
    disordered_until: isDisordered ? entered_until : disordered_until,
  };
}

async function note(
  tx: CenterTransaction,
  place: Pick<FeedCoverage, 'municipality' | 'register'>,
  known: Known,
): Promise<void> {
  await tx
    .insertInto('register_feed')
    .values({ ...place, ...known })
    .onConflict((conflict) => conflict.columns(['municipality', 'register']).doUpdateSet(known))
    .execute();
}

/**
 * Until when each register of the municipality is known, milliseconds; a register that was never fed, or whose feeds were
 * entered out of order, is not in it.
 */
export type FedUntil = ReadonlyMap<RegisterId, number>;

export async function readFedUntil(
  db: CenterDatabase | CenterTransaction,
  municipality: MunicipalityCode,
): Promise<FedUntil> {
  const rows = await db
    .selectFrom('register_feed')
    .select(['register', 'fed_until'])
    .where('municipality', '=', municipality)
    .where((where) =>
      where.or([
        where('disordered_until', 'is', null),
        where('fed_until', '>=', where.ref('disordered_until')),
      ]),
    )
    .execute();
  return new Map(rows.map(({ register, fed_until }) => [register, fed_until.getTime()]));
}
