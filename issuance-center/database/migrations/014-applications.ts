/** The queue of 本籍地 applications: 戸籍 are found by birth date and by 本籍, in a municipality of any size. */
export const APPLICATIONS: readonly string[] = [
  // a key to search by, coarser than what is compared afterwards (console/applications/tokens.ts); kept in step by a test
  `create function place_key(place text) returns text language sql immutable parallel safe return
     regexp_replace(
       translate(
         regexp_replace(
         regexp_replace(
         regexp_replace(
           translate(regexp_replace(normalize(place, NFKC), '\\s|丁目|番地|番|号|大字|字', '', 'g'),
             'ヶヵノ之のー‐‑–—―−-', 'ケカ'),
           '([一二三四五六七八九])十([一二三四五六七八九])', '\\1\\2', 'g'),
           '([一二三四五六七八九])十', '\\1〇', 'g'),
           '十([一二三四五六七八九])', '一\\1', 'g'),
         '一二三四五六七八九〇', '1234567890'),
       '十', '10', 'g')`,
  `create function births_on(municipality text, entry jsonb) returns text[] language sql immutable parallel safe return
     array(select municipality || ' ' || (member->>'birthDate') from jsonb_array_elements(entry->'members') member)`,
  `create index family_register_births on family_register using gin (births_on(municipality, entry))`,
  `create index family_register_place on family_register
     (municipality, place_key(entry->>'domicile') text_pattern_ops)`,
  // what was done with one application
  `create index audit_of_application on audit_event (((fields::jsonb)->>'application'), seq)
     where type like 'application-%' or type = 'registration-ended'`,
];
