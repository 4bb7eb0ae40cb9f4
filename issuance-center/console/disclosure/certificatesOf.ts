/** Which certificates have shown a resident's data. The register gives the person, the issue record the rest. */
import { sql } from 'kysely';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { ResidentEntry } from '#templates/datasets/residentRegister.ts';
import type { Disclosure, People } from '../../contract/console/disclosure.ts';
import type { CenterDatabase } from '../../database/connect.ts';

/** More than this many people of one birth date and name are looked for more closely. */
const PEOPLE_SHOWN = 20;

/** Residents of the municipality born on a day whose name or reading begins so; spaces do not count. */
export async function peopleNamed(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  wanted: { readonly name: string; readonly birthDate: string },
): Promise<People['people']> {
  const plain = wanted.name.replace(/[\s\u3000]/gu, '');
  const begins = (field: string) =>
    sql<boolean>`starts_with(regexp_replace(resident.entry->>${field}, '[[:space:]　]', '', 'g'), ${plain})`;
  const rows = await db
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .select(['resident.entry as person', 'household.entry as home'])
    .where('household.municipality', '=', municipality)
    .where(sql<boolean>`resident.entry->>'birthDate' = ${wanted.birthDate}`)
    .where((where) => where.or([begins('name'), begins('furigana')]))
    .orderBy('resident.id')
    .limit(PEOPLE_SHOWN)
    .execute();
  return rows.map(({ person, home }) => ({
    residentId: person.residentId,
    name: person.name,
    furigana: person.furigana ?? null,
    birthDate: person.birthDate,
    address: home.address,
  }));
}

/** Undefined for nobody of this municipality. */
export async function residentHere(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  residentId: string,
): Promise<ResidentEntry | undefined> {
  const row = await db
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .select('resident.entry')
    .where('resident.id', '=', residentId)
    .where('household.municipality', '=', municipality)
    .executeTakeFirst();
  return row?.entry;
}

/** Newest first; only what this municipality has issued. */
export async function certificatesOf(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  residentId: string,
  labelOf: (kind: string) => string,
): Promise<Disclosure['certificates']> {
  const rows = await db
    .selectFrom('certificate_subject')
    .innerJoin('certificate', 'certificate.issue_number', 'certificate_subject.issue_number')
    .innerJoin('kiosk', 'kiosk.id', 'certificate.kiosk_id')
    .select(['certificate.issue_number', 'kind', 'prepared_at', 'kiosk_id', 'store', 'state', 'withdrawn_at'])
    .select('certificate.resident_id')
    .where('certificate_subject.resident_id', '=', residentId)
    .where('municipality', '=', municipality)
    .orderBy('prepared_at', 'desc')
    .execute();
  return rows.map((row) => ({
    issueNumber: row.issue_number,
    kind: row.kind,
    label: labelOf(row.kind),
    at: row.prepared_at.toISOString(),
    kioskId: row.kiosk_id,
    store: row.store,
    state: row.state,
    withdrawn: row.withdrawn_at !== null,
    by: row.resident_id === residentId ? ('self' as const) : ('other' as const),
  }));
}
