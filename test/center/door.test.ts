import { randomUUID } from 'node:crypto';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildApp } from '#center/app.ts';
import { buildAdminApp } from '#center/adminApp.ts';
import { verifyAudit } from '#center/audit/chain.ts';
import { kioskEnrolment, type KioskEnrolment } from '#center/contract/kioskApi.ts';
import { closeAlarm, openAlarms } from '#center/issuing/alarms.ts';
import { enrolKiosk, revokeKiosk } from '#center/kiosks/kioskRegister.ts';
import { tlsFingerprint } from '#center/admission.ts';
import { demoCards } from '#simulators/municipality/cards.ts';
import { demoRegisters } from '#simulators/municipality/residents.ts';
import { NOW, TODAY, auditOf, copyOf, startHarness, visit, type Harness, type Kiosk } from './harness.ts';

let center: Harness;
let kiosk: Kiosk;
beforeAll(async () => {
  center = await startHarness();
  kiosk = await center.kiosk('store-001');
});
afterAll(() => center.close());

const NOT_ADMITTED = { kind: 'refused', notice: 'CENT-03' };

describe('admission', () => {
  it('a revoked kiosk is refused from its next call on, in the middle of a visit', async () => {
    const leaving = await center.kiosk('store-009');
    const { session } = await visit(leaving, await center.cardOf('taro'));
    expect(await revokeKiosk(center.db, leaving.id, center.deps.clock())).toBe(true);
    const answer = await leaving.call('POST', `/v1/sessions/${session.sessionId}/certificates`, {
      requestId: randomUUID(),
      certificate: copyOf(),
    });
    expect([answer.status, answer.body]).toEqual([403, NOT_ADMITTED]);
    expect((await auditOf(center.db)).at(-1)).toEqual({
      type: 'kiosk-refused',
      fields: { fingerprint: leaving.fingerprint, reason: 'revoked' },
    });
    expect(await revokeKiosk(center.db, leaving.id, center.deps.clock())).toBe(false);
  });

  it('a kiosk enrolled again is known by its new certificate only', async () => {
    const before = await center.kiosk('store-010');
    const after = await center.kiosk('store-010');
    expect((await before.call('GET', '/v1/service')).status).toBe(403);
    expect((await after.call('GET', '/v1/service')).body).toMatchObject({
      kioskId: 'store-010',
      open: true,
      now: new Date(NOW).toISOString(),
    });
  });

  it('every route is closed to strangers, the description of the API too', async () => {
    for (const url of ['/v1/service', '/openapi.json', '/nothing']) {
      const answer = await center.app.inject({ url });
      expect([answer.statusCode, answer.json()]).toEqual([403, NOT_ADMITTED]);
    }
  });

  it('a stranger in a loop leaves one audit line a minute', async () => {
    const fingerprint = 'ab'.repeat(32);
    const call = () =>
      center.app.inject({ url: '/v1/service', headers: { 'x-test-fingerprint': fingerprint } });
    for (let count = 0; count < 5; count += 1) await call();
    const lines = (await auditOf(center.db)).filter(({ fields }) => fields.fingerprint === fingerprint);
    expect(lines).toEqual([{ type: 'kiosk-refused', fields: { fingerprint, reason: 'unknown' } }]);
  });

  it('one kiosk that calls too often is told to wait, the others are served', async () => {
    const app = await buildApp({ ...center.deps, kioskCallsPerMinute: 3 });
    const ask = ({ fingerprint }: Kiosk) =>
      app.inject({ url: '/v1/service', headers: { 'x-test-fingerprint': fingerprint } });
    const other = await center.kiosk('store-011');
    for (let count = 0; count < 3; count += 1) expect((await ask(kiosk)).statusCode).toBe(200);
    const answer = await ask(kiosk);
    expect([answer.statusCode, answer.json()]).toEqual([429, { kind: 'refused', notice: 'SERV-06' }]);
    expect((await ask(other)).statusCode).toBe(200);
    await app.close();
  });

  it('everybody is told to wait while the center cannot keep up', async () => {
    // always: no event loop is that fast
    const app = await buildApp({ ...center.deps, busyBeyondMs: 0.000_001 });
    const headers = { 'x-test-fingerprint': kiosk.fingerprint };
    await vi.waitFor(async () => {
      const answer = await app.inject({ url: '/v1/service', headers });
      expect([answer.statusCode, answer.json()]).toEqual([503, { kind: 'refused', notice: 'SERV-06' }]);
    }, 10_000);
    await app.close();
  });
});

