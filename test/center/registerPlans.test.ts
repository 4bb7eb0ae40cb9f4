/** What is planned, what is renewed and what is said twice: where a feed could lose an ending without anybody noticing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '#center/database/testDatabase.ts';
import type { FeedEntity, FeedRegister } from '#center/contract/registerFeed.ts';
import { findLinkedResident } from '#center/registers/certificateLinks.ts';
import { enterEvents, enterLoad, reconcile } from '#center/registers/feedApi.ts';
import { applyDue } from '#center/registers/pending.ts';
import { readFedUntil } from '#center/registers/registerAges.ts';
import { readSnapshot } from '#center/registers/snapshot.ts';
import { residentId } from '#templates/datasets/residentRegister.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';
import {
  byMunicipality,
  loadText,
  type EntityRow,
  type FeedParts,
} from '#simulators/municipality/feedParts.ts';
import { demoMunicipalities, demoRegisters } from '#simulators/municipality/residents.ts';
import { demoSeals } from '#simulators/municipality/seals.ts';
import { eventsText, loadAll, streamOf } from './feeding.ts';
import { NOW, TODAY } from './harness.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const HOME = '992011' as MunicipalityCode;
const HOUR = 3_600_000;
const LATER = NOW + 10 * HOUR;
const KEY = 'ab'.repeat(32);
const link = (serial: string, change: object = {}) => ({
  issuerKeyId: KEY,
  serial,
  residentId: 'taro',
  registeredOn: TODAY,
  ...change,
});
const replacing = (serial: string) => ({ replaces: { issuerKeyId: KEY, serial } });
const parts: FeedParts = { ...demoFeed(TODAY), links: [link('0a01')] as never };
const seal = demoSeals(TODAY).find((entry) => entry.residentId === 'taro')!;
const cancelled = { ...seal, status: 'cancelled', cancelledOn: TODAY };
const taro = demoRegisters(TODAY).residents.find((entry) => entry.residentId === 'taro')!;

const door = (now = NOW) => ({
  db: database.db,
  canDraw: () => () => ({ kind: 'drawable' as const }),
  now,
});
const rowsOf = (register: FeedRegister, of: FeedParts = parts): readonly EntityRow[] =>
  byMunicipality(of, () => HOME, HOME).find(
    (group) => group.register === register && group.municipality === HOME,
  )?.rows ?? [];
const load = (register: FeedRegister, rows: readonly EntityRow[], version = 1, now = NOW) =>
  enterLoad(door(now), { municipality: HOME, register }, [
    loadText(rows, { stream: randomUUID(), seq: 0, version, until: now }),
  ]);
interface Given {
  readonly entity: FeedEntity;
  readonly version: number;
  readonly row?: object;
  readonly key?: object;
  readonly effectiveAt?: number;
}
async function send(register: FeedRegister, given: readonly Given[], now = NOW) {
  const stream = await streamOf(database.db, HOME, register);
  const events = given.map(({ entity, version, row, key, effectiveAt = now }, index) => ({
    op: row ? 'put' : 'end',
    seq: stream.nextSeq + index,
    entity,
    version,
    effectiveAt: new Date(effectiveAt).toISOString(),
    ...(row ? { row } : { key }),
  }));
  return enterEvents(door(now), { municipality: HOME, register }, [eventsText(stream, events, now)]);
}
const snapshotAt = async (now: number, id = 'taro') => {
  await applyDue(database.db, HOME, now);
  return readSnapshot(database.db, residentId.parse(id), now);
};
const known = async (register: FeedRegister, now = NOW) =>
  (await readFedUntil(database.db, HOME, now)).has(register);
const TABLES = [
  'register_stream',
  'register_event',
  'register_pending',
  'register_difference',
  'register_row',
  'register_person',
  'certificate_link',
  'restriction',
  'seal_registration',
  'tax_record',
  'tax_payment',
  'family_register_member',
  'address_history',
  'family_register',
  'resident',
  'household',
] as const;
async function begin(): Promise<void> {
  for (const table of TABLES) await database.db.deleteFrom(table).execute();
  await loadAll(door(), parts, demoMunicipalities);
}

describe('what is planned', () => {
  it('a cancellation of tomorrow is not lost to the full load of today', async () => {
    await begin();
    await send('seal', [{ entity: 'seal', version: 2, row: cancelled, effectiveAt: LATER }]);
    expect(await load('seal', rowsOf('seal'))).toMatchObject({ kind: 'entered' });
    expect((await snapshotAt(LATER - 1))!.rows.seal).toMatchObject({ status: 'active' });
    expect((await snapshotAt(LATER))!.rows.seal).toMatchObject({ status: 'cancelled' });
    expect(await known('seal', LATER)).toBe(true);
  });

  it('a protective measure of tomorrow is not lost to it either', async () => {
    await begin();
    const row = { residentId: 'taro', fromDay: TODAY, toDay: null };
    await send('restriction', [{ entity: 'restriction', version: 1, row, effectiveAt: LATER }]);
    expect(await load('restriction', rowsOf('restriction'))).toMatchObject({ kind: 'entered' });
    expect([...(await snapshotAt(LATER))!.protectedResidents]).toContain('taro');
  });

  it('a row that the load no longer has is not brought back by an older plan', async () => {
    await begin();
    const row = { ...seal, remarks: 'planned' };
    await send('seal', [{ entity: 'seal', version: 2, row, effectiveAt: LATER }]);
    const others = rowsOf('seal').filter((given) => given.row['residentId'] !== 'taro');
    expect(await load('seal', others)).toMatchObject({ counts: { ended: 1 } });
    expect((await snapshotAt(LATER))!.rows.seal).toBeUndefined();
  });

  it('one that a newer version has overtaken holds its row until source and center agree', async () => {
    await begin();
    await send('seal', [
      { entity: 'seal', version: 2, row: cancelled, effectiveAt: LATER },
      { entity: 'seal', version: 3, row: { ...seal, remarks: 'newer' } },
    ]);
    expect((await snapshotAt(LATER - 1))!.held).toBe(false);
    expect((await snapshotAt(LATER))!.held).toBe(true);
    expect((await snapshotAt(LATER, 'one-person-household'))!.held).toBe(false);
    const { stream, nextSeq } = await streamOf(database.db, HOME, 'seal');
    const sums = await database.db
      .selectFrom('register_row')
      .select(['entity', 'key', 'version', 'sha256'])
      .where('municipality', '=', HOME)
      .where('entity', '=', 'seal')
      .execute();
    const header = { kind: 'checksums', stream, seq: nextSeq - 1, count: sums.length };
    const text = [header, ...sums].map((line) => `${JSON.stringify(line)}\n`).join('');
    const place = { municipality: HOME, register: 'seal' as const };
    expect(await reconcile(door(LATER), place, [text])).toMatchObject({ differences: 0 });
    expect((await snapshotAt(LATER))!.held).toBe(false);
  });

  it('of one instant people come before their cards, in whatever order they were sent', async () => {
    await begin();
    const newcomer = { ...taro, residentId: 'newcomer' };
    const card = link('0b01', { residentId: 'newcomer' });
    await send('certificate-link', [
      { entity: 'certificate-link', version: 1, row: card, effectiveAt: LATER },
    ]);
    await send('resident', [{ entity: 'resident', version: 1, row: newcomer, effectiveAt: LATER }]);
    expect(await findLinkedResident(database.db, KEY, '0b01', LATER - 1)).toBeUndefined();
    expect(await findLinkedResident(database.db, KEY, '0b01', LATER)).toMatchObject({
      residentId: 'newcomer',
    });
    expect(await known('certificate-link', LATER)).toBe(true);
  });

  it('one that cannot stand when its time comes blocks its register until the next full load', async () => {
    await begin();
    const card = link('0b02', { residentId: 'nobody' });
    await send('certificate-link', [
      { entity: 'certificate-link', version: 1, row: card, effectiveAt: LATER },
    ]);
    expect(await known('certificate-link')).toBe(true);
    await applyDue(database.db, HOME, LATER);
    expect(await known('certificate-link', LATER)).toBe(false);
    await load('certificate-link', rowsOf('certificate-link'), 1, LATER);
    expect(await known('certificate-link', LATER)).toBe(true);
  });

  it('who stands at a kiosk while a load holds the feeds is not kept waiting: the register is not known', async () => {
    await begin();
    await send('seal', [{ entity: 'seal', version: 2, row: cancelled, effectiveAt: LATER }]);
    await database.db.transaction().execute(async (tx) => {
      const { holdFeeds } = await import('#center/registers/streams.ts');
      await holdFeeds(tx, HOME);
      const snapshot = (await snapshotAt(LATER))!;
      expect([snapshot.fedUntil.has('seal'), snapshot.fedUntil.has('tax')]).toEqual([false, true]);
    });
    expect((await snapshotAt(LATER))!.fedUntil.has('seal')).toBe(true);
  });
});

describe('cards', () => {
  const holders = async () =>
    (await database.db.selectFrom('certificate_link').select('serial').orderBy('serial').execute()).map(
      ({ serial }) => serial,
    );
  const standing = async () =>
    (
      await database.db
        .selectFrom('register_row')
        .select('key')
        .where('entity', '=', 'certificate-link')
        .where('ended', '=', false)
        .execute()
    ).map(({ key }) => key);

  it('a renewal ends the old pair also where both come in one batch, and leaves no difference behind', async () => {
    await begin();
    const outcome = await send('certificate-link', [
      { entity: 'certificate-link', version: 1, row: link('0a02', replacing('0a01')) },
      { entity: 'certificate-link', version: 1, row: link('0a03', replacing('0a02')) },
    ]);
    expect(outcome).toMatchObject({ kind: 'entered', counts: { added: 2 } });
    expect(await holders()).toEqual(['0a03']);
    expect(await standing()).toEqual([`${KEY}/0a03`]);
  });

  it('the pair that a renewal ended does not come back', async () => {
    await begin();
    await send('certificate-link', [
      { entity: 'certificate-link', version: 1, row: link('0a02', replacing('0a01')) },
    ]);
    expect(
      await send('certificate-link', [{ entity: 'certificate-link', version: 1, row: link('0a01') }]),
    ).toMatchObject({ kind: 'faults', faults: [{ line: 2, path: 'version' }] });
    expect(await holders()).toEqual(['0a02']);
  });

  it('a resident who was missing from one load has their card again after the next ones', async () => {
    await begin();
    const others = rowsOf('resident').filter(({ row }) => row['residentId'] !== 'taro');
    expect(await load('resident', others)).toMatchObject({ counts: { ended: 1 } });
    expect(await snapshotAt(NOW)).toBeUndefined();
    expect([await holders(), await standing()]).toEqual([[], []]);
    expect(await load('resident', rowsOf('resident'), 2)).toMatchObject({ kind: 'entered' });
    expect(await load('certificate-link', rowsOf('certificate-link'))).toMatchObject({
      counts: { added: 1 },
    });
    expect(await holders()).toEqual(['0a01']);
  });

  it('one made at the counter stays when a full load does not name it', async () => {
    await begin();
    const { issuerKeyId, residentId: holder, registeredOn } = link('0c01');
    await database.db
      .insertInto('certificate_link')
      .values({
        issuer_key_id: issuerKeyId,
        serial: '0c01',
        resident_id: holder,
        registered_on: registeredOn,
        origin: 'counter',
      } as never)
      .execute();
    await load('certificate-link', rowsOf('certificate-link'));
    expect(await holders()).toEqual(['0a01', '0c01']);
    await send('certificate-link', [
      { entity: 'certificate-link', version: 1, key: { issuerKeyId, serial: '0c01' } },
    ]);
    expect(await holders()).toEqual(['0a01', '0c01']);
  });
});

describe('what is said of what cannot be', () => {
  it('a batch cut off says that its events exist: what rests on the register waits for them', async () => {
    await begin();
    const stream = await streamOf(database.db, HOME, 'seal');
    const text = eventsText(stream, [{}, {}], NOW).split('\n').slice(0, 2).join('\n');
    const outcome = await enterEvents(door(), { municipality: HOME, register: 'seal' }, [text]);
    expect(outcome).toMatchObject({ kind: 'not-readable' });
    expect(await known('seal')).toBe(false);
  });

  it('an empty batch that knows fewer events than came before it does not make the register younger', async () => {
    await begin();
    const { stream, nextSeq } = await streamOf(database.db, HOME, 'seal');
    await send('seal', [{ entity: 'seal', version: 2, row: { ...seal, remarks: 'next' } }]);
    const text = eventsText({ stream, nextSeq }, [], NOW + HOUR);
    const outcome = await enterEvents(door(NOW + HOUR), { municipality: HOME, register: 'seal' }, [text]);
    expect(outcome).toEqual({ kind: 'repeated', nextSeq: nextSeq + 1 });
    expect((await readFedUntil(database.db, HOME, NOW + HOUR)).get('seal')).toBe(NOW);
  });

  it('a key that can be none, or a row twice in a file, is a fault with its line', async () => {
    await begin();
    for (const key of [
      { residentId: 'a\u0000' },
      { residentId: 'taro', taxYear: 'x' },
      { residentId: 'taro', taxYear: 1e12 },
    ]) {
      const outcome = await send('tax', [{ entity: 'tax-record', version: 2, key }]);
      expect(outcome).toMatchObject({ kind: 'faults', faults: [{ line: 2, path: 'key' }] });
    }
    const rows = rowsOf('seal');
    expect(await load('seal', [...rows, rows[0]!])).toMatchObject({
      faults: [
        { line: rows.length + 2, path: 'version', reason: 'この行は、同じファイルにもう一度あります' },
      ],
    });
  });

  it('a dry run of events tells what would happen and leaves no trace, not even of a gap', async () => {
    await begin();
    const before = await streamOf(database.db, HOME, 'seal');
    const place = { municipality: HOME, register: 'seal' as const };
    const event = {
      op: 'put',
      seq: 9,
      entity: 'seal',
      version: 2,
      effectiveAt: new Date(NOW).toISOString(),
      row: cancelled,
    };
    const dry = (from: number, row: object) =>
      enterEvents(door(), place, [eventsText({ ...before, nextSeq: from }, [row], NOW)], { dryRun: true });
    expect(await dry(9, event)).toMatchObject({ kind: 'gap' });
    expect(await dry(1, { ...event, seq: 1 })).toMatchObject({ kind: 'entered', counts: { changed: 1 } });
    expect(await streamOf(database.db, HOME, 'seal')).toEqual(before);
    expect(await known('seal')).toBe(true);
    expect((await snapshotAt(NOW))!.rows.seal).toMatchObject({ status: 'active' });
  });

  it('a person who leaves ends with their sessions: nothing is read of them any more', async () => {
    await begin();
    const key = { residentId: 'taro' };
    await send('resident', [{ entity: 'resident', version: 2, key }]);
    expect(await snapshotAt(NOW)).toBeUndefined();
    expect(await findLinkedResident(database.db, KEY, '0a01', NOW)).toBeUndefined();
  });
});
