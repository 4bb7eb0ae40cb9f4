/**
 * One consistent look at everything a municipality's registers hold of one resident, for an offer or a document. The
 * same queries run for everybody, in the same order with the same text, whatever is registered and whatever is asked
 * for: how long it takes says nothing (operations.md 4).
 */
import { sql } from 'kysely';
import { civilMoment } from '#templates/civilTime.ts';
import type { RegisterRows } from '#templates/datasets/sources.ts';
import type { ResidentEntry, ResidentId } from '#templates/datasets/residentRegister.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { Registration } from '../domicile/registrations.ts';
import { registeredRows } from './registeredRows.ts';
import { heldAmong, readFedUntil, type FedUntil } from './registerAges.ts';
import { NOBODY, readRows, revisionsOf } from './residentRows.ts';

export interface RegisterSnapshot {
  /** whose it is */
  readonly holder: ResidentId;
  /** whose registers they are: the home's, or those of the 本籍地 where the card is registered */
  readonly municipality: MunicipalityCode;
  /** of another municipality's 戸籍: the registration it rests on */
  readonly registration?: Registration;
  readonly rows: RegisterRows;
  /** those of the holder's 戸籍 whom the register of residents knows, in whatever household */
  readonly registerMembers: readonly ResidentEntry[];
  /** of everybody who could be printed: the household, and whoever is or was on the 戸籍 */
  readonly protectedResidents: ReadonlySet<ResidentId>;
  readonly fedUntil: FedUntil;
  /** a row that was read differs from its source (reconcile.ts) */
  readonly held: boolean;
  /** of every row that was read, in the order of reading; compared when the document is entered */
  readonly revisions: string;
}

/** Undefined when the resident is in no household any more. */
export function readSnapshot(
  db: CenterDatabase,
  residentId: ResidentId,
  now: number,
): Promise<RegisterSnapshot | undefined> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => snapshotIn(tx, residentId, now));
}

/** The same inside a REPEATABLE READ transaction, for who reads something else at the same instant. */
export async function snapshotIn(
  tx: CenterTransaction,
  residentId: ResidentId,
  now: number,
): Promise<RegisterSnapshot | undefined> {
  const { household, ...read } = await readRows(tx, residentId, 'look');
  const residents = await tx
    .selectFrom('resident')
    .select('entry')
    .where('household_id', '=', household?.entry.householdId ?? NOBODY)
    .orderBy('id')
    .execute();
  const home = residents.map(({ entry }) => entry);
  const members = idsOn(read.familyRegister?.entry, read.addressHistory?.entry);
  const registerMembers = await tx
    .selectFrom('resident')
    .select('entry')
    .where('id', '=', sql<string>`any(${members}::text[])`)
    .orderBy('id')
    .execute();
  const ids = [...new Set([...home.map((entry) => entry.residentId), ...members])];
  const protectedResidents = await protectedAmong(tx, ids, civilMoment(now).date);
  const municipality = household?.entry.municipality ?? (NOBODY as MunicipalityCode);
  const fedUntil = await readFedUntil(tx, municipality, now);
  const rowKeys = [household?.entry.householdId, read.familyRegister?.entry.familyRegisterId];
  const held = await heldAmong(tx, municipality, [...ids, ...rowKeys.map((key) => key ?? NOBODY)]);
  if (!household) return undefined;
  return {
    holder: residentId,
    municipality: household.entry.municipality,
    rows: {
      household: household.entry,
      residents: home,
      seal: read.seal?.entry,
      taxRecords: read.taxRecords.map(({ entry }) => entry),
      taxPayments: read.taxPayments.map(({ entry }) => entry),
      familyRegister: read.familyRegister?.entry,
      addressHistory: read.addressHistory?.entry,
    },
    registerMembers: registerMembers.map(({ entry }) => entry),
    protectedResidents,
    fedUntil,
    held,
    revisions: revisionsOf({ household, ...read }),
  };
}

/** Who is or was on the registers, as far as they are residents here. */
export function idsOn(
  ...registers: readonly (RegisterRows['familyRegister'] | RegisterRows['addressHistory'])[]
) {
  return registers.flatMap((entry) => entry?.members.flatMap(({ residentId }) => residentId ?? []) ?? []);
}

export async function protectedAmong(
  tx: CenterTransaction,
  ids: readonly ResidentId[],
  today: CivilDate,
): Promise<ReadonlySet<ResidentId>> {
  const restricted = await tx
    .selectFrom('restriction')
    .select('resident_id')
    .where('resident_id', '=', sql<string>`any(${ids}::text[])`)
    .where('from_day', '<=', today)
    .where((where) => where.or([where('to_day', 'is', null), where('to_day', '>=', today)]))
    .execute();
  return new Set(restricted.map(({ resident_id }) => resident_id as ResidentId));
}

/**
 * True when nothing that was read of the resident changed since the snapshot, in any register; holds all of it still
 * until the transaction ends.
 */
export async function isUnchanged(
  tx: CenterTransaction,
  { holder, revisions, registration }: RegisterSnapshot,
): Promise<boolean> {
  const home = revisionsOf(await readRows(tx, holder, 'hold'));
  if (!registration) return home === revisions;
  const there = await registeredRows(tx, registration, 'hold');
  return JSON.stringify([home, registration.id, there.revisions]) === revisions;
}
