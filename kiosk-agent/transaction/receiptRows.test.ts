/** The rows of a receipt: meant once, closed only when its fate is written, given up at boot. */
import { describe, expect, it } from 'vitest';
import type { IssueNumber, Yen } from '#templates/vocabulary.ts';
import { CITY, makeCenterState, testCenter } from '../visit/testCenter.ts';
import { memoryJournal, NOON } from '../visit/testKiosk.ts';
import { openBook } from './book.ts';
import { IllegalCommand } from './decide.ts';
import { deliverAll } from './outbox.ts';
import { recover } from './recovery.ts';
import { evolve, firstState } from './state.ts';
import { makeWorld, testPrinter, testTerminal } from './testDevices.ts';

const NUMBER = 'TEST-0001';
const ISSUE = 'ABCD-EFGH-JKMN-PQRS' as IssueNumber;
const ID = '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a01';
const clock = (): number => NOON;
const order = [{ item: 1, requestId: ID, kind: 'resident-record-copy', municipality: CITY, fee: 300 as Yen }];
const prepared = { item: 1, issueNumber: ISSUE, pages: 4, sheets: 2, templateDigest: 'a'.repeat(64) };

/** One certificate, paid and printed. */
function printed() {
  const journal = memoryJournal();
  const book = openBook(journal, clock);
  book.place(NUMBER, order);
  book.act(NUMBER, { kind: 'recordPrepared', ...prepared });
  book.act(NUMBER, { kind: 'intendCharge', reference: ID });
  book.act(NUMBER, {
    kind: 'recordCharge',
    outcome: { kind: 'charged', paid: 300 as Yen, change: 0 as Yen },
  });
  return { journal, book, print: () => printOne(book) };
}
function printOne(book: ReturnType<typeof openBook>): void {
  book.act(NUMBER, { kind: 'intendPrint', item: 1, reference: ID, sentAt: NOON });
  book.act(NUMBER, { kind: 'recordPrint', item: 1, outcome: { kind: 'printed', sheets: 2 } });
}
const intend = { kind: 'intendReceipt', reference: ID } as const;
const lost = { kind: 'recordReceipt', outcome: { kind: 'unknown' } } as const;

describe('a receipt', () => {
  it('is of printed certificates, meant once, and its outcome is recorded once', () => {
    const { book, print } = printed();
    expect(() => book.act(NUMBER, intend)).toThrow(IllegalCommand);
    print();
    expect(() => book.act(NUMBER, lost)).toThrow(IllegalCommand);
    book.act(NUMBER, intend);
    expect(() => book.act(NUMBER, intend)).toThrow(IllegalCommand);
    expect(book.act(NUMBER, lost).receipt).toBe('unknown');
    expect(() => book.act(NUMBER, lost)).toThrow(IllegalCommand);
    expect(() => book.act(NUMBER, intend)).toThrow(IllegalCommand);
  });

  it('under way keeps the transaction open, whatever the center has acknowledged', async () => {
    const { book, journal, print } = printed();
    print();
    book.act(NUMBER, intend);
    book.act(NUMBER, { kind: 'intendConfirm', item: 1 });
    book.act(NUMBER, { kind: 'settle' });
    const state = makeCenterState();
    state.ledger.set(ISSUE, 'prepared');
    const outbox = { book, journal, center: testCenter(state, clock), onConflict: () => undefined };
    expect(await deliverAll(outbox)).toBe(true);
    expect(book.find(NUMBER)).toMatchObject({ settled: true, closed: false });
    expect(() => book.act(NUMBER, { kind: 'close' })).toThrow(IllegalCommand);
    book.act(NUMBER, { kind: 'recordReceipt', outcome: { kind: 'printed' } });
    await deliverAll(outbox);
    expect(book.find(NUMBER)).toBeUndefined();
  });

  it.each([true, false])('cut off by the power is given up, not printed (settled: %s)', async (settled) => {
    const { journal, book: before, print } = printed();
    print();
    before.act(NUMBER, intend);
    if (settled) before.act(NUMBER, { kind: 'intendConfirm', item: 1 });
    if (settled) before.act(NUMBER, { kind: 'settle' });
    const world = makeWorld();
    const book = openBook(journal, clock);
    const settling = { book, printer: testPrinter(world), payment: testTerminal(world), newId: () => ID };
    expect(await recover(settling)).toEqual([]);
    expect(book.get(NUMBER)).toMatchObject({ receipt: 'unknown', settled: true });
    expect(world.sheets.size).toBe(0);
  });
});

describe('sheets of a certificate', () => {
  it('are as many as pages in a row of a kiosk that printed on one side', () => {
    const { sheets: _sheets, ...old } = prepared;
    const first = firstState(NUMBER, '', { type: 'order-placed', items: order });
    const row = { type: 'certificate-prepared', ...old } as const;
    expect(evolve(first, row).items[0]).toMatchObject({ pages: 4, sheets: 4 });
    expect(evolve(first, { ...row, sheets: 2 }).items[0]).toMatchObject({ pages: 4, sheets: 2 });
  });
});
