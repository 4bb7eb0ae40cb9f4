/** 監視, 交付の記録 and 誤交付: what the own municipality sees and does, and that nobody else sees any of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { raiseAlarm } from '#center/issuing/alarms.ts';
import type { IssueNumber } from '#templates/vocabulary.ts';
import { demoSeals } from '#simulators/municipality/seals.ts';
import { sendEvents } from '../feeding.ts';
import { TODAY, copyOf, visit, type Kiosk } from '../harness.ts';
import { ELSEWHERE, HOME, startConsole, type ConsoleHarness, type SignedIn } from './consoleHarness.ts';

let stand: ConsoleHarness;
let editor: SignedIn;
let approver: SignedIn;
let stranger: SignedIn;
let kiosk: Kiosk;
beforeAll(async () => {
  stand = await startConsole();
  editor = await stand.staff(['editor']);
  approver = await stand.staff(['approver']);
  stranger = await stand.staff(['editor', 'approver', 'administrator'], ELSEWHERE);
  kiosk = await stand.center.kiosk('store-watch');
});
afterAll(() => stand.close());

interface Made {
  readonly issueNumber: IssueNumber;
  readonly fee: number;
  readonly sheets: number;
}
async function make(kind = 'resident-record-copy'): Promise<Made> {
  const card = await stand.center.cardOf('taro');
  const { session } = await visit(kiosk, card);
  const url = `/v1/sessions/${session.sessionId}`;
  await kiosk.call('GET', `${url}/offer?municipality=${HOME}`);
  const certificate = {
    ...copyOf(),
    kind,
    extent: kind === 'seal-registration-certificate' ? 'self' : 'whole',
  };
  const { body } = await kiosk.call('POST', `${url}/certificates`, { requestId: randomUUID(), certificate });
  return JSON.parse((body['manifest'] as { payload: string }).payload) as Made;
}
const confirm = ({ issueNumber, fee, sheets }: Made, change: { paid?: number; sheets?: number } = {}) =>
  kiosk.call('POST', `/v1/certificates/${issueNumber}/confirmation`, { paid: fee, sheets, ...change });
const watch = async (who = editor) => (await stand.call(who, 'GET', '/api/watch')).body;

describe('the watch page', () => {
  it('counts three numbers apart and names each certificate on which they do not agree', async () => {
    await confirm(await make());
    const unpaid = await make();
    await confirm(unpaid, { paid: 0 });
    const open = await make();
    const body = await watch();
    expect(body['total']).toEqual({ made: 3, paid: 1, printed: 2, void: 0, open: 1 });
    expect(body['byKiosk']).toEqual([expect.objectContaining({ kioskId: 'store-watch', made: 3 })]);
    expect(body['exceptions']).toEqual([
      expect.objectContaining({
        issueNumber: unpaid.issueNumber,
        words: ['印刷されたが、手数料が納められていない'],
      }),
    ]);
    await kiosk.call('POST', `/v1/certificates/${open.issueNumber}/void`, {
      reason: 'cancelled',
      refunded: 0,
    });
    expect((await watch())['total']).toMatchObject({ void: 1, open: 0 });
  });

  it('tells how each register stands, and which kiosks are in trouble', async () => {
    const feeds = (await watch())['feeds'] as { register: string; state: string }[];
    expect(new Set(feeds.map(({ state }) => state))).toEqual(new Set(['fresh']));
    await kiosk.call('POST', '/v1/kiosk-status', {
      reader: 'ready',
      printer: 'fault',
      printerReasons: ['media-empty-error'],
      payment: 'ready',
      outOfService: 'PRNT-01',
      unsettled: 1,
      build: '0.1.0-abc',
      now: new Date(stand.deps.clock() + 5 * 60_000).toISOString(),
    });
    const [own] = (await watch())['kiosks'] as { kioskId: string; troubles: string[] }[];
    expect(own).toMatchObject({ kioskId: 'store-watch', build: '0.1.0-abc' });
    expect(own!.troubles).toEqual([
      '止まっています：いま、印刷ができません',
      '印刷できません（media-empty-error）',
      '終わっていない取り引きが1件あります',
      '時計がずれています',
    ]);
  });

  it('shows nothing of another municipality', async () => {
    const body = await watch(stranger);
    expect(body).toMatchObject({ total: { made: 0 }, exceptions: [], kiosks: [], alarms: [], refusals: [] });
  });
});

describe('an alarm', () => {
  const close = (who: SignedIn, id: number, output: string) =>
    stand.call(who, 'POST', `/api/alarms/${id}/closing`, { output });

  it('stays open through later successes until the first output is accounted for', async () => {
    const made = await make();
    const finding = { finding: 'holder' as const, issueNumber: made.issueNumber, municipality: HOME };
    await raiseAlarm(stand.center.db, kiosk.id, finding, stand.deps.clock());
    const [alarm] = (await watch())['alarms'] as { id: number; words: string }[];
    expect(alarm!.words).toMatch(/持ち主/);
    expect((await close(approver, alarm!.id, 'recovered')).status).toBe(409);
    expect((await close(editor, alarm!.id, 'recovered')).status).toBe(403);
    expect((await close(stranger, alarm!.id, 'recovered')).status).toBe(404);
    await confirm(made);
    const denied = await close(approver, alarm!.id, 'not-printed');
    expect([denied.status, denied.body['reason']]).toEqual([409, expect.stringMatching(/印刷された/)]);
    expect((await close(approver, alarm!.id, 'recovered')).status).toBe(200);
    expect((await close(approver, alarm!.id, 'recovered')).status).toBe(404);
    expect((await watch())['alarms']).toEqual([]);
  });

  it('is raised for what was made after a seal had been cancelled, when the word of it comes late', async () => {
    const before = stand.deps.clock();
    stand.center.advance(60_000);
    const late = await make('seal-registration-certificate');
    await confirm(late);
    const other = await make();
    await confirm(other);
    const seal = demoSeals(TODAY).find(({ residentId }) => residentId === 'taro')!;
    const row = { ...seal, status: 'cancelled', cancelledOn: TODAY };
    const door = { db: stand.center.db, canDraw: stand.center.canDraw, now: stand.deps.clock() };
    expect(
      await sendEvents(door, HOME, 'seal', [{ entity: 'seal', row: row as never }], before),
    ).toMatchObject({
      kind: 'entered',
    });
    const alarms = (await watch())['alarms'] as { id: number; issueNumber: string; words: string }[];
    expect(alarms).toEqual([
      expect.objectContaining({
        issueNumber: late.issueNumber,
        words: expect.stringMatching(/あとに作られた/) as string,
      }),
    ]);
    expect((await close(approver, alarms[0]!.id, 'recovered')).status).toBe(200);
  });
});

describe('the issue record', () => {
  it('finds by number, day and state, shows a life, and withdraws once', async () => {
    const made = await make();
    await confirm(made);
    const list = await stand.call(
      editor,
      'GET',
      `/api/issued?number=${made.issueNumber.slice(0, 9)}&state=printed`,
    );
    expect((list.body['certificates'] as object[]).length).toBe(1);
    const url = `/api/issued/${made.issueNumber}`;
    expect((await stand.call(editor, 'GET', url)).body).toMatchObject({
      state: 'printed',
      withdrawn: false,
      exceptions: [],
    });
    const withdraw = (who: SignedIn) =>
      stand.call(who, 'POST', `${url}/withdrawal`, { reason: 'wrong-content' });
    expect((await withdraw(stranger)).status).toBe(404);
    expect((await withdraw(editor)).status).toBe(200);
    expect((await withdraw(editor)).status).toBe(409);
    expect((await stand.call(editor, 'GET', url)).body).toMatchObject({ withdrawn: true });
    const unknown = await stand.call(stranger, 'GET', '/api/issued/0000-0000-0000-0000');
    expect((await stand.call(stranger, 'GET', url)).text).toBe(unknown.text);
    expect(list.text).not.toMatch(/見本　太郎|渡辺/);
  });
});

describe('a wrong certificate', () => {
  it('is a case that goes through every step and is closed by a second person', async () => {
    const [wrong, neighbour] = [await make(), await make()];
    await confirm(wrong);
    await confirm(neighbour);
    const report = {
      reportedBy: 'store',
      happenedAt: new Date(stand.deps.clock()).toISOString(),
      kioskId: kiosk.id,
      issueNumber: null,
    };
    const opened = await stand.call(editor, 'POST', '/api/cases', report);
    const url = `/api/cases/${String(opened.body['id'])}`;
    expect((await watch())['openCases']).toEqual([expect.objectContaining({ number: 1 })]);
    const look = async () => (await stand.call(approver, 'GET', url)).body;
    const nearby = (await look())['nearby'] as { issueNumber: string }[];
    expect(nearby.map(({ issueNumber }) => issueNumber)).toEqual(
      expect.arrayContaining([wrong.issueNumber, neighbour.issueNumber]),
    );
    const named = await stand.call(editor, 'PUT', `${url}/certificate`, { issueNumber: wrong.issueNumber });
    expect(named.status).toBe(200);
    const step = (name: string, value: string) =>
      stand.call(editor, 'POST', `${url}/steps`, { step: name, value });
    expect((await step('paper', 'read')).status).toBe(422);
    for (const [name, value] of [
      ['stop', 'all'],
      ['paper', 'sealed'],
      ['output', 'wrong-holder'],
      ['cause', 'printer'],
      ['told', 'resident'],
    ] as const) {
      expect((await step(name, value)).status).toBe(200);
    }
    const close = (who: SignedIn) => stand.call(who, 'POST', `${url}/closing`);
    expect((await close(editor)).body['reason']).toMatch(/別の人/);
    expect((await close(approver)).body['reason']).toMatch(/証明書を無効にする、個人情報保護委員会/);
    await stand.call(editor, 'POST', `/api/issued/${wrong.issueNumber}/withdrawal`, {
      reason: 'wrong-person',
    });
    await step('told', 'privacy-commission');
    expect((await look())['missing']).toEqual([]);
    expect((await close(stranger)).status).toBe(404);
    expect((await close(approver)).status).toBe(200);
    expect((await step('told', 'store')).status).toBe(409);
    expect((await watch())['openCases']).toEqual([]);
  });
});
