/** The boot table of architecture.md 2, row by row. */
import { describe, expect, it } from 'vitest';
import type { IssueNumber, Yen } from '#templates/vocabulary.ts';
import { CITY } from '../visit/testCenter.ts';
import { decide, IllegalCommand } from './decide.ts';
import type { TransactionCommand } from './decide.ts';
import type { TransactionEvent } from './events.ts';
import { attendantActs, nextAct } from './settle.ts';
import { evolve, firstState } from './state.ts';
import type { Transaction } from './state.ts';

const UUID = (last: string): string => `7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a0${last}`;
const CHARGE = UUID('a');
const PRINT = UUID('b');
const REFUND = UUID('c');
const FEE = 300 as Yen;

function order(items: number): Transaction {
  const lines = Array.from({ length: items }, (_, index) => ({
    item: index + 1,
    requestId: UUID(String(index)),
    kind: 'resident-record-copy' as const,
    municipality: CITY,
    fee: FEE,
  }));
  return firstState('K7Q2-9MXD', '2026-11-20T03:00:00.000Z', { type: 'order-placed', items: lines });
}
function after(state: Transaction, ...events: readonly TransactionEvent[]): Transaction {
  return events.reduce(evolve, state);
}
const prepared = (item: number): TransactionEvent => ({
  type: 'certificate-prepared',
  item,
  issueNumber: '0000-0000-0000-0001' as IssueNumber,
  pages: 2,
  templateDigest: 'a'.repeat(64),
});
const intended: TransactionEvent = { type: 'charge-intended', reference: CHARGE, amount: FEE };
const charged: TransactionEvent = { type: 'charge-succeeded', paid: FEE, change: 0 as Yen };
const printIntended = (item: number): TransactionEvent => ({
  type: 'print-intended',
  item,
  reference: PRINT,
  sentAt: 1,
});
const printed = (item: number): TransactionEvent => ({ type: 'print-succeeded', item, sheets: 2 });
const BOOT: TransactionEvent = { type: 'recovery-begun' };
const PAID = after(order(2), prepared(1), prepared(2), intended, charged);
const next = (state: Transaction, ...asked: string[]) => nextAct(after(state, BOOT), new Set(asked));

