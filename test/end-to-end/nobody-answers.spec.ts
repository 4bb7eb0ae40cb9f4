/** Somebody walks away: the question whether anybody is there, and the end of the visit with nothing kept. */
import { test } from '@playwright/test';
import { expect, kioskOfThisFile } from './kiosk.ts';
import type { Screen } from './kiosk.ts';
import {
  begin,
  books,
  cancel,
  enterPin,
  orderOne,
  pinOf,
  placeCard,
  say,
  settledRecords,
  chooseResidence,
} from './visitSteps.ts';

/** As in a store, only sooner; long enough for the looks that a test takes. */
const settings = { stillThereAfterMs: 6_000, stillThereForMs: 4_000, noticeForMs: 4_000 };
const kiosk = kioskOfThisFile({ env: { VISIT_SETTINGS: JSON.stringify(settings) } });

async function isAsked(screen: Screen): Promise<void> {
  await expect(screen.page.getByRole('alertdialog', { name: say['stillThere.heading'] })).toBeVisible();
}

test('the question is answered: the visit goes on where it was', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'taro');
  await isAsked(screen);
  await expect(page.getByText(/^あと\d秒$/)).toBeAttached();
  await screen.touch(say['stillThere.yes']);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await enterPin(screen, pinOf('taro'));
  await screen.shows(say['returningCard.heading']);
  await stack.shelf.remove();
  await chooseResidence(screen);
  await cancel(screen);
});

test('nobody answers at the choice: the visit ends, and the screen is free for the next resident', async ({
  page,
}) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await placeCard(kiosk(), screen, 'taro');
  await enterPin(screen, pinOf('taro'));
  await screen.shows(say['returningCard.heading']);
  await stack.shelf.remove();
  await chooseResidence(screen);
  await isAsked(screen);
  await screen.tells('TIME-01');
  await screen.shows(say['idle.heading']);
  expect(await screen.markup()).not.toContain('みほん市');
});

test('nobody puts a card down', async ({ page }) => {
  const screen = await kiosk().open(page);
  await begin(screen);
  await isAsked(screen);
  await screen.tells('CARD-08');
  await screen.touch(say['notice.again']);
  await screen.shows(say['idle.heading']);
});

test('nobody pays to the end: every coin comes back', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'one-person-household');
  stack.payment.mechanism.insert(100);
  await isAsked(screen);
  await screen.tells('PAY-02');
  expect(books(stack)).toMatchObject({ balanced: true, taken: 0 });
  expect(books(stack).charges.at(-1)).toMatchObject({ state: 'returned', returned: 100 });
  expect((await settledRecords(stack, 1))[0]).toMatchObject({
    state: 'void',
    paid: null,
    void_reason: 'timed-out',
  });
  expect(stack.printer.printer.jobs).toEqual([]);
});
