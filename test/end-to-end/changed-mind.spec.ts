/** A resident who goes back, takes something out, or leaves: nothing is charged, printed or kept. */
import { test } from '@playwright/test';
import { expect, kioskOfThisFile } from './kiosk.ts';
import {
  asks,
  begin,
  books,
  cancel,
  choose,
  confirmCancel,
  orderOne,
  placeCard,
  RESIDENT_RECORD_COPY,
  say,
  settledRecords,
  signIn,
} from './visitSteps.ts';

const kiosk = kioskOfThisFile();

test.afterEach(() => {
  const { stack } = kiosk();
  expect(stack.printer.printer.jobs).toEqual([]);
  expect(books(stack)).toMatchObject({ balanced: true, taken: 0 });
});

test('back before the card leads to the first screen', async ({ page }) => {
  const screen = await kiosk().open(page);
  await begin(screen);
  await screen.touch(say['frame.back']);
  await screen.shows(say['consent.heading']);
  await screen.touch(say['frame.back']);
  await screen.shows(say['idle.heading']);
});

test('back from the last look voids what was made, and the basket can be changed', async ({ page }) => {
  const screen = await kiosk().open(page);
  await signIn(kiosk(), screen, 'sakura');
  await screen.touch(RESIDENT_RECORD_COPY);
  await screen.shows(asks.extent);
  await screen.touch(say['frame.back']);
  await screen.shows(say['kind.heading']);
  await choose(screen, { extent: /^本人だけ/ });

  await screen.touch(say['basket.next']);
  await screen.shows(say['confirming.heading']);
  await screen.touch(say['frame.back']);
  await screen.shows(say['basket.heading']);
  const [first] = await settledRecords(kiosk().stack, 1);
  expect(first).toMatchObject({ state: 'void', void_reason: 'cancelled' });

  await screen.touch(`住民票の写し ${say['basket.remove']}`);
  await screen.shows(say['kind.heading']);
  await expect(page.getByText('えらんだ証明書を見る')).toHaveCount(0);
  await cancel(screen);
});

test('cancel asks first, and going on keeps everything that was chosen', async ({ page }) => {
  const screen = await kiosk().open(page);
  await signIn(kiosk(), screen, 'maria');
  await choose(screen, { extent: /^世帯の全員/ });
  await screen.touch(say['frame.cancel']);
  await expect(page.getByRole('alertdialog', { name: say['cancel.heading'] })).toBeVisible();
  await screen.touch(say['cancel.no']);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByText('のせる人：世帯の全員')).toBeVisible();
  await cancel(screen);
  expect(await screen.markup()).not.toContain('SAMPLE');
});

test('cancel while coins are in gives every coin back', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'one-person-household');
  stack.payment.mechanism.insert(100);
  await expect(page.getByText('100円').first()).toBeVisible();
  await confirmCancel(screen);
  await screen.tells('PAY-01');
  expect(books(stack).charges.at(-1)).toMatchObject({ state: 'returned', inserted: 100, returned: 100 });
  const [record] = await settledRecords(stack, 1);
  expect(record).toMatchObject({ state: 'void' });
  await screen.touch(say['notice.again']);
  await screen.shows(say['idle.heading']);
});

test('cancel at the PIN spends no try and forgets the card', async ({ page }) => {
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'taro');
  await screen.touch('1');
  await cancel(screen);
  await kiosk().stack.shelf.remove();
  await placeCard(kiosk(), screen, 'taro');
  await expect(page.getByText(/回入力できます/)).toHaveCount(0);
  await cancel(screen);
  await kiosk().stack.shelf.remove();
});
