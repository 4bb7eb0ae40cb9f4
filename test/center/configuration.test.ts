/** Configuration changes while residents stand at kiosks: stops, versions and specimens beside real issuing. */
import { randomUUID, verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endOverdueTestIssues, TEST_ISSUE_LIFETIME_MS } from '#center/configuration/testIssues.ts';
import { stopIssuing } from '#center/configuration/stops.ts';
import { SPECIMEN_TAG, specimenResponse } from '#center/contract/testIssue.ts';
import { publishedKeys } from '#center/contract/verification.ts';
import type { IssuingDeps } from '#center/issuing/deps.ts';
import { prepare, type PrepareOrder } from '#center/issuing/prepare.ts';
import { buildPublicApp } from '#center/verification/publicApp.ts';
import { openFronts } from '#center/verification/front/openFront.ts';
import { codesInPicture, scanned } from '#center/verification/scan.fixture.ts';
import { auditOf, copyOf, visit, type Kiosk } from './harness.ts';
import {
  ELSEWHERE,
  HOME,
  startConsole,
  type ConsoleHarness,
  type SignedIn,
} from './console/consoleHarness.ts';

let stand: ConsoleHarness;
let editor: SignedIn;
let approver: SignedIn;
let kiosk: Kiosk;
const DAY_MS = 24 * 60 * 60_000;

beforeAll(async () => {
  stand = await startConsole();
  kiosk = await stand.center.kiosk('store-001');
});
afterAll(() => stand.close());
beforeEach(async () => {
  editor = await stand.staff(['editor']);
  approver = await stand.staff(['approver']);
});

async function orderOf(resident = 'taro'): Promise<PrepareOrder> {
  const { session } = await visit(kiosk, await stand.center.cardOf(resident));
  const { sessionId } = session;
  return { kioskId: kiosk.id, sessionId, requestId: randomUUID(), certificate: copyOf() } as PrepareOrder;
}
/** Prepares, and has something happen while the document is drawn. */
async function prepareDuring(happens: () => Promise<unknown>) {
  const order = await orderOf();
  const deps: IssuingDeps = {
    ...stand.center.deps,
    render: async (request) => {
      const outcome = stand.center.render.current(request);
      await happens();
      return outcome;
    },
  };
  return { order, outcome: await prepare(deps, order) };
}
const stopAll = (kind: 'resident-record-copy' | null = null) =>
  stopIssuing(
    stand.center.db,
    { municipality: HOME, kind, reason: 'wrong-certificate', staffId: editor.staffId },
    stand.center.deps.clock(),
  );
const liftAll = () =>
  stand.center.db
    .updateTable('service_stop')
    .set({ lifted_at: new Date(), lifted_by: 'operator' })
    .where('lifted_at', 'is', null)
    .execute();

describe('a stop', () => {
  it.each([null, 'resident-record-copy'] as const)(
    'in the middle of a certificate leaves none (%s)',
    async (kind) => {
      const { order, outcome } = await prepareDuring(() => stopAll(kind));
      expect(outcome).toEqual({ kind: 'refused', notice: 'SERV-07', reason: 'service-stopped' });
      const entered = stand.center.db.selectFrom('certificate').where('request_id', '=', order.requestId);
      expect(await entered.selectAll().execute()).toEqual([]);
      await liftAll();
    },
  );

  it('stands in the audit after every certificate that was made before it, whatever raced', async () => {
    const orders: PrepareOrder[] = [];
    for (let visitors = 0; visitors < 8; visitors++) orders.push(await orderOf());
    let begun = 0;
    let stopped: Promise<unknown> = Promise.resolve();
    const deps: IssuingDeps = {
      ...stand.center.deps,
      render: async (request) => {
        const outcome = stand.center.render.current(request);
        // half of them are drawn when the stop begins
        if (++begun === 4) stopped = stopAll();
        await new Promise((soon) => setImmediate(soon));
        return outcome;
      },
    };
    const outcomes = await Promise.all(orders.map((order) => prepare(deps, order)));
    const made = outcomes.filter(({ kind }) => kind === 'prepared').length;
    await stopped;
    const all = (await auditOf(stand.center.db)).map(({ type }) => type);
    // of this race only
    const events = all.slice(all.lastIndexOf('holder-authenticated'));
    const stop = events.lastIndexOf('issuing-stopped');
    expect(stop).toBeGreaterThan(0);
    expect(events.slice(stop)).not.toContain('certificate-prepared');
    expect(events.slice(0, stop).filter((type) => type === 'certificate-prepared')).toHaveLength(made);
    await liftAll();
  });

  it('of one municipality stops no other', async () => {
    await stopAll();
    const there = await stand.center.inForce(ELSEWHERE);
    expect([there.stops.all, there.stops.kinds.size]).toEqual([false, 0]);
    await liftAll();
  });
});

