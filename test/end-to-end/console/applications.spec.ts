/** 本籍地の申請 in a browser: two officers, the comparison, a 戸籍 that changes while it is looked at, and each decision. */
import { test } from '@playwright/test';
import { sql } from 'kysely';
import { applyTo, type Applying } from '../../center/console/applyingTo.ts';
import { heartbeat } from '../../center/feeding.ts';
import { ELSEWHERE as HERE, HOME as ANOTHER } from '../../center/console/consoleHarness.ts';
import { expect, expectAccessible, expectReflows, openStand, type ConsoleStand } from './consoleStand.ts';

let stand: ConsoleStand;
test.beforeAll(async () => {
  stand = await openStand();
  const { db, canDraw, deps } = stand.center;
  await heartbeat({ db, canDraw, now: deps.clock() }, [HERE]);
});
test.afterAll(() => stand.close());

const OFFICER = ['family-register-officer'] as const;
const apply = (wish: Applying = {}) => applyTo(stand.center, wish);
const open = (browser: Parameters<ConsoleStand['open']>[0], path: string) =>
  stand.open(browser, OFFICER, path, HERE);
const shot = (name: string) => ({ path: `test-results/console-pages/${name}.png`, fullPage: true });

/** 美咲, whose card writes the usual form of her 氏 and an address her 附票 does not have. */
const MISAKI: Applying = {
  holder: {
    name: '渡辺　美咲',
    birthDate: '1978-03-30' as never,
    address: '架空県みほん市中央町九丁目9番9号',
  },
  statement: { domicile: '試町1-2', headOfRegister: '渡辺　美咲' },
};

