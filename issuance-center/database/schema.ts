/**
 * The center's tables as kysely sees them. Personal data stands in the registers' `entry` columns only; no document, no
 * PIN and no copy of a name has a column anywhere.
 */
import type { ColumnType, Generated } from 'kysely';
import type { AddressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import type { FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { HouseholdEntry, ResidentEntry } from '#templates/datasets/residentRegister.ts';
import type { SealRegistrationEntry } from '#templates/datasets/sealRegistration.ts';
import type { TaxRecordEntry } from '#templates/datasets/taxation.ts';
import type { TaxPaymentEntry } from '#templates/datasets/taxPayment.ts';
import type { ConfigurationTables } from './schemaConfiguration.ts';
import type { CounterTables } from './schemaCounter.ts';
import type { DomicileTables } from './schemaDomicile.ts';
import type { FeedsTables } from './schemaFeeds.ts';
import type { OperationsTables } from './schemaOperations.ts';
import type { StaffTables } from './schemaStaff.ts';

/** jsonb: read as the parsed value, written as JSON text. */
type Json<Value> = ColumnType<Value, string, string>;

/** A kiosk that may call the kiosk API, known by the SHA-256 of its client certificate. */
export interface KioskTable {
  id: string;
  /** SHA-256 of the DER, hex */
  fingerprint: string;
  enrolled_at: Date;
  revoked_at: Date | null;
  /** チェーン; empty: none */
  chain: Generated<string>;
  store: Generated<string>;
  /** a call, noted at most once a minute */
  last_seen_at: Generated<Date | null>;
}

export interface SessionTable {
  id: string;
  kiosk_id: string;
  /** 32 bytes; signed by the card */
  challenge: Buffer;
  challenge_expires_at: Date;
  /** set by the one statement that redeems the challenge; never cleared */
  challenge_used_at: Date | null;
  /** until when an authenticated session may ask for certificates */
  expires_at: Date;
  /** who the session is bound to; set once, when verification has succeeded */
  resident_id: string | null;
  /** SHA-256 of the DER of the certificate the card showed, hex */
  holder_fingerprint: string | null;
  /** the day the certificate was tied to the resident, `YYYY-MM-DD` */
  card_registered_on: string | null;
  /** of the record that was offered last: its members' numbers mean these persons only while it stands */
  offered_revisions: ColumnType<string | null, string | null | undefined, string>;
}

export interface HouseholdTable {
  id: string;
  municipality: string;
  entry: Json<HouseholdEntry>;
  /** grows with every change that touches the household, its people or what restricts them */
  revision: number;
}

export interface ResidentTable {
  id: string;
  household_id: string;
  entry: Json<ResidentEntry>;
}

/** One row of a register with a municipality of its own; `revision` grows with every change to it or what restricts it. */
interface RegisterRow<Entry> {
  municipality: string;
  entry: Json<Entry>;
  revision: number;
}
export interface SealRegistrationTable extends RegisterRow<SealRegistrationEntry> {
  resident_id: string;
}
export interface TaxRecordTable extends RegisterRow<TaxRecordEntry> {
  resident_id: string;
  /** Gregorian year in which the 年度 begins */
  tax_year: number;
}
export interface TaxPaymentTable extends RegisterRow<TaxPaymentEntry> {
  resident_id: string;
  tax_year: number;
}
export interface FamilyRegisterTable extends RegisterRow<FamilyRegisterEntry> {
  id: string;
}
export interface AddressHistoryTable extends RegisterRow<AddressHistoryEntry> {
  family_register_id: string;
}
/** On which 戸籍 of the municipality a resident stands now; one at most. */
export interface FamilyRegisterMemberTable {
  municipality: string;
  resident_id: string;
  family_register_id: string;
}

/** Which resident a 利用者証明用電子証明書 belongs to (JPKI gives no name in it). */
export interface CertificateLinkTable {
  /** SHA-256 of the issuing CA's SPKI, hex */
  issuer_key_id: string;
  /** serial number, lower case hex without leading zeros */
  serial: string;
  resident_id: string;
  /** `YYYY-MM-DD`; usable from the next day */
  registered_on: string;
  /** made at the counter, a link is the counter's: feeds leave it alone */
  origin: Generated<'feed' | 'counter'>;
}

/** 支援措置. Read by one function only (registers/snapshot.ts), never joined, never audited, never counted. */
export interface RestrictionTable {
  /** whose register it stands in */
  municipality: string;
  resident_id: string;
  /** `YYYY-MM-DD`, first day */
  from_day: string;
  /** `YYYY-MM-DD`, last day; null while open */
  to_day: string | null;
}

export interface CertificateTable {
  issue_number: string;
  session_id: string;
  /** unique within a session: the second use of an id can never make a second certificate */
  request_id: string;
  kiosk_id: string;
  municipality: string;
  kind: string;
  fee: number;
  pages: number;
  document_sha256: string;
  template_digest: string;
  holder_fingerprint: string;
  /** `YYYY-MM-DD`, as printed */
  issue_date: string;
  /** `YYYY-MM-DD`, the last day on which a recipient is told about the number (照会期間) */
  verifiable_until: string;
  state: 'prepared' | 'printed' | 'void';
  prepared_at: Date;
  expires_at: Date;
  /** when it was seen to be neither printed nor void after its expiry */
  overdue_at: Date | null;
  settled_at: Date | null;
  /** yen taken, as the kiosk reported; null until settled */
  paid: number | null;
  sheets: number | null;
  refunded: number | null;
  void_reason: string | null;
  /** 取消: when its municipality stopped vouching for it, and why (verification/withdraw.ts) */
  withdrawn_at: Date | null;
  withdrawn_reason: string | null;
  /** whose card asked for it; opaque */
  resident_id: Generated<string | null>;
}

/** An alarm stays open until a person closes it; while open it stops the municipality on that kiosk. */
export interface AlarmTable {
  id: Generated<number>;
  /** null: not a kiosk's, but of the municipality's registers */
  kiosk_id: string | null;
  municipality: string | null;
  finding: string;
  issue_number: string | null;
  raised_at: Date;
  closed_at: Date | null;
  /** staff id, or `operator` */
  closed_by: Generated<string | null>;
  /** what became of the first attempt's output (issuing/accounted.ts) */
  accounted: Generated<string | null>;
}

export interface AuditEventTable {
  seq: number;
  at: string;
  type: string;
  /** canonical JSON, the exact text that was hashed */
  fields: string;
  previous_hash: string;
  hash: string;
}

/** One row: the end of the chain. Its lock is what puts audit events in one order. */
export interface AuditHeadTable {
  id: number;
  seq: number;
  hash: string;
}

/** 参加している市区町村. */
export interface MunicipalityTable {
  code: string;
  prefecture: string;
  name: string;
  joined_at: Date;
}

export interface CenterTables
  extends ConfigurationTables, StaffTables, FeedsTables, OperationsTables, CounterTables, DomicileTables {
  municipality: MunicipalityTable;
  kiosk: KioskTable;
  session: SessionTable;
  household: HouseholdTable;
  resident: ResidentTable;
  seal_registration: SealRegistrationTable;
  tax_record: TaxRecordTable;
  tax_payment: TaxPaymentTable;
  family_register: FamilyRegisterTable;
  family_register_member: FamilyRegisterMemberTable;
  address_history: AddressHistoryTable;
  certificate_link: CertificateLinkTable;
  restriction: RestrictionTable;
  certificate: CertificateTable;
  alarm: AlarmTable;
  audit_event: AuditEventTable;
  audit_head: AuditHeadTable;
}
