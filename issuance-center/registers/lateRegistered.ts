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
  /** as the 本籍地, or as the home knows the holder */
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
  const rows = await registeredIssues(tx, since)
    .$if(concern.kind === 'register', (query) =>
      query
        .where('registration.municipality', '=', municipality)
        .where('registration.family_register_id', '=', idOf(concern)),
    )
    .$if(concern.kind === 'person', (query) =>
      query.where((where) =>
        where.or([
          where('certificate.resident_id', '=', idOf(concern)),
          where.and([
            where('registration.municipality', '=', municipality),
            where('registration.member_resident_id', '=', idOf(concern)),
          ]),
        ]),
      ),
    )
    .$if(concern.kind === 'card', (query) => query.where(isCard(concern)))
    .execute();
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

const idOf = (concern: Concern): string => (concern.kind === 'card' ? '' : concern.id);
const isCard = (concern: Concern) =>
  concern.kind === 'card'
    ? sql<boolean>`(registration.issuer_key_id, registration.serial) = (${concern.issuerKeyId}, ${concern.serial})`
    : sql<boolean>`false`;

/** Of a 戸籍: it does not hold the registered person any more, or a 届出 that was not entered yet would have withheld it. */
function isEnded(concern: Concern, person: PersonOnRegister): boolean {
  if (concern.kind !== 'register') return true;
  const { entry } = concern;
  return !entry || entry.pendingNotification || findMember(entry, person) === undefined;
}
