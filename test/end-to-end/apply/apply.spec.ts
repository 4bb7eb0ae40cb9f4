/** The page of the 利用登録 on the internet: every step, every way it can go wrong, and where each of them leads. */
import { test } from '@playwright/test';
import { liftStop, stopIssuing } from '#center/configuration/stops.ts';
import { HOME_AGENT_ORIGIN } from '#center/contract/homeAgent.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import {
  AFTERNOON,
  applicantIn,
  expect,
  openApplyStand,
  OPEN,
  type Applicant,
  type ApplyStand,
} from './applyStand.ts';

let stand: ApplyStand;
let one: Applicant;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  stand = await openApplyStand();
});
test.afterAll(() => stand.close());
test.beforeEach(async ({ context }) => {
  one = await applicantIn(context, stand);
});
test.afterEach(() => expect(one.complaints).toEqual([]));

const STATED = {
  本籍: '例示八丁目8番地',
  筆頭者の氏名: '例示 花子',
  ご自分の氏名のふりがな: 'ﾚｲｼﾞ はなこ',
  電話番号: '０９０-1234-5678',
};
const REVIEW = 'この内容で申請します。よろしいですか';
const SIGNING = '署名の画面で、続けてください';
const BACK = '前の画面にもどる';

async function toPlaces(): Promise<void> {
  await one.press(/^申請をはじめる/);
  await one.shows('本籍は、どの市区町村にありますか');
}
async function toForm(): Promise<void> {
  await toPlaces();
  await one.press(OPEN.name);
  await one.shows(`${OPEN.name}への申請`);
}
async function toReview(): Promise<void> {
  await toForm();
  for (const [label, text] of Object.entries(STATED))
    await one.page.getByLabel(label, { exact: true }).fill(text);
  await one.press('内容をたしかめる');
  await one.shows(REVIEW);
}
/** Review -> the agent has the request; its window is closed, the page waits for what comes of it. */
async function toSigning(): Promise<void> {
  const opening = one.page.context().waitForEvent('page');
  await one.press('署名へ進む');
  const consent = await opening;
  await expect(consent.getByRole('heading')).toHaveText('署名の画面');
  expect(consent.url()).toMatch(new RegExp(`^${HOME_AGENT_ORIGIN}/consent/[0-9a-f]{32}$`));
  expect(await consent.evaluate('window.opener')).toBeNull();
  await consent.close();
  await one.shows(SIGNING);
}
/** What was typed is there after a refusal, as it was typed. */
async function keepsWhatWasTyped(): Promise<void> {
  await one.press('書きなおす');
  for (const [label, text] of Object.entries(STATED))
    await expect(one.page.getByLabel(label, { exact: true })).toHaveValue(text);
}
/** The page -> an application that was received; its number. */
async function applies(): Promise<string> {
  await toReview();
  await toSigning();
  one.agent.sign(await stand.card());
  await one.shows('申請を受け付けました');
  return one.page.locator('.application-number strong').innerText();
}
async function asksStatus(number: string, birth: string): Promise<void> {
  await one.page.getByLabel('申請番号').fill(number);
  await one.page.getByLabel('生年月日').fill(birth);
  await one.press('状況をみる');
}
const applicationsIn = () => stand.center.db.selectFrom('domicile_application').select('number').execute();

