/**
 * Registrations of a card: which person of which 戸籍 it may ask for, and how that ends. A registration is of one
 * 利用者証明用 certificate, known by its digest; whoever finds that it means nobody any more ends it, once.
 */
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { RegistrationEnd } from '../database/schemaDomicile.ts';
import type { PersonOnRegister } from '../registers/registeredPerson.ts';
import { noticeOfEnd } from './statuses.ts';

export interface Registration extends PersonOnRegister {
  readonly id: number;
  readonly municipality: MunicipalityCode;
  readonly familyRegisterId: string;
  readonly application: string;
  /** of the card: SHA-256 of the CA's SPKI, hex, and serial, lower case hex */
  readonly issuerKeyId: string;
  readonly serial: string;
}

/** The one in force of this certificate (SHA-256 of its DER, hex) in this municipality. */
export async function registrationOf(
  db: CenterDatabase | CenterTransaction,
  holderFingerprint: string,
  municipality: MunicipalityCode,
): Promise<Registration | undefined> {
  const row = await rows(db)
    .where('application.holder_fingerprint', '=', holderFingerprint)
    .where('registration.municipality', '=', municipality)
    .where('registration.ended_at', 'is', null)
    .executeTakeFirst();
  return row && registrationFrom(row);
}

function rows(db: CenterDatabase | CenterTransaction) {
  return db
    .selectFrom('domicile_registration as registration')
    .innerJoin('domicile_application as application', 'application.number', 'registration.application_number')
    .select([
      ...(['registration.id', 'registration.municipality', 'registration.family_register_id'] as const),
      ...([
        'registration.member_digest',
        'registration.member_resident_id',
        'registration.ended_because',
      ] as const),
      ...(['registration.application_number', 'registration.issuer_key_id', 'registration.serial'] as const),
      'application.holder_fingerprint',
    ]);
}
type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

const registrationFrom = (row: Row): Registration => ({
  id: row.id,
  municipality: row.municipality as MunicipalityCode,
  familyRegisterId: row.family_register_id,
  memberDigest: row.member_digest,
  memberResidentId: row.member_resident_id,
  application: row.application_number,
  issuerKeyId: row.issuer_key_id,
  serial: row.serial,
});

/** Ends a registration that is in force; false when it was over already. */
export function endRegistration(
  db: CenterDatabase,
  { id, municipality, application }: Pick<Registration, 'id' | 'municipality' | 'application'>,
  reason: RegistrationEnd,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const ended = await tx
      .updateTable('domicile_registration')
      .set({ ended_at: new Date(now), ended_because: reason })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!ended) return false;
    await appendAudit(tx, now, 'registration-ended', { municipality, application, reason });
    return true;
  });
}

export interface RegisteredMunicipality {
  readonly municipality: MunicipalityCode;
  /** what ended it; null: in force */
  readonly ended: NoticeCode | null;
}

/**
 * Where this resident's card is registered, and where it was: one entry a municipality; of an earlier card of the same
 * resident what has ended. Whoever asks has ended before what is over (endings.ts).
 */
export async function registeredMunicipalities(
  db: CenterDatabase,
  holder: { readonly residentId: string; readonly holderFingerprint: string },
): Promise<readonly RegisteredMunicipality[]> {
  const found = await rows(db)
    .where((where) =>
      where.or([
        where('application.holder_fingerprint', '=', holder.holderFingerprint),
        where('application.applicant_resident_id', '=', holder.residentId),
      ]),
    )
    .orderBy('registration.id')
    .execute();
  const known = new Map<string, RegisteredMunicipality>();
  for (const row of found) {
    const isOwn = row.holder_fingerprint === holder.holderFingerprint;
    const inForce = row.ended_because === null;
    // in force for another certificate that is still this resident's: it opens nothing for this one
    if (inForce && !isOwn) continue;
    if (known.get(row.municipality)?.ended === null) continue;
    const ended = row.ended_because === null ? null : noticeOfEnd(row.ended_because);
    known.set(row.municipality, { municipality: row.municipality as MunicipalityCode, ended });
  }
  return [...known.values()];
}
