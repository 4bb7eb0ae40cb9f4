/**
 * Which 戸籍 of a municipality could be the one an application names: by the birth date of a member, by the 本籍, by the resident
 * whose card it is. Each by an index; what was found is compared afterwards.
 */
import { sql } from 'kysely';
import type { AddressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import type { FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../../database/connect.ts';

type Database = CenterDatabase | CenterTransaction;

export interface RegisterRows {
  readonly register: { readonly entry: FamilyRegisterEntry; readonly revision: number };
  readonly history: { readonly entry: AddressHistoryEntry; readonly revision: number } | null;
}

/** Of one 本籍 (a multi-storey house, an old village center) more are not shown: the 筆頭者 narrows it. */
const FOUND_BY_PLACE = 200;

export interface Wanted {
  readonly birthDate?: string;
  readonly residentId?: string | null;
  /** from 都道府県 on; registers whose 本籍 begins so */
  readonly domicile: string;
}

export async function registersFor(
  db: Database,
  municipality: MunicipalityCode,
  { birthDate, residentId, domicile }: Wanted,
): Promise<readonly RegisterRows[]> {
  const born = birthDate === undefined ? [] : await idsByBirth(db, municipality, birthDate);
  const placed = await idsByPlace(db, municipality, domicile);
  const tied = residentId ? await idsByResident(db, municipality, residentId) : [];
  return rowsOf(db, municipality, [...new Set([...tied, ...born, ...placed])]);
}

export async function idsByBirth(db: Database, municipality: MunicipalityCode, birthDate: string) {
  const wanted = [`${municipality} ${birthDate}`];
  const rows = await db
    .selectFrom('family_register')
    .select('id')
    .where('municipality', '=', municipality)
    .where(sql<boolean>`births_on(municipality, entry) @> ${wanted}::text[]`)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

export async function idsByPlace(db: Database, municipality: MunicipalityCode, domicile: string) {
  const { rows } = await sql<{ id: string }>`
    select id from family_register
    where municipality = ${municipality} and place_key(entry->>'domicile')
      like replace(replace(replace(place_key(${domicile}), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
    order by place_key(entry->>'domicile'), id limit ${FOUND_BY_PLACE}`.execute(db);
  return rows.map(({ id }) => id);
}

async function idsByResident(db: Database, municipality: MunicipalityCode, residentId: string) {
  const rows = await db
    .selectFrom('register_person')
    .select('row_id')
    .where('municipality', '=', municipality)
    .where('register', '=', 'family-register')
    .where('resident_id', '=', residentId)
    .execute();
  return rows.map(({ row_id }) => row_id);
}

async function rowsOf(db: Database, municipality: MunicipalityCode, ids: readonly string[]) {
  const rows = await db
    .selectFrom('family_register as register')
    .leftJoin('address_history as history', (join) =>
      join
        .onRef('history.municipality', '=', 'register.municipality')
        .onRef('history.family_register_id', '=', 'register.id'),
    )
    .select([
      'register.entry',
      'register.revision',
      'history.entry as historyEntry',
      'history.revision as of',
    ])
    .where('register.municipality', '=', municipality)
    .where('register.id', '=', sql<string>`any(${ids}::text[])`)
    .orderBy('register.id')
    .execute();
  return rows.map(({ entry, revision, historyEntry, of }): RegisterRows => ({
    register: { entry, revision },
    history: historyEntry && of !== null ? { entry: historyEntry, revision: of } : null,
  }));
}

/** Both rows of one 戸籍, held still until the transaction ends; undefined: it is gone. */
export async function holdRegister(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  id: string,
): Promise<RegisterRows | undefined> {
  const register = await tx
    .selectFrom('family_register')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  const history = await tx
    .selectFrom('address_history')
    .select(['entry', 'revision'])
    .where('municipality', '=', municipality)
    .where('family_register_id', '=', id)
    .forShare()
    .executeTakeFirst();
  return register && { register, history: history ?? null };
}
