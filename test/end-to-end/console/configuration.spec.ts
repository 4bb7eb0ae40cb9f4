/** 証明書の種類 in the browser: from a draft to what counts, by two people, and back. */
import { readFileSync } from 'node:fs';
import { test, type Locator, type Page } from '@playwright/test';
import { PNG_1BIT_COARSE } from './coarseSeal.ts';
import {
  expect,
  expectAccessible,
  expectReflows,
  openStand,
  type ConsolePage,
  type ConsoleStand,
} from './consoleStand.ts';

const MINUTE_MS = 60_000;
let stand: ConsoleStand;
let opened: ConsolePage[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  stand = await openStand();
  await stand.center.kiosk('kiosk-0001');
});
test.afterAll(() => stand.close());
test.afterEach(async () => {
  const all = opened;
  opened = [];
  for (const each of all) {
    expect(each.complaints).toEqual([]);
    await each.close();
  }
});

type Roles = Parameters<ConsoleStand['open']>[1];
const open = async (browser: Parameters<ConsoleStand['open']>[0], roles: Roles, path = '/certificates') => {
  const console = await stand.open(browser, roles, path);
  opened.push(console);
  return console.page;
};
const section = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '下書きの項目' }).getByRole('button', { name }).click();
const isSaved = (page: Page) => expect(page.getByText('保存してあります')).toBeVisible();
const preview = (page: Page): Locator => page.getByRole('complementary', { name: '見本' });
const isDrawn = async (page: Page) => {
  await expect(preview(page).locator('canvas').first()).toBeVisible();
  await expect(preview(page).locator('[aria-busy=true]')).toHaveCount(0);
};