type Profile = Record<string, unknown> & {
  readonly kinds: { maxCopies: number; fees: { from: string; fee: number }[] }[];
};
interface Draft {
  readonly number: number;
  readonly revision: number;
  readonly digest: string;
  readonly profile: Profile;
  readonly faults: readonly unknown[];
}
const look = async (number: number) =>
  (await stand.call(editor, 'GET', `/api/versions/${number}`)).body as unknown as Draft;
async function draft(from: number | null = null): Promise<Draft> {
  const { body } = await stand.call(editor, 'POST', '/api/versions', { from });
  return look(body['number'] as number);
}
async function proposed(change: (profile: Profile) => void, from: number | null = null): Promise<Draft> {
  const { number, revision, profile } = await draft(from);
  change(profile);
  const saved = await stand.call(editor, 'PUT', `/api/versions/${number}`, { revision, profile });
  expect(saved.body['faults']).toEqual([]);
  const proposal = { revision: saved.body['revision'], note: '' };
  const handed = await stand.call(editor, 'POST', `/api/versions/${number}/proposal`, proposal);
  expect(handed.status).toBe(200);
  return look(number);
}
const approve = ({ number, digest }: Draft, at: number | null = null) =>
  stand.call(approver, 'POST', `/api/versions/${number}/approval`, {
    digest,
    effectiveAt: at === null ? null : new Date(at).toISOString(),
  });
const dayFromNow = (days: number) =>
  new Date(stand.deps.clock() + days * DAY_MS + 9 * 60 * 60_000).toISOString().slice(0, 10);

