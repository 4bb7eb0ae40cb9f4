/** The schema's history, in code. A migration that has run anywhere is never edited: the next change is the next one. */
import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import { MUNICIPALITY } from './migrations/007-municipality.ts';
import { CONFIGURATION } from './migrations/008-configuration.ts';
import { STAFF } from './migrations/009-staff.ts';
import { FEEDS } from './migrations/010-feeds.ts';
import { OPERATIONS } from './migrations/011-operations.ts';
import { COUNTER } from './migrations/012-counter.ts';
import { DOMICILE } from './migrations/013-domicile.ts';
import { APPLICATIONS } from './migrations/014-applications.ts';
import type { CenterTables } from './schema.ts';

const running = (statements: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});

const FIRST_TABLES = [
  `create table kiosk (
     id text primary key,
     fingerprint text not null unique,
     enrolled_at timestamptz not null,
     revoked_at timestamptz)`,
  `create table household (
     id text primary key,
     municipality text not null,
     entry jsonb not null,
     revision integer not null default 1)`,
  `create table resident (
     id text primary key,
     household_id text not null references household,
     entry jsonb not null)`,
  `create index resident_by_household on resident (household_id)`,
  `create table certificate_link (
     issuer_key_id text not null,
     serial text not null,
     resident_id text not null references resident,
     registered_on text not null,
     primary key (issuer_key_id, serial))`,
  `create table restriction (
     resident_id text not null,
     from_day text not null,
     to_day text,
     primary key (resident_id, from_day))`,
  `create table session (
     id uuid primary key,
     kiosk_id text not null references kiosk,
     challenge bytea not null check (length(challenge) = 32),
     challenge_expires_at timestamptz not null,
     challenge_used_at timestamptz,
     expires_at timestamptz not null,
     resident_id text references resident,
     holder_fingerprint text,
     card_registered_on text)`,
  `create index session_by_expiry on session (expires_at)`,
  `create table certificate (
     issue_number text primary key,
     session_id uuid not null,
     request_id uuid not null,
     kiosk_id text not null references kiosk,
     municipality text not null,
     kind text not null,
     fee integer not null check (fee >= 0),
     pages integer not null check (pages >= 1),
     document_sha256 text not null,
     template_digest text not null,
     holder_fingerprint text not null,
     issue_date text not null,
     state text not null check (state in ('prepared', 'printed', 'void')),
     prepared_at timestamptz not null,
     expires_at timestamptz not null,
     overdue_at timestamptz,
     settled_at timestamptz,
     paid integer,
     sheets integer,
     refunded integer,
     void_reason text,
     unique (session_id, request_id))`,
  `create index certificate_unsettled on certificate (expires_at) where state = 'prepared'`,
  `create table alarm (
     id integer primary key generated always as identity,
     kiosk_id text not null references kiosk,
     municipality text,
     finding text not null,
     issue_number text,
     raised_at timestamptz not null,
     closed_at timestamptz)`,
  `create index alarm_open on alarm (kiosk_id) where closed_at is null`,
  `create table audit_event (
     seq bigint primary key,
     at text not null,
     type text not null,
     fields text not null,
     previous_hash text not null,
     hash text not null)`,
  `create table audit_head (id integer primary key check (id = 1), seq bigint not null, hash text not null)`,
  `insert into audit_head (id, seq, hash) values (1, 0, repeat('0', 64))`,
  // what was recorded is not rewritten, not even by a mistake in our own code
  `create function refuse_audit_change() returns trigger language plpgsql as
     $$ begin raise exception 'the audit is append-only'; end $$`,
  `create trigger audit_append_only before update or delete or truncate on audit_event
     for each statement execute function refuse_audit_change()`,
];

const ENTRY = 'entry jsonb not null, revision integer not null default 1';

/** Every certificate's register; a certificate's number can be asked about until a day. */
const REGISTERS = [
  `create table seal_registration (
     municipality text not null, resident_id text not null, ${ENTRY},
     primary key (municipality, resident_id))`,
  `create table tax_record (
     municipality text not null, resident_id text not null, tax_year integer not null, ${ENTRY},
     primary key (municipality, resident_id, tax_year))`,
  `create table tax_payment (
     municipality text not null, resident_id text not null, tax_year integer not null, ${ENTRY},
     primary key (municipality, resident_id, tax_year))`,
  `create table family_register (
     municipality text not null, id text not null, ${ENTRY},
     primary key (municipality, id))`,
  `create table family_register_member (
     municipality text not null, resident_id text not null, family_register_id text not null,
     primary key (municipality, resident_id),
     foreign key (municipality, family_register_id) references family_register)`,
  `create index member_by_family_register on family_register_member (municipality, family_register_id)`,
  `create table address_history (
     municipality text not null, family_register_id text not null, ${ENTRY},
     primary key (municipality, family_register_id))`,
  `create table register_feed (
     municipality text not null, register text not null, fed_until timestamptz not null,
     primary key (municipality, register))`,
  `alter table certificate add column verifiable_until text`,
  `update certificate set verifiable_until = to_char(issue_date::date + 365, 'YYYY-MM-DD')`,
  `alter table certificate alter column verifiable_until set not null`,
];

/** 取消: a printed certificate that its municipality no longer vouches for. */
const WITHDRAWAL = [
  `alter table certificate add column withdrawn_at timestamptz, add column withdrawn_reason text`,
  `alter table certificate add constraint withdrawn_with_a_reason check (
     (withdrawn_at is null) = (withdrawn_reason is null) and (withdrawn_at is null or state = 'printed'))`,
];

/** Which state of the registers a resident was offered. */
const OFFERED_RECORD = [`alter table session add column offered_revisions text`];

/** Feeds that came in another order than they were made in. */
const FEED_ORDER = [
  `alter table register_feed add column entered_until timestamptz, add column disordered_until timestamptz`,
  `update register_feed set entered_until = fed_until`,
  `alter table register_feed alter column entered_until set not null`,
];

/** A paper can be in somebody's hand before the kiosk's word that it printed has arrived. */
const WITHDRAWAL_BEFORE_CONFIRMATION = [
  `alter table certificate drop constraint withdrawn_with_a_reason`,
  `alter table certificate add constraint withdrawn_with_a_reason check (
     (withdrawn_at is null) = (withdrawn_reason is null))`,
];

const migrations: Record<string, Migration> = {
  '001-first-tables': running(FIRST_TABLES),
  '002-registers': running(REGISTERS),
  '003-withdrawal': running(WITHDRAWAL),
  '004-offered-record': running(OFFERED_RECORD),
  '005-feed-order': running(FEED_ORDER),
  '006-withdrawal-before-confirmation': running(WITHDRAWAL_BEFORE_CONFIRMATION),
  '007-municipality': running(MUNICIPALITY),
  '008-configuration': running(CONFIGURATION),
  '009-staff': running(STAFF),
  '010-feeds': running(FEEDS),
  '011-operations': running(OPERATIONS),
  '012-counter': running(COUNTER),
  '013-domicile': running(DOMICILE),
  '014-applications': running(APPLICATIONS),
};

/**
 * Brings the database to the newest schema; does nothing when it is there already. Concurrent starts wait for each
 * other (kysely takes an advisory lock). Throws with the name of the migration that failed.
 */
export async function migrateToLatest(db: Kysely<CenterTables>, schema = 'public'): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: schema,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'before the first one';
  throw new Error(`database migration failed: ${failed}`, { cause: error });
}
