/** The rows of a feed as one list: of which register, under which id, in which municipality, with which texts. */
import type { MunicipalityCode, RegisterId } from '#templates/vocabulary.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { RegisterFeed } from './feed.ts';

export interface FeedRow {
  readonly part: keyof RegisterFeed;
  readonly register: RegisterId;
  /** opaque */
  readonly id: string;
  readonly municipality: MunicipalityCode;
  /** what of the row is text, by the row's own paths */
  readonly texts: object;
}

/** The municipality of each household that the feed's residents live in, whether it came with this feed or before. */
export async function homesOf(
  tx: CenterTransaction,
  { residents }: RegisterFeed,
): Promise<ReadonlyMap<string, MunicipalityCode>> {
  const ids = [...new Set(residents.map(({ householdId }) => householdId))];
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('household')
    .select(['id', 'municipality'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, municipality }) => [id, municipality as MunicipalityCode]));
}

/** Every row that holds texts. `homes`: the municipality of each household with residents in the feed. */
export function rowsIn(feed: RegisterFeed, homes: ReadonlyMap<string, MunicipalityCode>): readonly FeedRow[] {
  return [
    ...feed.households.map((row) => of('households', 'resident', row.householdId, row.municipality, row)),
    ...feed.residents.map((row) =>
      of('residents', 'resident', row.residentId, homes.get(row.householdId)!, row),
    ),
    ...feed.seals.map((row) => {
      const { imprint: _picture, ...texts } = row;
      return of('seals', 'seal', row.residentId, row.municipality, texts);
    }),
    ...feed.taxRecords.map((row) => of('taxRecords', 'tax', row.residentId, row.municipality, row)),
    ...feed.taxPayments.map((row) => of('taxPayments', 'tax', row.residentId, row.municipality, row)),
    ...feed.familyRegisters.map((row) =>
      of('familyRegisters', 'family-register', row.familyRegisterId, row.municipality, row),
    ),
    ...feed.addressHistories.map((row) =>
      of('addressHistories', 'address-history', row.familyRegisterId, row.municipality, row),
    ),
  ];
}

function of(
  part: keyof RegisterFeed,
  register: RegisterId,
  id: string,
  municipality: MunicipalityCode,
  texts: object,
): FeedRow {
  return { part, register, id, municipality, texts };
}

/** Whose rows the feed brings. */
export function municipalitiesOf(
  feed: RegisterFeed,
  homes: ReadonlyMap<string, MunicipalityCode>,
): ReadonlySet<MunicipalityCode> {
  return new Set(rowsIn(feed, homes).map(({ municipality }) => municipality));
}
