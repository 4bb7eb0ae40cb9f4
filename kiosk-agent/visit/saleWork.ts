/** Money and paper of the visit: every act between its intent row and its outcome row. */
import { noticeOf } from '#templates/notices/notices.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { Yen } from '#templates/vocabulary.ts';
import type { ChargeOutcome } from '../payment/paymentTerminalPort.ts';
import type { PrintOutcome } from '../printer/printerPort.ts';
import { openTransactionFacts } from '../transaction/openTransactions.ts';
import { settleTransaction } from '../transaction/settling.ts';
import type { Transaction } from '../transaction/state.ts';
import { sheetsOf } from '../printer/sheets.ts';
import { within, type Context } from './context.ts';
import { check } from './orderWork.ts';
import { printReceipt } from './receiptWork.ts';
import { dropOrderSecrets } from './resident.ts';
import type { Order, PreparedLine } from './resident.ts';
import { tellAttended } from './selfCheck.ts';
import type { Effect } from './state.ts';

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

const PRINTER_NOT_READY = noticeOf('PRNT-01');
const JAM = noticeOf('PRNT-02');
const NOT_PRINTED = noticeOf('PRNT-03');
const PERHAPS_PRINTED = noticeOf('PRNT-04');
const TERMINAL_NOT_READY = noticeOf('PAY-03');
const TOO_LATE = noticeOf('TIME-01');

/** Far above what the adapters allow themselves. */
const CHARGE_LIMIT_MS = 10 * 60_000;
const PRINT_LIMIT_MS = 15 * 60_000;

function orderOf(context: Context): Order {
  const { order } = context.resident;
  if (!order) throw new Error('no order in hand');
  return order;
}

/** Everything that can be known before the first yen: an empty queue, a ready printer and terminal, documents that fit. */
async function readiness(context: Context, order: Order): Promise<NoticeCode | null> {
  const { printer, payment } = context.deps;
  if (!(await printer.clear())) return PRINTER_NOT_READY;
  if ((await printer.status()).kind !== 'ready') return PRINTER_NOT_READY;
  if ((await payment.status()).kind !== 'ready') return TERMINAL_NOT_READY;
  for (const entry of order.documents) {
    const checked = check(context, order, entry);
    if (typeof checked === 'string') return checked;
  }
  return null;
}

export async function pay(context: Context, { operation }: Of<'pay'>): Promise<void> {
  const { deps } = context;
  const order = orderOf(context);
  const notice = await readiness(context, order);
  if (notice) return context.answer({ operation, kind: 'refused', notice, until: null });
  if (order.stop.signal.aborted) {
    return context.answer({ operation, kind: 'notCharged', reason: 'cancelled' });
  }
  const reference = deps.newId();
  const { amount } = deps.book.act(order.number, { kind: 'intendCharge', reference });
  const charge = deps.payment.charge(
    { reference, amount },
    ({ paid }) => context.answer({ operation, kind: 'moneyIn', paid }),
    order.stop.signal,
  );
  const ended = await within<ChargeOutcome>(context, CHARGE_LIMIT_MS, charge, { kind: 'unknown' });
  const outcome = withReason(ended, order.stop.signal);
  deps.book.act(order.number, { kind: 'recordCharge', outcome });
  switch (outcome.kind) {
    case 'charged':
      order.paidAt = deps.clock();
      return context.answer({ operation, kind: 'charged', change: outcome.change });
    case 'declined':
      return context.answer({ operation, kind: 'notCharged', reason: outcome.reason });
    case 'unknown':
      return context.answer({ operation, kind: 'chargeUnknown' });
  }
}

/** The terminal knows that it was told to stop, not why: silence is not the resident's cancel. */
function withReason(outcome: ChargeOutcome, stop: AbortSignal): ChargeOutcome {
  const timedOut =
    outcome.kind === 'declined' && outcome.reason === 'cancelled' && stop.reason === 'timed-out';
  return timedOut ? { kind: 'declined', reason: 'timed-out' } : outcome;
}

