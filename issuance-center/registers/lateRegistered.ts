/**
 * Certificates that a 本籍地 has made for a card that is registered there. Its 戸籍 knows the holder by no id of a resident, and the
 * home where the holder is known is another municipality: they are found by the registration.
 */
import { sql } from 'kysely';
import { familyRegisterEntry, type FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { IssueNumber, MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterTransaction } from '../database/connect.ts';
import { findMember, type PersonOnRegister } from './registeredPerson.ts';
import type { FeedRow } from './parseLines.ts';

/** Of which registrations an event ends the ground. */
type Concern =
  | { readonly kind: 'register'; readonly id: string; readonly entry: FamilyRegisterEntry | undefined }
  /** the holder as the home or the 本籍地 knows them, or somebody else whom the certificate shows */
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'card'; readonly issuerKeyId: string; readonly serial: string };

/** Issued from the event's instant on and not void, whatever municipality says it: of its own 戸籍, or of its own residents. */
export async function issuedToRegistered(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  row: FeedRow,
): Promise<readonly IssueNumber[]> {
  const concern = concernOf(row);
  if (!concern) return [];
  const found = await issuedUnder(tx, municipality, concern, row.effectiveAt!);
  return found.filter((issued) => isEnded(concern, issued)).map(({ number }) => number);
}

function concernOf({ entity, op, row }: FeedRow): Concern | undefined {
  const text = (name: string) => String(row[name] ?? '');
  switch (entity) {
    case 'family-register': {
      const entry = op === 'end' ? undefined : familyRegisterEntry.parse(row);
      return { kind: 'register', id: text('familyRegisterId'), entry };
    }
    case 'resident':
      // who moves stays on the 戸籍
      return row['status'] === 'deceased' ? { kind: 'person', id: text('residentId') } : undefined;
    case 'restriction':
      return op === 'put' ? { kind: 'person', id: text('residentId') } : undefined;
    case 'certificate-link':
      return op === 'end'
        ? { kind: 'card', issuerKeyId: text('issuerKeyId'), serial: text('serial') }
        : undefined;
    default:
      return undefined;
  }
}

interface Issued extends PersonOnRegister {
  readonly number: IssueNumber;
}

async function issuedUnder(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  concern: Concern,
  since: number,
): Promise<readonly Issued[]> {
  const rows = await registeredIssues(tx, since).where(restsOn(concern, municipality)).execute();
  return rows.map((row) => ({
    number: row.issue_number as IssueNumber,
    memberDigest: row.member_digest,
    memberResidentId: row.member_resident_id,
  }));
}

/** Each certificate with the registration that was in force when it was made. */
const registeredIssues = (tx: CenterTransaction, since: number) =>
  tx
    .selectFrom('certificate')
    .innerJoin('domicile_application as application', (join) =>
      join
        .onRef('application.holder_fingerprint', '=', 'certificate.holder_fingerprint')
        .onRef('application.municipality', '=', 'certificate.municipality'),
    )
    .innerJoin('domicile_registration as registration', (join) =>
      join
        .onRef('registration.application_number', '=', 'application.number')
        .onRef('registration.registered_at', '<=', 'certificate.prepared_at'),
    )
    .select(['certificate.issue_number', 'registration.member_digest', 'registration.member_resident_id'])
    .where('certificate.prepared_at', '>=', new Date(since))
    .where('certificate.state', '<>', 'void')
    .where((where) =>
      where.or([
        where('registration.ended_at', 'is', null),
        where('registration.ended_at', '>=', where.ref('certificate.prepared_at')),
      ]),
    );

/** Of those certificates the ones that rest on what the event is about. */
function restsOn(concern: Concern, municipality: MunicipalityCode) {
  switch (concern.kind) {
    case 'register':
      return sql<boolean>`(registration.municipality, registration.family_register_id) = (${municipality}, ${concern.id})`;
    case 'person':
      return sql<boolean>`(
        certificate.resident_id = ${concern.id}
        or (registration.municipality, registration.member_resident_id) = (${municipality}, ${concern.id})
        or exists (select from certificate_subject subject
          where subject.issue_number = certificate.issue_number and subject.resident_id = ${concern.id}))`;
    case 'card':
      return sql<boolean>`(registration.issuer_key_id, registration.serial) = (${concern.issuerKeyId}, ${concern.serial})`;
  }
}

/** Of a 戸籍: it does not hold the registered person any more, or a 届出 that was not entered yet would have withheld it. */
function isEnded(concern: Concern, person: PersonOnRegister): boolean {
  if (concern.kind !== 'register') return true;
  const { entry } = concern;
  return !entry || entry.pendingNotification || findMember(entry, person) === undefined;
}
