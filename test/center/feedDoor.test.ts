/** The feed door over real TLS: who gets in, what is read, what is answered, and that nothing is half entered. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { connect } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '#center/app.ts';
import { tlsFingerprint } from '#center/admission.ts';
import type { FeedCredential } from '#center/contract/feedDoor.ts';
import { registerEntities, type FeedRegister } from '#center/contract/registerFeed.ts';
import { centerKeys } from '#center/kiosks/centerKeys.ts';
import { enrolKiosk } from '#center/kiosks/kioskRegister.ts';
import { revokeFeedClient } from '#center/registers/door/feedClients.ts';
import { loadText } from '#simulators/municipality/feedParts.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';
import { eventsText, streamOf } from './feeding.ts';
import {
  ELSEWHERE,
  HOME,
  identityOf,
  placeOf,
  sendOver,
  startFeedDoor,
  type FeedDoor,
} from './feedDoorStand.ts';
import { auditOf, NOW, TODAY } from './harness.ts';

const PATIENCE_MS = 300;
let door: FeedDoor;
let office: FeedCredential;
beforeAll(async () => {
  const MEGABYTE = 1024 * 1024;
  const limits = { maxBytes: 24 * MEGABYTE, patienceMs: PATIENCE_MS, bytesPerSecond: 20_000 };
  door = await startFeedDoor({ load: limits, events: { ...limits, maxBytes: MEGABYTE } });
  office = await door.enrol(HOME, 'office-1');
});
afterAll(() => door.close());

const put = (body: string | Buffer | PassThrough, register: FeedRegister = 'seal', query = '') =>
  door.send(identityOf(office), { method: 'PUT', path: `${placeOf(register)}${query}`, body });
const events = (register: FeedRegister, body: string, query = '') =>
  door.send(identityOf(office), { method: 'POST', path: `${placeOf(register)}/events${query}`, body });

/** Two residents of みほん市 with a seal. */
const [FIRST, SECOND] = homeSeals().map(({ residentId }) => residentId) as [string, string];
function homeSeals() {
  const { households, residents, seals } = demoFeed(TODAY);
  const homes = new Set(
    households!.filter(({ municipality }) => municipality === HOME).map(({ householdId }) => householdId),
  );
  const own = new Set(
    residents!.filter(({ householdId }) => homes.has(householdId)).map(({ residentId }) => residentId),
  );
  return seals!.filter(({ residentId }) => own.has(residentId)).slice(0, 2);
}
const sealRows = () => homeSeals().map((row) => ({ entity: 'seal' as const, row }));
const sealLoad = (rows = sealRows()) =>
  loadText(rows, { stream: randomUUID(), seq: 0, version: 1, until: NOW });

/** Everything of the registers that a feed can change. */
async function registersNow(): Promise<string> {
  const { db } = door.center;
  const streams = await db
    .selectFrom('register_stream')
    .select(['municipality', 'register', 'stream', 'next_seq', 'fed_until'])
    .orderBy('municipality')
    .orderBy('register')
    .execute();
  const rows = await db.selectFrom('register_row').selectAll().orderBy('entity').orderBy('key').execute();
  const seals = await db.selectFrom('seal_registration').selectAll().orderBy('resident_id').execute();
  return JSON.stringify([streams, rows, seals]);
}
async function expectNothingEntered(act: () => Promise<unknown>): Promise<void> {
  const before = await registersNow();
  await act();
  expect(await registersNow()).toBe(before);
}
const refusals = async (type: string) =>
  (await auditOf(door.center.db)).filter((event) => event.type === type).map(({ fields }) => fields);

