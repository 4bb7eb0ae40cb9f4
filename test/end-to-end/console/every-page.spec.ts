/** Every page of the console: nothing a machine can find against its accessibility, nothing the browser complains about. */
import { test, type Browser } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { raiseAlarm } from '#center/issuing/alarms.ts';
import { stopIssuing } from '#center/configuration/stops.ts';
import type { Role } from '#center/console/permissions.ts';
import { copyOf, visit } from '../../center/harness.ts';
import { HOME } from '../../center/console/consoleHarness.ts';
import { expect, expectAccessible, expectReflows, openStand, type ConsoleStand } from './consoleStand.ts';

let stand: ConsoleStand;
let issueNumber: string;
let caseId: string;

test.beforeAll(async () => {
  stand = await openStand();
  const { db, clock } = stand.deps;
  const kiosk = await stand.center.kiosk('store-001');
  const { session } = await visit(kiosk, await stand.center.cardOf('taro'));
  const url = `/v1/sessions/${session.sessionId}`;
  await kiosk.call('GET', `${url}/offer?municipality=${HOME}`);
  const { body } = await kiosk.call('POST', `${url}/certificates`, {
    requestId: randomUUID(),
    certificate: copyOf(),
  });
  const made = JSON.parse((body['manifest'] as { payload: string }).payload) as {
    issueNumber: string;
    sheets: number;
  };
  issueNumber = made.issueNumber;
  await kiosk.call('POST', `/v1/certificates/${issueNumber}/confirmation`, { paid: 0, sheets: made.sheets });
  await raiseAlarm(db, kiosk.id, { finding: 'hash', issueNumber: null, municipality: HOME }, clock());
  const editor = await stand.staff(['editor']);
  await stopIssuing(
    db,
    { municipality: HOME, kind: 'income-certificate', reason: 'print-fault', staffId: editor.staffId },
    clock(),
  );
  const happenedAt = new Date(clock()).toISOString();
  const report = { reportedBy: 'store', happenedAt, kioskId: 'store-001', issueNumber };
  const opened = await stand.call(editor, 'POST', '/api/cases', report);
  caseId = String(opened.body['id']);
});
test.afterAll(() => stand.close());

async function look(browser: Browser, path: string, heading: RegExp, roles: readonly Role[]): Promise<void> {
  const { page, complaints, close } = await stand.open(browser, roles, path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
  await expect(page.getByText('読みこんでいます')).toHaveCount(0);
  await page.screenshot({
    path: `test-results/console-pages/${path.replaceAll('/', '_')}.png`,
    fullPage: true,
  });
  await expectAccessible(page);
  await expectReflows(page);
  expect(complaints).toEqual([]);
  await close();
}

const EVERYBODY: readonly Role[] = ['editor', 'approver', 'family-register-officer', 'administrator'];

test.describe('pages', () => {
  for (const [path, heading] of [
    ['/watch', /監視/],
    ['/certificates', /証明書の種類/],
    ['/issued', /交付の記録/],
    ['/wrong-certificate', /誤交付の手順/],
    ['/reports', /報告/],
    ['/disclosure', /開示請求/],
    ['/staff', /職員/],
    ['/audit', /監査記録/],
    ['/account', /自分のアカウント/],
    ['/registers', /台帳の連携/],
  ] as const) {
    test(path, ({ browser }) => look(browser, path, heading, EVERYBODY));
  }

  test('one certificate and one case', async ({ browser }) => {
    await look(browser, `/issued/${issueNumber}`, /証明書/, EVERYBODY);
    await look(browser, `/wrong-certificate/${caseId}`, /第1号/, EVERYBODY);
  });

  test('a viewer sees what a viewer may, and is told so elsewhere', async ({ browser }) => {
    const { page, close } = await stand.open(browser, ['viewer'], '/watch');
    const tasks = page.getByRole('navigation');
    await expect(tasks.getByRole('link', { name: '報告' })).toBeVisible();
    for (const hidden of ['職員', '開示請求', '監査記録']) {
      await expect(tasks.getByRole('link', { name: hidden, exact: true })).toHaveCount(0);
    }
    await expect(page.getByRole('button', { name: 'すべての交付を止める' })).toHaveCount(0);
    await close();
  });
});

test.describe('acts', () => {
  test('a withdrawal asks for its reason and shows at once', async ({ browser }) => {
    const { page, close } = await stand.open(browser, ['editor'], `/issued/${issueNumber}`);
    await page.getByRole('button', { name: 'この証明書を無効にする' }).click();
    await expectAccessible(page);
    await page.getByRole('radio', { name: '印刷に不備があった' }).check();
    await page.getByRole('button', { name: '無効にする', exact: true }).click();
    await expect(page.getByText('無効にした', { exact: true }).first()).toBeVisible();
    await close();
  });

  test('everything is stopped from the watch page, and only an approver begins again', async ({
    browser,
  }) => {
    const officer = await stand.open(browser, ['editor'], '/watch');
    await officer.page.getByRole('button', { name: 'すべての交付を止める' }).click();
    await officer.page.getByRole('radio', { name: /誤った証明書/ }).check();
    await officer.page.getByRole('button', { name: 'すべて止める' }).click();
    await expect(officer.page.getByText('すべての証明書の交付を止めています')).toBeVisible();
    await expect(officer.page.getByRole('button', { name: '交付を始める' })).toHaveCount(0);
    await officer.close();
    const approver = await stand.open(browser, ['approver'], '/watch');
    await approver.page.getByRole('button', { name: '交付を始める' }).last().click();
    await approver.page.getByRole('dialog').getByRole('button', { name: '交付を始める' }).click();
    await expect(approver.page.getByText('すべての証明書の交付を止めています')).toHaveCount(0);
    await approver.close();
  });

  test('a disclosure finds the person, in letters as registered', async ({ browser }) => {
    const { page, close } = await stand.open(browser, ['approver'], '/disclosure');
    const row = await stand.deps.db
      .selectFrom('resident')
      .select('entry')
      .where('id', '=', 'taro')
      .executeTakeFirstOrThrow();
    await page.getByLabel('受付番号').fill('R8-1');
    await page.getByLabel(/氏名/).fill(row.entry.name.slice(0, 1));
    await page.getByLabel('生年月日', { exact: true }).fill(row.entry.birthDate);
    await page.getByRole('button', { name: 'さがす' }).click();
    // 邉 with a variation selector is another letter in the page's font: it is drawn from the certificate's outlines
    await expect(page.locator('svg.letter[aria-label="邉\u{E0117}"] path').first()).toBeVisible();
    await page
      .getByRole('button', { name: /この人の交付の記録/ })
      .first()
      .click();
    await expect(page.getByRole('cell', { name: issueNumber })).toBeVisible();
    await page.screenshot({ path: 'test-results/console-pages/disclosure-found.png', fullPage: true });
    await expectAccessible(page);
    await close();
  });
});
