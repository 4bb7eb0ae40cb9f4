/** 領収書: asked for and printed once, on one side; no failure of it touches money or certificates. */
import { describe, expect, it } from 'vitest';
import { makeWorld, moneyKept } from '../transaction/testDevices.ts';
import type { Script } from '../transaction/testDevices.ts';
import { FEE, makeCenterState } from './testCenter.ts';
import { makeTestKiosk, NOON, ordered, settled, STORE } from './testKiosk.ts';
import type { Given, TestKiosk } from './testKiosk.ts';

async function paid(given: Given = {}, copies = 1): Promise<TestKiosk> {
  const kiosk = makeTestKiosk(given);
  await kiosk.runner.start();
  await ordered(kiosk, copies);
  await kiosk.until('confirming');
  kiosk.touch({ type: 'confirm' });
  return kiosk;
}
const rowsOf = (kiosk: TestKiosk): string[] =>
  kiosk.everyRow().filter((type) => type.startsWith('receipt') || type === 'settled' || type === 'closed');

/** Whatever became of the receipt: paid, printed, confirmed, closed. */
async function expectSold(kiosk: TestKiosk, certificates = 1): Promise<void> {
  await settled();
  await settled();
  expect(moneyKept(kiosk.world)).toBe(certificates * FEE);
  expect([...kiosk.center.ledger.values()]).toEqual(Array(certificates).fill('printed'));
  expect(kiosk.journal.openRows()).toEqual([]);
  kiosk.touch({ type: 'collected' });
  await kiosk.until('idle');
  await kiosk.runner.stop();
}

describe('receipt', () => {
  it('names numbers, store, machine and time of paying, and no person; one side, one sheet', async () => {
    const kiosk = await paid({}, 2);
    const collecting = await kiosk.until('collecting');
    expect(collecting.receipt).toBe('printed');
    expect(kiosk.center.receipts).toEqual([
      {
        certificates: [...kiosk.center.ledger.keys()].map((issueNumber) => ({ issueNumber })),
        store: STORE,
        inquiryNumber: collecting.inquiryNumber,
        paidAt: new Date(NOON).toISOString(),
      },
    ]);
    const last = [...kiosk.world.sheets.values()].at(-1);
    expect(last).toMatchObject({ sides: 'one-sided', sheets: 1 });
    expect(last?.document).toContain(`receipt ${collecting.inquiryNumber}`);
    expect([...kiosk.world.sheets.values()].map(({ sides }) => sides)).toEqual([
      'two-sided',
      'two-sided',
      'one-sided',
    ]);
    expect(rowsOf(kiosk)).toEqual(['settled', 'receipt-intended', 'receipt-printed', 'closed']);
    await expectSold(kiosk, 2);
  });

  it.each([
    ['unreachable', (center: ReturnType<typeof makeCenterState>) => void center.unreachable.add('receipt')],
    [
      'refusing',
      (center: ReturnType<typeof makeCenterState>) => void center.refusals.set('receipt', 'DESK-01'),
    ],
    [
      'answering with other pages than it says',
      (center: ReturnType<typeof makeCenterState>) => void (center.receiptPages = 2),
    ],
  ])('center %s: not printed, the number is shown', async (_how, spoil) => {
    const center = makeCenterState();
    spoil(center);
    const kiosk = await paid({ center });
    const collecting = await kiosk.until('collecting');
    expect(collecting).toMatchObject({ certificates: 1, receipt: 'not-printed' });
    expect(collecting.inquiryNumber).toMatch(/^TEST-/);
    expect(kiosk.world.sheets.size).toBe(1);
    expect(rowsOf(kiosk)).toEqual(['settled', 'receipt-intended', 'receipt-failed', 'closed']);
    await expectSold(kiosk);
  });

  it.each<[Script['prints'][number], string]>([
    ['not-printed', 'not-printed'],
    ['printed-reply-lost', 'unknown'],
    ['jam', 'unknown'],
  ])('printer: %s after the certificate: %s, nothing else changes', async (print, receipt) => {
    const kiosk = await paid({ world: makeWorld({ prints: ['printed', print] }) });
    expect(await kiosk.until('collecting')).toMatchObject({ certificates: 1, receipt });
    await expectSold(kiosk);
  });

  it('printer stopped by then: nothing is sent', async () => {
    const kiosk = makeTestKiosk();
    await kiosk.runner.start();
    await ordered(kiosk, 1);
    await kiosk.until('confirming');
    kiosk.runner.watch(({ view }) => {
      if (view.at === 'printing') kiosk.world.printerReady = false;
    });
    kiosk.touch({ type: 'confirm' });
    expect(await kiosk.until('collecting')).toMatchObject({ receipt: 'not-printed' });
    expect(kiosk.world.sheets.size).toBe(1);
    await kiosk.runner.stop();
  });

  it('a center that never answers holds the resident for two minutes at most', async () => {
    const center = makeCenterState();
    center.silent.add('receipt');
    const kiosk = await paid({ center });
    await settled();
    expect(kiosk.latest().view.at).toBe('printing');
    await kiosk.pass(120_000);
    expect(await kiosk.until('collecting')).toMatchObject({ receipt: 'not-printed' });
    await expectSold(kiosk);
  });

  it('none when nothing was printed', async () => {
    const kiosk = await paid({ world: makeWorld({ prints: ['not-printed'] }) });
    await kiosk.until('notice');
    expect(kiosk.center.receipts).toEqual([]);
    expect(rowsOf(kiosk).filter((type) => type.startsWith('receipt'))).toEqual([]);
    await kiosk.runner.stop();
  });
});