describe('who gets in', () => {
  it('a client of a municipality hears where its register stands', async () => {
    const heard = await door.send(identityOf(office), { path: placeOf('seal') });
    expect(heard).toMatchObject({
      status: 200,
      body: {
        kind: 'loaded',
        register: 'seal',
        nextSeq: 1,
        missingUpTo: null,
        blocked: false,
        differences: 0,
      },
    });
  });

  it('a certificate of another CA does not get through the handshake, nor does none at all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'other-center-'));
    const other = await centerKeys(folder, Date.now());
    const { certificate, privateKey } = await other.issueFeedCertificate(HOME, 'office-1', Date.now());
    rmSync(folder, { recursive: true });
    const path = placeOf('seal');
    const ours = identityOf(office);
    const stranger = await door.send({ ...ours, cert: certificate, key: privateKey }, { path });
    expect(stranger.status).toMatch(/ECONNRESET|SSL|TLS|alert/i);
    const nobody = await door.send({ ca: ours.ca }, { path });
    expect(nobody.status).toMatch(/ECONNRESET|SSL|TLS|alert/i);
  });

  it('a kiosk never feeds, and a feed client never reaches the kiosk API', async () => {
    const { center } = door;
    const { keys, db, deps } = center;
    const kiosk = await enrolKiosk({ db, keys, centerUrl: 'https://localhost:1', now: NOW }, 'store-feeding');
    const asKiosk = { cert: kiosk.certificate, key: kiosk.privateKey, ca: kiosk.serverCa };
    await expectNothingEntered(async () => {
      const heard = await door.send(asKiosk, { method: 'PUT', path: placeOf('seal'), body: sealLoad([]) });
      expect(heard).toMatchObject({ status: 403, body: { kind: 'not-admitted' } });
    });

    const tls = { key: keys.serverKey, cert: keys.serverCertificate, ca: keys.caCertificate };
    const kioskApp = await buildApp({ ...deps, tls, fingerprintOf: tlsFingerprint });
    await kioskApp.listen({ port: 0, host: '127.0.0.1' });
    const { port } = kioskApp.server.address() as { port: number };
    const ask = (who: typeof asKiosk) => sendOver(port, who, { path: '/v1/service' });
    expect((await ask(asKiosk)).status).toBe(200);
    const asClient = identityOf(office) as typeof asKiosk;
    expect(await ask(asClient)).toEqual({ status: 403, body: { kind: 'refused', notice: 'CENT-03' } });
    await kioskApp.close();
  });

  it('speaks for its own municipality only; others look like those there are not; one audit line a minute', async () => {
    const loner = await door.enrol(ELSEWHERE, 'office-9');
    const ask = (code: string) => door.send(identityOf(loner), { path: placeOf('seal', code) });
    expect((await ask(ELSEWHERE)).status).toBe(200);
    const foreign = await ask(HOME);
    expect(foreign).toMatchObject({ status: 403, body: { kind: 'not-admitted' } });
    expect(await ask('131016')).toEqual(foreign);
    await expectNothingEntered(async () => {
      const path = placeOf('seal');
      const heard = await door.send(identityOf(loner), { method: 'PUT', path, body: sealLoad([]) });
      expect(heard).toEqual(foreign);
    });
    const ofOthers = (await refusals('feed-client-refused')).filter(
      ({ reason }) => reason === 'other-municipality',
    );
    expect(ofOthers).toHaveLength(1);
  });

  it('a client revoked between two requests of one kept-alive connection is out with the second', async () => {
    const leaving = await door.enrol(HOME, 'office-leaving');
    const who = identityOf(leaving);
    const agent = new Agent({ ...who, keepAlive: true, maxSockets: 1 });
    let connections = 0;
    agent.on('free', () => undefined);
    const made = agent.createConnection.bind(agent);
    agent.createConnection = (...args: Parameters<typeof made>) => ((connections += 1), made(...args));
    const ask = () => door.send({}, { path: placeOf('seal'), agent });
    expect((await ask()).status).toBe(200);
    const { db, deps } = door.center;
    const client = { municipality: HOME, clientId: 'office-leaving' };
    expect(await revokeFeedClient(db, client, 'operator', deps.clock())).toBe(true);
    expect(await ask()).toMatchObject({ status: 403, body: { kind: 'not-admitted' } });
    expect(connections).toBe(1);
    agent.destroy();
    expect(await revokeFeedClient(db, client, 'operator', deps.clock())).toBe(false);
    expect((await refusals('feed-client-refused')).map(({ reason }) => reason)).toContain('revoked');
  });

  it('a client enrolled again is known by its new certificate only', async () => {
    const before = await door.enrol(HOME, 'office-renewed');
    const after = await door.enrol(HOME, 'office-renewed');
    const ask = (one: FeedCredential) => door.send(identityOf(one), { path: placeOf('seal') });
    expect((await ask(before)).status).toBe(403);
    expect((await ask(after)).status).toBe(200);
  });
});

