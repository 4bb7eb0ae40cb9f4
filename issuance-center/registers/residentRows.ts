/** Every row with a revision that a municipality's registers hold of one resident. */
import type { CenterTransaction } from '../database/connect.ts';

/** In place of an id when there is none, so that the same queries run for everybody: no row has it. */
export const NOBODY = '';

export type ResidentRows = Awaited<ReturnType<typeof readRows>>;

/**
 * Reads the rows, always in one order. `hold` keeps each still until the transaction ends; imports write in the same
 * order (enterRegisters.ts), so neither waits for the other in a circle.
 */
export async function readRows(tx: CenterTransaction, residentId: string, how: 'look' | 'hold') {
  const hold = how === 'hold';
  const household = await tx
    .selectFrom('household')
    .innerJoin('resident', 'resident.household_id', 'household.id')
    .select(['household.entry', 'household.revision'])
    .where('resident.id', '=', residentId)
    .$if(hold, (query) => query.forShare('household'))
    .executeTakeFirst();
  const municipality = household?.entry.municipality ?? NOBODY;
  const seal = await tx
    .selectFrom('seal_registration')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('resident_id', '=', residentId)
    .$if(hold, (query) => query.forShare())
    .executeTakeFirst();
  const tax = await taxRows(tx, municipality, residentId, hold);
  const family = await familyRows(tx, municipality, residentId, hold);
  return { household, seal, ...tax, ...family };
}

/** Of every 年度 there is, oldest first. */
async function taxRows(tx: CenterTransaction, municipality: string, residentId: string, hold: boolean) {
  const taxRecords = await tx
    .selectFrom('tax_record')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('resident_id', '=', residentId)
    .orderBy('tax_year')
    .$if(hold, (query) => query.forShare())
    .execute();
  const taxPayments = await tx
    .selectFrom('tax_payment')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('resident_id', '=', residentId)
    .orderBy('tax_year')
    .$if(hold, (query) => query.forShare())
    .execute();
  return { taxRecords, taxPayments };
}

/** The 戸籍 on which the resident is now, and its 附票. */
async function familyRows(tx: CenterTransaction, municipality: string, residentId: string, hold: boolean) {
  const membership = await tx
    .selectFrom('family_register_member')
    .select('family_register_id')
    .where('municipality', '=', municipality)
    .where('resident_id', '=', residentId)
    .executeTakeFirst();
  const familyRegisterId = membership?.family_register_id ?? NOBODY;
  const familyRegister = await tx
    .selectFrom('family_register')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('id', '=', familyRegisterId)
    .$if(hold, (query) => query.forShare())
    .executeTakeFirst();
  const addressHistory = await tx
    .selectFrom('address_history')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('family_register_id', '=', familyRegisterId)
    .$if(hold, (query) => query.forShare())
    .executeTakeFirst();
  return { familyRegister, addressHistory };
}

/** One text that differs when any of the rows was changed, added or taken away. */
export function revisionsOf(rows: ResidentRows): string {
  const { household, seal, taxRecords, taxPayments, familyRegister, addressHistory } = rows;
  return JSON.stringify([
    [household?.entry.householdId, household?.revision],
    seal?.revision ?? null,
    taxRecords.map(({ entry, revision }) => [entry.taxYear, revision]),
    taxPayments.map(({ entry, revision }) => [entry.taxYear, revision]),
    [familyRegister?.entry.familyRegisterId ?? null, familyRegister?.revision ?? null],
    addressHistory?.revision ?? null,
  ]);
}
