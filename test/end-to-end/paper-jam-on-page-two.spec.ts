/** The printer fails: before the money, and in the middle of a certificate, which the store's staff then settles. */
import { test } from '@playwright/test';
import { expect, kioskOfThisFile } from './kiosk.ts';
import {
  books,
  choose,
  enterPin,
  orderOne,
  say,
  settledRecords,
  signIn,
  staffSettles,
  staffSignsIn,
} from './visitSteps.ts';

/** Sheets move when a test says so. */
const kiosk = kioskOfThisFile({ pageTimeMs: null });

test('a printer without paper is noticed before the first yen', async ({ page }) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const screen = await kiosk().open(page);
  await signIn(kiosk(), screen, 'one-person-household');
  await choose(screen);
  await screen.touch(say['basket.next']);
  await screen.shows(say['confirming.heading']);
  printer.setPaper(0);
  await screen.touch(say['confirming.confirm']);
  await screen.tells('PRNT-01');
  expect(books(stack)).toMatchObject({ balanced: true, charges: [] });
  expect(printer.jobs).toEqual([]);
  const [record] = await settledRecords(stack, 1);
  expect(record).toMatchObject({ state: 'void' });

  await screen.touch(say['notice.again']);
  await screen.shows(say['out.heading']);
  printer.setPaper(100);
  await staffSignsIn(screen);
  await screen.touch(say['staff.checkAgain']);
  await expect(page.getByText(say['staff.faults.none'])).toBeVisible();
  await screen.touch(say['staff.leave']);
  await screen.shows(say['idle.heading']);
});

test('a jam on the second sheet: the resident stays, the staff sees no name, the money goes back', async ({
  page,
}) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'six-person-household', { extent: /^世帯の全員/ });
  printer.faults.jamOnSheet = 2;
  stack.payment.mechanism.payRest();
  await screen.shows(say['printing.heading']);
  await expect.poll(() => printer.jobs.map(({ pages }) => pages)).toEqual([4]);
  printer.step();
  printer.step();
  await screen.shows(say['attendant.heading']);
  await expect(page.getByText('PRNT-02', { exact: true })).toBeVisible();
  expect(await screen.words()).toContain('1枚');
  expect(books(stack)).toMatchObject({ balanced: true, taken: 200 });

  await screen.touch(say['out.staff']);
  await enterPin(screen, '11111111');
  await expect(page.getByRole('alert')).toContainText(say['staff.signIn.wrong']);
  await screen.touch(say['frame.back']);
  await screen.shows(say['attendant.heading']);
  await staffSignsIn(screen);
  await expect(page.getByText(say['staff.device.printer'])).toBeVisible();
  for (const name of ['辻', '例示町']) expect(await screen.markup()).not.toContain(name);

  printer.clear();
  await staffSettles(screen, say['staff.act.paper-destroyed']);

  expect(books(stack)).toMatchObject({ balanced: true, taken: 0 });
  expect({ jobs: printer.jobs.length, duplicates: printer.duplicates }).toEqual({ jobs: 1, duplicates: 0 });
  const [record] = await settledRecords(stack, 1);
  expect(record).toMatchObject({ state: 'void', refunded: 200 });
});

test('a jam on the first sheet while the coin machine is away: the resident is asked to stay until the money is back', async ({
  page,
}) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const { faults } = stack.payment.mechanism;
  const before = printer.jobs.length;
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'one-person-household');
  printer.faults.jamOnSheet = 1;
  stack.payment.mechanism.payRest();
  await screen.passes(say['printing.heading']);
  await expect.poll(() => printer.jobs.length).toBe(before + 1);
  faults.dropBefore = 1_000_000;
  printer.step();
  await screen.shows(say['settling.heading']);
  await expect(page.getByText('その場をはなれずに')).toBeVisible();
  faults.dropBefore = 0;
  printer.clear();
  await screen.tells('PRNT-02');
  expect(books(stack)).toMatchObject({ balanced: true, taken: 0 });
  const [record] = await settledRecords(stack, 1);
  expect(record?.state).toBe('void');
});
