/** From a draft to what counts at every center process, and back: who may, when, and what nobody can. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseConfiguration } from '#center/configuration/databaseConfiguration.ts';
import { joinMunicipality } from '#center/configuration/joinMunicipality.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { loadTemplates, templatesDirectory } from '#templates/load.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { auditOf, visit } from '../harness.ts';
import { ELSEWHERE, HOME, startConsole, type ConsoleHarness, type SignedIn } from './consoleHarness.ts';

let stand: ConsoleHarness;
let editor: SignedIn;
let approver: SignedIn;
const MINUTE_MS = 60_000;

beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.close());

/** Fresh sessions: tests move the clock by days. */
async function signIn(municipality: MunicipalityCode = HOME): Promise<void> {
  [editor, approver] = [
    await stand.staff(['editor'], municipality),
    await stand.staff(['approver'], municipality),
  ];
}

interface Draft {
  readonly number: number;
  readonly revision: number;
  readonly digest: string;
  readonly profile: Record<string, never> & { maxCopies?: never };
}
async function draft(from: number | null = null): Promise<Draft> {
  const { body } = await stand.call(editor, 'POST', '/api/versions', { from });
  return look(body['number'] as number);
}
const look = async (number: number) =>
  (await stand.call(editor, 'GET', `/api/versions/${number}`)).body as unknown as Draft;

/** A draft of what counts now with one change, handed to the approver. */
async function proposed(change: (profile: Record<string, unknown>) => void, who = editor): Promise<Draft> {
  const made = await draft();
  const profile = structuredClone(made.profile) as Record<string, unknown>;
  change(profile);
  const saved = await stand.call(who, 'PUT', `/api/versions/${made.number}`, {
    revision: made.revision,
    profile,
  });
  expect(saved.body['faults']).toEqual([]);
  const { revision } = saved.body as { revision: number };
  const note = '部数を変える';
  const handed = await stand.call(who, 'POST', `/api/versions/${made.number}/proposal`, { revision, note });
  expect([handed.status, handed.text]).toEqual([200, '{"kind":"done"}']);
  return look(made.number);
}
const copies = (count: number) => (profile: Record<string, unknown>) => {
  const [first] = profile['kinds'] as { maxCopies: number }[];
  first!.maxCopies = count;
};
const approve = (who: SignedIn, { number, digest }: Draft, effectiveAt: string | null = null) =>
  stand.call(who, 'POST', `/api/versions/${number}/approval`, { digest, effectiveAt });
const maxCopies = async (municipality = HOME as string) =>
  (await stand.center.inForce(municipality)).profile.kinds[0]!.maxCopies;

