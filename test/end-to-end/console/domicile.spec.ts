/** 本籍地の利用登録 in the configuration: begun in a draft, approved, and each channel stopped apart from issuing. */
import { test, type Page } from '@playwright/test';
import { municipalityCode } from '#templates/vocabulary.ts';
import { expect, expectAccessible, expectReflows, openStand, type ConsoleStand } from './consoleStand.ts';

/** 見本町 takes no applications yet. */
const HOME = municipalityCode.parse('993018');
let stand: ConsoleStand;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  stand = await openStand();
});
test.afterAll(() => stand.close());

const section = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '下書きの項目' }).getByRole('button', { name }).click();

test('applications begin by a draft and a second person, and a channel is stopped alone', async ({
  browser,
}) => {
  const editor = await stand.open(browser, ['editor'], '/certificates', HOME);
  const { page } = editor;
  await page.getByRole('button', { name: '変更の下書きを作る' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/第\d+版の下書き/);
  const number = /versions\/(\d+)/.exec(page.url())![1]!;
  await page.getByRole('textbox', { name: '市区町村の読み' }).fill('みほんちょう');
  await section(page, '本籍地の利用登録');
  await page.getByLabel('利用登録の申請を受け付ける').check();
  await page.getByRole('textbox', { name: '受付を始める日' }).fill('R8.12.1');
  const kiosk = page.getByRole('group', { name: '店の機械での受付' });
  // the hours go where the first day goes
  await expect(kiosk.getByRole('group', { name: '令和8年12月1日（火）から' })).toBeVisible();
  await kiosk.getByRole('button', { name: '点検の予定を足す' }).click();
  await kiosk.getByRole('button', { name: '足す', exact: true }).click();
  await expect(kiosk.getByText('日を入れてください')).toHaveCount(2);
  await kiosk.getByRole('textbox', { name: '始まりの日' }).fill('R9.1.10');
  await kiosk.getByRole('textbox', { name: '始まりの時刻' }).fill('10:00');
  await kiosk.getByRole('textbox', { name: '終わりの時刻' }).fill('12:00');
  await kiosk.getByRole('button', { name: '足す', exact: true }).click();
  await expect(kiosk.getByText('令和9年1月10日 10:00から令和9年1月10日 12:00まで')).toBeVisible();
  await page.getByLabel('インターネットで受け付ける').check();
  await page.getByLabel('カードの券面の文字を使ってよい').check();
  await expect(page.getByText('保存してあります')).toBeVisible();
  await expectAccessible(page);
  await expectReflows(page);
  await section(page, '変更点と提出');
  await page.getByLabel('変更の説明（承認する人へ）').fill('本籍地の利用登録を始める');
  await page.getByRole('button', { name: '承認者に提出する' }).click();
  await expect(page.getByText('承認待ち', { exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: /本籍地の利用登録・受付を始める日/ })).toContainText(
    '令和8年12月1日',
  );

  const approver = await stand.open(browser, ['approver'], '/certificates', HOME);
  await approver.page.getByRole('link', { name: `第${number}版を見る` }).click();
  await approver.page.getByRole('button', { name: '承認する' }).click();
  await approver.page.getByRole('dialog').getByRole('button', { name: '承認する' }).click();
  await expect(approver.page.getByText('適用を待っています')).toBeVisible();
  stand.center.advance(15 * 60 * 60_000);
  expect((await stand.center.inForce(HOME)).profile.domicile).toMatchObject({
    startsOn: '2026-12-01',
    cardText: true,
    kiosk: { maintenance: [{ from: '2027-01-10T10:00', to: '2027-01-10T12:00' }] },
    internet: { hours: [{ from: '2026-12-01' }] },
  });

  const own = await stand.open(browser, ['editor'], '/certificates', HOME);
  await own.page.getByRole('button', { name: '本籍地の利用登録の受付（店の機械）を止める' }).click();
  const dialog = own.page.getByRole('alertdialog');
  await expect(dialog.getByText(/いま申請の途中の人も/)).toBeVisible();
  await dialog.getByLabel('運用者からの依頼').check();
  await expectAccessible(own.page);
  await dialog.getByRole('button', { name: 'いますぐ止める' }).click();
  await expect(own.page.getByRole('heading', { name: 'いま受付を止めています（緊急停止）' })).toBeVisible();
  await expectAccessible(own.page);
  const { stops } = await stand.center.inForce(HOME);
  expect([stops.all, [...stops.kinds]]).toEqual([false, ['domicile-kiosk']]);
  for (const each of [editor, approver, own]) {
    expect(each.complaints).toEqual([]);
    await each.close();
  }
});
