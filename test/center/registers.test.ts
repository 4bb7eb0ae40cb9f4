import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '#center/database/testDatabase.ts';
import { openCertificateFont, type CertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { municipalFonts } from '#center/documents/municipalFonts.ts';
import type { FeedRegister } from '#center/contract/registerFeed.ts';
import { enterEvents, enterLoad, reconcile } from '#center/registers/feedApi.ts';
import { applyDue } from '#center/registers/pending.ts';
import { readSnapshot } from '#center/registers/snapshot.ts';
import { addDays } from '#templates/civilTime.ts';
import { residentId } from '#templates/datasets/residentRegister.ts';
import { loadTemplates } from '#templates/load.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';
import { demoFamilyRegisters } from '#simulators/municipality/familyRegisters.ts';
import { byMunicipality, loadText, type FeedParts } from '#simulators/municipality/feedParts.ts';
import { demoMunicipalities, demoRegisters } from '#simulators/municipality/residents.ts';
import { demoSeals } from '#simulators/municipality/seals.ts';
import { enterParts, eventsText, loadAll, sendEvents, streamOf } from './feeding.ts';
import { NOW, TODAY, auditOf } from './harness.ts';

let database: TestDatabase;
let fonts: (municipality: never) => CertificateFont;
beforeAll(async () => {
  database = await testDatabase();
  fonts = municipalFonts(openCertificateFont(loadFonts()), loadTemplates()) as typeof fonts;
  await loadAll(door(), whole, demoMunicipalities);
});
afterAll(() => database.close());

const HOME = '992011' as MunicipalityCode;
const door = (now = NOW) => ({
  db: database.db,
  canDraw: (municipality: MunicipalityCode) => fonts(municipality as never).canDraw,
  now,
});
const enter = (feed: FeedParts, now = NOW) => enterParts(door(now), feed);
const demo = demoRegisters(TODAY);
const links = [{ issuerKeyId: 'ab'.repeat(32), serial: '0badcafe', residentId: 'taro', registeredOn: TODAY }];
const whole: FeedParts = { ...demoFeed(TODAY), links };
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
  'register_row',
  'register_person',
] as const;
/** Every row of every register, revisions included. */
const state = async () =>
  Object.fromEntries(
    await Promise.all(
      TABLES.map(async (table) => {
        const rows = await database.db.selectFrom<(typeof TABLES)[number]>(table).selectAll().execute();
        return [table, rows.map((row) => JSON.stringify({ ...row, load_id: null })).sort()] as const;
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
const snapshotOf = async (id: string, now = NOW) =>
  (await readSnapshot(database.db, residentId.parse(id), now))!;
/** A register of みほん市 as it would be loaded, one row changed. */
const rowsOf = (register: FeedRegister, parts: FeedParts = whole) =>
  byMunicipality(parts, () => HOME, HOME).find(
    (group) => group.register === register && group.municipality === HOME,
  )!.rows;
const reload = (register: FeedRegister, parts: FeedParts, version: number, now = NOW) =>
  enterLoad(door(now), { municipality: HOME, register }, [
    loadText(rowsOf(register, parts), { stream: randomUUID(), seq: 0, version, until: now }),
  ]);

describe("the registers' door", () => {
  it('enters every demo row as registered', async () => {
    const rows = await database.db.selectFrom('resident').select('entry').orderBy('id').execute();
    const expected = [...demo.residents].sort((left, right) => (left.residentId < right.residentId ? -1 : 1));
    expect(rows.map(({ entry }) => entry)).toEqual(
      expected.map((entry) => JSON.parse(JSON.stringify(entry)) as unknown),
    );
    const members = await database.db.selectFrom('family_register_member').selectAll().execute();
    expect(members.length).toBeGreaterThan(30);
  });

  it('changes nothing when the same load comes again, in whatever pieces', async () => {
    const before = await state();
    const text = loadText(rowsOf('resident'), { stream: randomUUID(), seq: 0, version: 1, until: NOW });
    const pieces = text.match(/[\s\S]{1,777}/g)!;
    const outcome = await enterLoad(door(), { municipality: HOME, register: 'resident' }, pieces);
    expect(outcome).toMatchObject({ kind: 'entered', counts: { added: 0, changed: 0, ended: 0 } });
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
    expect(result.undrawable.map(({ line: _line, ...row }) => row)).toEqual([
      { entity: 'resident', key: 'taro', path: 'previousAddress', codePoints: ['U+10FFFD'] },
      { entity: 'seal', key: 'taro', path: 'remarks', codePoints: ['U+10FFFD'] },
      {
        entity: 'family-register',
        key: expect.any(String) as string,
        path: 'domicile',
        codePoints: ['U+10FFFD'],
      },
    ]);
    expect(JSON.stringify(result.undrawable)).not.toContain('架空県');
    await enter(whole);
  });

  it('names every fault of a file with line, path and reason, tells what the rest would do, and enters nothing', async () => {
    const before = await state();
    const [first, second, third] = demo.residents;
    const rows = [
      { entity: 'resident', version: 2, row: { ...first!, pendingProcedure: true } },
      { entity: 'resident', version: 2, row: { ...second!, name: 'a\u0000b', sex: 'x' } },
      { entity: 'seal', version: 2, row: {} },
      { entity: 'resident', version: 2, row: { ...third!, householdId: 'nowhere' } },
    ];
    const header = {
      kind: 'load',
      stream: randomUUID(),
      seq: 0,
      count: 5,
      until: new Date(NOW).toISOString(),
    };
    const text = [header, ...rows].map((line) => JSON.stringify(line)).join('\n') + '\nnot json';
    for (const dryRun of [true, false]) {
      const outcome = await enterLoad(door(), { municipality: HOME, register: 'resident' }, [text], {
        dryRun,
      });
      if (outcome.kind !== 'faults') throw new Error(outcome.kind);
      expect(outcome.faults.map(({ line, path }) => `${line} ${path}`)).toEqual(
        expect.arrayContaining(['3 row.name', '3 row.sex', '4 entity', '5 row.householdId', '6 ']),
      );
      for (const { reason } of outcome.faults) expect(reason).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      expect(outcome.counts.changed).toBe(1);
      expect(await state()).toEqual(before);
    }
  });

  it('a file cut off, or with more lines than it says, is refused as a whole', async () => {
    const before = await state();
    const text = loadText(rowsOf('resident'), { stream: randomUUID(), seq: 0, version: 9, until: NOW });
    for (const broken of [text.slice(0, -20), `${text}{}\n`, text.split('\n').slice(1).join('\n'), '']) {
      const outcome = await enterLoad(door(), { municipality: HOME, register: 'resident' }, [broken]);
      expect(['not-readable', 'faults']).toContain(outcome.kind);
    }
    expect(await state()).toEqual(before);
  });

  it('a load names everything: what is not in it has ended, and comes back as a newer version only', async () => {
    const without = { ...whole, restrictions: [], links: [] };
    const outcome = await enterLoad(door(), { municipality: HOME, register: 'certificate-link' }, [
      loadText([], { stream: randomUUID(), seq: 4, version: 2, until: NOW }),
    ]);
    expect(outcome).toMatchObject({ kind: 'entered', counts: { ended: 1 }, nextSeq: 5 });
    const count = async () => (await database.db.selectFrom('certificate_link').selectAll().execute()).length;
    expect(await count()).toBe(0);
    expect(await reload('certificate-link', whole, 1)).toMatchObject({ kind: 'faults' });
    expect(await count()).toBe(0);
    expect(await reload('certificate-link', whole, 2)).toMatchObject({
      kind: 'entered',
      counts: { added: 1 },
    });
    expect(without.links).toEqual([]);
  });

  it('refuses a certificate that is tied to another resident, and the rest of that feed with it', async () => {
    const before = await state();
    const [link] = links;
    await expect(enter({ links: [{ ...link!, residentId: 'sakura' }] })).rejects.toThrow(/ほかの住民/);
    await expect(enter({ links: [{ ...link!, serial: '01', residentId: 'nobody' }] })).rejects.toThrow(
      /登録されていません/,
    );
    expect(await state()).toEqual(before);
    await reload('certificate-link', whole, 7);
  });

  it('refuses an id that is somebody else’s in another municipality: two may number their people alike', async () => {
    const before = await state();
    const elsewhere = demo.households.find(({ municipality }) => municipality === '992020')!;
    const taro = { ...resident('taro'), householdId: elsewhere.householdId };
    const [another] = demo.residents.filter((entry) => entry.birthDate !== taro.birthDate);
    const stranger = { ...another!, residentId: taro.residentId, householdId: elsewhere.householdId };
    const TAMESHI = '992020' as MunicipalityCode;
    const send = (entity: 'household' | 'resident', row: object) =>
      sendEvents(door(), TAMESHI, 'resident', [{ entity, row: row as never }]);
    expect(await send('resident', stranger)).toMatchObject({ kind: 'faults' });
    const home = demo.households.find(({ householdId }) => householdId === resident('taro').householdId)!;
    expect(await send('household', { ...home, municipality: TAMESHI })).toMatchObject({ kind: 'faults' });
    expect(await send('household', home)).toMatchObject({
      faults: [{ path: 'row.municipality', reason: 'ほかの市区町村の行です' }],
    });
    expect(await state()).toEqual(before);
    await reload('resident', whole, 1);
  });

  it('refuses a feed in which one resident stands on two 戸籍, also when they come one after the other', async () => {
    const before = await state();
    const rows = demoFamilyRegisters(TODAY).filter(({ status }) => status === 'current');
    const own = rows.find(({ members }) => members.some((member) => member.residentId === 'taro'))!;
    const other = { ...own, familyRegisterId: 'another-register' };
    await expect(enter({ familyRegisters: [other] as never })).rejects.toThrow(/ほかの戸籍にも/);
    const both = { ...whole, familyRegisters: [...whole.familyRegisters!, other as never] };
    expect(await reload('family-register', both, 3)).toMatchObject({ kind: 'faults' });
    expect(await state()).toEqual(before);
    await reload('family-register', whole, 3);
  });

  it('records counts and numbers only', async () => {
    const events = (await auditOf(database.db)).filter(({ type }) => type.startsWith('register-'));
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(['register-loaded', 'register-events-entered', 'register-feed-refused']),
    );
    for (const { fields } of events) {
      for (const [name, value] of Object.entries(fields)) {
        expect(typeof value === 'number' || ['municipality', 'register', 'reason'].includes(name)).toBe(true);
      }
    }
  });
});

describe('a message that comes late, twice, out of order or not at all (T6)', () => {
  const seal = demoSeals(TODAY).find((entry) => entry.residentId === 'taro')!;
  const sealOf = async (id: string, now = NOW) => (await snapshotOf(id, now)).rows.seal;
  const known = async (register: FeedRegister = 'seal', now = NOW) =>
    (await snapshotOf('taro', now)).fedUntil.has(register);
  const MINUTE = 60_000;
  const place = { municipality: HOME, register: 'seal' as const };
  const put = (seq: number, version: number, row: object, effectiveAt = NOW) => ({
    op: 'put',
    seq,
    entity: 'seal',
    version,
    effectiveAt: new Date(effectiveAt).toISOString(),
    row: row as Record<string, unknown>,
  });
  const send = async (from: number, events: readonly object[], now = NOW) => {
    const { stream } = await streamOf(database.db, HOME, 'seal');
    return enterEvents(door(now), place, [eventsText({ stream, nextSeq: from }, events, now)]);
  };
  const fresh = async (version: number) => {
    await database.db.deleteFrom('seal_registration').execute();
    await database.db.deleteFrom('register_row').where('entity', '=', 'seal').execute();
    expect(await reload('seal', whole, version)).toMatchObject({ kind: 'entered' });
  };

  it('a cancelled seal is not brought back by the registration it ended; a later one replaces it', async () => {
    await fresh(1);
    await enter({ seals: [{ ...seal, status: 'cancelled', cancelledOn: TODAY }] });
    await expect(enter({ seals: [seal] })).rejects.toThrow(/元にもどせません/);
    expect(await sealOf('taro')).toMatchObject({ status: 'cancelled' });
    expect(await known()).toBe(false);
    await enter({ seals: [{ ...seal, registeredOn: TODAY }] });
    expect(await sealOf('taro')).toMatchObject({ status: 'active', registeredOn: TODAY });
    expect(await known()).toBe(true);
  });

  it('a stale full load does not bring it back either', async () => {
    await fresh(1);
    await enter({ seals: [{ ...seal, status: 'cancelled', cancelledOn: TODAY }] });
    expect(await reload('seal', whole, 1)).toMatchObject({ kind: 'faults' });
    expect(await reload('seal', whole, 50)).toMatchObject({ kind: 'faults' });
    expect(await sealOf('taro')).toMatchObject({ status: 'cancelled' });
  });

  it('a gap is named and withholds until the missing events have come; nothing is entered out of order', async () => {
    await fresh(1);
    const change = (text: string) => ({ ...seal, remarks: text });
    expect(await send(1, [put(1, 2, change('one'))])).toMatchObject({ kind: 'entered', nextSeq: 2 });
    expect(await send(3, [put(3, 4, change('three'))])).toEqual({ kind: 'gap', expected: 2, got: 3 });
    expect(await sealOf('taro')).toMatchObject({ remarks: 'one' });
    expect(await known()).toBe(false);
    expect(await send(2, [put(2, 3, change('two'))])).toMatchObject({ kind: 'entered', nextSeq: 3 });
    expect(await known()).toBe(false);
    expect(await send(3, [put(3, 4, change('three'))])).toMatchObject({ kind: 'entered', nextSeq: 4 });
    expect(await known()).toBe(true);
    expect(await sealOf('taro')).toMatchObject({ remarks: 'three' });
  });

  it('a repeat changes nothing; one that says something else blocks the register until the next full load', async () => {
    await fresh(1);
    const event = put(1, 2, { ...seal, remarks: 'one' });
    await send(1, [event]);
    const before = await state();
    expect(await send(1, [event])).toEqual({ kind: 'repeated', nextSeq: 2 });
    expect(await send(1, [event, put(2, 3, { ...seal, remarks: 'two' })])).toMatchObject({
      kind: 'entered',
      nextSeq: 3,
    });
    expect(await known()).toBe(true);
    expect(await send(1, [put(1, 2, { ...seal, remarks: 'other' })])).toEqual({
      kind: 'repeated-differently',
      seq: 1,
    });
    expect(await known()).toBe(false);
    expect(before).not.toEqual(await state());
    expect(await reload('seal', whole, 9)).toMatchObject({ kind: 'entered' });
    expect(await known()).toBe(true);
  });

  it('events of an earlier load, disordered ones and ones from the future are named', async () => {
    await fresh(1);
    const text = eventsText({ stream: randomUUID(), nextSeq: 1 }, [put(1, 2, seal)], NOW);
    expect(await enterEvents(door(), place, [text])).toEqual({ kind: 'other-stream' });
    expect(await send(1, [put(2, 2, { ...seal, remarks: 'x' })])).toMatchObject({
      kind: 'faults',
      faults: [{ line: 2, path: 'seq' }],
    });
    const { stream } = await streamOf(database.db, HOME, 'seal');
    const future = eventsText({ stream, nextSeq: 1 }, [], NOW + 60 * MINUTE);
    expect(await enterEvents(door(), place, [future])).toEqual({ kind: 'from-the-future' });
    const old = enterLoad(door(), place, [
      loadText(rowsOf('seal'), { stream: randomUUID(), seq: 0, version: 1, until: NOW - MINUTE }),
    ]);
    expect(await old).toEqual({ kind: 'older-than-known' });
  });

  it('an event whose time has not come waits, counts from its instant, and withholds while it is due and not applied', async () => {
    await fresh(1);
    const tomorrow = NOW + 60 * MINUTE;
    const cancelled = { ...seal, status: 'cancelled', cancelledOn: TODAY };
    expect(await send(1, [put(1, 2, cancelled, tomorrow)])).toMatchObject({
      kind: 'entered',
      counts: { waiting: 1, changed: 0 },
    });
    await applyDue(database.db, HOME, tomorrow - 1);
    expect(await sealOf('taro', tomorrow - 1)).toMatchObject({ status: 'active' });
    expect(await known('seal', tomorrow)).toBe(false);
    await applyDue(database.db, HOME, tomorrow);
    expect(await known('seal', tomorrow)).toBe(true);
    expect(await sealOf('taro', tomorrow)).toMatchObject({ status: 'cancelled' });
  });

  it('one that a newer version has overtaken says nothing any more', async () => {
    await fresh(1);
    const later = NOW + 60 * MINUTE;
    await send(1, [
      put(1, 2, { ...seal, remarks: 'planned' }, later),
      put(2, 3, { ...seal, remarks: 'newer' }),
    ]);
    await applyDue(database.db, HOME, later);
    expect(await sealOf('taro', later)).toMatchObject({ remarks: 'newer' });
    expect(await known('seal', later)).toBe(true);
  });

  it('one register’s feed says nothing of the others', async () => {
    await fresh(1);
    await send(5, []);
    expect(await known()).toBe(false);
    expect(await known('tax')).toBe(true);
    expect((await snapshotOf('azusa')).fedUntil.get('seal')).toBe(NOW);
    await reload('seal', whole, 2);
  });

  it('a certificate is renewed in one event: the old pair ends, the new one begins', async () => {
    const [old] = links;
    const next = {
      ...old!,
      serial: '0bad0002',
      registeredOn: addDays(TODAY, 1),
      replaces: { issuerKeyId: old!.issuerKeyId, serial: old!.serial },
    };
    const pairs = async () =>
      (await database.db.selectFrom('certificate_link').select(['serial', 'resident_id']).execute()).map(
        (row) => `${row.serial} ${row.resident_id}`,
      );
    await expect(enter({ links: [{ ...next, residentId: 'sakura' }] })).rejects.toThrow(
      /この住民のものではありません/,
    );
    expect(await pairs()).toEqual([`${old!.serial} taro`]);
    const outcome = await sendEvents(door(), HOME, 'certificate-link', [
      { entity: 'certificate-link', row: next },
    ]);
    expect(outcome).toMatchObject({ kind: 'entered' });
    expect(await pairs()).toEqual(['0bad0002 taro']);
  });
});

describe('the daily reconciliation', () => {
  const place = { municipality: HOME, register: 'seal' as const };
  const sums = async (change: (rows: { key: string; sha256: string }[]) => object[] = (rows) => rows) => {
    const { stream, nextSeq } = await streamOf(database.db, HOME, 'seal');
    const rows = await database.db
      .selectFrom('register_row')
      .select(['entity', 'key', 'version', 'sha256'])
      .where('municipality', '=', HOME)
      .where('entity', '=', 'seal')
      .where('ended', '=', false)
      .execute();
    const lines = change(rows);
    const header = { kind: 'checksums', stream, seq: nextSeq - 1, count: lines.length };
    return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  };
  const held = async (id: string) => (await snapshotOf(id)).held;

  it('agrees, or lists what differs by key; what stands on such a row is held until they agree', async () => {
    expect(await reconcile(door(), place, [await sums()])).toMatchObject({ differences: 0 });
    const changed = await sums((rows) =>
      rows
        .filter(({ key }) => key !== 'sakura')
        .map((row) => (row.key === 'taro' ? { ...row, sha256: '0'.repeat(64) } : row))
        .concat([{ ...rows[0]!, key: 'unheard-of' }]),
    );
    expect(await reconcile(door(), place, [changed])).toMatchObject({ kind: 'reconciled', differences: 3 });
    const rows = await database.db
      .selectFrom('register_difference')
      .select(['key', 'finding'])
      .orderBy('key')
      .execute();
    expect(rows).toEqual([
      { key: 'sakura', finding: 'not-at-the-source' },
      { key: 'taro', finding: 'differs' },
      { key: 'unheard-of', finding: 'missing-here' },
    ]);
    expect([await held('taro'), await held('one-person-household')]).toEqual([true, false]);
    expect(await reconcile(door(), place, [await sums()])).toMatchObject({ differences: 0 });
    expect(await held('taro')).toBe(false);
  });

  it('many differences withhold the register as a whole; another point in the stream is no comparison', async () => {
    const strangers = Array.from({ length: 101 }, (_, index) => ({
      entity: 'seal',
      key: `stranger-${index}`,
      version: 1,
      sha256: '0'.repeat(64),
    }));
    expect(await reconcile(door(), place, [await sums((rows) => [...rows, ...strangers])])).toMatchObject({
      differences: 101,
    });
    expect((await snapshotOf('taro')).fedUntil.has('seal')).toBe(false);
    const text = await sums();
    await sendEvents(door(), HOME, 'seal', [
      { entity: 'seal', row: { ...demoSeals(TODAY)[0]!, remarks: 'next' } as never },
    ]);
    expect(await reconcile(door(), place, [text])).toMatchObject({ kind: 'another-point' });
    expect(await reconcile(door(), place, [await sums()])).toMatchObject({ differences: 0 });
    expect((await snapshotOf('taro')).fedUntil.has('seal')).toBe(true);
  });
});
