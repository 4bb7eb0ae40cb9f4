/**
 * The agent is killed with money or paper under way. After the restart everything is settled before anybody can begin,
 * nothing is printed a second time, and the page finds its way back alone.
 */
import { test } from '@playwright/test';
import { expect, kioskOfThisFile } from './kiosk.ts';
import { books, orderOne, papers, say, settledRecords, staffSettles, staffSignsIn } from './visitSteps.ts';

/** Sheets move when a test says so. */
const kiosk = kioskOfThisFile({ pageTimeMs: null, powerCuts: true });

test('while coins are in: they come back, nothing was printed', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'one-person-household');
  stack.payment.mechanism.insert(100);
  await expect(page.getByText('100円').first()).toBeVisible();
  await stack.agent().kill();
  await screen.shows(say['away.heading']);
  expect(await screen.words()).toContain('店員');

  await stack.restartAgent();
  const charge = books(stack).charges.at(-1);
  expect(charge).toMatchObject({ state: 'returned', inserted: 100, returned: 100 });
  await screen.shows(say['idle.heading']);
  expect(stack.printer.printer.jobs).toEqual([]);
  expect((await settledRecords(stack, 1))[0]).toMatchObject({ state: 'void' });
});

test('after the money and before the paper: the money comes back', async ({ page }) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'one-person-household');
  printer.faults.delayMs = 600_000;
  stack.payment.mechanism.payRest();
  await screen.shows(say['printing.heading']);
  await stack.agent().kill();
  printer.faults.delayMs = 0;
  for (const job of printer.jobs) printer.cancel(job.id);
  await stack.restartAgent();
  await screen.shows(say['idle.heading']);
  expect(books(stack)).toMatchObject({ balanced: true, taken: 0 });
  expect({ sheets: printer.tray.length, duplicates: printer.duplicates }).toEqual({
    sheets: 0,
    duplicates: 0,
  });
  expect((await settledRecords(stack, 1))[0]).toMatchObject({ state: 'void', refunded: 200 });
});

test('while it prints: the job is not sent again, the staff hands over what came out', async ({ page }) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const before = printer.jobs.length;
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'six-person-household', { extent: /^世帯の全員/ });
  stack.payment.mechanism.payRest();
  await screen.shows(say['printing.heading']);
  await expect.poll(() => printer.jobs.length).toBe(before + 1);
  printer.step();
  await stack.agent().kill();
  await screen.passes(say['away.heading']);
  printer.step();

  await stack.restartAgent();
  await screen.shows(say['attendant.heading']);
  await expect(page.getByText('KIOS-03', { exact: true })).toBeVisible();
  await staffSignsIn(screen);
  await expect(page.getByText(say['staff.paper.printed'])).toBeVisible();
  await staffSettles(screen, say['staff.act.handed-over']);

  expect({ jobs: printer.jobs.length - before, duplicates: printer.duplicates }).toEqual({
    jobs: 1,
    duplicates: 0,
  });
  expect(books(stack)).toMatchObject({ balanced: true, taken: 200 });
  expect((await settledRecords(stack, 1))[0]).toMatchObject({ state: 'printed', paid: 200, sheets: 2 });
});

test('while the receipt prints: it is not printed again, and nothing is asked of anybody', async ({
  page,
}) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const before = printer.jobs.length;
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'one-person-household');
  stack.payment.mechanism.payRest();
  await expect.poll(() => printer.jobs.length).toBe(before + 1);
  while (printer.step());
  await screen.shows(say['printing.receipt.heading']);
  await expect.poll(() => papers(stack, before).receipts.length).toBe(1);
  await stack.agent().kill();

  await stack.restartAgent();
  await screen.shows(say['idle.heading']);
  printer.step();
  expect(papers(stack, before).receipts.map(({ state, sheets }) => ({ state, sheets }))).toEqual([
    { state: 'canceled', sheets: 0 },
  ]);
  expect((await settledRecords(stack, 1))[0]).toMatchObject({ state: 'printed', paid: 200, sheets: 1 });
});