describe('a version', () => {
  beforeEach(() => signIn());

  it('counts from its minute on at every center process, without a restart', async () => {
    const before = await maxCopies();
    const wanted = before === 3 ? 4 : 3;
    const version = await proposed(copies(wanted));
    const at = new Date(Math.ceil(stand.deps.clock() / MINUTE_MS) * MINUTE_MS + 10 * MINUTE_MS);
    expect((await approve(approver, version, at.toISOString())).status).toBe(200);
    // another process over the same database
    const other = databaseConfiguration(stand.center.db, loadTemplates(), openCertificateFont(loadFonts()));
    const there = async () => {
      const found = await other.inForce(stand.center.db, HOME, stand.deps.clock());
      return found!.profile.kinds[0]!.maxCopies;
    };
    expect([await maxCopies(), await there()]).toEqual([before, before]);
    stand.center.advance(at.getTime() - 1 - stand.deps.clock());
    expect([await maxCopies(), await there()]).toEqual([before, before]);
    stand.center.advance(1);
    expect([await maxCopies(), await there()]).toEqual([wanted, wanted]);
  });

  it('is approved by somebody who had no hand in it, also when roles are many and calls are at once', async () => {
    const both = await stand.staff(['editor', 'approver']);
    const version = await proposed(copies(5), both);
    const own = await approve(both, version);
    expect([own.status, own.body['reason']]).toEqual([409, expect.stringMatching(/自分が/)]);
    const answers = await Promise.all([
      approve(approver, version),
      approve(approver, version),
      approve(both, version),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await maxCopies()).toBe(5);
    const events = (await auditOf(stand.center.db)).filter(({ type }) => type === 'version-approved');
    expect(events.at(-1)!.fields).toMatchObject({ number: version.number, staffId: approver.staffId });
  });

  it('is approved as it was looked at, or not at all', async () => {
    const version = await proposed(copies(6));
    const looked = { ...version, digest: '0'.repeat(64) };
    expect((await approve(approver, looked)).status).toBe(409);
    const saved = await stand.call(editor, 'PUT', `/api/versions/${version.number}`, {
      revision: version.revision,
      profile: version.profile,
    });
    expect(saved.status).toBe(409);
    await expect(
      stand.center.db
        .updateTable('profile_version')
        .set({ profile: '{}' })
        .where('number', '=', version.number)
        .where('municipality', '=', HOME)
        .execute(),
    ).rejects.toThrow(/not edited/);
    expect(
      (
        await stand.call(approver, 'POST', `/api/versions/${version.number}/rejection`, {
          reason: 'まだ早い',
        })
      ).status,
    ).toBe(200);
    expect((await approve(approver, version)).status).toBe(409);
  });

  it('does not overwrite what somebody else had approved meanwhile', async () => {
    const [first, second] = [await proposed(copies(7)), await proposed(copies(8))];
    expect((await approve(approver, first)).status).toBe(200);
    const late = await approve(approver, second);
    expect([late.status, late.body['reason']]).toEqual([409, expect.stringMatching(/ほかの版が承認/)]);
    expect(await maxCopies()).toBe(7);
  });

  it('saved over a revision that is old is refused, and nothing is lost', async () => {
    const made = await draft();
    const save = (revision: number) =>
      stand.call(editor, 'PUT', `/api/versions/${made.number}`, { revision, profile: made.profile });
    const answers = await Promise.all([save(made.revision), save(made.revision)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('names every fault in Japanese by its place, and is not proposed with one', async () => {
    const made = await draft();
    const profile = structuredClone(made.profile) as Record<string, unknown>;
    const [kind] = profile['kinds'] as Record<string, unknown>[];
    kind!['layout'] = 'seal-registration-certificate.standard';
    kind!['maxCopies'] = 0;
    (profile['closedDays'] as unknown[]).push({ kind: 'date', on: '2027-02-30' });
    const saved = await stand.call(editor, 'PUT', `/api/versions/${made.number}`, {
      revision: made.revision,
      profile,
    });
    const faults = saved.body['faults'] as { path: string; reason: string }[];
    expect(faults.map(({ path }) => path)).toEqual(expect.arrayContaining(['kinds.0.maxCopies']));
    for (const { reason } of faults) expect(reason).toMatch(/[ぁ-んァ-ヶ一-龠]/);
    const { revision } = saved.body as { revision: number };
    const proposal = await stand.call(editor, 'POST', `/api/versions/${made.number}/proposal`, {
      revision,
      note: '',
    });
    expect(proposal.status).toBe(422);
  });

  it('does not rewrite a fee that people have paid already', async () => {
    const made = await draft();
    const profile = structuredClone(made.profile) as Record<string, unknown>;
    const [kind] = profile['kinds'] as { fees: { from: string; fee: number }[] }[];
    kind!.fees[0]!.fee += 50;
    const saved = await stand.call(editor, 'PUT', `/api/versions/${made.number}`, {
      revision: made.revision,
      profile,
    });
    expect(saved.body['faults']).toEqual([
      { path: 'kinds.0.fees', reason: expect.stringMatching(/すでに始まっている/) as string },
    ]);
    kind!.fees[0]!.fee -= 50;
    kind!.fees.push({ from: '2099-04-01', fee: 990 });
    const { revision } = saved.body as { revision: number };
    const again = await stand.call(editor, 'PUT', `/api/versions/${made.number}`, { revision, profile });
    expect(again.body['faults']).toEqual([]);
    expect(again.body['changes']).toEqual([
      expect.objectContaining({
        before: null,
        after: '990円',
        label: expect.stringMatching(/手数料（令和81年4月1日から）$/) as string,
      }),
    ]);
  });

  it('comes back as a draft, and one that does not count yet can be taken back', async () => {
    const early = await draft(1);
    const first = await look(1);
    expect(early.digest).toBe(first.digest);
    const version = await proposed(copies(9));
    const tomorrow = new Date(stand.deps.clock() + 24 * 60 * MINUTE_MS).toISOString();
    expect((await approve(approver, version, tomorrow)).status).toBe(200);
    const withdraw = (number: number) => stand.call(approver, 'POST', `/api/versions/${number}/withdrawal`);
    expect((await withdraw(version.number)).status).toBe(200);
    stand.center.advance(25 * 60 * MINUTE_MS);
    await signIn();
    expect(await maxCopies()).not.toBe(9);
    const { inForce } = (await stand.call(editor, 'GET', '/api/configuration')).body as { inForce: number };
    expect((await withdraw(inForce)).status).toBe(409);
  });

  it('of another municipality looks like one that does not exist', async () => {
    const stranger = await stand.staff(['editor', 'approver'], ELSEWHERE);
    for (const [method, url, body] of [
      ['GET', '/api/versions/NN'],
      ['PUT', '/api/versions/NN', { revision: 1, profile: {} }],
      ['POST', '/api/versions/NN/approval', { digest: '0'.repeat(64), effectiveAt: null }],
      ['POST', '/api/versions/NN/preview', { kind: 'resident-record-copy', sample: 'resident-record-copy' }],
    ] as const) {
      const [theirs, nobodys] = await Promise.all(
        ['3', '777'].map((number) => stand.call(stranger, method, url.replace('NN', number), body)),
      );
      expect([theirs!.status, theirs!.text]).toEqual([404, nobodys!.text]);
    }
  });
});

describe('seals', () => {
  it('are measured at the door, and the same file is the same asset', async () => {
    const bytes = readFileSync(`${templatesDirectory}/profiles/seals/992011.png`).toString('base64');
    const send = (given: string, kind = 'seal') =>
      stand.call(editor, 'POST', '/api/assets', { kind, bytes: given });
    const [one, two] = [await send(bytes), await send(bytes)];
    expect(one.body).toEqual(two.body);
    expect(one.body['name']).toMatch(/^992011-[0-9a-f]{16}\.png$/);
    const image = await stand.call(editor, 'GET', `/api/assets/${String(one.body['name'])}`);
    expect(image.bytes.toString('base64')).toBe(bytes);
    const picture = readFileSync(`${templatesDirectory}/../test/documents/goldens/${firstGolden()}`).toString(
      'base64',
    );
    expect((await send(picture)).body['reason']).toMatch(/1ビット|大きすぎ/);
    expect((await send(Buffer.from('no picture').toString('base64'))).body['reason']).toMatch(
      /PNGではありません/,
    );
    expect((await send(bytes, 'character-font')).body['reason']).toMatch(/フォント/);
  });
});

function firstGolden(): string {
  return 'family-register-address-copy.standard-1.png';
}

describe('a stop', () => {
  it('holds back the next offer and the certificate that was already offered, until it is lifted', async () => {
    await signIn();
    const kiosk = await stand.center.kiosk('store-stop');
    const card = await stand.center.cardOf('taro');
    const { session } = await visit(kiosk, card);
    const url = `/v1/sessions/${session.sessionId}`;
    const offer = async () => {
      const { body } = await kiosk.call('GET', `${url}/offer?municipality=${HOME}`);
      const kinds = body['kinds'] as { kind: string; status: string; notice?: string }[] | undefined;
      return (
        kinds?.find(({ kind }) => kind === 'resident-record-copy')?.notice ?? body['notice'] ?? 'offered'
      );
    };
    expect(await offer()).toBe('offered');
    const stop = (kind: string | null) =>
      stand.call(editor, 'POST', '/api/stops', { kind, reason: 'wrong-certificate' });
    expect((await stop('resident-record-copy')).status).toBe(200);
    expect((await stop('resident-record-copy')).status).toBe(409);
    expect(await offer()).toBe('SERV-07');
    expect((await stop(null)).status).toBe(200);
    expect((await kiosk.call('GET', `${url}/offer?municipality=${HOME}`)).body).toMatchObject({
      notice: 'SERV-07',
    });
    const { stops } = (await stand.call(editor, 'GET', '/api/configuration')).body as {
      stops: { id: number }[];
    };
    const stranger = await stand.staff(['approver'], ELSEWHERE);
    for (const { id } of stops) {
      expect((await stand.call(stranger, 'DELETE', `/api/stops/${id}`)).status).toBe(404);
      expect((await stand.call(editor, 'DELETE', `/api/stops/${id}`)).status).toBe(403);
      expect((await stand.call(approver, 'DELETE', `/api/stops/${id}`)).status).toBe(200);
    }
    expect(await offer()).toBe('offered');
  });

  it('of a channel of applications is a stop of its own, on record, and lifted like the others', async () => {
    await signIn();
    const stop = (kind: string) =>
      stand.call(editor, 'POST', '/api/stops', { kind, reason: 'operator-request' });
    expect((await stop('domicile-internet')).status).toBe(200);
    expect((await stop('domicile-internet')).status).toBe(409);
    expect((await stop('domicile-kiosk')).status).toBe(200);
    expect((await stop('domicile-post')).body).toMatchObject({ kind: 'faults' });
    const overview = (await stand.call(editor, 'GET', '/api/configuration')).body as {
      stops: { id: number; kind: string }[];
      kinds: { closed: string | null }[];
    };
    expect(overview.stops.map(({ kind }) => kind)).toEqual(['domicile-internet', 'domicile-kiosk']);
    expect(overview.kinds.map(({ closed }) => closed)).not.toContain('緊急停止中');
    for (const { id } of overview.stops)
      expect((await stand.call(approver, 'DELETE', `/api/stops/${id}`)).status).toBe(200);
    const kindsOf = (wanted: string, events: Awaited<ReturnType<typeof auditOf>>) =>
      events.filter(({ type }) => type === wanted).map(({ fields }) => fields.kind);
    const events = await auditOf(stand.center.db);
    expect(kindsOf('issuing-stopped', events).slice(-2)).toEqual(['domicile-internet', 'domicile-kiosk']);
    expect(kindsOf('stop-lifted', events).slice(-2)).toEqual(['domicile-internet', 'domicile-kiosk']);
  });
});

describe('a specimen', () => {
  it('is a PDF of a sample person, marked, and prints once at the kiosk that was named', async () => {
    await signIn();
    const { inForce } = (await stand.call(editor, 'GET', '/api/configuration')).body as { inForce: number };
    const wish = { kind: 'resident-record-copy', sample: 'resident-record-copy' };
    const preview = await stand.call(editor, 'POST', `/api/versions/${inForce}/preview`, wish);
    expect(preview.headers['content-type']).toBe('application/pdf');
    expect(preview.bytes.subarray(0, 5).toString()).toBe('%PDF-');

    const [kiosk, other] = [await stand.center.kiosk('store-test'), await stand.center.kiosk('store-other')];
    const asked = await stand.call(editor, 'POST', `/api/versions/${inForce}/test-issues`, {
      ...wish,
      kioskId: kiosk.id,
    });
    const id = asked.body['id'] as string;
    expect((await other.call('GET', '/v1/test-issues')).body).toEqual({ kind: 'test-issues', items: [] });
    expect((await other.call('POST', `/v1/test-issues/${id}/document`)).body).toEqual({ kind: 'not-there' });
    const { items } = (await kiosk.call('GET', '/v1/test-issues')).body as { items: { id: string }[] };
    expect(items.map((item) => item.id)).toEqual([id]);
    const fetched = await kiosk.call('POST', `/v1/test-issues/${id}/document`);
    expect(fetched.body).toMatchObject({ kind: 'specimen' });
    expect((await kiosk.call('POST', `/v1/test-issues/${id}/document`)).body).toEqual({ kind: 'not-there' });
    const end = (outcome: string) => kiosk.call('POST', `/v1/test-issues/${id}/outcome`, { outcome });
    expect((await end('printed')).body).toEqual({ kind: 'noted' });
    expect((await end('unknown')).body).toEqual({ kind: 'noted' });
    const { testIssues } = (await stand.call(editor, 'GET', '/api/test-issues')).body as {
      testIssues: { state: string }[];
    };
    expect(testIssues[0]!.state).toBe('printed');
    const rows = await stand.center.db.selectFrom('certificate').select('issue_number').execute();
    expect(rows).toEqual([]);
  });
});

describe('a municipality that has just joined', () => {
  it('begins with a draft whose faults say what is missing', async () => {
    const code = '131016' as MunicipalityCode;
    const joining = { municipality: code, prefecture: '東京都', name: '千代田区' };
    await stand.center.db.transaction().execute((tx) => joinMunicipality(tx, joining, stand.deps.clock()));
    await signIn(code);
    const { body } = await stand.call(editor, 'GET', '/api/configuration');
    expect(body).toMatchObject({
      inForce: null,
      kinds: [],
      versions: [],
      municipalityName: '東京都千代田区',
    });
    const made = (await draft()) as unknown as { faults: { path: string }[] };
    expect(new Set(made.faults.map(({ path }) => path.split('.')[0]))).toEqual(new Set(['head', 'seal']));
  });
});