describe('what is entered', () => {
  it('a full load, plain or packed, then events, then a repeat', async () => {
    const plain = await put(sealLoad());
    expect(plain).toMatchObject({ status: 200, body: { kind: 'entered', dryRun: false, nextSeq: 1 } });
    const packed = await door.send(identityOf(office), {
      method: 'PUT',
      path: placeOf('seal'),
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(sealLoad()),
    });
    expect(packed).toMatchObject({ status: 200, body: { kind: 'entered', counts: { unchanged: 2 } } });
    const stand = await streamOf(door.center.db, HOME, 'seal');
    const ending = [
      {
        op: 'end',
        seq: 1,
        entity: 'seal',
        version: 2,
        effectiveAt: new Date(NOW).toISOString(),
        key: { residentId: SECOND },
      },
    ];
    const batch = eventsText(stand, ending, NOW);
    expect(await events('seal', batch, '?dryRun=true')).toMatchObject({
      status: 200,
      body: { kind: 'entered', dryRun: true, counts: { ended: 1 } },
    });
    expect(await events('seal', batch)).toMatchObject({
      status: 200,
      body: { kind: 'entered', dryRun: false, counts: { ended: 1 }, nextSeq: 2 },
    });
    expect(await events('seal', batch)).toEqual({ status: 200, body: { kind: 'repeated', nextSeq: 2 } });
    const seal = await door.center.db
      .selectFrom('seal_registration')
      .select('resident_id')
      .where('resident_id', 'in', [FIRST, SECOND])
      .execute();
    expect(seal).toEqual([{ resident_id: FIRST }]);
    // the seal is back for the tests that follow
    expect((await put(sealLoad().replaceAll('"version":1', '"version":3'))).status).toBe(200);
  });

  it('text that is cut anywhere between its bytes is the same text', async () => {
    const bytes = Buffer.from(`\uFEFF${sealLoad().replaceAll('"version":1', '"version":3')}`);
    const body = new PassThrough();
    const answer = put(body);
    for (let at = 0; at < bytes.length; at += 7) body.write(bytes.subarray(at, at + 7));
    body.end();
    expect(await answer).toMatchObject({ status: 200, body: { kind: 'entered', counts: { unchanged: 2 } } });
  });

  it('a dry run tells every fault and enters nothing, nor does it leave a refusal behind', async () => {
    const lines = sealLoad().trimEnd().split('\n');
    const broken = [
      lines[0]!.replace('"count":2', '"count":4'),
      lines[1],
      '{"entity":"seal","version":1,"row":{"residentId":7}}',
      'no json',
      lines[2],
    ];
    await expectNothingEntered(async () => {
      const heard = await put(`${broken.join('\n')}\n`, 'seal', '?dryRun=true');
      expect(heard).toMatchObject({ status: 422, body: { kind: 'faults', counts: { added: 0 } } });
      const { faults } = heard.body as { faults: { line: number; path: string; reason: string }[] };
      expect(faults.map(({ line }) => line)).toEqual(expect.arrayContaining([3, 4]));
      expect(faults.filter(({ line }) => line === 3).map(({ path }) => path)).toContain('row.residentId');
      for (const { reason } of faults) expect(reason).toMatch(/[ぁ-ん]/);
    });
    const { last_refusal } = await door.center.db
      .selectFrom('register_stream')
      .select('last_refusal')
      .where('municipality', '=', HOME)
      .where('register', '=', 'seal')
      .executeTakeFirstOrThrow();
    expect(last_refusal).toBe(null);
  });

  it('a gap is named, seen in the standing, and closed by what was missing', async () => {
    const stand = await streamOf(door.center.db, HOME, 'tax');
    const later = { ...stand, nextSeq: stand.nextSeq + 2 };
    const gap = await events('tax', eventsText(later, [], NOW));
    expect(gap).toMatchObject({
      status: 409,
      body: { kind: 'gap', expected: stand.nextSeq, got: stand.nextSeq + 2 },
    });
    const standing = await door.send(identityOf(office), { path: placeOf('tax') });
    expect(standing.body).toMatchObject({ missingUpTo: stand.nextSeq + 1 });
    const other = await events('tax', eventsText({ ...stand, stream: randomUUID() }, [], NOW));
    expect(other).toMatchObject({ status: 409, body: { kind: 'other-stream' } });
    const known = await door.center.db
      .selectFrom('register_row')
      .select('key')
      .where('municipality', '=', HOME)
      .where('entity', '=', 'tax-record')
      .limit(2)
      .execute();
    const missing = known.map(({ key }, index) => {
      const [residentId, taxYear] = key.split('/') as [string, string];
      const at = { seq: stand.nextSeq + index, effectiveAt: new Date(NOW).toISOString() };
      return {
        op: 'end',
        entity: 'tax-record',
        version: 2,
        ...at,
        key: { residentId, taxYear: Number(taxYear) },
      };
    });
    const closed = await events('tax', eventsText(stand, missing, NOW));
    expect(closed).toMatchObject({ status: 200, body: { kind: 'entered', counts: { ended: 2 } } });
    const after = await door.send(identityOf(office), { path: placeOf('tax') });
    expect(after.body).toMatchObject({ missingUpTo: null, nextSeq: stand.nextSeq + 2 });
  });

  it('the reconciliation counts what differs', async () => {
    const { stream, nextSeq } = await streamOf(door.center.db, HOME, 'restriction');
    const header = { kind: 'checksums', stream, seq: nextSeq - 1, count: 0 };
    const post = (body: object) =>
      door.send(identityOf(office), {
        method: 'POST',
        path: `${placeOf('restriction')}/checksums`,
        body: `${JSON.stringify(body)}\n`,
      });
    const known = await door.center.db
      .selectFrom('register_row')
      .select('key')
      .where('municipality', '=', HOME)
      .where('entity', '=', 'restriction')
      .where('ended', '=', false)
      .execute();
    expect(known.length).toBeGreaterThan(0);
    expect(await post(header)).toEqual({
      status: 200,
      body: { kind: 'reconciled', rows: 0, differences: known.length },
    });
    expect(await post({ ...header, seq: 7 })).toMatchObject({ status: 409, body: { kind: 'another-point' } });
  });
});

