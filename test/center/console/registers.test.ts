/** 台帳の連携: what staff see of a register is what issuing goes by; clients; nothing of anybody else's. */
import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedCredential } from '#center/contract/feedDoor.ts';
import { differenceList, registerList, type RegisterStanding } from '#center/contract/console/registers.ts';
import type { FeedRegister } from '#center/contract/registerFeed.ts';
import { admitFeedClient } from '#center/registers/door/feedClients.ts';
import { enterEvents, reconcile, type FeedDeps } from '#center/registers/feedApi.ts';
import { eventsText, streamOf } from '../feeding.ts';
import { auditOf, NOW } from '../harness.ts';
import { ELSEWHERE, HOME, startConsole, type ConsoleHarness, type SignedIn } from './consoleHarness.ts';

let stand: ConsoleHarness;
let viewer: SignedIn;
let editor: SignedIn;
let administrator: SignedIn;
beforeAll(async () => {
  stand = await startConsole();
  viewer = await stand.staff(['viewer']);
  editor = await stand.staff(['editor']);
  administrator = await stand.staff(['administrator']);
});
afterAll(() => stand.close());

const door = (): FeedDeps => ({
  db: stand.center.db,
  canDraw: stand.center.canDraw,
  now: stand.deps.clock(),
});
const place = (register: FeedRegister) => ({ municipality: HOME, register });
async function standing(register: FeedRegister, who = viewer): Promise<RegisterStanding> {
  const { body } = await stand.call(who, 'GET', '/api/registers');
  const found = registerList.parse(body).registers.find((one) => one.register === register)!;
  const alone = await stand.call(who, 'GET', `/api/registers/${register}`);
  expect(alone.body).toEqual(found);
  return found;
}

describe('how registers stand', () => {
  it('fresh ones withhold nothing; a late one withholds what rests on it, and says so', async () => {
    expect(await standing('seal')).toMatchObject({
      label: '印鑑登録',
      state: 'fresh',
      lastSeq: 0,
      missing: null,
      fedUntil: new Date(NOW).toISOString(),
      reconciliation: null,
      withheld: [],
      refusal: null,
    });
    const { limitMinutes } = await standing('seal');
    await stand.center.db
      .updateTable('register_stream')
      .set({ fed_until: new Date(NOW - (limitMinutes! + 1) * 60_000) })
      .where('municipality', '=', HOME)
      .where('register', '=', 'seal')
      .execute();
    expect(await standing('seal')).toMatchObject({ state: 'late', withheld: ['印鑑登録証明書'] });
    const others = await stand.staff(['viewer'], ELSEWHERE);
    expect((await standing('seal', others)).state).toBe('fresh');
  });

  it('a gap names the numbers that have not come, and every certificate that rests on the register', async () => {
    const stream = await streamOf(stand.center.db, HOME, 'resident');
    await enterEvents(door(), place('resident'), [eventsText({ ...stream, nextSeq: 4 }, [], NOW)]);
    const shown = await standing('resident');
    expect(shown).toMatchObject({ state: 'gap', missing: { from: 1, to: 3 }, lastSeq: 0 });
    expect(shown.words).toContain('1番からの変更を送ってください。3番まで');
    expect(shown.withheld).toContain('住民票の写し');
    expect(shown.withheld).toContain('印鑑登録証明書');
    expect(shown.refusal).toMatchObject({
      reason: expect.stringContaining('番号が抜けています'),
      faults: [],
    });
  });

  it('the faults of the last refused batch, by line, place and reason', async () => {
    const stream = await streamOf(stand.center.db, HOME, 'tax');
    const at = { seq: 1, version: 2, effectiveAt: new Date(NOW).toISOString() };
    const wrong = { op: 'put', entity: 'tax-record', ...at, row: { residentId: 'taro' } };
    const outcome = await enterEvents(door(), place('tax'), [eventsText(stream, [wrong], NOW)]);
    expect(outcome.kind).toBe('faults');
    const { refusal, state } = await standing('tax');
    expect(state).toBe('gap');
    expect(refusal!.total).toBeGreaterThan(0);
    expect(refusal!.faults[0]).toMatchObject({ line: 2, path: expect.stringMatching(/^row\./) });
  });
});

