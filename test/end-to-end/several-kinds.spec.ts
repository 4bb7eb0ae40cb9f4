/** Certificates of several kinds in one visit: one payment, each on its own paper; a jam between them, a receipt that fails. */
import { test } from '@playwright/test';
import { expect, kioskOfThisFile } from './kiosk.ts';
import type { Screen } from './kiosk.ts';
import {
  books,
  choose,
  labelOf,
  order,
  papers,
  say,
  settledRecords,
  signIn,
  staffSettles,
  staffSignsIn,
  wordsOf,
} from './visitSteps.ts';
import type { Choice } from './visitSteps.ts';

/** Sheets move when a test says so. */
const kiosk = kioskOfThisFile({ pageTimeMs: null });

/** Three certificates are three times the questions, and axe looks at each new screen. */
test.describe.configure({ timeout: 180_000 });

const SEAL: Choice = { kind: 'seal-registration-certificate' };
const TAX: Choice = { kind: 'tax-payment-certificate', items: ['市民税・県民税'] };
const COPY: Choice = { kind: 'resident-record-copy', extent: /^世帯の全員/, include: ['世帯主・続柄'] };
const THREE = [SEAL, TAX, COPY];
const labels = THREE.map(({ kind }) => labelOf(kind ?? ''));

/** Idle -> the money is asked for: one certificate of each choice. Returns what is to be paid. */
async function orderAll(screen: Screen, cardId: string, choices: readonly Choice[]): Promise<number> {
  await signIn(kiosk(), screen, cardId);
  for (const [index, choice] of choices.entries()) {
    if (index > 0) {
      await screen.touch(say['basket.add']);
      await screen.shows(say['kind.heading']);
    }
    await choose(screen, choice);
  }
  await order(kiosk(), screen);
  return kiosk().stack.payment.mechanism.books.charges.at(-1)?.amount ?? 0;
}

/** Waits for so many documents and lets the last one come out, sheet by sheet. */
async function printNext(jobs: number): Promise<void> {
  const { printer } = kiosk().stack.printer;
  await expect.poll(() => printer.jobs.length).toBe(jobs);
  while (printer.step());
}

test('three kinds, one payment: each paper carries its own title, the receipt names all', async ({
  page,
}) => {
  const { stack } = kiosk();
  const screen = await kiosk().open(page);
  const due = await orderAll(screen, 'taro', THREE);
  stack.payment.mechanism.payRest();
  for (const [index, label] of labels.entries()) {
    await expect(page.getByText(label)).toBeVisible();
    await printNext(index + 1);
  }
  await printNext(4);
  await screen.shows(say['collecting.headingNoChange']);

  const records = await settledRecords(stack, 3);
  expect(new Set(records.map(({ kind }) => kind))).toEqual(new Set(THREE.map(({ kind }) => kind)));
  expect(records.every(({ state }) => state === 'printed')).toBe(true);
  expect(records.reduce((sum, { paid }) => sum + (paid ?? 0), 0)).toBe(due);
  expect(books(stack)).toMatchObject({ balanced: true, taken: due });
  expect(books(stack).charges).toHaveLength(1);
  const { certificates, receipts } = papers(stack);
  expect(certificates.map(({ sha256 }) => sha256).sort()).toEqual(
    records.map((record) => record.document_sha256).sort(),
  );
  const receipt = wordsOf(receipts[0]!.bytes).replaceAll(/\s/g, '');
  for (const label of labels) expect(receipt).toContain(label);
  expect(receipt).toContain(due.toLocaleString('ja-JP'));
  await screen.touch(say['collecting.done']);
  await screen.shows(say['idle.heading']);
});

test('a jam before the second of three: the rest is given back, the first is kept and has a receipt', async ({
  page,
}) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const before = printer.jobs.length;
  const taken = books(stack).taken;
  const screen = await kiosk().open(page);
  await orderAll(screen, 'taro', THREE);
  stack.payment.mechanism.payRest();
  await printNext(before + 1);
  await expect.poll(() => printer.jobs.length).toBe(before + 2);
  printer.jam();
  await screen.tells('PRNT-02');
  const records = await settledRecords(stack, 3);
  expect(records.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(
    [`${SEAL.kind} printed`, `${TAX.kind} void`, `${COPY.kind} void`].sort(),
  );
  const kept = records.find(({ kind }) => kind === SEAL.kind)?.paid ?? 0;
  expect(books(stack)).toMatchObject({ balanced: true, taken: taken + kept });
  for (const { state, paid, refunded } of records)
    expect(state === 'void' ? refunded : paid).toBeGreaterThan(0);

  await screen.touch(say['notice.goOn']);
  await screen.shows(say['collecting.headingNoChange']);
  // the printer stands still: no receipt either, and the number to ask with is shown
  await expect(page.getByText('領収書は印刷できませんでした')).toBeVisible();
  expect(papers(stack, before).receipts).toEqual([]);
  await screen.touch(say['collecting.done']);
  await screen.shows(say['out.heading']);
  printer.clear();
  await staffSignsIn(screen);
  await screen.touch(say['staff.checkAgain']);
  await expect(page.getByText(say['staff.faults.none'])).toBeVisible();
  await screen.touch(say['staff.leave']);
  await screen.shows(say['idle.heading']);
});

test('a jam on the second sheet of the second of three: the staff destroys it, its fee and the third’s go back', async ({
  page,
}) => {
  const { stack } = kiosk();
  const { printer } = stack.printer;
  const before = printer.jobs.length;
  const taken = books(stack).taken;
  const screen = await kiosk().open(page);
  const two: Choice = { kind: 'resident-record-copy', extent: /^世帯の全員/ };
  const due = await orderAll(screen, 'six-person-household', [SEAL, two, TAX]);
  stack.payment.mechanism.payRest();
  await printNext(before + 1);
  await expect.poll(() => printer.jobs.length).toBe(before + 2);
  printer.faults.jamOnSheet = 2;
  printer.step();
  printer.step();
  await screen.shows(say['attendant.heading']);
  // the certificate of before and one sheet of this one
  await expect(page.getByText('2枚')).toBeVisible();
  // the third was never sent: its fee is back at once; the second's waits for the clerk
  const refunded = books(stack).charges.at(-1)?.refunded ?? 0;
  expect(refunded).toBeGreaterThan(0);
  expect(books(stack)).toMatchObject({ balanced: true, taken: taken + due - refunded });
  await staffSignsIn(screen);
  printer.clear();
  await staffSettles(screen, say['staff.act.paper-destroyed']);
  const records = await settledRecords(stack, 3);
  const printed = records.filter(({ state }) => state === 'printed');
  expect(printed.map(({ kind }) => kind)).toEqual([SEAL.kind]);
  expect(books(stack)).toMatchObject({ balanced: true, taken: taken + (printed[0]?.paid ?? 0) });
  expect(papers(stack, before).receipts).toEqual([]);
});
