/** Sequenced feeds of the registers and their reconciliation. */
export const FEEDS: readonly string[] = [
  // what was known was known without a sequence: a municipality begins again with full loads
  `drop table register_feed`,
  `create table register_stream (
     municipality text not null,
     register text not null,
     stream uuid not null,
     next_seq bigint not null,
     heard_seq bigint not null,
     fed_until timestamptz not null,
     loaded_at timestamptz not null,
     blocked_reason text,
     last_refusal jsonb,
     last_refused_at timestamptz,
     reconciled_at timestamptz,
     primary key (municipality, register))`,
  `create table register_event (
     municipality text not null,
     register text not null,
     stream uuid not null,
     seq bigint not null,
     sha256 text not null,
     primary key (municipality, register, stream, seq))`,
  `create table register_pending (
     id bigint primary key generated always as identity,
     municipality text not null,
     register text not null,
     seq bigint not null,
     effective_at timestamptz not null,
     event jsonb not null)`,
  `create index pending_by_time on register_pending (municipality, effective_at)`,
  `create index pending_by_instant on register_pending (effective_at)`,
  `create table register_row (
     municipality text not null,
     entity text not null,
     key text not null,
     version bigint not null,
     sha256 text not null,
     ended boolean not null default false,
     load_id uuid,
     primary key (municipality, entity, key))`,
  `create table register_person (
     municipality text not null,
     register text not null,
     row_id text not null,
     resident_id text not null,
     primary key (municipality, register, row_id, resident_id))`,
  `create index person_by_resident on register_person (resident_id)`,
  `insert into register_person
     select distinct municipality, 'family-register', id, member->>'residentId'
     from family_register, jsonb_array_elements(entry->'members') member
     where member->>'residentId' is not null`,
  `insert into register_person
     select distinct municipality, 'address-history', family_register_id, member->>'residentId'
     from address_history, jsonb_array_elements(entry->'members') member
     where member->>'residentId' is not null`,
  `create table register_reconciliation (
     id integer primary key generated always as identity,
     municipality text not null,
     register text not null,
     at timestamptz not null,
     seq bigint not null,
     rows integer not null,
     differences integer not null)`,
  `create index reconciliation_latest on register_reconciliation (municipality, register, id desc)`,
  `create table register_difference (
     municipality text not null,
     register text not null,
     entity text not null,
     key text not null,
     finding text not null check (finding in ('missing-here', 'not-at-the-source', 'differs')),
     primary key (municipality, entity, key))`,
  `create table feed_client (
     id text not null,
     municipality text not null references municipality,
     fingerprint text not null unique,
     enrolled_at timestamptz not null,
     enrolled_by text not null,
     revoked_at timestamptz,
     last_used_at timestamptz,
     primary key (municipality, id))`,
  `alter table restriction add column municipality text not null default ''`,
  `update restriction set municipality = household.municipality
     from resident join household on household.id = resident.household_id
     where resident.id = restriction.resident_id`,
  `alter table restriction drop constraint restriction_pkey`,
  `alter table restriction add primary key (municipality, resident_id, from_day)`,
  `create index restriction_by_resident on restriction (resident_id)`,
  `alter table certificate_link add column origin text not null default 'feed'
     check (origin in ('feed', 'counter'))`,
  `create index link_by_resident on certificate_link (resident_id)`,
  // a resident whom the register no longer knows ends; what was authenticated for them is worth nothing then
  `alter table session drop constraint session_resident_id_fkey`,
];
