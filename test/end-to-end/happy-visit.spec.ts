/** Visits in which nothing goes wrong, from the first screen to the paper, with the real browser on the whole stack. */
import { test } from '@playwright/test';
import { expect, kioskOfThisFile } from './kiosk.ts';
import {
  books,
  cancel,
  choose,
  order,
  orderOne,
  papers,
  pinOf,
  say,
  settledRecords,
  signIn,
  wordsOf,
} from './visitSteps.ts';

/** Sheets move when a test says so. */
const kiosk = kioskOfThisFile({ pageTimeMs: null });

/** What a screen may show of the household of `taro`, and nothing may show afterwards. */
const HOUSEHOLD = ['渡邉', '太郎', '櫻', '陽葵', 'SAMPLE MARIA', '見本台'];

/** Waits for the job and lets it come out, sheet by sheet. */
async function printNext(jobs: number): Promise<void> {
  const { printer } = kiosk().stack.printer;
  await expect.poll(() => printer.jobs.length).toBe(jobs);
  while (printer.step());
}

test('a household gets its certificate, once, for its fee, and is forgotten', async ({ page }) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  await orderOne(kiosk(), screen, 'taro', { extent: /^世帯の全員/, include: ['世帯主・続柄'] });

  expect(stack.payment.mechanism.insert(500)).toBe(true);
  await screen.shows(say['printing.heading']);
  await printNext(1);
  await screen.shows(say['printing.receipt.heading']);
  await printNext(2);
  await screen.shows(say['collecting.heading']);
  await expect(page.getByText('300円')).toBeVisible();

  const [record] = await settledRecords(stack, 1);
  expect(record).toMatchObject({ state: 'printed', paid: 200, sheets: 1, refunded: null });
  const { duplicates, tray } = stack.printer.printer;
  const { certificates, receipts } = papers(stack);
  expect(certificates.map(({ sha256 }) => sha256)).toEqual([record?.document_sha256]);
  // the certificate with its back on one sheet, and the receipt
  expect({ duplicates, sheets: tray.length }).toEqual({ duplicates: 0, sheets: 2 });
  expect(books(stack)).toMatchObject({ balanced: true, taken: 200 });

  const receipt = wordsOf(receipts[0]!.bytes).replaceAll(/\s/g, '');
  for (const word of ['領収書', '住民票の写し', '200円', '見本ストア架空中央店'])
    expect(receipt).toContain(word);
  for (const word of HOUSEHOLD) expect(receipt).not.toContain(word);
  const paper = wordsOf(certificates[0]!.bytes).replaceAll(/\s/g, '');
  // 邉 with its variation selector: the glyph the register names, not a look-alike
  for (const name of ['渡邉󠄗　太郎', '渡邉󠄗　櫻', '渡邉󠄗　陽葵', 'SAMPLE MARIA ANGELICA']) {
    expect(paper).toContain(name.replaceAll(/\s/g, ''));
  }
  expect(paper).toContain(`発行番号${record?.issue_number}`);

  await screen.touch(say['collecting.done']);
  await screen.shows(say['idle.heading']);
  for (const word of HOUSEHOLD) expect(await screen.markup()).not.toContain(word);
  await page.reload();
  await screen.shows(say['idle.heading']);
  for (const word of HOUSEHOLD) expect(await screen.markup()).not.toContain(word);
});

test('the PIN is nowhere on the screen and in no message of the agent', async ({ page }) => {
  const screen = await kiosk().open(page);
  const pin = pinOf('sakura');
  await signIn(kiosk(), screen, 'sakura');
  expect(screen.received().join('\n')).not.toContain(pin);
  expect(await screen.markup()).not.toContain(pin);
  await cancel(screen);
});

test('two copies and a household certificate in one visit: three papers, three numbers, one payment', async ({
  page,
}) => {
  const { stack } = kiosk();
  const printed = stack.printer.printer.jobs.length;
  const before = books(stack).taken;
  const screen = await kiosk().open(page);
  await signIn(kiosk(), screen, 'sakura');
  await choose(screen, { extent: /^本人だけ/, copies: 2 });
  await screen.touch(say['basket.add']);
  await screen.shows(say['kind.heading']);
  await choose(screen, { extent: /^世帯の全員/ });
  await expect(page.getByText('600円')).toBeVisible();
  await order(kiosk(), screen);
  stack.payment.mechanism.payRest();
  for (const job of [1, 2, 3, 4]) await printNext(printed + job);
  await screen.shows(say['collecting.headingNoChange']);
  const records = await settledRecords(stack, 3);
  expect(records.map(({ state, paid }) => ({ state, paid }))).toEqual(
    Array(3).fill({ state: 'printed', paid: 200 }),
  );
  expect(new Set(records.map(({ issue_number }) => issue_number)).size).toBe(3);
  const { certificates, receipts } = papers(stack, printed);
  expect(receipts).toHaveLength(1);
  expect(certificates.map(({ sha256 }) => sha256).sort()).toEqual(
    records.map((record) => record.document_sha256).sort(),
  );
  expect(books(stack)).toMatchObject({ balanced: true, taken: before + 600 });
  await screen.touch(say['collecting.done']);
  await screen.shows(say['idle.heading']);
});
