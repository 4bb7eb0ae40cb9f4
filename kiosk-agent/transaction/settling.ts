/** Carries out the table of settle.ts against the devices, row by row, until all is settled or only a person can help. */
import type { ChargeLookup, PaymentTerminalPort } from '../payment/paymentTerminalPort.ts';
import type { PrinterPort } from '../printer/printerPort.ts';
import type { Book } from './book.ts';
import { nextAct } from './settle.ts';
import type { SettlingAct } from './settle.ts';
import { itemOf, mayClose, type Transaction } from './state.ts';

export interface Settling {
  readonly book: Book;
  readonly printer: Pick<PrinterPort, 'lookup'>;
  readonly payment: Pick<PaymentTerminalPort, 'charge' | 'lookupCharge' | 'lookupRefund' | 'refund'>;
  readonly newId: () => string;
}

export interface Settled {
  readonly kind: 'settled' | 'attendant';
  readonly state: Transaction;
}

/**
 * Settles money and paper of one transaction. `attendant`: something is left that only a person can find out or do.
 * `retryRefund`: a person stands by, so a refund the terminal never saw, or refused, is sent (again).
 * Throws what the journal throws; the transaction then stands where its last row says.
 */
export async function settleTransaction(
  number: string,
  settling: Settling,
  { retryRefund }: { readonly retryRefund: boolean } = { retryRefund: false },
): Promise<Settled> {
  const { book } = settling;
  const asked = new Set<string>();
  if (retryRefund) await refundAgain(number, settling);
  for (;;) {
    const state = book.get(number);
    if (state.settled) return { kind: 'settled', state };
    const act = nextAct(state, asked);
    if (act.kind === 'settle') {
      const settled = book.act(number, { kind: 'settle' });
      return { kind: 'settled', state: mayClose(settled) ? book.act(number, { kind: 'close' }) : settled };
    }
    if (act.kind === 'attendant') {
      return { kind: 'attendant', state: book.act(number, { kind: 'callAttendant' }) };
    }
    if ('reference' in act) asked.add(act.reference);
    await perform(number, act, settling, retryRefund);
  }
}

async function perform(
  number: string,
  act: Exclude<SettlingAct, { kind: 'settle' | 'attendant' }>,
  settling: Settling,
  retryRefund: boolean,
): Promise<void> {
  const { book } = settling;
  switch (act.kind) {
    case 'lookupCharge': {
      const outcome = await lookupCharge(number, act.reference, settling);
      book.act(number, { kind: 'recordCharge', outcome });
      return;
    }
    case 'lookupPrint': {
      const unknown = { kind: 'unknown', sheets: null, reasons: [] } as const;
      const { pages, sheets } = itemOf(book.get(number), act.item);
      const sides = pages > sheets ? 'two-sided' : 'one-sided';
      const sent = { sentAt: act.sentAt, pages, sides } as const;
      const outcome = await settling.printer.lookup(act.reference, sent).catch(() => unknown);
      book.act(number, { kind: 'recordPrint', item: act.item, outcome });
      return;
    }
    case 'refund':
      return refund(number, act.items, settling);
    case 'lookupRefund':
      return lookupRefund(number, act.reference, settling, retryRefund);
    case 'confirm':
      book.act(number, { kind: 'intendConfirm', item: act.item });
      return;
    case 'void':
      book.act(number, { kind: 'intendVoid', item: act.item, reason: act.reason });
  }
}

/** A terminal that still waits for coins is told to give back what it has: the visit is over. */
async function lookupCharge(
  number: string,
  reference: string,
  { book, payment }: Settling,
): Promise<Exclude<ChargeLookup, { kind: 'pending' }>> {
  const found = await payment.lookupCharge(reference).catch(() => ({ kind: 'unknown' }) as const);
  if (found.kind !== 'pending') return found;
  const { amount } = book.get(number);
  return payment.charge({ reference, amount }, () => undefined, AbortSignal.abort());
}

async function refund(number: string, items: readonly number[], settling: Settling): Promise<void> {
  const { book, payment, newId } = settling;
  const reference = newId();
  const state = book.act(number, { kind: 'intendRefund', reference, items });
  const intended = state.refunds.at(-1);
  if (state.charge.kind !== 'charged' || !intended) throw new Error('a refund belongs to a charge');
  const order = { reference, chargeReference: state.charge.reference, amount: intended.amount };
  const outcome = await payment.refund(order);
  book.act(number, { kind: 'recordRefund', outcome });
}

async function lookupRefund(
  number: string,
  reference: string,
  settling: Settling,
  retryRefund: boolean,
): Promise<void> {
  const { book, payment } = settling;
  const found = await payment.lookupRefund(reference).catch(() => ({ kind: 'unknown' }) as const);
  if (found.kind !== 'neverSeen') {
    book.act(number, { kind: 'recordRefund', outcome: found });
    return;
  }
  const state = book.get(number);
  const last = state.refunds.at(-1);
  const mayRetry = retryRefund && state.charge.kind === 'charged' && last !== undefined;
  const outcome = mayRetry
    ? await payment.refund({ reference, chargeReference: state.charge.reference, amount: last.amount })
    : ({ kind: 'unknown' } as const);
  book.act(number, { kind: 'recordRefund', outcome });
}

/** A refund the terminal refused is a new one: the terminal answers the old reference with the old outcome. */
async function refundAgain(number: string, settling: Settling): Promise<void> {
  const last = settling.book.get(number).refunds.at(-1);
  if (last?.kind === 'failed') await refund(number, last.items, settling);
}
