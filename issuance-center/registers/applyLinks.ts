/**
 * Whose certificate is whose. One pair (issuing key, serial) names one resident for good; a renewal ends the old pair and
 * begins the new one in the same statement of the source, so that there is no instant with both or neither.
 */
import { sql } from 'kysely';
import { faultsWhere, valuesOf, APPLIED, type Applied, type ApplyContext } from './applyContext.ts';
import type { CertificateLinkEntry } from './entities.ts';
import type { FeedRow } from './parseLines.ts';

const ANOTHERS = 'この電子証明書は、ほかの住民に結び付いています';
const NOBODY = 'この住民は、この市区町村に登録されていません';
const NOT_OWN = '更新前の電子証明書が、この住民のものではありません';

const pairOf = ({ issuerKeyId, serial }: Pick<CertificateLinkEntry, 'issuerKeyId' | 'serial'>) =>
  `${issuerKeyId}/${serial}`;
const linkOf = ({ row }: FeedRow) => row as unknown as CertificateLinkEntry;

export async function applyLinks(context: ApplyContext, rows: readonly FeedRow[]): Promise<Applied> {
  const { tx, municipality } = context;
  const people = await tx
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .select('resident.id')
    .where('resident.id', '=', sql<string>`any(${valuesOf(rows, 'residentId')}::text[])`)
    .where('household.municipality', '=', municipality)
    .execute();
  const known = new Set<string>(people.map(({ id }) => id));
  const standing = await standingPairs(context, rows);
  const isNobody = (row: FeedRow) => !known.has(linkOf(row).residentId);
  const isAnothers = (row: FeedRow) => {
    const holder = standing.get(pairOf(linkOf(row)));
    return holder !== undefined && holder !== linkOf(row).residentId;
  };
  const isNotOwn = (row: FeedRow) => {
    const { replaces, residentId } = linkOf(row);
    const holder = replaces && standing.get(pairOf(replaces));
    return holder !== undefined && holder !== residentId;
  };
  const good = rows.filter((row) => !isNobody(row) && !isAnothers(row) && !isNotOwn(row)).map(linkOf);
  for (const { replaces } of good) {
    if (replaces) await endReplaced(context, replaces);
  }
  await sql`
    insert into certificate_link (issuer_key_id, serial, resident_id, registered_on, origin)
    select value->>'issuerKeyId', value->>'serial', value->>'residentId', value->>'registeredOn', 'feed'
      from jsonb_array_elements(${JSON.stringify(good)}::jsonb)
    on conflict (issuer_key_id, serial) do update
      set registered_on = excluded.registered_on, origin = 'feed'`.execute(tx);
  const faults = [
    ...faultsWhere(rows, isNobody, 'row.residentId', NOBODY),
    ...faultsWhere(rows, isAnothers, 'row.serial', ANOTHERS),
    ...faultsWhere(rows, isNotOwn, 'row.replaces', NOT_OWN),
  ];
  return { faults, touched: [] };
}

/** Holder by pair, of every pair that the rows name. */
async function standingPairs(
  { tx }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<ReadonlyMap<string, string>> {
  const serials = rows.flatMap((row) => {
    const { serial, replaces } = linkOf(row);
    return replaces ? [serial, replaces.serial] : [serial];
  });
  const found = await tx
    .selectFrom('certificate_link')
    .select(['issuer_key_id', 'serial', 'resident_id'])
    .where('serial', '=', sql<string>`any(${serials}::text[])`)
    .execute();
  return new Map(
    found.map((row) => [pairOf({ issuerKeyId: row.issuer_key_id, serial: row.serial }), row.resident_id]),
  );
}

/** The source needs no event of its own for it: the row has ended in the versions too, or it would differ every day. */
async function endReplaced(
  { tx, municipality }: ApplyContext,
  { issuerKeyId, serial }: { readonly issuerKeyId: string; readonly serial: string },
): Promise<void> {
  await tx
    .deleteFrom('certificate_link')
    .where('issuer_key_id', '=', issuerKeyId)
    .where('serial', '=', serial)
    .execute();
  await tx
    .updateTable('register_row')
    .set({ ended: true })
    .where('municipality', '=', municipality)
    .where('entity', '=', 'certificate-link')
    .where('key', '=', pairOf({ issuerKeyId, serial }))
    .execute();
}

/** Only links of this municipality's residents, and not those made at the counter. */
export async function endLinks(
  { tx, municipality }: ApplyContext,
  rows: readonly FeedRow[],
): Promise<Applied> {
  await sql`
    delete from certificate_link t
    using jsonb_array_elements(${JSON.stringify(rows.map(({ row }) => row))}::jsonb) key, resident, household
    where t.issuer_key_id = key->>'issuerKeyId' and t.serial = key->>'serial' and t.origin = 'feed'
      and resident.id = t.resident_id and household.id = resident.household_id
      and household.municipality = ${municipality}`.execute(tx);
  return APPLIED;
}