async function startDraft(page: Page): Promise<number> {
  await page.getByRole('button', { name: '変更の下書きを作る' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/第\d+版の下書き/);
  return Number(/versions\/(\d+)/.exec(page.url())![1]);
}
async function propose(page: Page, note: string): Promise<void> {
  await section(page, '変更点と提出');
  await page.getByLabel('変更の説明（承認する人へ）').fill(note);
  await page.getByRole('button', { name: '承認者に提出する' }).click();
  await expect(page.getByText('承認待ち', { exact: true })).toBeVisible();
}
const inForce = async () => (await stand.center.inForce('992011')).profile;

test('a fee changes: draft, faults, preview, proposal, a second person, from its minute on', async ({
  browser,
}) => {
  const editor = await open(browser, ['editor']);
  await expectAccessible(editor);
  const number = await startDraft(editor);
  await section(editor, '証明書ごと');
  await isDrawn(editor);
  await expectAccessible(editor);

  // what has begun is not edited: a new row from a day on
  await expect(editor.getByRole('textbox', { name: '手数料', exact: true })).toHaveAttribute('readonly', '');
  await editor.getByRole('button', { name: '手数料を、ある日から変える' }).click();
  const day = editor.getByRole('textbox', { name: '手数料：いつから' });
  await day.fill('令和8年11月20日');
  await editor.getByRole('button', { name: 'この日からの行を足す' }).click();
  await expect(editor.getByText(/あす（令和8年11月21日（土））より後の日/)).toBeVisible();
  await day.fill('Ｒ９．４．１');
  await expect(editor.getByText('令和9年4月1日（木）＝2027年4月1日')).toBeVisible();
  await editor.getByRole('button', { name: 'この日からの行を足す' }).click();
  const row = editor.getByRole('group', { name: '令和9年4月1日（木）から' });
  await row.getByRole('textbox', { name: '手数料' }).fill('安く');
  await expect(row.getByText('数字で入れてください')).toBeVisible();
  await row.getByRole('textbox', { name: '手数料' }).fill('２５０円');
  await isSaved(editor);
  await expectAccessible(editor);

  // a fault stands in the summary, which leads to its field, and beside the field
  await editor.getByLabel('一度に取れる部数').fill('0');
  const summary = editor.getByRole('group', { name: '直すところが1つあります' });
  await expect(summary).toBeVisible();
  await section(editor, '基本');
  await summary.getByRole('link').click();
  await expect(editor.getByLabel('一度に取れる部数')).toBeFocused();
  await expect(editor.getByLabel('一度に取れる部数')).toHaveAttribute('aria-invalid', 'true');
  await expect(preview(editor)).toContainText('直すところがなくなると、ここに見本が出ます');
  await expectAccessible(editor);
  await editor.getByLabel('一度に取れる部数').fill('7');
  await expect(summary).toHaveCount(0);
  await isDrawn(editor);

  await propose(editor, '条例改正による');
  const changes = editor.getByRole('table', { name: /からの変更/ });
  await expect(changes.getByRole('row', { name: /住民票の写し・手数料（令和9年4月1日から）/ })).toContainText(
    '250円',
  );
  await expect(changes.getByRole('row', { name: /一度に取れる部数/ })).toContainText('7部');
  await expectAccessible(editor);
  await expectReflows(editor);

  const approver = await open(browser, ['approver'], '/certificates');
  await approver.getByRole('link', { name: `第${number}版を見る` }).click();
  await expect(approver.getByRole('heading', { name: 'この版を承認しますか' })).toBeVisible();
  await isDrawn(approver);
  await approver.getByRole('button', { name: '承認する' }).click();
  const dialog = approver.getByRole('dialog');
  await expect(dialog.getByLabel(/あすの0時から（令和8年11月21日 00:00）/)).toBeChecked();
  await dialog.getByLabel('日時を決める').check();
  await dialog.getByRole('textbox', { name: '適用する日' }).fill('R8.11.20');
  await dialog.getByLabel('時刻').fill('9:00');
  await dialog.getByRole('button', { name: '承認する' }).click();
  await expect(dialog.getByText('これからの日時にしてください')).toBeVisible();
  await dialog.getByLabel('時刻').fill('１２時３０分');
  await expectAccessible(approver);
  await dialog.getByRole('button', { name: '承認する' }).click();
  await expect(approver.getByText('適用を待っています')).toBeVisible();
  await expectAccessible(approver);

  expect((await inForce()).kinds[0]!.maxCopies).toBe(10);
  stand.center.advance(150 * MINUTE_MS - 1);
  expect((await inForce()).kinds[0]!.maxCopies).toBe(10);
  stand.center.advance(1);
  expect((await inForce()).kinds[0]!.maxCopies).toBe(7);
  const later = await open(browser, ['viewer'], '/certificates');
  const versions = later.getByRole('table', { name: /版の一覧/ });
  await expect(versions.getByRole('row', { name: new RegExp(`第${number}版`) })).toContainText('適用中');
  await expectAccessible(later);
});

test('a seal that is too coarse is refused with the reason, at the door and at its size', async ({
  browser,
}) => {
  const page = await open(browser, ['editor']);
  await startDraft(page);
  await section(page, '公印');
  await page.getByRole('button', { name: '公印を、ある日から変える' }).click();
  await page.getByRole('textbox', { name: '公印：いつから' }).fill('2027-01-01');
  await page.getByRole('button', { name: 'この日からの行を足す' }).click();
  const row = page.getByRole('group', { name: '令和9年1月1日（金）から' });
  const choose = (name: string, buffer: Buffer) =>
    row.getByLabel('公印の画像を取りかえる').setInputFiles({ name, mimeType: 'image/png', buffer });
  await choose('photo.png', Buffer.from('no picture'));
  await expect(row.getByText('画像がPNGではありません')).toBeVisible();
  await choose('small.png', PNG_1BIT_COARSE);
  await expect(row.getByText(/画像が小さすぎます（100×100/)).toBeVisible();
  await expectAccessible(page);
  // fine at 21 mm, not at 30: told beside the picture at once, and by the center beside the field
  await choose('seal.png', readFileSync('certificate-templates/profiles/seals/992020.png'));
  await expect(row.getByText('細かさは足りています')).toBeVisible();
  await row.getByLabel('印刷する幅').fill('30');
  await section(page, '基本');
  await section(page, '公印');
  await isSaved(page);
  await expectAccessible(page);
});

test('everything on paper, stops and the red button, lifted by an approver only', async ({ browser }) => {
  const editor = await open(browser, ['editor']);
  await editor.getByRole('button', { name: '印鑑登録証明書の交付を止める' }).click();
  const dialog = editor.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'いますぐ止める' }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('印刷の不具合').check();
  await expectAccessible(editor);
  await dialog.getByRole('button', { name: 'いますぐ止める' }).click();
  await expect(editor.getByRole('heading', { name: 'いま交付を止めています（緊急停止）' })).toBeVisible();
  await expect(editor.getByRole('row', { name: /印鑑登録証明書/ })).toContainText('緊急停止中');
  await expect(editor.getByText('再開は、承認の役割の人が行います。')).toBeVisible();
  await expectAccessible(editor);
  expect((await stand.center.inForce('992011')).stops.kinds.has('seal-registration-certificate')).toBe(true);
  const approver = await open(browser, ['approver']);
  await approver.getByRole('button', { name: '再開する' }).click();
  await approver.getByRole('alertdialog').getByRole('button', { name: '再開する' }).click();
  await expect(approver.getByRole('heading', { name: /緊急停止/ })).toHaveCount(0);
  expect((await stand.center.inForce('992011')).stops.kinds.size).toBe(0);
});