describe('what cannot be read is named, and nothing of it is entered', () => {
  const refused = async (body: string | Buffer | PassThrough, headers: Record<string, string> = {}) => {
    const before = await registersNow();
    const path = placeOf('seal');
    const heard = await door.send(identityOf(office), { method: 'PUT', path, body, headers });
    expect(await registersNow()).toBe(before);
    return [heard.status, heard.body.kind, heard.body.reason];
  };
  const gzip = { 'content-encoding': 'gzip' };

  it('a wrong number of lines', async () => {
    const text = sealLoad();
    const short = text.trimEnd().split('\n').slice(0, -1).join('\n');
    expect(await refused(short)).toEqual([400, 'not-readable', expect.stringContaining('足りません')]);
    const long = `${text}${text.trimEnd().split('\n').at(-1)}\n`;
    expect(await refused(long)).toEqual([400, 'not-readable', expect.stringContaining('より多く')]);
    expect(await refused('')).toEqual([400, 'not-readable', expect.any(String)]);
  });

  it('a body that ends early because the connection does', async () => {
    const before = (await refusals('register-feed-refused')).length;
    const bytes = Buffer.from(sealLoad());
    await expectNothingEntered(async () => {
      const who = identityOf(office);
      await new Promise<void>((done) => {
        const socket = connect({ port: door.port, host: 'localhost', ...who }, () => {
          const head = `PUT ${placeOf('seal')} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\n`;
          socket.write(`${head}content-length: ${bytes.length + 1}\r\n\r\n`);
          // all of it except the promised last byte: without its end it is not whole
          socket.write(bytes, () => socket.destroy());
        });
        socket.on('close', () => done());
      });
      await expect
        .poll(async () => (await refusals('register-feed-refused')).length, { timeout: 10_000 })
        .toBe(before + 1);
    });
    expect((await refusals('register-feed-refused')).at(-1)).toMatchObject({ reason: 'not-readable' });
  });

  it('a line that is too long, by its number', async () => {
    const lines = sealLoad().trimEnd().split('\n');
    const long = `${lines[0]}\n${lines[1]}\n${'x'.repeat(1024 * 1024 + 1)}\n`;
    expect(await refused(long)).toEqual([413, 'not-readable', expect.stringMatching(/^3行目が長すぎます/)]);
  });

  it('a long file goes on being heard out a little, so that its sender hears the answer', async () => {
    const body = new PassThrough();
    const answer = refused(body);
    body.write('no header\n');
    for (let sent = 0; sent < 200; sent += 1) body.write('x'.repeat(16 * 1024));
    expect(await answer).toEqual([400, 'not-readable', expect.stringContaining('1行目')]);
    body.destroy();
  });

  it('text that is no UTF-8, by its line', async () => {
    const lines = sealLoad().trimEnd().split('\n');
    const shiftJis = Buffer.concat([
      Buffer.from(`${lines[0]}\n${lines[1]}\n`),
      Buffer.from([0x8c, 0xa9, 0x0a]),
    ]);
    expect(await refused(shiftJis)).toEqual([400, 'not-readable', expect.stringMatching(/^3行目.*UTF-8/)]);
    const half = Buffer.concat([Buffer.from(sealLoad()), Buffer.from([0xe8])]);
    expect(await refused(half)).toEqual([400, 'not-readable', expect.stringContaining('UTF-8')]);
  });

  it('packed data that is none, is cut, or unpacks without end', async () => {
    expect(await refused(sealLoad(), gzip)).toEqual([400, 'not-readable', expect.stringContaining('gzip')]);
    const cut = gzipSync(sealLoad()).subarray(0, -12);
    expect(await refused(cut, gzip)).toEqual([400, 'not-readable', expect.stringContaining('途中で切れ')]);
    const [header] = sealLoad().split('\n');
    const bomb = gzipSync(`${header}\n${'\n'.repeat(8 * 1024 * 1024)}`);
    expect(bomb.length).toBeLessThan(100_000);
    // by its lines, of which the header promises two
    expect(await refused(bomb, gzip)).toEqual([400, 'not-readable', expect.stringContaining('より多く')]);
    const many = header!.replace('"count":2', '"count":9000000');
    const blanks = gzipSync(`${many}\n${`${' '.repeat(1_000_000)}\n`.repeat(20)}`);
    expect(await refused(blanks, gzip)).toEqual([413, 'not-readable', expect.stringContaining('圧縮')]);
    const large = gzipSync(`${many}\n${`${randomUUID().repeat(2_000)}\n`.repeat(400)}`, { level: 1 });
    expect(await refused(large, gzip)).toEqual([413, 'not-readable', expect.any(String)]);
  });

  it('a batch beyond what is held in memory', async () => {
    const stand = await streamOf(door.center.db, HOME, 'seal');
    const header = eventsText({ ...stand }, [], NOW).replace('"count":0', '"count":3');
    const heard = await events('seal', `${header}${`${'x'.repeat(500_000)}\n`.repeat(3)}`);
    expect(heard).toMatchObject({ status: 413, body: { kind: 'not-readable' } });
  });

  it('a sender that stops in the middle is not waited for', async () => {
    const body = new PassThrough();
    const answer = refused(body);
    body.write(sealLoad().split('\n')[0]!);
    expect(await answer).toEqual([408, 'not-readable', expect.stringContaining('遅すぎ')]);
    body.destroy();
  });

  it('what is sent as something else', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await refused(sealLoad(), json)).toEqual([415, 'wrong-content-type', expect.any(String)]);
    const brotli = { 'content-encoding': 'br' };
    expect(await refused(sealLoad(), brotli)).toEqual([415, 'wrong-content-type', expect.any(String)]);
    const path = placeOf('pension' as FeedRegister);
    const heard = await door.send(identityOf(office), { method: 'PUT', path, body: sealLoad() });
    expect(heard).toMatchObject({ status: 404, body: { kind: 'no-such-register' } });
  });
});

