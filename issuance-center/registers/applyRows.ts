/**
 * Rows to tables, many at once. Every statement is over all rows of one entity; what cannot stand is answered as faults,
 * and the caller rolls back. Rows that others stand on grow in revision, so that a document in the making notices.
 */
import { sql } from 'kysely';
import type { CenterTransaction } from '../database/connect.ts';
import type { FeedEntity } from '../contract/registerFeed.ts';
import { applyFamilyRegisters, applyAddressHistories, endFamilyRows } from './applyFamilies.ts';
import { applyLinks, endLinks } from './applyLinks.ts';
import { applyHouseholds, applyResidents, endHouseholds, endResidents } from './applyResidents.ts';
import { APPLIED, faultsWhere, jsonRows, valuesOf, type Applied, type ApplyContext } from './applyContext.ts';
import type { FeedRow } from './parseLines.ts';

/** Applies rows of one entity and one operation, no key twice. */
export async function applyRows(
  context: ApplyContext,
  entity: FeedEntity,
  op: 'put' | 'end',
  rows: readonly FeedRow[],
): Promise<Applied> {
  if (rows.length === 0) return APPLIED;
  const applied = op === 'put' ? await put(context, entity, rows) : await end(context, entity, rows);
  await touchFamilies(context.tx, applied.touched);
  return applied;
}

function put(context: ApplyContext, entity: FeedEntity, rows: readonly FeedRow[]): Promise<Applied> {
  switch (entity) {
    case 'household':
      return applyHouseholds(context, rows);
    case 'resident':
      return applyResidents(context, rows);
    case 'seal':
      return applySeals(context, rows);
    case 'tax-record':
      return applyTax(context, 'tax_record', rows);
    case 'tax-payment':
      return applyTax(context, 'tax_payment', rows);
    case 'family-register':
      return applyFamilyRegisters(context, rows);
    case 'address-history':
      return applyAddressHistories(context, rows);
    case 'restriction':
      return applyRestrictions(context, rows);
    case 'certificate-link':
      return applyLinks(context, rows);
  }
}

function end(context: ApplyContext, entity: FeedEntity, rows: readonly FeedRow[]): Promise<Applied> {
  switch (entity) {
    case 'household':
      return endHouseholds(context, rows);
    case 'resident':
      return endResidents(context, rows);
    case 'seal':
      return endRows(context, 'seal_registration', rows);
    case 'tax-record':
      return endRows(context, 'tax_record', rows);
    case 'tax-payment':
      return endRows(context, 'tax_payment', rows);
    case 'family-register':
      return endFamilyRows(context, 'family_register', rows);
    case 'address-history':
      return endFamilyRows(context, 'address_history', rows);
    case 'restriction':
      return endRestrictions(context, rows);
    case 'certificate-link':
      return endLinks(context, rows);
  }
}

const CANCELLED_AGAIN = '廃止した登録、または古い登録は元にもどせません（新しい登録年月日が必要です）';

/**
 * A cancelled seal (廃印) stays cancelled, and one that another has replaced (改印) stays replaced (operations.md 7.1,
 * incidents 5 to 7): only a later registration is active again.
 */
async function applySeals({ tx, municipality }: ApplyContext, rows: readonly FeedRow[]): Promise<Applied> {
  const known = await tx
    .selectFrom('seal_registration')
    .select(['resident_id', 'entry'])
    .where('municipality', '=', municipality)
    .where('resident_id', '=', sql<string>`any(${valuesOf(rows, 'residentId')}::text[])`)
    .execute();
  const before = new Map(known.map(({ resident_id, entry }) => [resident_id, entry]));
  const isLate = ({ row }: FeedRow): boolean => {
    const stands = before.get(String(row['residentId']));
    if (!stands || row['status'] !== 'active') return false;
    const day = String(row['registeredOn']);
    return day < stands.registeredOn || (stands.status === 'cancelled' && day === stands.registeredOn);
  };
  const faults = faultsWhere(rows, isLate, 'row.registeredOn', CANCELLED_AGAIN);
  await sql`
    insert into seal_registration (municipality, resident_id, entry, revision)
    select ${municipality}, value->>'residentId', value, 1 from jsonb_array_elements(${jsonRows(rows)}::jsonb)
    on conflict (municipality, resident_id) do update
      set entry = excluded.entry, revision = seal_registration.revision + 1`.execute(tx);
  return { faults, touched: [] };
}

async function applyTax(
  { tx, municipality }: ApplyContext,
  table: 'tax_record' | 'tax_payment',
  rows: readonly FeedRow[],
): Promise<Applied> {
  await sql`
    insert into ${sql.table(table)} (municipality, resident_id, tax_year, entry, revision)
    select ${municipality}, value->>'residentId', (value->>'taxYear')::int, value, 1
      from jsonb_array_elements(${jsonRows(rows)}::jsonb)
    on conflict (municipality, resident_id, tax_year) do update
      set entry = excluded.entry, revision = ${sql.ref(`${table}.revision`)} + 1`.execute(tx);
  return APPLIED;
}

async function endRows(
  { tx, municipality }: ApplyContext,
  table: 'seal_registration' | 'tax_record' | 'tax_payment',
  rows: readonly FeedRow[],
): Promise<Applied> {
  const year = table === 'seal_registration' ? sql`true` : sql`t.tax_year = (key->>'taxYear')::int`;
  await sql`
    delete from ${sql.table(table)} t using jsonb_array_elements(${jsonRows(rows)}::jsonb) key
    where t.municipality = ${municipality} and t.resident_id = key->>'residentId' and ${year}`.execute(tx);
  return APPLIED;
}

async function applyRestrictions(
  { tx, municipality }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  await sql`
    insert into restriction (municipality, resident_id, from_day, to_day)
    select ${municipality}, value->>'residentId', value->>'fromDay', value->>'toDay'
      from jsonb_array_elements(${jsonRows(rows)}::jsonb)
    on conflict (municipality, resident_id, from_day) do update set to_day = excluded.to_day`.execute(tx);
  return touchedHomes(tx, valuesOf(rows, 'residentId'));
}

async function endRestrictions(
  { tx, municipality }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  await sql`
    delete from restriction t using jsonb_array_elements(${jsonRows(rows)}::jsonb) key
    where t.municipality = ${municipality} and t.resident_id = key->>'residentId'
      and t.from_day = key->>'fromDay'`.execute(tx);
  return touchedHomes(tx, valuesOf(rows, 'residentId'));
}

async function touchedHomes(tx: CenterTransaction, touched: readonly string[]): Promise<Applied> {
  await sql`
    update household set revision = revision + 1
    where id in (select household_id from resident where id = any(${touched}::text[]))`.execute(tx);
  return { faults: [], touched };
}

/** Every 戸籍 and 附票 on which one of these residents stands, whatever their part in it. */
async function touchFamilies(tx: CenterTransaction, residents: readonly string[]): Promise<void> {
  if (residents.length === 0) return;
  await sql`
    update family_register t set revision = revision + 1 from register_person person
    where person.register = 'family-register' and person.resident_id = any(${residents}::text[])
      and t.municipality = person.municipality and t.id = person.row_id`.execute(tx);
  await sql`
    update address_history t set revision = revision + 1 from register_person person
    where person.register = 'address-history' and person.resident_id = any(${residents}::text[])
      and t.municipality = person.municipality and t.family_register_id = person.row_id`.execute(tx);
}
