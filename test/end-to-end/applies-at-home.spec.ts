/**
 * The same application on the internet: the center's page in one window, the home agent's in another, the virtual card on the
 * real PC/SC service between them. Then the officer, the clock, and the 戸籍 at the kiosk.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import { test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { HOME_AGENT_ORIGIN } from '#center/contract/homeAgent.ts';
import { acceptAt, officeDesk, refuseAt, passwordOf, signInToPlaces } from './applySteps.ts';
import { expect, kioskOfThisFile, type Screen } from './kiosk.ts';
import { choose, order, pinOf, say, settledRecords, wordsOf } from './visitSteps.ts';

const kiosk = kioskOfThisFile();
test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ viewport: { width: 1280, height: 900 }, hasTouch: false });

interface Applicant {
  readonly card: string;
  readonly birth: string;
  /** by the labels of the form */
  readonly stated: Readonly<Record<string, string>>;
}
const TELEPHONE = { 電話番号: '090-1234-5678' };
/** Lives in みほん市, 本籍 in ためし市. */
const KINOKO: Applicant = {
  card: 'moved-in-yesterday',
  birth: '平成8年2月2日',
  stated: {
    本籍: '例示八丁目8番地',
    筆頭者の氏名: '例示 昨日子',
    ご自分の氏名のふりがな: 'れいじ きのこ',
    ...TELEPHONE,
  },
};
/** Has the 本籍 in みほん市 and looks for it in ためし市. */
const MAMORU: Applicant = {
  card: 'one-person-household',
  birth: '1968/2/29',
  stated: {
    本籍: '本町一丁目1番地',
    筆頭者の氏名: '栁 守',
    ご自分の氏名のふりがな: 'ヤナギ マモル',
    ...TELEPHONE,
  },
};
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

let agent: ChildProcess | null = null;
const said: string[] = [];
let number = '';
let refused = '';
const complaints: string[] = [];

/** As a resident starts it, with nothing but the site that may ask. */
function startAgent(): void {
  const { origin } = new URL(kiosk().stack.verifyUrl());
  const started = spawn(process.execPath, ['--import', 'tsx', 'kiosk-agent/home/main.ts'], {
    env: { ...process.env, APPLY_URL: origin },
  });
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (text: Buffer) => said.push(text.toString()));
  agent = started;
}
async function stopAgent(): Promise<void> {
  const stopping = agent;
  agent = null;
  if (!stopping) return;
  const ended = new Promise((done) => stopping.once('exit', done));
  stopping.kill('SIGTERM');
  await ended;
}
test.afterAll(stopAgent);
test.afterEach(() => expect(complaints.splice(0)).toEqual([]));

async function isClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
const shows = (page: Page, heading: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** A fault of a page; that nobody answers while the agent is not there is none. */
function listenTo(page: Page): void {
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('ERR_CONNECTION_REFUSED'))
      complaints.push(message.text());
  });
}

/** The page -> what will be signed, everything filled in. */
async function fill(page: Page, { stated }: Applicant): Promise<void> {
  listenTo(page);
  await page.goto(new URL('/apply', kiosk().stack.verifyUrl()).href);
  await shows(page, /本籍地の戸籍の証明書を/);
  await isClean(page);
  await page.getByRole('button', { name: /^申請をはじめる/ }).click();
  await shows(page, '本籍は、どの市区町村にありますか');
  await page.getByLabel(/市区町村の名前/).fill('ためし');
  await isClean(page);
  await press(page, '架空県ためし市');
  await shows(page, '架空県ためし市への申請');
  await press(page, '内容をたしかめる');
  await expect(page.getByRole('alert')).toContainText('なおすところが4つあります');
  await isClean(page);
  for (const [label, text] of Object.entries(stated))
    await page.getByLabel(label, { exact: true }).fill(text);
  await press(page, '内容をたしかめる');
  await shows(page, 'この内容で申請します。よろしいですか');
}

/** Both signatures, on the agent's own page. */
async function signOn(consent: Page, { card, stated }: Applicant): Promise<void> {
  listenTo(consent);
  expect(new URL(consent.url()).origin).toBe(HOME_AGENT_ORIGIN);
  await shows(consent, 'この申請に署名しますか');
  await expect(consent.getByText(new URL(kiosk().stack.verifyUrl()).origin)).toBeVisible();
  await press(consent, '確認して、カードへ進む');
  await kiosk().stack.shelf.insert(card);
  await shows(consent, '署名用のパスワードを入れてください');
  await isClean(consent);
  await consent.locator('input').first().fill(passwordOf(card).toLowerCase());
  await consent.locator('form button[type=submit]').click();
  await shows(consent, 'この内容に署名します');
  await isClean(consent);
  await expect(consent.getByText(stated['本籍']!).first()).toBeVisible();
  await press(consent, '確認して、署名へ進む');
  await shows(consent, '利用者証明用の暗証番号を入れてください');
  await consent.locator('input').first().fill(pinOf(card));
  await consent.locator('form button[type=submit]').click();
  await shows(consent, '署名が終わりました');
}
const numberOn = async (page: Page): Promise<string> =>
  (await page.locator('.application-number strong').innerText()).trim();