describe('a version', () => {
  it('that comes into force while a certificate is made is not in it: one instant, one version', async () => {
    const before = await stand.center.inForce(HOME);
    const next = await proposed((profile) => void (profile.kinds[0]!.maxCopies = 7));
    const { outcome } = await prepareDuring(() => approve(next));
    if (outcome.kind !== 'prepared') throw new Error(outcome.kind);
    const manifest = JSON.parse(outcome.manifest.payload) as { templateDigest: string };
    const { outcome: after } = await prepareDuring(() => Promise.resolve());
    if (after.kind !== 'prepared') throw new Error(after.kind);
    const later = JSON.parse(after.manifest.payload) as { templateDigest: string };
    expect(later.templateDigest).not.toBe(manifest.templateDigest);
    expect((await stand.center.inForce(HOME)).version).toBe(before.version + 1);
  });

  it('never counts from before it was approved', async () => {
    const next = await proposed((profile) => void (profile.kinds[0]!.maxCopies = 8));
    const now = stand.deps.clock();
    expect((await approve(next, now - 30_000)).status).toBe(200);
    const row = await stand.center.db
      .selectFrom('profile_version')
      .select('effective_at')
      .where('municipality', '=', HOME)
      .where('number', '=', next.number)
      .executeTakeFirstOrThrow();
    expect(row.effective_at!.getTime()).toBe(now);
    const late = await proposed((profile) => void (profile.kinds[0]!.maxCopies = 9));
    const refused = await approve(late, now - 2 * 60_000);
    expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(/過ぎています/)]);
  });

  it('is not approved for before the one it follows, which would undo it', async () => {
    const next = await proposed((profile) => void (profile.kinds[0]!.maxCopies = 5));
    expect((await approve(next, stand.deps.clock() + 2 * DAY_MS)).status).toBe(200);
    const urgent = await proposed((profile) => void (profile.kinds[0]!.maxCopies = 4));
    const refused = await approve(urgent, stand.deps.clock() + DAY_MS);
    expect([refused.status, refused.body['reason']]).toEqual([409, expect.stringMatching(/後の日時から/)]);
    expect((await approve(urgent, stand.deps.clock() + 2 * DAY_MS)).status).toBe(200);
    stand.center.advance(2 * DAY_MS);
    const { version, profile } = await stand.center.inForce(HOME);
    expect([version, profile.kinds[0]!.maxCopies]).toEqual([urgent.number, 4]);
  });

  it('that is brought back charges the earlier fee from tomorrow and forgets none that was charged', async () => {
    const { version: old, profile } = await stand.center.inForce(HOME);
    const fee = profile.kinds[0]!.fees.at(-1)!.fee;
    const raised = await proposed(({ kinds }) => {
      kinds[0]!.fees.push({ from: dayFromNow(1), fee: fee + 90 });
    });
    expect((await approve(raised)).status).toBe(200);
    stand.center.advance(3 * DAY_MS);
    editor = await stand.staff(['editor']);
    approver = await stand.staff(['approver']);
    const back = await proposed(() => undefined, old);
    expect(back.profile.kinds[0]!.fees.slice(-2)).toEqual([
      { from: dayFromNow(-2), fee: fee + 90 },
      { from: dayFromNow(1), fee },
    ]);
    expect((await approve(back)).status).toBe(200);
    expect((await stand.center.inForce(HOME)).version).toBe(back.number);
  });
});

const WISH = { kind: 'resident-record-copy', sample: 'resident-record-copy' };
interface Listed {
  readonly id: string;
  readonly state: string;
  readonly digest: string | null;
}
async function askFor(number: number): Promise<string> {
  const wish = { ...WISH, kioskId: kiosk.id };
  const { body } = await stand.call(editor, 'POST', `/api/versions/${number}/test-issues`, wish);
  return body['id'] as string;
}
const listed = async (id: string) =>
  ((await stand.call(editor, 'GET', '/api/test-issues')).body as { testIssues: Listed[] }).testIssues.find(
    (entry) => entry.id === id,
  )!;

