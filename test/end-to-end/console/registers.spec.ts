/** 台帳の連携 in a browser: registers as they stand, faults, differences, a machine enrolled and revoked. */
import { readFileSync } from 'node:fs';
import { test } from '@playwright/test';
import { feedCredential } from '#center/contract/feedDoor.ts';
import type { FeedRegister } from '#center/contract/registerFeed.ts';
import { enterEvents, reconcile, type FeedDeps } from '#center/registers/feedApi.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { eventsText, streamOf } from '../../center/feeding.ts';
import { HOME } from '../../center/console/consoleHarness.ts';
import { NOW } from '../../center/harness.ts';
import { expect, expectAccessible, expectReflows, openStand, type ConsoleStand } from './consoleStand.ts';

let stand: ConsoleStand;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  stand = await openStand();
});
test.afterAll(() => stand.close());

/** A picture for whoever builds the page: SHOTS=folder. */
const shot = async (page: { screenshot: (options: object) => Promise<unknown> }, name: string) => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
const door = (): FeedDeps => ({
  db: stand.center.db,
  canDraw: stand.center.canDraw,
  now: stand.deps.clock(),
});
const place = (register: FeedRegister) => ({ municipality: HOME, register });

test('a municipality that has fed nothing is told what to do first', async ({ browser }) => {
  const empty = '132012' as MunicipalityCode;
  await stand.center.db
    .insertInto('municipality')
    .values({ code: empty, prefecture: '東京都', name: '見本町', joined_at: new Date(NOW) })
    .execute();
  const { page, complaints, close } = await stand.open(browser, ['administrator'], '/registers', empty);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('台帳の連携');
  await expect(page.getByRole('heading', { name: 'はじめに、台帳を送ってください' })).toBeVisible();
  await expect(page.getByRole('row', { name: /印鑑登録/ })).toContainText('未着');
  await expectAccessible(page);
  await shot(page, 'registers-empty');
  await page.getByRole('link', { name: '送る機械を登録' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('送る機械');
  await expect(page.getByText('まだ1台もありません')).toBeVisible();
  expect(complaints).toEqual([]);
  await close();
});

test('everything has come; then a gap and a refused batch are named, with what is not issued', async ({
  browser,
}) => {
  const { page, complaints, close } = await stand.open(browser, ['viewer'], '/registers');
  await expect(page.getByText('すべての台帳が届いています')).toBeVisible();
  await shot(page, 'registers-fresh');
  const stream = await streamOf(stand.center.db, HOME, 'tax');
  const at = { seq: 1, version: 2, effectiveAt: new Date(NOW).toISOString() };
  const wrong = { op: 'put', entity: 'tax-record', ...at, row: { residentId: 'taro' } };
  await enterEvents(door(), place('tax'), [eventsText(stream, [wrong], NOW)]);
  await page.reload();
  const row = page.getByRole('row', { name: /^税/ });
  await expect(row).toContainText('抜け');
  await expect(row).toContainText('交付されない証明書');
  await expectAccessible(page);
  await expectReflows(page);
  await shot(page, 'registers-gap');
  await row.getByRole('link', { name: '税' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('台帳の連携：税');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByRole('heading', { name: '最後に届いたファイルは、登録していません' })).toBeVisible();
  await expect(page.getByRole('table', { name: /誤り/ }).getByRole('row').nth(1)).toContainText('row.');
  await expectAccessible(page);
  await expectReflows(page);
  await shot(page, 'register-faults');
  expect(complaints).toEqual([]);
  await close();
});

test('rows that differ are listed by key and saved as CSV; of the restrictions there is no list', async ({
  browser,
}) => {
  for (const register of ['seal', 'restriction'] as const) {
    const { stream, nextSeq } = await streamOf(stand.center.db, HOME, register);
    const header = { kind: 'checksums', stream, seq: nextSeq - 1, count: 0 };
    await reconcile(door(), place(register), [`${JSON.stringify(header)}\n`]);
  }
  const { page, complaints, close } = await stand.open(browser, ['editor'], '/registers/seal');
  const table = page.getByRole('table', { name: /ちがう行/ });
  await expect(table).toBeVisible();
  await expect(table).toContainText('元の台帳にありません');
  await expectAccessible(page);
  await shot(page, 'register-differences');
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSVで保存' }).click();
  const file = readFileSync(await (await saving).path(), 'utf8');
  expect(file.startsWith('\uFEFF行の種類,元の台帳での番号,ちがい\r\n')).toBe(true);
  await page.goto(`${stand.url}/registers/restriction`);
  await expect(page.getByText('行の一覧は出しません')).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  await shot(page, 'register-restriction');
  expect(complaints).toEqual([]);
  await close();
});

test('a machine is enrolled with a file that is given once, made anew, and revoked', async ({ browser }) => {
  const { page, complaints, close } = await stand.open(browser, ['administrator'], '/feed-clients');
  await page.getByRole('button', { name: '機械を登録する' }).click();
  await page.getByLabel('機械の名前').fill('Office 1');
  await page.getByRole('button', { name: '登録ファイルを作る' }).click();
  await expect(page.getByText('直すところが1つあります')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('機械の名前').fill('office-1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '登録ファイル' })).toBeVisible();
  await expectAccessible(page);
  await shot(page, 'feed-client-file');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: '登録ファイルを保存する' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe(`feed-client-${HOME}-office-1.json`);
  const credential = feedCredential.parse(JSON.parse(readFileSync(await saved.path(), 'utf8')));
  expect(credential).toMatchObject({ municipality: HOME, clientId: 'office-1' });
  await expect(page.getByText('保存しました')).toBeVisible();
  await page.getByRole('button', { name: '閉じる' }).click();
  const row = page.getByRole('row', { name: /office-1/ });
  await expect(row).toContainText('使用中');
  await expectAccessible(page);
  await expectReflows(page);
  await shot(page, 'feed-clients');

  await row.getByRole('button', { name: 'office-1：作り直す' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: '作り直す' }).click();
  await expect(page.getByRole('button', { name: '登録ファイルを保存する' })).toBeVisible();
  await page.getByRole('button', { name: '閉じる' }).click();
  await row.getByRole('button', { name: 'office-1：使えなくする' }).click();
  await expectAccessible(page);
  await shot(page, 'feed-client-revoking');
  await page.getByRole('alertdialog').getByRole('button', { name: '使えなくする' }).click();
  await expect(row).toContainText('使用停止');
  expect(complaints).toEqual([]);
  await close();
});

test('who may not manage machines is not offered to', async ({ browser }) => {
  const { page, close } = await stand.open(browser, ['viewer'], '/registers');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('台帳の連携');
  await expect(page.getByRole('link', { name: '送る機械' })).toHaveCount(0);
  await page.goto(`${stand.url}/feed-clients`);
  await expect(page.getByRole('button', { name: '機械を登録する' })).toHaveCount(0);
  await close();
});