/** The page -> what it says of the application with this number and birth date. */
async function askStatus(page: Page, asked: string, birth: string): Promise<void> {
  await page.goto(new URL('/apply', kiosk().stack.verifyUrl()).href);
  await page.getByRole('button', { name: /^申請の状況をみる/ }).click();
  await page.getByLabel('申請番号').fill(asked.toLowerCase());
  await page.getByLabel('生年月日').fill(birth);
  await press(page, '状況をみる');
}
async function opened(context: BrowserContext, touch: () => Promise<void>): Promise<Page> {
  const opening = context.waitForEvent('page');
  await touch();
  return opening;
}

test('an applicant without the program is told how to start it, says no once, then signs and gets number and sheet', async ({
  page,
  context,
}) => {
  await fill(page, KINOKO);
  await expect(page.getByText('署名のプログラムが、動いていません')).toBeVisible();
  await expect(page.getByRole('button', { name: '署名へ進む' })).toBeDisabled();
  await isClean(page);
  startAgent();
  await expect(page.getByRole('button', { name: '署名へ進む' })).toBeEnabled();

  const first = await opened(context, () => press(page, '署名へ進む'));
  await shows(first, 'この申請に署名しますか');
  await press(first, '署名をやめる');
  await shows(page, 'この内容で申請します。よろしいですか');
  await first.close();

  const consent = await opened(context, () => press(page, '署名へ進む'));
  await signOn(consent, KINOKO);
  await shows(page, '申請を受け付けました');
  await isClean(page);
  number = await numberOn(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /申請の控え/ }).click();
  const sheet = await (await download).createReadStream();
  const bytes: Buffer[] = [];
  for await (const part of sheet) bytes.push(part as Buffer);
  const words = wordsOf(Buffer.concat(bytes)).replaceAll(/\s/g, '');
  for (const word of [number, 'ためし市', '利用登録']) expect(words).toContain(word);
  await kiosk().stack.shelf.remove();

  const [row, ...more] = await kiosk()
    .stack.db.selectFrom('domicile_application')
    .select(['number', 'channel', 'state'])
    .execute();
  expect([row, more]).toEqual([{ number, channel: 'internet', state: 'received' }, []]);
  expect(page.url()).not.toContain('%');
  const { card } = KINOKO;
  for (const secret of [passwordOf(card), passwordOf(card).toLowerCase(), '昨日子', '例示八丁目'])
    expect(said.join('')).not.toContain(secret);
});

test('another applies for the wrong place; the status is found with number and birth date, and told to nobody else', async ({
  page,
  context,
}) => {
  await fill(page, MAMORU);
  await expect(page.getByRole('button', { name: '署名へ進む' })).toBeEnabled();
  const consent = await opened(context, () => press(page, '署名へ進む'));
  await signOn(consent, MAMORU);
  await shows(page, '申請を受け付けました');
  refused = await numberOn(page);
  await kiosk().stack.shelf.remove();

  await askStatus(page, number, '平成8年2月3日');
  await shows(page, '申請がみつかりません');
  await isClean(page);
  await askStatus(page, number, KINOKO.birth);
  await shows(page, '受け付けました');
  await expect(page.getByText('架空県ためし市')).toBeVisible();
  await isClean(page);
});

test('one is accepted by the officers; the other is refused and reads why', async ({ page, browser }) => {
  const desk = await officeDesk(kiosk(), browser, number);
  await acceptAt(desk);
  await desk.close();

  const other = await officeDesk(kiosk(), browser, refused);
  await refuseAt(other);
  await other.close();

  listenTo(page);
  await askStatus(page, refused, MAMORU.birth);
  await shows(page, '登録できません');
  await expect(page.getByText('理由', { exact: true })).toBeVisible();
  await isClean(page);
});

/** The kiosk's panel, in a window of its own: the page of the internet has none to touch. */
async function atKiosk(browser: Browser, act: (screen: Screen) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1080, height: 1920 },
    hasTouch: true,
    locale: 'ja-JP',
  });
  await act(await kiosk().open(await context.newPage()));
  await context.close();
}
const openDomicile = (screen: Screen) =>
  screen.touch(new RegExp(`^${say['municipality.registered-domicile']}`));

test('days later the same card gets its 戸籍 at the kiosk; renewed, it is told to register again, and so is the page', async ({
  page,
  browser,
}) => {
  await stopAgent();
  await page.close();
  await kiosk().later('2026-11-26T10:00:00+09:00');
  await atKiosk(browser, async (screen) => {
    await signInToPlaces(kiosk(), screen, KINOKO.card);
    await openDomicile(screen);
    await screen.shows(say['kind.heading']);
    await choose(screen, { kind: 'family-register-full' });
    await order(kiosk(), screen);
    kiosk().stack.payment.mechanism.payRest();
    await screen.shows(say['collecting.headingNoChange']);
    const [record] = await settledRecords(kiosk().stack, 1);
    expect(record).toMatchObject({ kind: 'family-register-full', state: 'printed', paid: 350 });
  });
  kiosk().stack.shelf.renew(KINOKO.card);
  await kiosk().later('2026-11-27T10:00:00+09:00');
  await atKiosk(browser, async (screen) => {
    await signInToPlaces(kiosk(), screen, KINOKO.card);
    await openDomicile(screen);
    await screen.tells('APPL-06');
  });
  const after = await browser.newPage({ locale: 'ja-JP' });
  listenTo(after);
  await askStatus(after, number, KINOKO.birth);
  await shows(after, 'もう一度、利用登録が必要です');
  await after.close();
});
