/** Open applications and registrations in force with everything that could end them, in one question. */
import { sql } from 'kysely';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { BasicFourItems } from '../contract/domicileApplication.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { readCertificate } from '../identity/certificate.ts';
import { basicFourItemsOf } from '../identity/signatureCertificate.ts';
import { readSignedContent } from './readSignedContent.ts';
import type { CardTie, RegisteredTie } from './standing.ts';

type Database = CenterDatabase | CenterTransaction;

/** Which of them. */
export type Within =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'number-and-birth-date'; readonly number: string; readonly birthDate: CivilDate }
  /** of this card (SHA-256 of its certificate's DER, hex), or applied for by this resident with another card */
  | { readonly kind: 'card'; readonly fingerprint: string; readonly residentId?: string }
  | { readonly kind: 'registration'; readonly id: number }
  | { readonly kind: 'open'; readonly municipality?: MunicipalityCode }
  /** so many, in the order of their ids */
  | { readonly kind: 'registrations-after'; readonly id: number; readonly limit: number };

export interface Tie extends CardTie {
  readonly number: string;
  readonly municipality: MunicipalityCode;
  /** null: not decided yet */
  readonly registration: (RegisteredTie & { readonly id: number }) | null;
}

export async function readTies(db: Database, within: Within): Promise<readonly Tie[]> {
  const rows = await selected(db, within).execute();
  return rows.map(tieFrom);
}

const OPEN = ['received', 'checking'] as const;

function selected(db: Database, within: Within) {
  const all = rowsOf(db).where((where) =>
    where.or([where('application.state', 'in', OPEN), where('registration.id', 'is not', null)]),
  );
  switch (within.kind) {
    case 'number':
      return all.where('application.number', '=', within.number);
    case 'number-and-birth-date':
      return all
        .where('application.number', '=', within.number)
        .where(sql<boolean>`application.birth_date = ${within.birthDate}`);
    case 'card':
      return all.where((where) =>
        where.or([
          where('application.holder_fingerprint', '=', within.fingerprint),
          where('application.applicant_resident_id', '=', within.residentId ?? null),
        ]),
      );
    case 'registration':
      return all.where('registration.id', '=', within.id);
    case 'open': {
      const open = all.where('application.state', 'in', OPEN);
      return within.municipality ? open.where('application.municipality', '=', within.municipality) : open;
    }
    case 'registrations-after':
      return all.where('registration.id', '>', within.id).orderBy('registration.id').limit(within.limit);
  }
}

function rowsOf(db: Database) {
  return db
    .selectFrom('domicile_application as application')
    .leftJoin('domicile_registration as registration', (join) =>
      join
        .onRef('registration.application_number', '=', 'application.number')
        .on('registration.ended_at', 'is', null),
    )
    .leftJoin('certificate_link as link', (join) =>
      join
        .onRef('link.issuer_key_id', '=', 'application.issuer_key_id')
        .onRef('link.serial', '=', 'application.serial'),
    )
    .leftJoin('resident', (join) =>
      join.on(sql`resident.id`, '=', sql`coalesce(link.resident_id, application.applicant_resident_id)`),
    )
    .leftJoin('family_register', (join) =>
      join
        .onRef('family_register.municipality', '=', 'registration.municipality')
        .onRef('family_register.id', '=', 'registration.family_register_id'),
    )
    .select([
      'application.number',
      'application.municipality',
      'application.authentication_certificate',
      'application.cms',
      'application.birth_date',
      'application.applicant_resident_id',
      'registration.id',
      'registration.member_digest',
      'registration.member_resident_id',
      'link.resident_id as linked_id',
      'resident.entry as holder',
      'family_register.entry as register',
    ])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('certificate_link as other')
          .select('other.serial')
          .whereRef('other.resident_id', '=', 'application.applicant_resident_id')
          .where(
            sql<boolean>`(other.issuer_key_id, other.serial) <> (application.issuer_key_id, application.serial)`,
          ),
      ).as('has_other_card'),
    );
}
type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];

const tieFrom = (row: Row): Tie => ({
  number: row.number,
  municipality: row.municipality as MunicipalityCode,
  certificate: row.authentication_certificate,
  birthDate: row.birth_date as CivilDate,
  items: () => signedItems(row.cms),
  applicantId: row.applicant_resident_id,
  linkedId: row.linked_id,
  holder: row.holder,
  hasOtherCard: Boolean(row.has_other_card),
  registration:
    row.id === null
      ? null
      : {
          id: row.id,
          memberDigest: row.member_digest!,
          memberResidentId: row.member_resident_id,
          entry: row.register ?? undefined,
        },
});

/** Of the certificate that signed; undefined where the stored bytes are not sound. */
function signedItems(cms: Buffer): BasicFourItems | undefined {
  const signed = readSignedContent(cms);
  return signed && basicFourItemsOf(readCertificate(signed.certificate.der));
}
