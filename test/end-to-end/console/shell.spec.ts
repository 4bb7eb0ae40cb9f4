/** The frame of the console: what each role sees, addresses, keyboard, who is not signed in. */
import { test, type Page } from '@playwright/test';
import { expect, expectAccessible, expectReflows, openStand, type ConsoleStand } from './consoleStand.ts';

let stand: ConsoleStand;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  stand = await openStand();
});
test.afterAll(() => stand.close());

const tasks = (page: Page) => page.getByRole('navigation', { name: '仕事' }).getByRole('link');

test('tasks that a role may not are not there; an address typed by hand says so', async ({ browser }) => {
  const viewer = await stand.open(browser, ['viewer'], '/certificates');
  await expect(viewer.page.getByRole('heading', { level: 1 })).toHaveText('証明書の種類');
  await expect(tasks(viewer.page).filter({ hasText: '職員' })).toHaveCount(0);
  await expect(tasks(viewer.page).filter({ hasText: '証明書の種類' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(viewer.page).toHaveTitle('証明書の種類｜コンビニ交付 管理画面');
  await expectAccessible(viewer.page);
  await expectReflows(viewer.page);
  await viewer.page.goto(`${stand.url}/nowhere`);
  await expect(viewer.page.getByRole('heading', { level: 1 })).toHaveText('この画面はありません');
  expect(viewer.complaints).toEqual([]);
  await viewer.close();
});

test('the first stop of the keyboard leads past the navigation', async ({ browser }) => {
  const { page, close } = await stand.open(browser, ['viewer'], '/certificates');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '本文へ進む' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await close();
});

test('a session that is over leads to the sign-in, and the address stays', async ({ browser }) => {
  const { page, who, close } = await stand.open(browser, ['viewer'], '/certificates');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('証明書の種類');
  await stand.center.db.deleteFrom('staff_session').where('staff_id', '=', who.staffId).execute();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ログイン');
  expect(new URL(page.url()).pathname).toBe('/certificates');
  await expectAccessible(page);
  await close();
});