describe('mutual TLS', () => {
  let port = 0;
  let stop: () => Promise<void>;
  let enrolled: KioskEnrolment;
  beforeAll(async () => {
    const { keys } = center;
    const tls = { key: keys.serverKey, cert: keys.serverCertificate, ca: keys.caCertificate };
    const app = await buildApp({ ...center.deps, tls, fingerprintOf: tlsFingerprint });
    await app.listen({ port: 0, host: '127.0.0.1' });
    port = (app.server.address() as AddressInfo).port;
    stop = () => app.close();
    const deps = { db: center.db, keys, centerUrl: `https://localhost:${port}`, now: NOW };
    enrolled = kioskEnrolment.parse(await enrolKiosk(deps, 'store-tls'));
  });
  afterAll(() => stop());

  /** Status and body, or the code of the connection's end. */
  const call = (options: RequestOptions) =>
    new Promise<string>((resolve) => {
      const question = httpsRequest(
        { host: 'localhost', port, path: '/v1/service', agent: false, ...options },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => resolve(`${answer.statusCode} ${Buffer.concat(chunks).toString()}`));
        },
      );
      question.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      question.end();
    });
  const identity = () => ({ ca: enrolled.serverCa, cert: enrolled.certificate, key: enrolled.privateKey });

  it('serves a kiosk with its own certificate, and trusts the server by the center CA', async () => {
    expect(await call(identity())).toMatch(/^200 .*"kioskId":"store-tls"/);
    expect(await call({ ...identity(), ca: undefined })).toMatch(/SELF_SIGNED|UNABLE_TO/);
  });

  it('ends the handshake without a certificate', async () => {
    expect(await call({ ca: enrolled.serverCa })).toMatch(/CERTIFICATE_REQUIRED|ECONNRESET/);
  });

  it('answers CENT-03 to a certificate of our CA that is in no register', async () => {
    const stranger = await center.keys.issueKioskCertificate('store-666', NOW);
    const answer = await call({
      ca: enrolled.serverCa,
      cert: stranger.certificate,
      key: stranger.privateKey,
    });
    expect(answer).toBe(`403 ${JSON.stringify(NOT_ADMITTED)}`);
  });

  it('lets the revoked kiosk through the handshake only to be told', async () => {
    await revokeKiosk(center.db, 'store-tls', NOW);
    expect(await call(identity())).toBe(`403 ${JSON.stringify(NOT_ADMITTED)}`);
  });
});

describe('alarms', () => {
  it('an alarm stops the municipality on that kiosk, through every later visit, until it is closed', async () => {
    const other = await center.kiosk('store-012');
    const raised = await kiosk.call('POST', '/v1/alarms', {
      finding: 'holder',
      issueNumber: null,
      municipality: '992011',
    });
    expect(raised.body).toEqual({ kind: 'raised' });
    const ask = async (at: Kiosk, resident: string, municipality: string) => {
      const { session } = await visit(at, await center.cardOf(resident));
      return (await at.call('GET', `/v1/sessions/${session.sessionId}/offer?municipality=${municipality}`))
        .body;
    };
    expect(await ask(kiosk, 'taro', '992011')).toEqual({ kind: 'refused', notice: 'SAFE-02' });
    expect(await ask(kiosk, 'azusa', '992020')).toMatchObject({ kind: 'offer' });
    expect(await ask(other, 'taro', '992011')).toMatchObject({ kind: 'offer' });
    const [alarm] = await openAlarms(center.db);
    const act = { id: alarm!.id, output: 'not-printed' as const, by: 'operator' };
    expect(await closeAlarm(center.db, act, NOW)).toEqual({ kind: 'closed' });
    expect(await ask(kiosk, 'taro', '992011')).toMatchObject({ kind: 'offer' });
    const types = (await auditOf(center.db)).map(({ type }) => type);
    expect(types).toContain('alarm-raised');
    expect(types).toContain('alarm-closed');
  });
});

describe('faults and forms', () => {
  it('a fault of ours is CENT-02 without a detail, and the log says where, not what', async () => {
    const app = await buildApp({
      ...center.deps,
      render: () => Promise.reject(new Error('the name 渡邉 太郎 broke it')),
    });
    const { session } = await visit(kiosk, await center.cardOf('taro'));
    const answer = await app.inject({
      method: 'POST',
      url: `/v1/sessions/${session.sessionId}/certificates`,
      headers: { 'x-test-fingerprint': kiosk.fingerprint },
      payload: { requestId: randomUUID(), certificate: copyOf() },
    });
    expect([answer.statusCode, answer.json()]).toEqual([500, { kind: 'refused', notice: 'CENT-02' }]);
    expect(center.log()).toContain('"fault"');
    expect(center.log()).not.toContain('渡邉');
    await app.close();
  });

  it.each([
    ['a session id that is none', '/v1/sessions/1/offer?municipality=992011'],
    [
      'a municipality code with a wrong check digit',
      `/v1/sessions/${randomUUID()}/offer?municipality=992012`,
    ],
  ])('%s is a bad request', async (_, url) => {
    const answer = await kiosk.call('GET', url);
    expect([answer.status, answer.body]).toEqual([400, { kind: 'refused', notice: 'SYS-01' }]);
  });

  it('describes every route of the contract', async () => {
    const { body } = await kiosk.call('GET', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths as object).sort()).toEqual([
      '/v1/alarms',
      '/v1/certificates/{issueNumber}/confirmation',
      '/v1/certificates/{issueNumber}/void',
      '/v1/kiosk-status',
      '/v1/service',
      '/v1/sessions',
      '/v1/sessions/{sessionId}/authentication',
      '/v1/sessions/{sessionId}/certificates',
      '/v1/sessions/{sessionId}/domicile/applications',
      '/v1/sessions/{sessionId}/domicile/applications/{number}/withdrawal',
      '/v1/sessions/{sessionId}/domicile/challenges',
      '/v1/sessions/{sessionId}/domicile/form',
      '/v1/sessions/{sessionId}/domicile/municipalities',
      '/v1/sessions/{sessionId}/offer',
      '/v1/sessions/{sessionId}/receipt',
      '/v1/test-issues',
      '/v1/test-issues/{id}/document',
      '/v1/test-issues/{id}/outcome',
    ]);
  });

  it('tells its health and its counts to the machine it runs on', async () => {
    const admin = buildAdminApp({ ...center.deps, openApi: () => ({}) });
    const health = await admin.inject({ url: '/healthz' });
    expect([health.statusCode, health.json()]).toEqual([200, { status: 'ok', checks: { database: 'ok' } }]);
    expect((await admin.inject({ url: '/metrics' })).body).toContain('center_authentications_total');
    expect((await admin.inject({ url: `/counts?date=${TODAY}` })).json()).toMatchObject({
      date: TODAY,
      openAlarms: [],
    });
    expect((await admin.inject({ url: '/counts?date=yesterday' })).statusCode).toBe(400);
    await admin.close();
  });
});

