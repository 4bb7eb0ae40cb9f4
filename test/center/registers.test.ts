import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '#center/database/testDatabase.ts';
import { openCertificateFont, type CertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import type { RegisterFeedInput } from '#center/registers/feed.ts';
import { importRegisters } from '#center/registers/importRegisters.ts';
import { readSnapshot } from '#center/registers/snapshot.ts';
import { residentId } from '#templates/datasets/residentRegister.ts';
import { loadTemplates } from '#templates/load.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';
import { demoFamilyRegisters } from '#simulators/municipality/familyRegisters.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { demoSeals } from '#simulators/municipality/seals.ts';
import { demoTaxRecords } from '#simulators/municipality/taxRecords.ts';
import { NOW, TODAY, auditOf } from './harness.ts';

let database: TestDatabase;
let fonts: (municipality: never) => CertificateFont;
beforeAll(async () => {
  database = await testDatabase();
  fonts = municipalFonts(openCertificateFont(loadFonts()), loadTemplates()) as typeof fonts;
});
afterAll(() => database.close());

const enter = (feed: Partial<RegisterFeedInput>, now = NOW) =>
  importRegisters(
    { db: database.db, canDraw: (municipality) => fonts(municipality as never).canDraw, now },
    { households: [], residents: [], links: [], restrictions: [], ...feed },
  );
const demo = demoRegisters(TODAY);
const links = [{ issuerKeyId: 'ab'.repeat(32), serial: '0badcafe', residentId: 'taro', registeredOn: TODAY }];
const whole = { ...demoFeed(TODAY, NOW), links };
const resident = (id: string) => demo.residents.find((entry) => entry.residentId === id)!;
const TABLES = [
  'household',
  'resident',
  'certificate_link',
  'restriction',
  'seal_registration',
  'tax_record',
  'tax_payment',
  'family_register',
  'family_register_member',
  'address_history',
  'register_feed',
] as const;
/** Every row of every register, revisions included. */
const state = async () =>
  Object.fromEntries(
    await Promise.all(
      TABLES.map(async (table) => {
        const rows = await database.db.selectFrom<(typeof TABLES)[number]>(table).selectAll().execute();
        return [table, rows.map((row) => JSON.stringify(row)).sort()] as const;
      }),
    ),
  );
const revisionOf = async (id: string) =>
  (
    await database.db
      .selectFrom('household')
      .select('revision')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).revision;
const snapshotOf = async (id: string) => (await readSnapshot(database.db, residentId.parse(id), TODAY))!;

describe("the registers' door", () => {
  it('enters every demo row as registered, and names those it cannot draw', async () => {
    const result = await enter(whole);
    expect(result).toMatchObject({
      households: demo.households.length,
      residents: demo.residents.length,
      seals: demoSeals(TODAY).length,
      taxRecords: demoTaxRecords(TODAY).length,
      familyRegisters: demoFamilyRegisters(TODAY).length,
      links: 1,
    });
    const undrawable = result.undrawable.map(({ register, id }) => `${register} ${id}`);
    expect(undrawable).toContain('resident undrawable-character');
    const rows = await database.db.selectFrom('resident').select('entry').orderBy('id').execute();
    const expected = [...demo.residents].sort((left, right) => (left.residentId < right.residentId ? -1 : 1));
    expect(rows.map(({ entry }) => entry)).toEqual(
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
    await enter({ residents: [{ ...resident('taro'), pendingProcedure: true }] });
    expect(await revisionOf('mihon-watanabe')).toBe(before + 1);
    await enter({ restrictions: [{ residentId: 'taro', fromDay: TODAY, toDay: null }] });
    expect(await revisionOf('mihon-watanabe')).toBe(before + 2);
    await enter({ restrictions: [{ residentId: 'taro', fromDay: TODAY, toDay: null }] });
    expect(await revisionOf('mihon-watanabe')).toBe(before + 2);
  });

  it('a restriction of a relative is a change of the 戸籍 of everybody on it', async () => {
    const before = await snapshotOf('sakura');
    const others = await snapshotOf('one-person-household');
    await enter({ restrictions: [{ residentId: 'hinata', fromDay: TODAY, toDay: null }] });
    const after = await snapshotOf('sakura');
    expect(after.revisions).not.toBe(before.revisions);
    expect([...after.protectedResidents]).toContain('hinata');
    expect((await snapshotOf('one-person-household')).revisions).toBe(others.revisions);
  });

  it('reports a character that cannot be drawn by register, row, path and code point, never by the text', async () => {
    const lost = { ...resident('taro'), previousAddress: '架空県\u{10FFFD}市' };
    const seal = demoSeals(TODAY).find((entry) => entry.residentId === 'taro')!;
    const result = await enter({
      residents: [lost],
      seals: [{ ...seal, remarks: '備考\u{10FFFD}' }],
      familyRegisters: demoFamilyRegisters(TODAY)
        .filter(({ members }) => members.some((member) => member.residentId === 'taro'))
        .map((entry) => ({ ...entry, domicile: `${entry.domicile}\u{10FFFD}` })),
    });
    expect(result.undrawable).toEqual([
      { register: 'resident', id: 'taro', path: 'previousAddress', codePoints: ['U+10FFFD'] },
      { register: 'seal', id: 'taro', path: 'remarks', codePoints: ['U+10FFFD'] },
      {
        register: 'family-register',
        id: expect.any(String) as string,
        path: 'domicile',
        codePoints: ['U+10FFFD'],
      },
    ]);
    expect(JSON.stringify(result.undrawable)).not.toContain('架空県');
    await enter(whole);
  });

  it('refuses the whole feed for one row that breaks the schema', async () => {
    const before = await state();
    const [first, second] = demo.residents;
    const feed = {
      seals: [...demoSeals(TODAY)].map((entry) => ({ ...entry, remarks: 'x' })),
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
    const [link] = links;
    await expect(enter({ links: [{ ...link!, residentId: 'sakura' }] })).rejects.toThrow(
      /tied to another resident/,
    );
    await expect(enter({ links: [{ ...link!, serial: '01', residentId: 'nobody' }] })).rejects.toThrow();
    expect(await state()).toEqual(before);
  });

  it('refuses an id that is somebody else’s in another municipality: two may number their people alike', async () => {
    const before = await state();
    const elsewhere = demo.households.find(({ municipality }) => municipality === '992020')!;
    const taro = { ...resident('taro'), householdId: elsewhere.householdId };
    const [another] = demo.residents.filter((entry) => entry.birthDate !== taro.birthDate);
    const stranger = { ...another!, residentId: taro.residentId, householdId: elsewhere.householdId };
    await expect(enter({ residents: [stranger] })).rejects.toThrow(/somebody else in municipality 992011/);
    const home = demo.households.find(({ householdId }) => householdId === resident('taro').householdId)!;
    await expect(enter({ households: [{ ...home, municipality: elsewhere.municipality }] })).rejects.toThrow(
      /is one of 992011 already/,
    );
    expect(await state()).toEqual(before);
    await enter({ residents: [taro] });
    expect((await snapshotOf('taro')).rows.household.municipality).toBe('992020');
    await enter({ residents: [resident('taro')] });
  });

  it('refuses a feed in which one resident stands on two 戸籍', async () => {
    const before = await state();
    const rows = demoFamilyRegisters(TODAY).filter(({ status }) => status === 'current');
    const own = rows.find(({ members }) => members.some((member) => member.residentId === 'taro'))!;
    const other = { ...own, familyRegisterId: 'another-register' };
    await expect(enter({ familyRegisters: [own, other] as never })).rejects.toThrow(/and on another one/);
    expect(await state()).toEqual(before);
  });

  it('records each import by municipality and counts only', async () => {
    const [first] = (await auditOf(database.db)).filter(({ type }) => type === 'register-imported');
    const { municipality, ...counts } = first!.fields;
    expect(municipality).toBe('992011');
    expect(Object.keys(counts).sort()).toEqual([
      'addressHistories',
      'familyRegisters',
      'households',
      'links',
      'refused',
      'residents',
      'seals',
      'taxPayments',
      'taxRecords',
    ]);
    expect(Object.values(counts).every((count) => typeof count === 'number')).toBe(true);
  });
});

describe('a message that comes late, twice, out of order or not at all (T6)', () => {
  const seal = demoSeals(TODAY).find((entry) => entry.residentId === 'taro')!;
  const sealOf = async (id: string) => (await snapshotOf(id)).rows.seal;
  const iso = (ms: number) => new Date(NOW + ms).toISOString();
  const covering = (since: string | null, until: string) => ({
    covers: [{ municipality: '992011', register: 'seal' as const, since, until }],
  });
  const fedUntil = async () => (await snapshotOf('taro')).fedUntil.get('seal')! - NOW;
  const MINUTE = 60_000;

  it('a cancelled seal is not brought back by the registration it ended; a later one replaces it', async () => {
    await enter({ seals: [{ ...seal, status: 'cancelled', cancelledOn: TODAY }] });
    await enter({ seals: [seal] });
    expect(await sealOf('taro')).toMatchObject({ status: 'cancelled' });
    await enter({ seals: [{ ...seal, registeredOn: TODAY }] });
    expect(await sealOf('taro')).toMatchObject({ status: 'active', registeredOn: TODAY });
  });

  it('a registration that a later one replaced (改印) is not brought back; its cancellation is heard', async () => {
    await enter({ seals: [{ ...seal, residentId: 'sakura', registeredOn: TODAY, remarks: 'new' }] });
    await enter({ seals: [{ ...seal, residentId: 'sakura', remarks: 'old' }] });
    expect(await sealOf('sakura')).toMatchObject({ registeredOn: TODAY, remarks: 'new' });
    await enter({ seals: [{ ...seal, residentId: 'sakura', status: 'cancelled', cancelledOn: TODAY }] });
    expect(await sealOf('sakura')).toMatchObject({ status: 'cancelled' });
  });

  it('a feed older than what is known is refused whole', async () => {
    await enter(covering(null, iso(2 * MINUTE)), NOW + 2 * MINUTE);
    const before = await state();
    const late = { ...covering(null, iso(MINUTE)), seals: [{ ...seal, remarks: 'old' }] };
    await expect(enter(late, NOW + 2 * MINUTE)).rejects.toThrow(/older than what is known/);
    expect(await state()).toEqual(before);
    expect(await fedUntil()).toBe(2 * MINUTE);
  });

  it('a feed after a gap is entered but covers nothing: what was lost is not known', async () => {
    await enter(covering(iso(3 * MINUTE), iso(4 * MINUTE)), NOW + 4 * MINUTE);
    expect(await fedUntil()).toBe(2 * MINUTE);
    await enter(covering(iso(2 * MINUTE), iso(4 * MINUTE)), NOW + 4 * MINUTE);
    expect(await fedUntil()).toBe(4 * MINUTE);
  });

  it('a late feed undoes what a later one has brought: nothing is known until that has come again', async () => {
    const later = {
      ...covering(iso(5 * MINUTE), iso(6 * MINUTE)),
      seals: [{ ...seal, registeredOn: TODAY }],
    };
    const known = async () => (await snapshotOf('taro')).fedUntil.has('seal');
    await enter(later, NOW + 6 * MINUTE);
    expect(await known()).toBe(true);
    await enter(covering(iso(4 * MINUTE), iso(5 * MINUTE)), NOW + 6 * MINUTE);
    expect(await known()).toBe(false);
    await enter(later, NOW + 6 * MINUTE);
    expect(await fedUntil()).toBe(6 * MINUTE);
  });

  it('a feed from the future is refused: it would never grow old', async () => {
    await expect(enter(covering(null, iso(60 * MINUTE)), NOW)).rejects.toThrow(/in the future/);
  });

  it('one register’s feed says nothing of the others', async () => {
    const { fedUntil: known } = await snapshotOf('taro');
    expect(known.get('tax')).toBe(NOW);
    expect((await snapshotOf('azusa')).fedUntil.get('seal')).toBe(NOW);
  });
});