describe('after the last row', () => {
  it('order-placed: nothing to undo', () => {
    expect(next(order(1))).toEqual({ kind: 'settle' });
  });
  it('certificates-prepared: void', () => {
    expect(next(after(order(1), prepared(1)))).toEqual({ kind: 'void', item: 1, reason: 'recovered' });
  });
  it('charge-intended: ask the terminal; unknown: attendant', () => {
    const state = after(order(1), prepared(1), intended);
    expect(next(state)).toEqual({ kind: 'lookupCharge', reference: CHARGE });
    const unknown = after(state, { type: 'charge-unknown' });
    expect(next(unknown, CHARGE)).toEqual({ kind: 'attendant' });
    expect(attendantActs(unknown)).toEqual(['ask-devices-again', 'returned-by-hand']);
  });
  it('charge-declined: void', () => {
    const state = after(order(1), prepared(1), intended, { type: 'charge-declined', reason: 'never-seen' });
    expect(next(state)).toMatchObject({ kind: 'void', item: 1 });
  });
  it('charge-succeeded: refund everything', () => {
    expect(next(PAID)).toEqual({ kind: 'refund', items: [1, 2], chargeReference: CHARGE });
  });
  it('print-intended: ask the printer', () => {
    const state = after(PAID, printIntended(1));
    expect(next(state)).toEqual({ kind: 'lookupPrint', item: 1, reference: PRINT, sentAt: 1 });
  });
  it('found printed at boot: confirm this, refund the rest, attendant clears the tray', () => {
    const found = after(PAID, printIntended(1), BOOT, printed(1));
    expect(next(found, PRINT)).toEqual({ kind: 'confirm', item: 1 });
    const confirmed = after(found, { type: 'confirm-intended', item: 1 });
    expect(next(confirmed, PRINT)).toMatchObject({ kind: 'refund', items: [2] });
    const returned = after(
      confirmed,
      { type: 'refund-intended', reference: REFUND, amount: FEE, items: [2] },
      { type: 'refund-succeeded' },
    );
    expect(next(returned, PRINT)).toMatchObject({ kind: 'void', item: 2 });
    const voided = after(returned, { type: 'void-intended', item: 2, reason: 'recovered', refunded: FEE });
    expect(next(voided, PRINT)).toEqual({ kind: 'attendant' });
    const cleared = after(voided, { type: 'attendant-acted', act: 'handed-over' });
    expect(next(cleared, PRINT)).toEqual({ kind: 'settle' });
  });
  it('print not begun: refund; print unknown: attendant', () => {
    const failed = after(PAID, printIntended(1), { type: 'print-failed', item: 1, reasons: [] });
    expect(next(failed, PRINT)).toMatchObject({ kind: 'refund', items: [1, 2] });
    const unknown = after(PAID, printIntended(1), { type: 'print-unknown', item: 1, sheets: null });
    // the second item never went to the printer: its fee goes back at once
    expect(next(unknown, PRINT)).toMatchObject({ kind: 'refund', items: [2] });
    expect(attendantActs(unknown)).toEqual(['ask-devices-again', 'handed-over', 'paper-destroyed']);
  });
  it('print-succeeded (all): confirm each, settled, no attendant', () => {
    const all = after(PAID, printIntended(1), printed(1), printIntended(2), printed(2));
    expect(next(all)).toEqual({ kind: 'confirm', item: 1 });
    const told = after(all, { type: 'confirm-intended', item: 1 }, { type: 'confirm-intended', item: 2 });
    expect(next(told)).toEqual({ kind: 'settle' });
  });
  it('refund-intended: ask the terminal; otherwise attendant', () => {
    const refund: TransactionEvent = {
      type: 'refund-intended',
      reference: REFUND,
      amount: FEE,
      items: [1, 2],
    };
    const state = after(PAID, refund);
    expect(next(state)).toEqual({ kind: 'lookupRefund', reference: REFUND });
    expect(next(after(state, { type: 'refund-unknown' }), REFUND)).toEqual({ kind: 'attendant' });
    expect(next(after(state, { type: 'refund-failed' }), REFUND)).toEqual({ kind: 'attendant' });
  });
});

describe('what no command may do', () => {
  const print: TransactionCommand = { kind: 'intendPrint', item: 1, reference: PRINT, sentAt: 1 };
  const charge: TransactionCommand = { kind: 'intendCharge', reference: CHARGE };
  const refunding = after(PAID, { type: 'refund-intended', reference: REFUND, amount: FEE, items: [2] });
  const cases: readonly (readonly [string, TransactionCommand, Transaction])[] = [
    ['charge before every certificate is prepared', charge, after(order(2), prepared(1))],
    ['charge twice', charge, PAID],
    [
      'charge after a cancel',
      charge,
      after(order(1), prepared(1), { type: 'abandoned', reason: 'cancelled' }),
    ],
    ['print before it is paid', print, after(order(1), prepared(1), intended)],
    ['print the same item twice', print, after(PAID, printIntended(1))],
    ['print after a restart', print, after(PAID, BOOT)],
    ['print after a refund', print, refunding],
    [
      'refund what was printed',
      { kind: 'intendRefund', reference: REFUND, items: [1] },
      after(PAID, printIntended(1), printed(1)),
    ],
    ['refund while a refund is open', { kind: 'intendRefund', reference: REFUND, items: [1] }, refunding],
    [
      'void what was printed',
      { kind: 'intendVoid', item: 1, reason: 'recovered' },
      after(PAID, printIntended(1), printed(1)),
    ],
    ['confirm what was not printed', { kind: 'intendConfirm', item: 1 }, PAID],
    ['say by hand what is not asked', { kind: 'actByHand', act: 'returned-by-hand' }, PAID],
    ['close what is not settled', { kind: 'close' }, PAID],
    [
      'change what is closed',
      { kind: 'abandon', reason: 'cancelled' },
      after(order(1), { type: 'settled' }, { type: 'closed' }),
    ],
  ];
  it.each(cases)('%s', (_rule, command, state) => {
    expect(() => decide(command, state)).toThrow(IllegalCommand);
  });
});
