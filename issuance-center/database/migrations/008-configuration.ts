/** Profile versions, their seals and fonts, stops and test issues. */
export const CONFIGURATION: readonly string[] = [
  `create table profile_version (
     municipality text not null references municipality,
     number integer not null check (number >= 1),
     state text not null check (state in ('draft', 'proposed', 'approved', 'rejected', 'withdrawn')),
     profile text not null,
     digest text not null,
     revision integer not null default 1,
     base integer,
     note text not null default '',
     created_by text not null,
     created_at timestamptz not null,
     proposed_by text,
     proposed_at timestamptz,
     decided_by text,
     decided_at timestamptz,
     decision_reason text,
     effective_at timestamptz,
     primary key (municipality, number),
     constraint approved_with_its_time check ((state = 'approved') <= (effective_at is not null)))`,
  `create index profile_in_force on profile_version (municipality, effective_at desc, number desc)
     where state = 'approved'`,
  // what was proposed is what is approved, byte for byte, and what was approved is never edited
  `create function refuse_version_change() returns trigger language plpgsql as $$
     begin
       if old.state <> 'draft' and (new.profile <> old.profile or new.digest <> old.digest) then
         raise exception 'a version that is no draft is not edited';
       end if;
       return new;
     end $$`,
  `create trigger version_is_kept before update on profile_version
     for each row execute function refuse_version_change()`,
  `create table profile_editor (
     municipality text not null,
     number integer not null,
     staff_id text not null,
     primary key (municipality, number, staff_id),
     foreign key (municipality, number) references profile_version)`,
  `create table municipality_asset (
     municipality text not null references municipality,
     name text not null,
     kind text not null check (kind in ('seal', 'character-font')),
     bytes bytea not null,
     digest text not null,
     created_by text not null,
     created_at timestamptz not null,
     primary key (municipality, name))`,
  `create table service_stop (
     id integer primary key generated always as identity,
     municipality text not null references municipality,
     kind text,
     reason text not null,
     stopped_by text not null,
     stopped_at timestamptz not null,
     lifted_by text,
     lifted_at timestamptz)`,
  `create index service_stop_open on service_stop (municipality) where lifted_at is null`,
  `create unique index service_stop_once on service_stop (municipality, coalesce(kind, ''))
     where lifted_at is null`,
  `create table test_issue (
     id uuid primary key,
     municipality text not null references municipality,
     version integer not null,
     kiosk_id text not null references kiosk,
     kind text not null,
     sample text not null,
     state text not null
       check (state in ('waiting', 'fetched', 'printed', 'not-printed', 'unknown', 'cancelled', 'expired')),
     requested_by text not null,
     requested_at timestamptz not null,
     expires_at timestamptz not null,
     fetched_at timestamptz,
     ended_at timestamptz,
     document_sha256 text,
     pages integer,
     profile_digest text,
     foreign key (municipality, version) references profile_version)`,
  `create index test_issue_waiting on test_issue (kiosk_id) where state in ('waiting', 'fetched')`,
];
