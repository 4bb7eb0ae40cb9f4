/**
 * The same application on the internet: the center's page in one window, the home agent's in another, the virtual card on the
 * real PC/SC service between them. Then the officer, the clock, and the 戸籍 at the kiosk.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import { test, type BrowserContext, type Page } from '@playwright/test';
import { HOME_AGENT_ORIGIN } from '#center/contract/homeAgent.ts';
import { officeDesk, passwordOf, signInToPlaces } from './applySteps.ts';
import { expect, kioskOfThisFile } from './kiosk.ts';
import { buttonOf, pinOf, say, wordsOf } from './visitSteps.ts';

const kiosk = kioskOfThisFile();
test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ viewport: { width: 1280, height: 900 }, hasTouch: false });

/** Lives in みほん市, 本籍 in ためし市. */
const APPLICANT = 'moved-in-yesterday';
const STATED = {
  本籍: '例示八丁目8番地',
  筆頭者の氏名: '例示 昨日子',
  ご自分の氏名のふりがな: 'れいじ きのこ',
  電話番号: '090-1234-5678',
};
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

let agent: ChildProcess | null = null;
const said: string[] = [];
let number = '';
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
async function fill(page: Page): Promise<void> {
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
  for (const [label, text] of Object.entries(STATED))
    await page.getByLabel(label, { exact: true }).fill(text);
  await press(page, '内容をたしかめる');
  await shows(page, 'この内容で申請します。よろしいですか');
}

/** Both signatures on the agent's own page, as far as `last`. */
async function signOn(consent: Page): Promise<void> {
  listenTo(consent);
  expect(new URL(consent.url()).origin).toBe(HOME_AGENT_ORIGIN);
  await shows(consent, 'この申請に署名しますか');
  await expect(consent.getByText(new URL(kiosk().stack.verifyUrl()).origin)).toBeVisible();
  await press(consent, '確認して、カードへ進む');
  await kiosk().stack.shelf.insert(APPLICANT);
  await shows(consent, '署名用のパスワードを入れてください');
  await isClean(consent);
  await consent.locator('input').first().fill(passwordOf(APPLICANT).toLowerCase());
  await consent.locator('form button[type=submit]').click();
  await shows(consent, 'この内容に署名します');
  await isClean(consent);
  await expect(consent.getByText('例示　昨日子').first()).toBeVisible();
  await press(consent, '確認して、署名へ進む');
  await shows(consent, '利用者証明用の暗証番号を入れてください');
  await consent.locator('input').first().fill(pinOf(APPLICANT));
  await consent.locator('form button[type=submit]').click();
  await shows(consent, '署名が終わりました');
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
  await fill(page);
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
  await signOn(consent);
  await shows(page, '申請を受け付けました');
  await isClean(page);
  number = (await page.locator('.application-number strong').innerText()).trim();
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
  for (const secret of [passwordOf(APPLICANT), passwordOf(APPLICANT).toLowerCase(), '昨日子', '例示八丁目'])
    expect(said.join('')).not.toContain(secret);
});

test('the status on the page: found with number and birth date, told to nobody else', async ({ page }) => {
  listenTo(page);
  const ask = async (birth: string): Promise<void> => {
    await page.goto(new URL('/apply', kiosk().stack.verifyUrl()).href);
    await page.getByRole('button', { name: /^申請の状況をみる/ }).click();
    await page.getByLabel('申請番号').fill(number.toLowerCase());
    await page.getByLabel('生年月日').fill(birth);
    await press(page, '状況をみる');
  };
  await ask('平成8年2月3日');
  await shows(page, '申請がみつかりません');
  await isClean(page);
  await ask('平成8年2月2日');
  await shows(page, '受け付けました');
  await expect(page.getByText('架空県ためし市')).toBeVisible();
  await isClean(page);
});

test('accepted by the officer, and days later the kiosk offers the 戸籍 to the same card', async ({
  page,
  browser,
}) => {
  const desk = await officeDesk(kiosk(), browser, number);
  await desk.page.getByRole('button', { name: 'この人で登録する' }).click();
  const dialog = desk.page.getByRole('dialog');
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await dialog.getByRole('button', { name: '登録する' }).click();
  await expect(desk.page.getByText('登録した', { exact: true }).first()).toBeVisible();
  await desk.close();
  await stopAgent();
  await kiosk().later('2026-11-26T10:00:00+09:00');
  await page.close();
  const context = await browser.newContext({
    viewport: { width: 1080, height: 1920 },
    hasTouch: true,
    locale: 'ja-JP',
  });
  const screen = await kiosk().open(await context.newPage());
  await signInToPlaces(kiosk(), screen, APPLICANT);
  await screen.touch(new RegExp(`^${say['municipality.registered-domicile']}`));
  await screen.shows(say['kind.heading']);
  await expect(screen.button(buttonOf('family-register-full'))).toContainText('350円');
  await context.close();
});
