import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '#center/database/testDatabase.ts';
import { openCertificateFont, type CertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import type { RegisterFeedInput } from '#center/registers/feed.ts';
import { importRegisters } from '#center/registers/importRegisters.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { NOW, TODAY, auditOf } from './harness.ts';

let database: TestDatabase;
let font: CertificateFont;
beforeAll(async () => {
  database = await testDatabase();
  font = openCertificateFont(loadFonts());
});
afterAll(() => database.close());

const enter = (feed: Partial<RegisterFeedInput>) =>
  importRegisters(
    { db: database.db, canDraw: () => font.canDraw, now: NOW },
    { households: [], residents: [], links: [], restrictions: [], ...feed },
  );
const demo = demoRegisters(TODAY);
const whole = {
  households: [...demo.households],
  residents: [...demo.residents],
  restrictions: [...demo.restrictions],
  links: [{ issuerKeyId: 'ab'.repeat(32), serial: '0badcafe', residentId: 'taro', registeredOn: TODAY }],
};
const state = async () => ({
  households: await database.db.selectFrom('household').selectAll().orderBy('id').execute(),
  residents: await database.db.selectFrom('resident').selectAll().orderBy('id').execute(),
  links: await database.db.selectFrom('certificate_link').selectAll().execute(),
  restrictions: await database.db.selectFrom('restriction').selectAll().execute(),
});
const revisionOf = async (id: string) =>
  (
    await database.db
      .selectFrom('household')
      .select('revision')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).revision;

describe("the register's door", () => {
  it('enters every demo resident as registered, and names the one it cannot draw', async () => {
    const result = await enter(whole);
    expect(result).toMatchObject({
      households: demo.households.length,
      residents: demo.residents.length,
      links: 1,
    });
    const undrawable = new Set(result.undrawable.map(({ id }) => id));
    expect(undrawable).toEqual(new Set(['mihon-undrawable', 'undrawable-character']));
    const { residents } = await state();
    const expected = [...demo.residents].sort((left, right) => (left.residentId < right.residentId ? -1 : 1));
    expect(residents.map(({ entry }) => entry)).toEqual(
      expected.map((entry) => JSON.parse(JSON.stringify(entry)) as unknown),
    );
  });

  it('changes nothing when the same feed comes again', async () => {
    const before = await state();
    await enter(whole);
    expect(await state()).toEqual(before);
  });

  it('counts a change of household, person or restriction as a new revision, and nothing else', async () => {
    const before = await revisionOf('mihon-watanabe');
    const taro = demo.residents.find(({ residentId }) => residentId === 'taro')!;
    await enter({ residents: [{ ...taro, pendingProcedure: true }] });
    expect(await revisionOf('mihon-watanabe')).toBe(before + 1);
    await enter({ restrictions: [{ residentId: 'taro', fromDay: TODAY, toDay: null }] });
    expect(await revisionOf('mihon-watanabe')).toBe(before + 2);
    await enter({ restrictions: [{ residentId: 'taro', fromDay: TODAY, toDay: null }] });
    expect(await revisionOf('mihon-watanabe')).toBe(before + 2);
  });

  it('reports a character that cannot be drawn by row, path and code point, never by the text', async () => {
    const taro = demo.residents.find(({ residentId }) => residentId === 'taro')!;
    const result = await enter({ residents: [{ ...taro, previousAddress: '架空県\u{1F600}市' }] });
    expect(result.undrawable).toEqual([{ id: 'taro', path: 'previousAddress', codePoints: ['U+1F600'] }]);
  });

  it('refuses the whole feed for one row that breaks the schema', async () => {
    const before = await state();
    const [first, second] = demo.residents;
    const feed = {
      residents: [
        { ...first!, pendingProcedure: true },
        { ...second!, name: 'a\u0000b' },
      ],
    };
    await expect(enter(feed)).rejects.toThrow(/control character/);
    expect(await state()).toEqual(before);
  });

  it('refuses a certificate that is tied to another resident, and the rest of that feed with it', async () => {
    const before = await state();
    const [link] = whole.links;
    await expect(enter({ links: [{ ...link!, residentId: 'sakura' }] })).rejects.toThrow(
      /tied to another resident/,
    );
    await expect(enter({ links: [{ ...link!, serial: '01', residentId: 'nobody' }] })).rejects.toThrow();
    expect(await state()).toEqual(before);
  });

  it('records each import by municipality and counts only', async () => {
    const [first] = (await auditOf(database.db)).filter(({ type }) => type === 'register-imported');
    expect(Object.keys(first!.fields).sort()).toEqual([
      'households',
      'links',
      'municipality',
      'refused',
      'residents',
    ]);
  });
});
