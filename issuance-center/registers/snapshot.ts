/**
 * One consistent look at a resident's household, for an offer or a document. The same queries run for everybody, in the
 * same order with the same text, whatever is registered: how long it takes says nothing (operations.md 4).
 */
import { sql } from 'kysely';
import type { HouseholdEntry, ResidentEntry, ResidentId } from '#templates/datasets/residentRegister.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';

export interface RegisterSnapshot {
  readonly household: HouseholdEntry;
  /** everyone ever entered in the household, those who left included */
  readonly residents: readonly ResidentEntry[];
  readonly protectedResidents: ReadonlySet<ResidentId>;
  /** to be compared when the document is entered */
  readonly revision: number;
}

/** Undefined when the resident is in no household any more. */
export function readSnapshot(
  db: CenterDatabase,
  residentId: ResidentId,
  today: CivilDate,
): Promise<RegisterSnapshot | undefined> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => snapshotIn(tx, residentId, today));
}

async function snapshotIn(
  tx: CenterTransaction,
  residentId: ResidentId,
  today: CivilDate,
): Promise<RegisterSnapshot | undefined> {
  const household = await tx
    .selectFrom('household')
    .innerJoin('resident', 'resident.household_id', 'household.id')
    .select(['household.id', 'household.entry', 'household.revision'])
    .where('resident.id', '=', residentId)
    .executeTakeFirst();
  if (!household) return undefined;
  const residents = await tx
    .selectFrom('resident')
    .select(['id', 'entry'])
    .where('household_id', '=', household.id)
    .orderBy('id')
    .execute();
  const ids = residents.map(({ id }) => id);
  const restricted = await tx
    .selectFrom('restriction')
    .select('resident_id')
    .where('resident_id', '=', sql<string>`any(${ids}::text[])`)
    .where('from_day', '<=', today)
    .where((where) => where.or([where('to_day', 'is', null), where('to_day', '>=', today)]))
    .execute();
  return {
    household: household.entry,
    residents: residents.map(({ entry }) => entry),
    protectedResidents: new Set(restricted.map(({ resident_id }) => resident_id as ResidentId)),
    revision: household.revision,
  };
}

/** True when nothing about the household changed since the snapshot; holds it still until the transaction ends. */
export async function isUnchanged(tx: CenterTransaction, snapshot: RegisterSnapshot): Promise<boolean> {
  const row = await tx
    .selectFrom('household')
    .select('revision')
    .where('id', '=', snapshot.household.householdId)
    .forShare()
    .executeTakeFirst();
  return row?.revision === snapshot.revision;
}
