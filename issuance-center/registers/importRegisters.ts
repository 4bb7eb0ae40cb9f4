/**
 * The register's door. A feed is applied in one transaction or not at all, and applying it twice changes nothing. A row
 * that breaks the dataset's schema refuses the feed. A row with a character the certificate font cannot draw is reported
 * with its path and code points; it is entered, because the resident exists, and the eligibility rules ask the same font
 * again and withhold everything it stands on (DESK-01).
 */
import { sql } from 'kysely';
import type { HouseholdId, ResidentEntry } from '#templates/datasets/residentRegister.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { undrawableTexts, type CanDrawIn, type UndrawableText } from './drawable.ts';
import { registerFeed, type RegisterFeed, type RegisterFeedInput } from './feed.ts';

export interface RefusedRow extends UndrawableText {
  /** opaque id of the household or resident */
  readonly id: string;
}

export interface ImportResult {
  readonly households: number;
  readonly residents: number;
  readonly links: number;
  readonly restrictions: number;
  /** rows that were entered but can never be printed, so that DESK-01 is answered for their household */
  readonly undrawable: readonly RefusedRow[];
}

export interface ImportDeps {
  readonly db: CenterDatabase;
  readonly canDraw: CanDrawIn;
  /** instant of the import, milliseconds */
  readonly now: number;
}

/**
 * Applies a feed. Throws ZodError for a row that breaks the dataset's schema and Error for a row that refers to nothing
 * or a certificate already tied to another resident; then nothing is applied.
 */
export async function importRegisters(deps: ImportDeps, input: RegisterFeedInput): Promise<ImportResult> {
  const feed = registerFeed.parse(input);
  const undrawable = await deps.db.transaction().execute(async (tx) => {
    await enterHouseholds(tx, feed);
    await enterResidents(tx, feed.residents);
    await enterRestrictions(tx, feed);
    await enterLinks(tx, feed);
    const refused = undrawableRows(feed, await homesOf(tx, feed), deps.canDraw);
    await auditImport(tx, feed, refused, deps.now);
    return refused;
  });
  const { households, residents, links, restrictions } = feed;
  return {
    households: households.length,
    residents: residents.length,
    links: links.length,
    restrictions: restrictions.length,
    undrawable,
  };
}

/** The municipality of each household that the feed's residents live in, whether it came with this feed or before. */
async function homesOf(
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

function undrawableRows(
  feed: RegisterFeed,
  homes: ReadonlyMap<string, MunicipalityCode>,
  canDraw: CanDrawIn,
): RefusedRow[] {
  const households = feed.households.flatMap((row) =>
    undrawableTexts(row, canDraw(row.municipality)).map((text) => ({ id: row.householdId, ...text })),
  );
  const residents = feed.residents.flatMap((row) =>
    undrawableTexts(row, canDraw(homes.get(row.householdId)!)).map((text) => ({
      id: row.residentId,
      ...text,
    })),
  );
  return [...households, ...residents];
}

/** A household's revision grows with every change to it or its people: a document in the making notices. */
async function enterHouseholds(tx: CenterTransaction, { households }: RegisterFeed): Promise<void> {
  for (const row of households) {
    await tx
      .insertInto('household')
      .values({
        id: row.householdId,
        municipality: row.municipality,
        entry: JSON.stringify(row),
        revision: 1,
      })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({
            municipality: row.municipality,
            entry: JSON.stringify(row),
            revision: sql<number>`household.revision + 1`,
          })
          .where(sql<boolean>`household.entry is distinct from excluded.entry`),
      )
      .execute();
  }
}

async function enterResidents(tx: CenterTransaction, residents: readonly ResidentEntry[]): Promise<void> {
  const touched = new Set<HouseholdId>();
  for (const row of residents) {
    const before = await tx
      .selectFrom('resident')
      .select('household_id')
      .where('id', '=', row.residentId)
      .executeTakeFirst();
    const changed = await tx
      .insertInto('resident')
      .values({ id: row.residentId, household_id: row.householdId, entry: JSON.stringify(row) })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ household_id: row.householdId, entry: JSON.stringify(row) })
          .where(sql<boolean>`resident.entry is distinct from excluded.entry`),
      )
      .returning('id')
      .executeTakeFirst();
    if (!changed) continue;
    touched.add(row.householdId);
    if (before) touched.add(before.household_id as HouseholdId);
  }
  await touchHouseholds(tx, [...touched]);
}

async function enterRestrictions(tx: CenterTransaction, { restrictions }: RegisterFeed): Promise<void> {
  for (const { residentId, fromDay, toDay } of restrictions) {
    const changed = await tx
      .insertInto('restriction')
      .values({ resident_id: residentId, from_day: fromDay, to_day: toDay })
      .onConflict((conflict) =>
        conflict
          .columns(['resident_id', 'from_day'])
          .doUpdateSet({ to_day: toDay })
          .where(sql<boolean>`restriction.to_day is distinct from excluded.to_day`),
      )
      .returning('resident_id')
      .executeTakeFirst();
    if (!changed) continue;
    const home = await tx
      .selectFrom('resident')
      .select('household_id')
      .where('id', '=', residentId)
      .executeTakeFirst();
    if (home) await touchHouseholds(tx, [home.household_id as HouseholdId]);
  }
}

async function touchHouseholds(tx: CenterTransaction, ids: readonly HouseholdId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('household')
    .set({ revision: sql<number>`revision + 1` })
    .where('id', 'in', ids)
    .execute();
}

/** A certificate stays with the resident it was first tied to: another one with the same pair is a fault of the feed. */
async function enterLinks(tx: CenterTransaction, { links }: RegisterFeed): Promise<void> {
  for (const { issuerKeyId, serial, residentId, registeredOn } of links) {
    const stands = await tx
      .insertInto('certificate_link')
      .values({ issuer_key_id: issuerKeyId, serial, resident_id: residentId, registered_on: registeredOn })
      .onConflict((conflict) =>
        conflict
          .columns(['issuer_key_id', 'serial'])
          .doUpdateSet({ registered_on: registeredOn })
          .where('certificate_link.resident_id', '=', residentId),
      )
      .returning('resident_id')
      .executeTakeFirst();
    if (!stands) throw new Error(`the certificate with serial ${serial} is tied to another resident`);
  }
}

async function auditImport(
  tx: CenterTransaction,
  feed: RegisterFeed,
  undrawable: readonly RefusedRow[],
  now: number,
): Promise<void> {
  const municipalities = new Set(feed.households.map(({ municipality }) => municipality));
  for (const municipality of municipalities) {
    const counts = countsOf(feed, municipality, undrawable);
    await appendAudit(tx, now, 'register-imported', { municipality, ...counts });
  }
}

function countsOf(feed: RegisterFeed, municipality: MunicipalityCode, undrawable: readonly RefusedRow[]) {
  const households = feed.households.filter((row) => row.municipality === municipality);
  const homes = new Set(households.map(({ householdId }) => householdId));
  const residents = feed.residents.filter(({ householdId }) => homes.has(householdId));
  const people = new Set(residents.map(({ residentId }) => residentId));
  const ids = new Set<string>([...homes, ...people]);
  return {
    households: households.length,
    residents: residents.length,
    links: feed.links.filter(({ residentId }) => people.has(residentId)).length,
    refused: new Set(undrawable.filter(({ id }) => ids.has(id)).map(({ id }) => id)).size,
  };
}
