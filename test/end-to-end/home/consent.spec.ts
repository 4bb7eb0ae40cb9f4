/** The applicant at the home agent's own page: signs, mistakes a password, says no; and what another site's page can do. */
import { test } from '@playwright/test';
import { requestWith, RIGHT } from '../../agent/homeAgentBench.ts';
import { consentIn, expect, openConsent, openHome, type Consent, type Home } from './consentSteps.ts';

let home: Home;
test.beforeEach(async () => {
  home = await openHome();
});
test.afterEach(() => home.close());

const SCREENS = process.env['CONSENT_SCREENS'];
async function checked(consent: Consent, name: string): Promise<void> {
  await consent.axe();
  if (!SCREENS) return;
  for (const [size, width] of [
    ['pc', 1280],
    ['phone', 360],
  ] as const) {
    await consent.page.setViewportSize({ width, height: 800 });
    await consent.page.screenshot({ path: `${SCREENS}/${name}-${size}.png`, fullPage: true });
  }
}

test('signs after seeing what is signed; the site gets it once', async ({ page }) => {
  const { bench, card } = home;
  const { id, consent } = await openConsent(page, home, { cardText: true });
  await expect(page.locator('.site')).toHaveText(home.site);
  for (const value of ['架空県みほん市', '見本台二丁目8番地9', '架空　一郎', '09012345678']) {
    await expect(page.getByText(value, { exact: true })).toBeVisible();
  }
  await checked(consent, '1-asking');
  await consent.press('確認して、カードへ進む');
  await consent.shows('マイナンバーカードを置いてください');
  await checked(consent, '2-placing');
  await bench.put(card);
  await consent.shows('カードの券面の文字を使いますか');
  await checked(consent, '3-letters');
  await consent.type(/券面事項入力補助用の暗証番号/, card.data.pins.text);
  await consent.press('文字を読み取る');
  await consent.shows('署名用のパスワードを入れてください');
  await checked(consent, '4-password');
  await consent.type(/署名用のパスワード/, RIGHT.password.toLowerCase());
  await consent.press('次へ進む');
  await consent.shows('この内容に署名します');
  await expect(page.getByText('東京都見本市中央１丁目２番３号').first()).toBeVisible();
  await expect(page.getByText('昭和55年1月1日')).toBeVisible();
  await checked(consent, '5-review');
  await consent.press('確認して、署名へ進む');
  await consent.shows('利用者証明用の暗証番号を入れてください');
  await checked(consent, '6-pin');
  expect((await bench.answer(id)).kind).toBe('waiting');
  await consent.type(/利用者証明用の暗証番号/, RIGHT.pin);
  await consent.press('署名する');
  await consent.shows('署名が終わりました');
  await checked(consent, '7-signed');
  expect((await bench.answer(id)).kind).toBe('signed');
  expect((await bench.answer(id)).kind).toBe('gone');
  expect(consent.complaints).toEqual([]);
});

test('a mistaken password is told with the tries left, and the field is empty again', async ({ page }) => {
  const { bench, card } = home;
  await bench.put(card);
  const { consent } = await openConsent(page, home);
  await consent.press('確認して、カードへ進む');
  await consent.shows('署名用のパスワードを入れてください');
  const field = page.getByLabel(/署名用のパスワード/);
  await field.fill('ABC');
  await consent.press('次へ進む');
  await expect(page.getByRole('alert')).toHaveText('6文字から16文字の半角の英数字で入れてください。');
  await field.fill('WRONG1');
  await consent.press('次へ進む');
  await expect(page.getByRole('alert')).toHaveText('パスワードがちがいます。');
  await expect(page.getByText('あと4回入れられます。')).toBeVisible();
  await expect(field).toHaveValue('');
  await expect(field).toBeFocused();
  await checked(consent, '8-wrong-password');
  await bench.take();
  await consent.shows('カードが取りのぞかれました');
  await expect(page.getByRole('alert')).toContainText('申請の内容は残っています');
  await checked(consent, '9-card-pulled');
  expect(consent.complaints).toEqual([]);
});

test('says no: the site is told, nothing is signed', async ({ page }) => {
  const { bench } = home;
  const { id, consent } = await openConsent(page, home);
  await consent.press('署名をやめる');
  await consent.shows('署名をやめました');
  await checked(consent, '10-cancelled');
  expect(await bench.answer(id)).toEqual({ kind: 'cancelled' });
  expect(consent.complaints).toEqual([]);
});

test('the keyboard alone is enough', async ({ page }) => {
  const { bench, card } = home;
  await bench.put(card);
  const { consent } = await openConsent(page, home);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await consent.shows('署名用のパスワードを入れてください');
  await page.keyboard.press('Tab');
  await page.keyboard.type(RIGHT.password);
  await page.keyboard.press('Enter');
  await consent.shows('この内容に署名します');
});

test('a page that was loaded again goes on where it was', async ({ page }) => {
  const { bench, card } = home;
  await bench.put(card);
  const { consent } = await openConsent(page, home);
  await consent.press('確認して、カードへ進む');
  await consent.shows('署名用のパスワードを入れてください');
  await page.reload();
  await consent.shows('署名用のパスワードを入れてください');
  expect(consent.complaints).toEqual([]);
});

/** In the page, as its own script would. */
const asks = `async (agent, body) => {
  try {
    const hello = await (await fetch(agent + '/hello')).json();
    const answer = await fetch(agent + '/requests', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    return { hello, ...(await answer.json()) };
  } catch (error) {
    return { fault: String(error) };
  }
}`;

test('the site asks from its own page; the page of another origin cannot, nor read the consent', async ({
  page,
  context,
}) => {
  const { bench, site, stranger } = home;
  await page.goto(site);
  const given = await page.evaluate<{ consentUrl: string }>(
    `(${asks})(${JSON.stringify(bench.url)}, ${JSON.stringify(requestWith())})`,
  );
  const opening = context.waitForEvent('page');
  await page.evaluate(`void window.open(${JSON.stringify(given.consentUrl)})`);
  const consent = consentIn(await opening, bench.url);
  await consent.shows('この申請に署名しますか');
  // the window that opened it has no hold on it
  expect(await consent.page.evaluate('window.opener')).toBeNull();
  const spied = await page.evaluate(
    (url) => fetch(`${url}/state`, { headers: { 'x-consent-page': '1' } }).then(String, String),
    given.consentUrl,
  );
  expect(spied).toContain('Failed to fetch');
  await page.goto(stranger);
  const refused = await page.evaluate<{ fault: string }>(
    `(${asks})(${JSON.stringify(bench.url)}, ${JSON.stringify(requestWith())})`,
  );
  expect(refused.fault).toContain('Failed to fetch');
  await consent.shows('この申請に署名しますか');
});