describe('what is written about a visit', () => {
  it('holds no name, number, PIN, certificate or document', async () => {
    const { session } = await visit(kiosk, await center.cardOf('taro'));
    const answer = await kiosk.call('POST', `/v1/sessions/${session.sessionId}/certificates`, {
      requestId: randomUUID(),
      certificate: { ...copyOf(), include: ['individual-number', 'registered-domicile'] },
    });
    const { payload } = answer.body.manifest as { payload: string };
    const { issueNumber } = JSON.parse(payload) as { issueNumber: string };
    await kiosk.call('POST', `/v1/certificates/${issueNumber}/confirmation`, { paid: 200, sheets: 1 });

    const tables = ['audit_event', 'certificate', 'session', 'alarm', 'kiosk'];
    const rows = await Promise.all(
      tables.map((table) => sql`select * from ${sql.table(table)}`.execute(center.db)),
    );
    const written = JSON.stringify(rows.map((result) => result.rows)) + center.log() + payload;
    const { residents, households } = demoRegisters(TODAY);
    const secrets = [
      ...residents.flatMap(({ name, furigana, individualNumber }) => [name, furigana, individualNumber]),
      ...households.map(({ address }) => address),
      ...demoCards.map(({ password }) => password),
      (answer.body.document as string).slice(0, 60),
      'PRIVATE KEY',
    ].filter((secret) => secret !== undefined);
    expect(secrets.length).toBeGreaterThan(100);
    expect(secrets.filter((secret) => written.includes(secret))).toEqual([]);
  });
});

describe('audit', () => {
  it('is one unbroken chain over everything above', async () => {
    expect(await verifyAudit(center.db)).toMatchObject({ kind: 'intact' });
  });

  it('cannot be changed by the center itself', async () => {
    const change = sql`update audit_event set type = 'center-stopped' where seq = 1`.execute(center.db);
    await expect(change).rejects.toThrow(/append-only/);
    await expect(sql`delete from audit_event`.execute(center.db)).rejects.toThrow(/append-only/);
  });

  const tampering: [string, ReturnType<typeof sql>, string, number][] = [
    [
      'a changed field',
      sql`update audit_event set fields = replace(fields, '992011', '992020') where seq = 1`,
      'hash',
      1,
    ],
    ['a changed time', sql`update audit_event set at = '2020-01-01T00:00:00.000Z' where seq = 3`, 'hash', 3],
    ['a removed event', sql`delete from audit_event where seq = 4`, 'gap', 4],
    ['a cut-off end', sql`delete from audit_event where seq = (select max(seq) from audit_event)`, 'end', 0],
  ];
  it.each(tampering)('shows %s, made behind our back', async (_, change, finding, seq) => {
    const { rows } = await sql<{ last: number }>`select max(seq) as last from audit_event`.execute(center.db);
    await center.db.transaction().execute(async (tx) => {
      await sql`create table kept as select * from audit_event`.execute(tx);
      await sql`alter table audit_event disable trigger user`.execute(tx);
      await change.execute(tx);
    });
    const expected = { kind: 'broken', finding, seq: seq === 0 ? rows[0]!.last : seq };
    expect(await verifyAudit(center.db)).toEqual(expected);
    await center.db.transaction().execute(async (tx) => {
      await sql`delete from audit_event`.execute(tx);
      await sql`insert into audit_event select * from kept`.execute(tx);
      await sql`drop table kept`.execute(tx);
      await sql`alter table audit_event enable trigger user`.execute(tx);
    });
    expect(await verifyAudit(center.db)).toMatchObject({ kind: 'intact' });
  });
});