/** Item by item, each looked at once more; the first that is not surely printed ends it. Nothing is sent twice. */
export async function print(context: Context, { operation }: Of<'print'>): Promise<void> {
  const order = orderOf(context);
  for (const entry of order.documents) {
    const notice = await printOne(context, order, entry, operation);
    if (notice) return context.answer({ operation, kind: 'printingStopped', notice });
  }
  dropOrderSecrets(order);
  const { state } = await settleTransaction(order.number, context.settling);
  const receipt = await printReceipt(context, order, (sheet, sheets) => {
    const { certificates: of } = printedOf(state);
    const shown = { what: 'receipt', label: '', certificate: of, of, sheet, sheets } as const;
    context.answer({ operation, kind: 'printingSheet', ...shown });
  });
  finish(context, order.number);
  const { certificates, sheets } = printedOf(state);
  context.answer({ operation, kind: 'allPrinted', certificates, sheets, receipt });
}

async function printOne(
  context: Context,
  order: Order,
  entry: PreparedLine,
  operation: string,
): Promise<NoticeCode | null> {
  const { deps } = context;
  const checked = check(context, order, entry);
  if (typeof checked === 'string') return checked === TOO_LATE ? NOT_PRINTED : checked;
  context.usedIssueNumbers.add(checked.issueNumber);
  const reference = deps.newId();
  const { item, prepared, line } = entry;
  const of = order.documents.length;
  const job = { reference, document: prepared.document, pages: checked.pages, sides: 'two-sided' } as const;
  const sheets = sheetsOf(job);
  const show = (out: number): void => {
    const sheet = Math.min(Math.max(out, 1), sheets);
    const shown = { what: 'certificate', label: line.label, certificate: item, of, sheet, sheets } as const;
    context.answer({ operation, kind: 'printingSheet', ...shown });
  };
  deps.book.act(order.number, { kind: 'intendPrint', item, reference, sentAt: deps.clock() });
  show(1);
  const printing = deps.printer.print(job, ({ sheet }) => show(sheet));
  const unknown: PrintOutcome = { kind: 'unknown', sheets: null, reasons: [] };
  const outcome = await within(context, PRINT_LIMIT_MS, printing, unknown);
  deps.book.act(order.number, { kind: 'recordPrint', item, outcome });
  prepared.document.fill(0);
  return outcome.kind === 'printed' ? null : noticeOfPrint(outcome);
}

function noticeOfPrint(outcome: Exclude<PrintOutcome, { kind: 'printed' }>): NoticeCode {
  if (outcome.reasons.includes('media-jam')) return JAM;
  return outcome.kind === 'notPrinted' ? NOT_PRINTED : PERHAPS_PRINTED;
}

function printedOf(state: Transaction) {
  const printed = state.items.filter(({ paper }) => paper.kind === 'printed');
  const sheets = printed.reduce((sum, { paper }) => sum + (paper.kind === 'printed' ? paper.sheets : 0), 0);
  const refunded = state.items.reduce((sum, { fee, returned }) => sum + (returned ? fee : 0), 0) as Yen;
  return { certificates: printed.length, sheets, refunded };
}

/** After a fault with money in: the table of settle.ts, then either all is settled or the staff is asked. */
export async function settle(
  context: Context,
  { operation, transaction, reason }: Of<'settle'>,
): Promise<void> {
  const { book } = context.deps;
  const { order } = context.resident; // forgotten while the devices are asked
  try {
    if (reason) book.act(transaction, { kind: 'abandon', reason });
    const { kind, state } = await settleTransaction(transaction, context.settling);
    if (kind === 'settled') {
      const receipt = order ? await printReceipt(context, order) : 'not-printed';
      finish(context, transaction);
      return context.answer({ operation, kind, ...printedOf(state), receipt });
    }
    finish(context, transaction);
    context.answer({ operation, kind: 'attendantNeeded', sheetsOut: openTransactionFacts(state).sheetsOut });
  } catch (error) {
    finish(context, transaction);
    throw error;
  }
}

function finish(context: Context, transaction: string): void {
  context.inHand.delete(transaction);
  tellAttended(context);
  context.owe();
}
