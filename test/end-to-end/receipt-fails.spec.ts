/** A receipt that is not made, or does not come out: certificates and money stay as they are. */
import { test } from '@playwright/test';
import { expect, kioskOfThisFile } from './kiosk.ts';
import { books, orderOne, papers, say, settledRecords } from './visitSteps.ts';

/** Sheets move when a test says so. */
const kiosk = kioskOfThisFile({ pageTimeMs: null });

test('the center is gone when the receipt is asked for: the number to ask with is shown', async ({
  page,
}) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'one-person-household');
  stack.payment.mechanism.payRest();
  await expect.poll(() => printer.jobs.length).toBe(1);
  await stack.center().kill();
  while (printer.step());
  await screen.shows(say['collecting.headingNoChange']);
  await expect(page.getByText('領収書は印刷できませんでした')).toBeVisible();
  expect(await screen.words()).toMatch(/取扱番号.*\s*[0-9A-Z]{4}-[0-9A-Z]{4}/);
  await screen.touch(say['collecting.done']);
  await stack.restartCenter();
  await screen.shows(say['idle.heading']);
  expect((await settledRecords(stack, 1))[0]).toMatchObject({ state: 'printed', paid: 200, sheets: 1 });
  expect(books(stack)).toMatchObject({ balanced: true, taken: 200 });
  expect(papers(stack).receipts).toEqual([]);
});

test('the receipt jams: what was paid is printed, and nobody is called', async ({ page }) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const before = printer.jobs.length;
  const { taken } = books(stack);
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'one-person-household');
  stack.payment.mechanism.payRest();
  await expect.poll(() => printer.jobs.length).toBe(before + 1);
  while (printer.step());
  await screen.shows(say['printing.receipt.heading']);
  await expect.poll(() => papers(stack, before).receipts.length).toBe(1);
  printer.jam();
  await screen.shows(say['collecting.headingNoChange']);
  await expect(page.getByText('領収書は印刷できませんでした')).toBeVisible();
  await expect(page.getByText('1部（全部で1枚）')).toBeVisible();
  expect((await settledRecords(stack, 1))[0]).toMatchObject({ state: 'printed', paid: 200 });
  printer.clear();
  await screen.touch(say['collecting.done']);
  await screen.shows(say['idle.heading']);
  expect(papers(stack, before).receipts).toHaveLength(1);
  expect(books(stack)).toMatchObject({ balanced: true, taken: taken + 200 });
});