describe('a specimen at a kiosk', () => {
  it('verifies as nothing: its codes are of no key, its number is unknown, its manifest is no certificate’s', async () => {
    const { version } = await stand.center.inForce(HOME);
    const id = await askFor(version);
    const answer = await kiosk.call('POST', `/v1/test-issues/${id}/document`);
    const specimen = specimenResponse.parse(answer.body);
    if (specimen.kind !== 'specimen') throw new Error(specimen.kind);
    const { keys: center, db, municipalities, deps } = stand.center;
    const publicApp = await buildPublicApp({
      ...deps,
      kinds: deps.configuration.common.kinds,
      names: deps.configuration.names,
      keys: municipalities.published,
      caCertificate: center.caCertificate,
      glyphsOf: () => undefined,
      privateGlyphsOf: () => Promise.resolve(undefined),
      pageDir: '/nowhere',
    });
    const { keys } = publishedKeys.parse((await publicApp.inject('/keys.json')).json());
    const pdf = Buffer.from(specimen.document, 'base64');
    const codes = (await Promise.all(scanned(pdf, 150, 'backs').map(codesInPicture))).flat();
    expect(codes.length).toBeGreaterThan(0);
    expect((await openFronts(codes, keys)).kind).toBe('forged');
    const number = '7K3M-9QXA-2B4C-D5EF';
    const { status } = (await publicApp.inject(`/v1/certificates/${number}`)).json<{ status: string }>();
    expect(status).toBe('unknown');
    await publicApp.close();

    const signature = Buffer.from(specimen.signature, 'base64');
    const signedUnder = (tag: string) =>
      verify(null, Buffer.from(`${tag}${specimen.payload}`), center.manifestKey, signature);
    expect([SPECIMEN_TAG, '', 'certificate-kiosk/manifest/v1\0'].map(signedUnder)).toEqual([
      true,
      false,
      false,
    ]);
    const certificates = await db.selectFrom('certificate').select('issue_number').execute();
    expect(certificates.map(({ issue_number }) => issue_number)).not.toContain(number);
  });

  it('is of the draft as it stood when it was printed, and the list tells when the draft has moved on', async () => {
    const made = await draft();
    const id = await askFor(made.number);
    await kiosk.call('POST', `/v1/test-issues/${id}/document`);
    expect((await listed(id)).digest).toBe(made.digest);
    const { profile, revision } = made;
    profile.kinds[0]!.maxCopies = 2;
    await stand.call(editor, 'PUT', `/api/versions/${made.number}`, { revision, profile });
    expect((await listed(id)).digest).not.toBe((await look(made.number)).digest);
  });

  it('that nobody fetches ends, and one whose kiosk falls silent is of unknown fate until it speaks', async () => {
    const { version } = await stand.center.inForce(HOME);
    const [forgotten, silent] = [await askFor(version), await askFor(version)];
    await kiosk.call('POST', `/v1/test-issues/${silent}/document`);
    stand.center.advance(TEST_ISSUE_LIFETIME_MS);
    editor = await stand.staff(['editor']);
    await endOverdueTestIssues(stand.center.db, stand.deps.clock());
    expect([(await listed(forgotten)).state, (await listed(silent)).state]).toEqual(['expired', 'unknown']);
    const late = await kiosk.call('POST', `/v1/test-issues/${forgotten}/document`);
    expect(late.body).toEqual({ kind: 'not-there' });
    await kiosk.call('POST', `/v1/test-issues/${silent}/outcome`, { outcome: 'printed' });
    expect((await listed(silent)).state).toBe('printed');
    const outcomesOf = async (id: string) =>
      (await auditOf(stand.center.db))
        .filter(({ type, fields }) => type === 'test-issue-ended' && fields['testIssue'] === id)
        .map(({ fields }) => fields['outcome']);
    expect(await outcomesOf(forgotten)).toEqual(['expired']);
    expect(await outcomesOf(silent)).toEqual(['unknown', 'printed']);
  });

  it('is not asked for by a version that is over or full of faults, nor seen or taken back by others', async () => {
    const made = await draft();
    const id = await askFor(made.number);
    const stranger = await stand.staff(['editor', 'approver'], ELSEWHERE);
    const theirs = await stand.call(stranger, 'GET', '/api/test-issues');
    expect(theirs.body).toEqual({ testIssues: [] });
    expect((await stand.call(stranger, 'DELETE', `/api/test-issues/${id}`)).status).toBe(404);
    expect((await stand.call(editor, 'DELETE', `/api/test-issues/${id}`)).status).toBe(200);
    const event = (await auditOf(stand.center.db)).at(-1)!;
    expect(event.fields).toMatchObject({ testIssue: id, outcome: 'cancelled', staffId: editor.staffId });

    const { revision, profile, number } = made;
    await stand.call(editor, 'PUT', `/api/versions/${number}`, {
      revision,
      profile: { ...profile, head: [] },
    });
    const wish = { ...WISH, kioskId: kiosk.id };
    const faulty = await stand.call(editor, 'POST', `/api/versions/${number}/test-issues`, wish);
    expect([faulty.status, JSON.stringify(faulty.body['faults'])]).toEqual([
      422,
      expect.stringMatching(/"head"/),
    ]);
    await stand.call(editor, 'DELETE', `/api/versions/${number}`);
    const over = await stand.call(editor, 'POST', `/api/versions/${number}/test-issues`, wish);
    expect(over.status).toBe(409);
  });
});