describe('rows that differ', () => {
  const compare = async (register: FeedRegister) => {
    const { stream, nextSeq } = await streamOf(stand.center.db, HOME, register);
    const header = { kind: 'checksums', stream, seq: nextSeq - 1, count: 1 };
    const line = { entity: 'seal', key: 'nobody-here', version: 1, sha256: '0'.repeat(64) };
    const own = register === 'seal' ? [header, line] : [{ ...header, count: 0 }];
    return reconcile(
      door(),
      place(register),
      own.map((one) => `${JSON.stringify(one)}\n`),
    );
  };

  it('are listed by their keys and given as CSV', async () => {
    expect(await compare('seal')).toMatchObject({ kind: 'reconciled', rows: 1 });
    const list = differenceList.parse(
      (await stand.call(editor, 'GET', '/api/registers/seal/differences')).body,
    );
    expect(list.rows).toContainEqual({ entity: 'seal', key: 'nobody-here', finding: 'missing-here' });
    expect(list.rows.map(({ finding }) => finding)).toContain('not-at-the-source');
    expect(list.total).toBe(list.rows.length);
    const csv = await stand.call(editor, 'GET', '/api/registers/seal/differences.csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, ...lines] = csv.text.trimEnd().split('\r\n');
    expect(head).toBe('\uFEFF行の種類,元の台帳での番号,ちがい');
    expect(lines).toContain('印鑑登録,nobody-here,センターに届いていません');
    expect(lines).toHaveLength(list.total);
    const shown = await standing('seal');
    expect(shown).toMatchObject({
      differences: list.total,
      reconciliation: { rows: 1, differences: list.total, isOld: false },
    });
  });

  it('of the restrictions only the number is told, to nobody more', async () => {
    await compare('restriction');
    expect((await standing('restriction')).differences).toBeGreaterThan(0);
    const everybody = await stand.staff([
      'viewer',
      'editor',
      'approver',
      'family-register-officer',
      'administrator',
    ]);
    for (const path of ['differences', 'differences.csv']) {
      const { status, text } = await stand.call(everybody, 'GET', `/api/registers/restriction/${path}`);
      expect([status, text]).toEqual([404, expect.stringContaining('missing')]);
    }
  });

  it('are not shown to a viewer, nor to another municipality', async () => {
    expect((await stand.call(viewer, 'GET', '/api/registers/seal/differences')).status).toBe(403);
    const others = await stand.staff(['editor'], ELSEWHERE);
    const { body } = await stand.call(others, 'GET', '/api/registers/seal/differences');
    expect(body).toEqual({ total: 0, rows: [] });
  });

  it('a reconciliation of the day before yesterday is called old', async () => {
    await stand.center.db
      .updateTable('register_reconciliation')
      .set({ at: new Date(NOW - 2 * 24 * 60 * 60_000) })
      .where('register', '=', 'seal')
      .execute();
    expect((await standing('seal')).reconciliation).toMatchObject({ isOld: true });
  });
});

describe('clients', () => {
  const enrol = (clientId: string, replace = false, who = administrator) =>
    stand.call(who, 'POST', '/api/feed-clients', { clientId, replace });
  const admitted = async (certificate: string) => {
    const fingerprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');
    return admitFeedClient(stand.center.db, fingerprint, NOW);
  };

  it('are enrolled with a file that is given once; the key is kept nowhere', async () => {
    const answer = await enrol('office-1');
    expect(answer.headers['cache-control']).toBe('no-store');
    const credential = feedCredential.parse(answer.body);
    expect(credential).toMatchObject({ municipality: HOME, clientId: 'office-1' });
    const client = { municipality: HOME, clientId: 'office-1' };
    expect(await admitted(credential.certificate)).toEqual({ kind: 'admitted', client });
    expect((await auditOf(stand.center.db)).at(-1)).toEqual({
      type: 'feed-client-enrolled',
      fields: { ...client, staffId: administrator.staffId },
    });
    const list = await stand.call(administrator, 'GET', '/api/feed-clients');
    expect(list.body.clients).toEqual([
      expect.objectContaining({
        clientId: 'office-1',
        revokedAt: null,
        enrolledBy: expect.stringMatching(/^職員/),
      }),
    ]);
    expect(list.text).not.toMatch(/KEY|CERTIFICATE/);
    const rows = await stand.center.db.selectFrom('feed_client').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/KEY|CERTIFICATE/);
  });

  it('a name in use is refused; made anew, the old certificate ends at once', async () => {
    const before = feedCredential.parse((await enrol('office-2')).body);
    const again = await enrol('office-2');
    expect([again.status, again.body.faults]).toEqual([
      422,
      [{ path: 'clientId', reason: expect.stringContaining('もう登録されています') }],
    ]);
    const after = feedCredential.parse((await enrol('office-2', true)).body);
    expect(await admitted(before.certificate)).toEqual({ kind: 'refused', reason: 'unknown' });
    expect((await admitted(after.certificate)).kind).toBe('admitted');
    for (const bad of ['', 'Office', 'a b', 'a--b', '-a', 'x'.repeat(65)]) {
      expect((await enrol(bad)).status).toBe(422);
    }
  });

  it('are revoked, by their own municipality only', async () => {
    const { certificate } = feedCredential.parse((await enrol('office-3')).body);
    const others = await stand.staff(['administrator'], ELSEWHERE);
    const revoke = (who: SignedIn) => stand.call(who, 'POST', '/api/feed-clients/office-3/revocation', {});
    expect((await revoke(others)).status).toBe(404);
    expect((await admitted(certificate)).kind).toBe('admitted');
    expect((await revoke(administrator)).status).toBe(200);
    expect(await admitted(certificate)).toEqual({ kind: 'refused', reason: 'revoked' });
    expect((await revoke(administrator)).status).toBe(404);
    const list = await stand.call(others, 'GET', '/api/feed-clients');
    expect(list.body.clients).toEqual([]);
  });

  it('two municipalities may call a client the same', async () => {
    const others = await stand.staff(['administrator'], ELSEWHERE);
    const own = feedCredential.parse((await enrol('office-1', false, others)).body);
    expect(own.municipality).toBe(ELSEWHERE);
    expect(await admitted(own.certificate)).toMatchObject({ client: { municipality: ELSEWHERE } });
  });
});
