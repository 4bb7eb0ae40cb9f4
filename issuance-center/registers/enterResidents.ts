/** The resident register, what restricts its residents, and whose certificate is whose. */
import { sql } from 'kysely';
import type { HouseholdId, ResidentEntry, ResidentId } from '#templates/datasets/residentRegister.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { RegisterFeed } from './feed.ts';

/**
 * Enters households, residents and restrictions. Answers with the residents about whom something changed: what else
 * stands on them (戸籍, 附票) has changed too.
 */
export async function enterResidents(
  tx: CenterTransaction,
  feed: RegisterFeed,
): Promise<readonly ResidentId[]> {
  await enterHouseholds(tx, feed);
  const { changed, left } = await enterPeople(tx, feed);
  const restricted = await enterRestrictions(tx, feed);
  const touched = [...new Set([...changed, ...restricted])];
  await touchHouseholds(tx, touched, left);
  return touched;
}

/**
 * A household's revision grows with every change to it or its people: a document in the making notices. Throws for an id
 * that is another municipality's household.
 */
async function enterHouseholds(tx: CenterTransaction, { households }: RegisterFeed): Promise<void> {
  for (const row of households) {
    const stands = await municipalityOf(tx, row.householdId);
    if (stands !== undefined && stands !== row.municipality) {
      throw new Error(`household ${row.householdId} of ${row.municipality} is one of ${stands} already`);
    }
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
            entry: JSON.stringify(row),
            revision: sql<number>`household.revision + 1`,
          })
          .where(sql<boolean>`household.entry is distinct from excluded.entry`),
      )
      .execute();
  }
}

async function municipalityOf(tx: CenterTransaction, id: HouseholdId): Promise<string | undefined> {
  const row = await tx.selectFrom('household').select('municipality').where('id', '=', id).executeTakeFirst();
  return row?.municipality;
}

interface ChangedPeople {
  readonly changed: readonly ResidentId[];
  /** households that somebody has left for another one */
  readonly left: readonly HouseholdId[];
}

/**
 * Where the resident stands so far. Throws for an id that is somebody else's in another municipality: two that number their
 * people alike would hand out each other's certificates. Who moves from one to the other under the same id was born on
 * the same day; within a municipality that day may be corrected.
 */
async function standing(tx: CenterTransaction, row: ResidentEntry) {
  const before = await tx
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .select(['resident.household_id', 'resident.entry', 'household.municipality'])
    .where('resident.id', '=', row.residentId)
    .executeTakeFirst();
  const { birthDate, sex } = before?.entry ?? row;
  const isSamePerson = birthDate === row.birthDate && sex === row.sex;
  if (before && !isSamePerson && before.municipality !== (await municipalityOf(tx, row.householdId))) {
    throw new Error(`resident ${row.residentId} is somebody else in municipality ${before.municipality}`);
  }
  return before;
}

async function enterPeople(tx: CenterTransaction, { residents }: RegisterFeed): Promise<ChangedPeople> {
  const changed: ResidentId[] = [];
  const left: HouseholdId[] = [];
  for (const row of residents) {
    const before = await standing(tx, row);
    const written = await tx
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
    if (!written) continue;
    changed.push(row.residentId);
    if (before && before.household_id !== row.householdId) left.push(before.household_id as HouseholdId);
  }
  return { changed, left };
}

async function enterRestrictions(
  tx: CenterTransaction,
  { restrictions }: RegisterFeed,
): Promise<ResidentId[]> {
  const changed: ResidentId[] = [];
  for (const { residentId, fromDay, toDay } of restrictions) {
    const written = await tx
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
    if (written) changed.push(residentId);
  }
  return changed;
}

async function touchHouseholds(
  tx: CenterTransaction,
  residents: readonly ResidentId[],
  left: readonly HouseholdId[],
): Promise<void> {
  const homes = tx
    .selectFrom('resident')
    .select('household_id')
    .where('id', '=', sql<string>`any(${residents}::text[])`);
  await tx
    .updateTable('household')
    .set({ revision: sql<number>`revision + 1` })
    .where((where) =>
      where.or([where('id', 'in', homes), where('id', '=', sql<string>`any(${left}::text[])`)]),
    )
    .execute();
}

/** A certificate stays with the resident it was first tied to: another one with the same pair is a fault of the feed. */
export async function enterLinks(tx: CenterTransaction, { links }: RegisterFeed): Promise<void> {
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
