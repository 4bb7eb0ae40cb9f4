/** Candidates in a municipality of 100,000 people are found by index: no look through a whole register. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '#center/database/testDatabase.ts';
import { idsByBirth, idsByPlace } from '#center/console/applications/findRegisters.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';

const HERE = '992020' as MunicipalityCode;
const REGISTERS = 40_000;
let base: TestDatabase;

beforeAll(async () => {
  base = await testDatabase();
  // 2.5 people a 戸籍; only what is searched by
  await sql`
    insert into family_register (municipality, id, entry, revision)
    select ${HERE}, 'r-' || n, jsonb_build_object(
      'familyRegisterId', 'r-' || n,
      'domicile', '架空県ためし市' || (array['本町','試町','例示','架空坂'])[1 + n % 4] || (1 + n % 9) || '丁目' || (1 + n / 36) || '番地',
      'members', jsonb_build_array(
        jsonb_build_object('givenName', '一', 'birthDate', to_char(date '1930-01-01' + n % 30000, 'YYYY-MM-DD')),
        jsonb_build_object('givenName', '二', 'birthDate', to_char(date '1930-01-01' + (n * 7) % 30000, 'YYYY-MM-DD')))), 1
    from generate_series(1, ${REGISTERS}::int) n`.execute(base.db);
  await sql`analyze family_register`.execute(base.db);
}, 120_000);
afterAll(() => base.close());

describe('100,000 people', () => {
  it('finds who was born on a day, and a 本籍 however it is typed', async () => {
    const began = performance.now();
    const born = await idsByBirth(base.db, HERE, '1930-01-09');
    const placed = await idsByPlace(base.db, HERE, '架空県ためし市本町五丁目12番');
    const took = performance.now() - began;
    expect(born).toContain('r-8');
    expect(placed.length).toBeGreaterThan(0);
    // a look through the whole takes seconds
    expect(took).toBeLessThan(1_500);
  });

  it('uses the indexes', async () => {
    const plan = async (query: string) => {
      const { rows } = await sql.raw<{ 'QUERY PLAN': string }>(`explain ${query}`).execute(base.db);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const births = `select id from family_register where municipality = '${HERE}'
      and births_on(municipality, entry) @> array['${HERE} 1930-01-09']`;
    const places = `select id from family_register where municipality = '${HERE}'
      and place_key(entry->>'domicile') like place_key('架空県ためし市本町5-12') || '%'`;
    expect(await plan(births)).toContain('family_register_births');
    expect(await plan(places)).toContain('family_register_place');
  });
});
