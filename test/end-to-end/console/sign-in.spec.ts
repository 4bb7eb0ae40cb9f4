/** Signing in as staff does: an invitation, a passkey of the browser's own authenticator, codes, locks, the end of a session. */
import { test, type Browser, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { PASSWORD } from '../../center/console/consoleHarness.ts';
import { expect, expectAccessible, openStand, type ConsoleStand } from './consoleStand.ts';

let stand: ConsoleStand;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  stand = await openStand();
});
test.afterAll(() => stand.close());

const MINUTE_MS = 60_000;

/** A window with a security key in the machine: it verifies its holder by itself, as a fingerprint does. */
async function withAuthenticator(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ja-JP' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return page;
}

async function invited(login: string): Promise<string> {
  const administrator = await stand.staff(['administrator']);
  const invitation = { login, displayName: '招かれた人', roles: ['viewer'] };
  const { body } = await stand.call(administrator, 'POST', '/api/staff', invitation);
  return String(body['link']);
}

async function choosePassword(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await page.getByLabel('パスワード（もう一度）').fill(PASSWORD);
  await page.getByRole('button', { name: '次へ' }).click();
}

async function givePassword(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('ログイン名').fill(login);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: '次へ' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'ログアウト', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ログイン');
}

const isInside = (page: Page) => expect(page.getByRole('navigation', { name: '仕事' })).toBeVisible();

test('an invitation, a passkey, and the same passkey the next time', async ({ browser }) => {
  const page = await withAuthenticator(browser);
  await choosePassword(page, await invited('passkey@mihon'));
  await page.getByRole('button', { name: /パスキーを使う/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('登録が終わりました');
  await expectAccessible(page);
  await page.getByRole('link', { name: '管理画面をひらく' }).click();
  await isInside(page);
  await signOut(page);

  await givePassword(page, 'passkey@mihon');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('本人確認');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'パスキーで確認する' }).click();
  await isInside(page);
  await page.context().close();
});

test('another machine without the passkey stays outside; a recovery code opens once', async ({ browser }) => {
  const own = await withAuthenticator(browser);
  await choosePassword(own, await invited('recovery@mihon'));
  await own.getByRole('button', { name: /パスキーを使う/ }).click();
  const code = await own.getByRole('region', { name: '回復コード' }).locator('code').first().innerText();
  await own.context().close();

  const other = await withAuthenticator(browser);
  await other.goto(stand.url);
  await givePassword(other, 'recovery@mihon');
  await other.getByRole('button', { name: 'パスキーで確認する' }).click();
  await expect(other.getByText('パスキーを使えませんでした')).toBeVisible();
  await other.getByLabel('確認コード').fill(code);
  await other.getByRole('button', { name: 'コードで確認する' }).click();
  await isInside(other);
  await signOut(other);
  await givePassword(other, 'recovery@mihon');
  await other.getByLabel('確認コード').fill(code);
  await other.getByRole('button', { name: 'コードで確認する' }).click();
  await expect(other.getByText('確認できませんでした。もう一度試してください')).toBeVisible();
  await other.context().close();
});

test('one-time codes: a used one and a wrong one open nothing; five failures lock for a while', async ({
  browser,
}) => {
  const page = await withAuthenticator(browser);
  await choosePassword(page, await invited('codes@mihon'));
  await page.getByRole('button', { name: /認証アプリを使う/ }).click();
  const letters = (await page.locator('li code').innerText()).replaceAll(/\s/g, '');
  const app = new TOTP({ secret: Secret.fromBase32(letters), digits: 6, period: 30 });
  const codeNow = () => app.generate({ timestamp: stand.deps.clock() });
  await page.getByLabel('6けたの数字').fill(codeNow());
  await page.getByRole('button', { name: '登録する' }).click();
  await page.getByRole('link', { name: '管理画面をひらく' }).click();
  await isInside(page);
  await signOut(page);

  const answer = async (code: string) => {
    await page.getByLabel('確認コード').fill(code);
    await page.getByRole('button', { name: 'コードで確認する' }).click();
  };
  await givePassword(page, 'codes@mihon');
  await answer(codeNow());
  await expect(page.getByText('確認できませんでした。もう一度試してください')).toBeVisible();
  stand.center.advance(MINUTE_MS);
  await answer(codeNow());
  await isInside(page);
  await signOut(page);

  await givePassword(page, 'codes@mihon');
  const locked = page.getByText('続けてまちがえたため、しばらく使えません');
  const wrong = String((Number(codeNow()) + 1) % 1_000_000).padStart(6, '0');
  for (let tried = 0; tried < 6 && !(await locked.isVisible()); tried += 1) {
    await answer(wrong);
    await expect(
      page
        .getByRole('alert')
        .or(page.getByText(/もう一度試して|しばらく使えません/))
        .first(),
    ).toBeVisible();
    await page.waitForLoadState('networkidle');
  }
  await expect(locked).toBeVisible();
  // the right code does not open it now, and does when the time is over
  stand.center.advance(MINUTE_MS);
  await answer(codeNow());
  await expect(locked).toBeVisible();
  stand.center.advance(15 * MINUTE_MS);
  await page.goto(stand.url);
  await givePassword(page, 'codes@mihon');
  await answer(codeNow());
  await isInside(page);
  await page.context().close();
});

test('a wrong password and an unknown name are told alike; half an hour without a touch ends the session', async ({
  browser,
}) => {
  const page = await withAuthenticator(browser);
  await page.goto(stand.url);
  const refusals: string[] = [];
  for (const [login, password] of [
    ['passkey@mihon', 'not the password at all'],
    ['nobody@mihon', PASSWORD],
  ] as const) {
    await givePassword(page, login, password);
    await expect(page.getByText('ログイン名かパスワードがちがいます')).toBeVisible();
    refusals.push(await page.getByRole('main').innerText());
    await page.reload();
  }
  expect(refusals[0]).toBe(refusals[1]);
  await page.context().close();

  const member = await stand.open(browser, ['viewer'], '/certificates');
  await isInside(member.page);
  await expect(member.page.getByRole('heading', { level: 1 })).toHaveText('証明書の種類');
  await member.page.waitForLoadState('networkidle');
  stand.center.advance(31 * MINUTE_MS);
  await member.page.getByRole('link', { name: '台帳の連携' }).click();
  await expect(member.page.getByRole('heading', { level: 1 })).toHaveText('ログイン');
  await expect(member.page.getByText('もう一度ログインしてください')).toBeVisible();
  await expectAccessible(member.page);
  expect(new URL(member.page.url()).pathname).toBe('/registers');
  await member.close();
});