describe('one after another', () => {
  it('a municipality has one upload entered at a time and few waiting; others are not kept from theirs', async () => {
    const bodies = Array.from({ length: 5 }, () => new PassThrough());
    const answers = bodies.map((body) => put(body, 'seal', '?dryRun=true'));
    const first = await Promise.race(answers);
    expect(first).toMatchObject({ status: 429, body: { kind: 'busy' } });
    const other = await door.enrol(ELSEWHERE, 'office-2');
    const stand = await streamOf(door.center.db, ELSEWHERE, 'seal');
    const heartbeat = await door.send(identityOf(other), {
      method: 'POST',
      path: `${placeOf('seal', ELSEWHERE)}/events`,
      body: eventsText(stand, [], NOW),
    });
    expect(heartbeat).toMatchObject({ status: 200, body: { kind: 'entered' } });
    for (const body of bodies) body.end(sealLoad());
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe('what is told', () => {
  it('the description names the calls, their lines and answers', async () => {
    const { status, body } = await door.send(identityOf(office), { path: '/openapi.json' });
    expect(status).toBe(200);
    const paths = body.paths as Record<string, Record<string, { requestBody?: { content: object } }>>;
    const place = '/v1/municipalities/{code}/registers/{register}';
    expect(Object.keys(paths).sort()).toEqual([place, `${place}/checksums`, `${place}/events`]);
    expect(Object.keys(paths[place]!).sort()).toEqual(['get', 'put']);
    expect(Object.keys(paths[place]!.put!.requestBody!.content)).toEqual(['application/x-ndjson']);
  });

  it('metrics count uploads, and no rows of the restrictions; the log knows no row', async () => {
    const text = await door.center.deps.metrics.registry.metrics();
    expect(text).toContain('center_feed_uploads_total{register="seal",outcome="entered"}');
    expect(text).not.toMatch(/center_feed_rows_total\{register="restriction"/);
    expect(Object.keys(registerEntities)).toContain('restriction');
    const log = door.center.log();
    expect(log).toContain('"clientId":"office-1"');
    expect(log).not.toMatch(/taro|PRIVATE KEY|BEGIN CERTIFICATE/);
  });
});
