/** Cards tied to a seal registration at the counter. */
export const COUNTER: readonly string[] = [
  `create table seal_card (
     id integer primary key generated always as identity,
     issuer_key_id text not null,
     serial text not null,
     municipality text not null references municipality,
     resident_id text not null,
     linked_by text not null,
     linked_at timestamptz not null,
     ended_by text,
     ended_at timestamptz)`,
  // a card is one person's: two ties of a municipality that say otherwise cannot both be there. Whoever moves may have
  // another number elsewhere: what another municipality once tied is no contradiction
  `create unique index seal_card_once on seal_card (issuer_key_id, serial, municipality) where ended_at is null`,
  `create index seal_card_of_resident on seal_card (municipality, resident_id) where ended_at is null`,
];
