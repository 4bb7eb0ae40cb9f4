/**
 * 領収書: after money and paper of a visit are settled, once, on one side. Nothing depends on it: whatever goes wrong here,
 * certificates and money stay as they are, and the resident is shown the number to ask with. It holds no personal data.
 */
import type { ReceiptRequest } from '#center/contract/kioskApi.ts';
import type { MadeReceipt } from '../center/centerPort.ts';
import { countPdfPages } from '../center/pdfPages.ts';
import type { PrintOutcome } from '../printer/printerPort.ts';
import type { Transaction } from '../transaction/state.ts';
import { within, type Context } from './context.ts';
import type { Order } from './resident.ts';
import type { ReceiptOutcome } from './state.ts';

/** The resident waits for it with the certificates in hand: longer than a refilled tray is no service. */
const RECEIPT_LIMIT_MS = 120_000;

type Failed = Extract<PrintOutcome, { kind: 'notPrinted' | 'unknown' }>;
type Show = (sheet: number, sheets: number) => void;

/**
 * Asks the center for the receipt of what came out of this order and prints it. Never throws, never prints twice: the
 * intent is on record before anything happens, and no outcome leads back to it.
 */
export async function printReceipt(
  context: Context,
  order: Order,
  show: Show = () => undefined,
): Promise<ReceiptOutcome> {
  const { book, log, newId } = context.deps;
  try {
    const body = requestOf(context, order);
    if (!body) return 'not-printed';
    const reference = newId();
    book.act(order.number, { kind: 'intendReceipt', reference });
    context.owe(); // the confirmations need not wait for a receipt
    const outcome = await makeAndPrint(context, order.sessionId, body, reference, show).catch((): Failed => ({
      kind: 'unknown',
      sheets: null,
      reasons: ['other'],
    }));
    book.act(order.number, { kind: 'recordReceipt', outcome });
    return outcome.kind === 'notPrinted' ? 'not-printed' : outcome.kind;
  } catch (error) {
    log('receipt-failed', {
      transaction: order.number,
      error: error instanceof Error ? error.name : 'unknown',
    });
    return 'unknown';
  }
}

/** Null when there is nothing to write a receipt of: nothing printed, or the transaction is closed already. */
function requestOf({ deps }: Context, order: Order): ReceiptRequest | null {
  const state = deps.book.find(order.number);
  const certificates = state ? printedNumbers(state) : [];
  if (certificates.length === 0 || order.paidAt === null) return null;
  return {
    certificates,
    store: deps.store,
    inquiryNumber: order.number,
    paidAt: new Date(order.paidAt).toISOString(),
  };
}

function printedNumbers({ items }: Transaction): ReceiptRequest['certificates'] {
  return items.flatMap(({ issueNumber, paper }) =>
    issueNumber && paper.kind === 'printed' ? [{ issueNumber }] : [],
  );
}

async function makeAndPrint(
  context: Context,
  sessionId: string,
  body: ReceiptRequest,
  reference: string,
  show: Show,
): Promise<PrintOutcome> {
  const { center, printer } = context.deps;
  const gone = { kind: 'unreachable', reason: 'timeout' } as const;
  const made = await within(context, RECEIPT_LIMIT_MS, center.receipt(sessionId, body), gone);
  if (made.kind !== 'receipt') return notPrinted();
  if (countPdfPages(made.document) !== made.pages) return notPrinted();
  const status = await printer.status();
  if (status.kind !== 'ready') return notPrinted(status.kind === 'notReady' ? status.reasons : ['offline']);
  return send(context, made, reference, show);
}

function notPrinted(reasons: Failed['reasons'] = ['other']): Failed {
  return { kind: 'notPrinted', reasons };
}

async function send(
  context: Context,
  made: MadeReceipt,
  reference: string,
  show: Show,
): Promise<PrintOutcome> {
  const { document, pages } = made;
  show(1, pages);
  const job = { reference, document, pages, sides: 'one-sided' } as const;
  const printing = context.deps.printer.print(job, ({ sheet, sheets }) => show(Math.max(1, sheet), sheets));
  const unknown: PrintOutcome = { kind: 'unknown', sheets: null, reasons: [] };
  try {
    return await within(context, RECEIPT_LIMIT_MS, printing, unknown);
  } finally {
    document.fill(0);
  }
}