test('every step up to number and sheet, with nothing lost on the way and nothing kept in the browser', async () => {
  await one.isSound();
  await toPlaces();
  await one.isSound();
  await one.page.getByLabel(/読みがな/).fill('タメシ');
  await expect(one.page.getByRole('button', { name: AFTERNOON.name })).toHaveCount(0);
  await one.press(OPEN.name);
  await one.shows(`${OPEN.name}への申請`);
  await one.isSound();
  await one.press('内容をたしかめる');
  const faults = one.page.getByRole('alert');
  await expect(faults).toContainText('なおすところが4つあります');
  await expect(faults).toBeFocused();
  await expect(one.page.getByLabel('電話番号')).toHaveAccessibleDescription(/10けたか11けた/);
  await faults.getByRole('link', { name: '筆頭者の氏名' }).click();
  await expect(one.page.getByLabel('筆頭者の氏名')).toBeFocused();
  await one.isSound();
  await expect(one.page.locator('#towns option[value="試町"]')).toHaveCount(1);
  for (const [label, text] of Object.entries(STATED))
    await one.page.getByLabel(label, { exact: true }).fill(text);
  await one.page.getByLabel(/カードの正しい文字/).check();
  await one.press('内容をたしかめる');
  await one.shows(REVIEW);
  for (const words of [`${OPEN.name}　例示八丁目8番地`, '例示　花子', 'レイジ　ハナコ', '09012345678'])
    await expect(one.page.getByText(words, { exact: true })).toBeVisible();
  await one.isSound();
  await toSigning();
  await one.isSound();
  expect(one.agent.requests).toHaveLength(1);
  expect(one.agent.requests[0]).toMatchObject({
    municipality: OPEN.code,
    municipalityName: OPEN.name,
    cardText: true,
    statement: { domicile: '例示八丁目8番地', furigana: 'レイジ　ハナコ', telephone: '09012345678' },
  });
  one.agent.sign(await stand.card());
  await one.shows('申請を受け付けました');
  await one.isSound();
  await expect(one.page.locator('.application-number')).toContainText(/[0-9A-Z]{4}(-[0-9A-Z]{4}){2}/);
  await expect(one.page.getByText(/令和8年11月30日までに/)).toBeVisible();
  const downloading = one.page.waitForEvent('download');
  await one.page.getByRole('link', { name: /申請の控え/ }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^利用登録申請書-.*\.pdf$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await one.page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([
    0,
    0,
    '',
  ]);
});

test('where the program does not run, the page says how to start it, and sees the program, the reader and the card come', async () => {
  one.agent.reader = null;
  await toReview();
  const next = one.page.getByRole('button', { name: '署名へ進む' });
  await expect(one.page.getByText('署名のプログラムが、動いていません')).toBeVisible();
  await expect(one.page.getByText(`APPLY_URL=${stand.origin} npm run home-agent`)).toBeVisible();
  await expect(next).toBeDisabled();
  await one.isSound();
  const seen = {
    unavailable: 'カードリーダーが、みつかりません',
    empty: 'カードリーダーの用意ができました',
    present: 'カードの用意ができました',
  };
  for (const [reader, words] of Object.entries(seen)) {
    one.agent.reader = reader as keyof typeof seen;
    await expect(one.page.locator('#agent')).toContainText(words);
  }
  await expect(next).toBeEnabled();
  one.agent.reader = null;
  await expect(next).toBeDisabled();
});

test('who says no to the signature is back at the review; who gives up tells the agent', async () => {
  await toReview();
  await toSigning();
  one.agent.answer = { kind: 'cancelled' };
  await one.shows(REVIEW);
  one.agent.answer = { kind: 'waiting' };
  await toSigning();
  await one.press('署名をやめる');
  await one.shows(REVIEW);
  await expect.poll(() => one.agent.dropped).toHaveLength(1);
  await keepsWhatWasTyped();
  expect(one.agent.requests).toHaveLength(2);
});

test('what card or reader refuse is told in words for a computer at home', async () => {
  await toReview();
  await toSigning();
  one.agent.answer = { kind: 'refused', notice: 'CARD-10' as never };
  await one.shows('カードリーダーが使えません');
  await expect(one.page.getByRole('alert')).toContainText('申請は送られていません');
  await expect(one.page.locator('main')).not.toContainText('店員');
  await one.isSound();
  await one.press(BACK);
  await one.shows(REVIEW);
  one.agent.answer = { kind: 'waiting' };
  await toSigning();
  one.agent.answer = { kind: 'refused', notice: 'SIGN-02' as never };
  await one.shows('署名用のパスワードがロックされています');
  await one.press(BACK);
  await keepsWhatWasTyped();
});

test('a request the agent does not know any more, and one whose challenge is over, are to be signed again', async () => {
  await one.page.clock.install();
  await toReview();
  await toSigning();
  one.agent.answer = { kind: 'gone' };
  await one.page.clock.runFor(2_000);
  await one.shows('申請の時間が過ぎました');
  await one.isSound();
  await one.press(BACK);
  one.agent.answer = { kind: 'waiting' };
  await one.page.clock.runFor(2_000);
  await toSigning();
  await one.page.clock.fastForward(one.agent.requests[1]!.lifetimeMs + 1_000);
  await one.shows('申請の時間が過ぎました');
  expect(await one.page.getByText('APPL-09').count()).toBe(1);
});

test('an agent that is stopped while it is waited for leads back, without anything sent', async () => {
  await toReview();
  await toSigning();
  one.agent.reader = null;
  await one.shows('署名のプログラムとつながりません');
  await one.isSound();
  await one.press(BACK);
  await keepsWhatWasTyped();
});

test('a browser that opens no window shows a link to the same place', async () => {
  await one.page.evaluate('window.open = () => null');
  await toReview();
  await one.press('署名へ進む');
  await one.shows(SIGNING);
  const opening = one.page.context().waitForEvent('page');
  await one.page.getByRole('link', { name: '署名の画面をひらく' }).click();
  await expect((await opening).getByRole('heading')).toHaveText('署名の画面');
});

test('a municipality that takes none now says why and until when; one stopped on the way takes nothing', async () => {
  await toPlaces();
  const closed = one.page.getByRole('listitem').filter({ hasText: AFTERNOON.name });
  await expect(closed).toContainText('いまは利用登録の申請を受け付けていません');
  await expect(closed).toContainText('13:00から受け付けます');
  await expect(closed.getByRole('button')).toHaveCount(0);
  await one.press('はじめにもどる');
  await toReview();
  const { db, deps } = stand.center;
  const municipality = OPEN.code as MunicipalityCode;
  const stop = { municipality, kind: 'domicile-internet', reason: 'other' as const, staffId: 'operator' };
  await stopIssuing(db, stop, deps.clock());
  await one.press('署名へ進む');
  await one.shows('いまは利用登録の申請を受け付けていません');
  await one.isSound();
  expect(one.agent.requests).toEqual([]);
  const { id } = await db.selectFrom('service_stop').select('id').executeTakeFirstOrThrow();
  await liftStop(db, municipality, id, 'operator', deps.clock());
  await one.press(BACK);
  await toSigning();
});

test('what was altered after the signature is refused by the center, and enters nothing', async () => {
  const before = await applicationsIn();
  await toReview();
  await toSigning();
  one.agent.sign(await stand.card(), (application) => {
    const possession = Buffer.from(application.possession, 'base64');
    possession[possession.length - 1]! ^= 1;
    return { ...application, possession: possession.toString('base64') };
  });
  await one.shows('申請の内容を確認できませんでした');
  await one.isSound();
  await one.press(BACK);
  await keepsWhatWasTyped();
  expect(await applicationsIn()).toEqual(before);
});

test('an answer of the center that is lost is not known, sent once only, and told by the next application', async () => {
  const before = await applicationsIn();
  const card = await stand.card();
  const sent: string[] = [];
  await one.page.route('**/api/apply/applications', async (route) => {
    sent.push(route.request().url());
    await route.fetch();
    await route.abort('connectionreset');
  });
  await toReview();
  await toSigning();
  one.agent.sign(card);
  await one.shows('申請が届いたか、確認できませんでした');
  await expect(one.page.getByRole('alert')).toContainText('受け付けられているかもしれません');
  await one.isSound();
  expect(sent).toHaveLength(1);
  expect(await applicationsIn()).toHaveLength(before.length + 1);
  await one.page.unroute('**/api/apply/applications');
  one.agent.answer = { kind: 'waiting' };
  await one.press('もう一度申請する');
  await one.press(OPEN.name);
  await one.press('内容をたしかめる');
  await one.shows(REVIEW);
  await toSigning();
  one.agent.sign(card);
  await one.shows('申請はもう受け付けられています');
  expect(await applicationsIn()).toHaveLength(before.length + 1);
});

test('a center that cannot be reached leads back to where one was', async () => {
  await one.page.route('**/api/apply/municipalities', (route) => route.abort('connectionrefused'));
  await one.press(/^申請をはじめる/);
  await one.shows('交付センターとつながりません');
  await expect(one.page.getByRole('alert')).toContainText('申請は送られていません');
  await one.isSound();
  await one.page.unroute('**/api/apply/municipalities');
  await one.press(BACK);
  await toForm();
});

test('the status: told to who has number and birth date, to nobody else, and not without end', async () => {
  const number = await applies();
  await one.press('はじめにもどる');
  await one.press(/^申請の状況をみる/);
  await one.shows('申請の状況をみる');
  await asksStatus('ABC', '1983/13/2');
  await expect(one.page.getByRole('alert')).toHaveCount(2);
  await one.isSound();
  await asksStatus(number, '昭和58年7月3日');
  await one.shows('申請がみつかりません');
  await one.isSound();
  await one.press(BACK);
  await expect(one.page.getByLabel('申請番号')).toHaveValue(number);
  await asksStatus(number.toLowerCase().replaceAll('-', ' '), '昭和58年7月2日');
  await one.shows('受け付けました');
  for (const words of [number, OPEN.name, '令和8年11月30日まで'])
    await expect(one.page.getByText(words, { exact: true })).toBeVisible();
  await one.isSound();
  await one.press('はじめにもどる');
  await one.press(/^申請の状況をみる/);
  // nobody may think that the application has not arrived
  await one.page.route('**/api/apply/status', (route) => route.abort('connectionrefused'));
  await asksStatus(number, '昭和58年7月2日');
  await one.shows('交付センターとつながりません');
  await expect(one.page.getByRole('alert')).toHaveText(/^申請の状況をしらべられませんでした/);
  await one.page.unroute('**/api/apply/status');
  await one.press(BACK);
  // from the same address, as often as a minute allows
  await exhaust('/api/apply/status', { applicationNumber: '0000-0000-0000', birthDate: '1983-07-02' });
  await asksStatus(number, '昭和58年7月2日');
  await one.shows('しばらく待ってください');
  await one.isSound();
});

/** Asks until it is answered that it was asked too often. */
async function exhaust(path: string, body: object): Promise<void> {
  for (let asked = 0; asked < 20; asked += 1) {
    const { status } = await fetch(`${stand.origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': one.address },
      body: JSON.stringify(body),
    });
    if (status === 429) return;
  }
  throw new Error(`${path} has no limit`);
}

test('the page may talk to its center and the home agent, and to nobody else; the other page to no agent', async () => {
  const violated = (url: string) =>
    one.page.evaluate(`new Promise((told) => {
      addEventListener('securitypolicyviolation', (event) => told(event.violatedDirective), { once: true });
      fetch('${url}').then(() => told('reached'), () => undefined);
    })`);
  expect(await violated(`${HOME_AGENT_ORIGIN}/hello`)).toBe('reached');
  expect(await violated('http://127.0.0.1:8793/hello')).toBe('connect-src');
  const complaints = one.complaints as string[];
  expect(complaints.splice(0).every((words) => words.includes('8793'))).toBe(true);
  const policyOf = async (path: string) =>
    (await fetch(`${stand.origin}${path}`)).headers.get('content-security-policy');
  expect(await policyOf('/apply/')).toContain(`connect-src 'self' ${HOME_AGENT_ORIGIN};`);
  expect(await policyOf('/')).not.toContain('8792');
});