test('an officer finds the overdue one first, compares, confirms each difference and registers', async ({
  browser,
}) => {
  const [number, late] = [await apply(MISAKI), await apply()];
  await stand.center.db
    .updateTable('domicile_application')
    .set({ decide_by: '2026-11-18' })
    .where('number', '=', late)
    .execute();
  const { page, complaints, close } = await open(browser, '/watch');
  await expect(page.getByText('期限をすぎた本籍地の申請が1件あります')).toBeVisible();
  await page.getByRole('link', { name: /本籍地の申請/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('本籍地の申請');
  await expect(page.getByRole('navigation').getByText('受付2件')).toBeAttached();
  const rows = page.getByRole('table', { name: '申請' }).getByRole('row');
  await expect(rows.nth(1)).toContainText(late);
  await expect(rows.nth(1)).toContainText('2日すぎています');
  await expectAccessible(page);
  await expectReflows(page);
  await page.screenshot(shot('applications'));

  await page.getByRole('link', { name: number }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
  const card = page.getByRole('region', { name: '候補1', exact: true });
  await expect(card).toContainText('字の形がちがう');
  await expect(card).toContainText('附票のどの住所とも、ちがいます');
  await expect(page.getByRole('button', { name: 'この人で登録する' })).toHaveCount(0);
  await page.getByRole('button', { name: '確認をはじめる' }).click();
  await expect(page.getByRole('button', { name: 'この人で登録する' })).toBeVisible();
  await expectAccessible(page);
  await expectReflows(page);
  await page.screenshot(shot('application'));

  // by keyboard alone
  await page.getByRole('button', { name: 'この人で登録する' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('住所のちがいを見て、同じ人だとたしかめました');
  await expectAccessible(page);
  await page.screenshot(shot('application-accept'));
  await dialog.getByRole('button', { name: '登録する' }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('登録した', { exact: true }).first()).toBeVisible();
  const row = await stand.center.db
    .selectFrom('domicile_registration')
    .select(['family_register_id', 'member_resident_id'])
    .where('application_number', '=', number)
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ family_register_id: 'tameshi-watanabe-1c', member_resident_id: 'misaki' });

  await page.getByRole('button', { name: '登録を終わらせる' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: '終わらせる' }).click();
  await expect(page.getByText('市区町村が終わらせました')).toBeVisible();
  expect(complaints).toEqual([]);
  await close();
});

test('two officers: the second one is told who has it', async ({ browser }) => {
  const number = await apply();
  const [first, second] = [
    await open(browser, `/applications/${number}`),
    await open(browser, `/applications/${number}`),
  ];
  // both look at it while nobody has it
  await expect(second.page.getByRole('button', { name: '確認をはじめる' })).toBeVisible();
  await first.page.getByRole('button', { name: '確認をはじめる' }).click();
  await expect(first.page.getByRole('button', { name: '却下する' })).toBeVisible();
  await second.page.getByRole('button', { name: '確認をはじめる' }).click();
  await expect(second.page.getByRole('alert')).toContainText('ほかの人が確認しています');
  await second.page.reload();
  await expect(second.page.getByText(/が確認しています/)).toBeVisible();
  await expect(second.page.getByRole('button', { name: '却下する' })).toHaveCount(0);
  await first.close();
  await second.close();
});

test('the 戸籍 changes while the officer looks: nothing is registered until it was looked at again', async ({
  browser,
}) => {
  const number = await apply({
    holder: { name: '渡邉　健', birthDate: '1978-03-30' as never },
    statement: { domicile: '試町1-3', headOfRegister: '渡邉　健' },
  });
  const { page, close } = await open(browser, `/applications/${number}`);
  await page.getByRole('button', { name: '確認をはじめる' }).click();
  await page.getByRole('button', { name: 'この人で登録する' }).click();
  await sql`update family_register set entry = entry || '{"pendingNotification":true}', revision = revision + 1
    where municipality = ${HERE} and id = 'tameshi-watanabe-base'`.execute(stand.center.db);
  const dialog = page.getByRole('dialog');
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await dialog.getByRole('button', { name: '登録する' }).click();
  await expect(dialog.getByRole('alert')).toContainText('初めからくらべてください');
  await page.screenshot(shot('application-changed'));
  await dialog.getByRole('button', { name: 'やめる' }).click();
  await page.reload();
  await expect(page.getByText('届出の反映待ちです').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'この人で登録する' })).toHaveCount(0);

  // the reason the applicant will read stands beside what the officer chooses
  await page.getByRole('button', { name: '却下する' }).click();
  const refusal = page.getByRole('alertdialog');
  await expectAccessible(page);
  await page.screenshot(shot('application-refusal'));
  await refusal.getByRole('radio', { name: /届出の反映待ちである/ }).check();
  await refusal.getByRole('button', { name: '却下する' }).click();
  await expect(page.getByText('却下した', { exact: true }).first()).toBeVisible();
  await close();
});

test('another 戸籍 is searched for by hand; the applicant is asked; a withdrawal meanwhile is said', async ({
  browser,
}) => {
  const number = await apply({ statement: { domicile: '本町一丁目99番地' } });
  const { page, close } = await open(browser, `/applications/${number}`);
  await page.getByRole('button', { name: '確認をはじめる' }).click();
  await page.getByLabel(/^本籍（はじめ/).fill('本町１丁目');
  await page.getByLabel(/^筆頭者（はじめ/).fill('橋本');
  await page.getByRole('button', { name: '戸籍をさがす' }).click();
  const found = page.getByRole('region', { name: 'さがした戸籍1', exact: true });
  await expect(found).toContainText('申請の本籍と、この戸籍の本籍がちがいます');
  await expectAccessible(page);
  await page.screenshot(shot('application-search'));
  expect(page.url()).not.toContain('%');
  await page.getByRole('button', { name: '申請者に聞く' }).click();
  await page.getByLabel(/聞くこと/).fill('本籍の番地を、電話で教えてください');
  await page.getByRole('dialog').getByRole('button', { name: '聞く' }).click();
  await expect(page.getByText('問い合わせ中')).toBeVisible();
  await stand.center.db
    .updateTable('domicile_application')
    .set({ state: 'withdrawn', revision: 99 })
    .where('number', '=', number)
    .execute();
  await page.getByRole('button', { name: '確認をはじめる' }).click();
  await expect(page.getByRole('alert')).toContainText('取り下げました');
  await close();
});

test('officers of another municipality see nothing of it', async ({ browser }) => {
  const number = await apply();
  const { page, close } = await stand.open(browser, OFFICER, `/applications/${number}`, ANOTHER);
  await expect(page.getByRole('alert')).toContainText('お探しのものはありません');
  await page.goto(`${stand.url}/applications`);
  await expect(page.getByText('申請はまだありません')).toBeVisible();
  await close();
});
