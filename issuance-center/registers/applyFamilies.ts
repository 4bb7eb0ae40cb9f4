/** 戸籍 and 附票, and who stands on them. One person stands on one current 戸籍 of a municipality. */
import { sql } from 'kysely';
import { registerHolders, type FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import { jsonRows, valuesOf, type Applied, type ApplyContext } from './applyContext.ts';
import type { FeedRow, RowFault } from './parseLines.ts';

const ON_TWO = 'この戸籍の一人が、ほかの戸籍にも記録されています';

export async function applyFamilyRegisters(
  context: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  const { tx, municipality } = context;
  await sql`
    insert into family_register (municipality, id, entry, revision)
    select ${municipality}, value->>'familyRegisterId', value, 1 from jsonb_array_elements(${jsonRows(rows)}::jsonb)
    on conflict (municipality, id) do update
      set entry = excluded.entry, revision = family_register.revision + 1`.execute(tx);
  await notePersons(context, 'family-register', rows);
  if (context.deferMembers) return { faults: [], touched: [] };
  return { faults: await noteMembers(context, rows), touched: [] };
}

export async function applyAddressHistories(
  context: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  const { tx, municipality } = context;
  await sql`
    insert into address_history (municipality, family_register_id, entry, revision)
    select ${municipality}, value->>'familyRegisterId', value, 1 from jsonb_array_elements(${jsonRows(rows)}::jsonb)
    on conflict (municipality, family_register_id) do update
      set entry = excluded.entry, revision = address_history.revision + 1`.execute(tx);
  await notePersons(context, 'address-history', rows);
  return { faults: [], touched: [] };
}

async function notePersons(
  { tx, municipality }: ApplyContext,
  register: 'family-register' | 'address-history',
  rows: readonly FeedRow[],
): Promise<void> {
  await forgetPersons({ tx, municipality }, register, valuesOf(rows, 'familyRegisterId'));
  await sql`
    insert into register_person (municipality, register, row_id, resident_id)
    select distinct ${municipality}::text, ${register}::text, entry->>'familyRegisterId', member->>'residentId'
      from jsonb_array_elements(${jsonRows(rows)}::jsonb) entry, jsonb_array_elements(entry->'members') member
      where member->>'residentId' is not null`.execute(tx);
}

async function forgetPersons(
  { tx, municipality }: Pick<ApplyContext, 'tx' | 'municipality'>,
  register: 'family-register' | 'address-history',
  ids: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('register_person')
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .where('row_id', '=', sql<string>`any(${ids}::text[])`)
    .execute();
}

/** Who stands on these registers now; a fault for each register with somebody who stands on another one too. */
async function noteMembers(
  { tx, municipality }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<readonly RowFault[]> {
  await tx
    .deleteFrom('family_register_member')
    .where('municipality', '=', municipality)
    .where('family_register_id', '=', sql<string>`any(${valuesOf(rows, 'familyRegisterId')}::text[])`)
    .execute();
  const members = rows.flatMap(({ row, line }) => {
    const entry = row as unknown as FamilyRegisterEntry;
    return registerHolders(entry).map((residentId) => ({ line, id: entry.familyRegisterId, residentId }));
  });
  if (members.length === 0) return [];
  const added = await tx
    .insertInto('family_register_member')
    .values(
      members.map(({ id, residentId }) => ({
        municipality,
        family_register_id: id,
        resident_id: residentId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['resident_id', 'family_register_id'])
    .execute();
  const entered = new Set(added.map((row) => `${row.family_register_id} ${row.resident_id}`));
  const lines = members
    .filter(({ id, residentId }) => !entered.has(`${id} ${residentId}`))
    .map(({ line }) => line);
  return [...new Set(lines)].map((line) => ({ line, path: 'row.members', reason: ON_TWO }));
}

/** After a full load: everybody's place from the rows themselves. `lineOf`: of a 戸籍 in the file. */
export async function rebuildMembers(
  { tx, municipality }: Pick<ApplyContext, 'tx' | 'municipality'>,
  lineOf: (familyRegisterId: string) => number,
): Promise<readonly RowFault[]> {
  const current = sql`
    select distinct r.id, member->>'residentId' as resident_id
    from family_register r, jsonb_array_elements(r.entry->'members') member
    where r.municipality = ${municipality} and coalesce(r.entry->>'status', 'current') = 'current'
      and member->>'residentId' is not null and coalesce((member->>'removed')::text, 'false') = 'false'`;
  const twice = await sql<{ id: string }>`
    select distinct id from
      (select id, count(*) over (partition by resident_id) as registers from (${current}) holder) counted
    where registers > 1`.execute(tx);
  if (twice.rows.length > 0) {
    const lines = [...new Set(twice.rows.map(({ id }) => lineOf(id)))];
    return lines.map((line) => ({ line, path: 'row.members', reason: ON_TWO }));
  }
  await tx.deleteFrom('family_register_member').where('municipality', '=', municipality).execute();
  await sql`
    insert into family_register_member (municipality, resident_id, family_register_id)
    select ${municipality}, resident_id, id from (${current}) holder`.execute(tx);
  return [];
}

export async function endFamilyRows(
  { tx, municipality }: ApplyContext,
  table: 'family_register' | 'address_history',
  rows: readonly FeedRow[],
): Promise<Applied> {
  const ids = valuesOf(rows, 'familyRegisterId');
  const isEnded = sql<string>`any(${ids}::text[])`;
  if (table === 'family_register') {
    await forgetPersons({ tx, municipality }, 'family-register', ids);
    await tx
      .deleteFrom('family_register_member')
      .where('municipality', '=', municipality)
      .where('family_register_id', '=', isEnded)
      .execute();
    await tx
      .deleteFrom('family_register')
      .where('municipality', '=', municipality)
      .where('id', '=', isEnded)
      .execute();
  } else {
    await forgetPersons({ tx, municipality }, 'address-history', ids);
    await tx
      .deleteFrom('address_history')
      .where('municipality', '=', municipality)
      .where('family_register_id', '=', isEnded)
      .execute();
  }
  return { faults: [], touched: [] };
}
