/** 世帯 and 住民: whose they are, who they were before, where they live. */
import { sql } from 'kysely';
import { jsonRows, faultsWhere, valuesOf, type Applied, type ApplyContext } from './applyContext.ts';
import type { FeedRow } from './parseLines.ts';

const OTHERS_HOUSEHOLD = 'この世帯の番号は、ほかの市区町村で使われています';
const SOMEBODY_ELSE = 'この住民の番号は、ほかの市区町村の別の人のものです';
const NO_HOUSEHOLD = 'この世帯は、この市区町村に登録されていません';
const STILL_LIVED_IN = 'この世帯には、まだ住民がいます';

export async function applyHouseholds(
  { tx, municipality }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  const others = await tx
    .selectFrom('household')
    .select('id')
    .where('id', '=', sql<string>`any(${valuesOf(rows, 'householdId')}::text[])`)
    .where('municipality', '<>', municipality)
    .execute();
  const taken = new Set(others.map(({ id }) => id));
  const isTaken = ({ row }: FeedRow) => taken.has(String(row['householdId']));
  const own = rows.filter((row) => !isTaken(row));
  await sql`
    insert into household (id, municipality, entry, revision)
    select value->>'householdId', ${municipality}, value, 1 from jsonb_array_elements(${jsonRows(own)}::jsonb)
    on conflict (id) do update set entry = excluded.entry, revision = household.revision + 1`.execute(tx);
  return { faults: faultsWhere(rows, isTaken, 'row.householdId', OTHERS_HOUSEHOLD), touched: [] };
}

/**
 * Two municipalities that number their people alike would hand out each other's certificates: who comes from another one
 * under the same id was born on the same day; within a municipality that day may be corrected.
 */
export async function applyResidents(
  { tx, municipality }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  const homes = await tx
    .selectFrom('household')
    .select('id')
    .where('id', '=', sql<string>`any(${valuesOf(rows, 'householdId')}::text[])`)
    .where('municipality', '=', municipality)
    .execute();
  const known = new Set(homes.map(({ id }) => id));
  const standing = await tx
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .select(['resident.id', 'resident.household_id', 'household.municipality'])
    .select(sql<string>`resident.entry->>'birthDate'`.as('birthDate'))
    .select(sql<string>`resident.entry->>'sex'`.as('sex'))
    .where('resident.id', '=', sql<string>`any(${valuesOf(rows, 'residentId')}::text[])`)
    .execute();
  const before = new Map(standing.map((row) => [row.id, row]));
  const isHomeless = ({ row }: FeedRow) => !known.has(String(row['householdId']));
  const isSomebodyElse = ({ row }: FeedRow) => {
    const stands = before.get(String(row['residentId']));
    return (
      stands !== undefined &&
      stands.municipality !== municipality &&
      (stands.birthDate !== row['birthDate'] || stands.sex !== row['sex'])
    );
  };
  const good = rows.filter((row) => !isHomeless(row) && !isSomebodyElse(row));
  await sql`
    insert into resident (id, household_id, entry)
    select value->>'residentId', value->>'householdId', value from jsonb_array_elements(${jsonRows(good)}::jsonb)
    on conflict (id) do update set household_id = excluded.household_id, entry = excluded.entry`.execute(tx);
  const left = good.flatMap(({ row }) => before.get(String(row['residentId']))?.household_id ?? []);
  await touchHouseholds({ tx }, [...valuesOf(good, 'householdId'), ...left]);
  const faults = [
    ...faultsWhere(rows, isHomeless, 'row.householdId', NO_HOUSEHOLD),
    ...faultsWhere(rows, isSomebodyElse, 'row.residentId', SOMEBODY_ELSE),
  ];
  return { faults, touched: valuesOf(good, 'residentId') };
}

async function touchHouseholds({ tx }: Pick<ApplyContext, 'tx'>, ids: readonly string[]): Promise<void> {
  await sql`update household set revision = revision + 1 where id = any(${ids}::text[])`.execute(tx);
}

/** A household ends after its people. */
export async function endHouseholds(
  { tx, municipality }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  const ids = valuesOf(rows, 'householdId');
  const lived = await tx
    .selectFrom('resident')
    .select('household_id')
    .where('household_id', '=', sql<string>`any(${ids}::text[])`)
    .execute();
  const full = new Set(lived.map(({ household_id }) => household_id));
  const empty = ids.filter((id) => !full.has(id));
  await tx
    .deleteFrom('household')
    .where('municipality', '=', municipality)
    .where('id', '=', sql<string>`any(${empty}::text[])`)
    .execute();
  const isFull = ({ row }: FeedRow) => full.has(String(row['householdId']));
  return { faults: faultsWhere(rows, isFull, 'key', STILL_LIVED_IN), touched: [] };
}

/** Whoever ends here keeps no card: links go with the resident. */
export async function endResidents(
  { tx, municipality }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  const own = await tx
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .select(['resident.id', 'household_id'])
    .where('resident.id', '=', sql<string>`any(${valuesOf(rows, 'residentId')}::text[])`)
    .where('household.municipality', '=', municipality)
    .execute();
  const ids = own.map(({ id }) => id);
  const isOwn = sql<string>`any(${ids}::text[])`;
  await touchHouseholds(
    { tx },
    own.map(({ household_id }) => household_id),
  );
  await forgetLinks({ tx, municipality }, ids);
  await tx.deleteFrom('resident').where('id', '=', isOwn).execute();
  return { faults: [], touched: ids };
}

/** Forgotten, not ended: should the resident come back, the source's rows are as new. */
async function forgetLinks(
  { tx, municipality }: Pick<ApplyContext, 'tx' | 'municipality'>,
  residents: readonly string[],
): Promise<void> {
  await sql`
    delete from register_row known using certificate_link link
    where known.municipality = ${municipality} and known.entity = 'certificate-link'
      and known.key = link.issuer_key_id || '/' || link.serial and link.resident_id = any(${residents}::text[])`.execute(
    tx,
  );
  await tx
    .deleteFrom('certificate_link')
    .where('resident_id', '=', sql<string>`any(${residents}::text[])`)
    .execute();
}
