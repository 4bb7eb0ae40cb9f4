/** The order before the first yen: placed, prepared, checked, or dropped. */
import type { Manifest } from '#center/contract/kioskApi.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import { settleTransaction } from '../transaction/settling.ts';
import { refusedBy, stopMunicipality } from './context.ts';
import type { Context } from './context.ts';
import { dropOrderSecrets } from './resident.ts';
import type { Order, PreparedLine } from './resident.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { VoidReason } from '../transaction/state.ts';
import type { Effect, OrderLine } from './state.ts';

const UNSAFE = noticeOf('SAFE-01');
const TOO_LATE = noticeOf('TIME-01');

type Prepare = Extract<Effect, { kind: 'prepare' }>;

/** Places the order and has every certificate made; the documents stay in memory. */
export async function prepare(context: Context, { operation, lines }: Prepare): Promise<void> {
  const order = placeOrder(context, lines);
  try {
    const refused = await prepareAll(context, order, lines, operation);
    order.preparing = false;
    if (order.stop.signal.aborted) return await dropOrder(context, order, 'cancelled');
    if (refused) context.answer({ operation, kind: 'refused', ...refused });
    else context.answer({ operation, kind: 'preparedAll', transaction: order.number });
  } finally {
    order.preparing = false;
  }
}

function placeOrder(context: Context, lines: readonly OrderLine[]): Order {
  const { deps, resident } = context;
  const { sessionId, certificate } = resident;
  const [first] = lines;
  if (!first || !sessionId || !certificate)
    throw new Error('an order needs a line and an authenticated resident');
  const number = deps.newNumber();
  context.inHand.add(number);
  const items = lines.map(({ request, fee }, index) => ({
    item: index + 1,
    requestId: deps.newId(),
    kind: request.kind,
    municipality: request.municipality,
    fee,
  }));
  deps.book.place(number, items);
  const order: Order = {
    number,
    municipality: first.request.municipality,
    sessionId,
    certificate: Buffer.from(certificate),
    documents: [],
    paidAt: null,
    preparing: true,
    stop: new AbortController(),
  };
  resident.order = order;
  return order;
}

type Refused = {
  readonly notice: NoticeCode;
  readonly until: string | null;
  /** 証明書名 of the one that was refused, when there are others */
  readonly about?: string;
};

/** Null when every certificate is here and fits. What was made is on record before anything else happens. */
async function prepareAll(
  context: Context,
  order: Order,
  lines: readonly OrderLine[],
  operation: string,
): Promise<Refused | null> {
  const { book, center } = context.deps;
  for (const { item, requestId } of book.get(order.number).items) {
    const line = lines[item - 1];
    if (!line || order.stop.signal.aborted) return null;
    const prepared = await center.prepare(order.sessionId, requestId, line.request);
    if (prepared.kind !== 'prepared') return { ...refusedBy(prepared), ...aboutOne(line, lines) };
    const entry: PreparedLine = { item, requestId, line, prepared };
    order.documents.push(entry);
    const checked = check(context, order, entry);
    if (typeof checked === 'string') return { notice: checked, until: null };
    const { issueNumber, pages, sheets, templateDigest } = checked;
    book.act(order.number, { kind: 'recordPrepared', item, issueNumber, pages, sheets, templateDigest });
    context.answer({ operation, kind: 'preparedOne', done: item });
  }
  return null;
}

function aboutOne(line: OrderLine, lines: readonly OrderLine[]): { readonly about?: string } {
  const several = lines.some(({ label }) => label !== line.label);
  return several ? { about: line.label } : {};
}

/**
 * The look at the name. What does not fit is never printed: it is written down, the center is alarmed and the
 * municipality is stopped on this kiosk. A manifest that merely expired harms nobody but is not printed either.
 */
export function check(context: Context, order: Order, entry: PreparedLine): Manifest | NoticeCode {
  const { deps } = context;
  const { municipality } = entry.line.request;
  const result = deps.checkPrepared({
    signedManifest: entry.prepared.manifest,
    document: entry.prepared.document,
    sessionId: order.sessionId,
    kioskId: deps.center.kioskId,
    requestId: entry.requestId,
    holderCertificate: order.certificate,
    request: entry.line.request,
    fee: entry.line.fee,
    now: deps.clock(),
    seenIssueNumbers: context.usedIssueNumbers,
  });
  if (result.kind === 'sound') return result.manifest;
  const { finding } = result;
  deps.book.act(order.number, { kind: 'failCheck', item: entry.item, finding });
  deps.log('check-failed', { transaction: order.number, error: finding });
  if (finding === 'expired') return TOO_LATE;
  const issueNumber = result.manifest?.issueNumber ?? null;
  deps.journal.raiseAlarm({ finding, issueNumber, municipality });
  stopMunicipality(context, municipality);
  context.owe();
  return UNSAFE;
}

/** Before the first yen: nothing to give back, the certificates are voided. A loop still preparing stops by itself. */
export async function abandonOrder(context: Context, reason: VoidReason): Promise<void> {
  const { order } = context.resident;
  context.resident.order = null;
  if (!order) return;
  order.stop.abort();
  if (!order.preparing) await dropOrder(context, order, reason);
}

async function dropOrder(context: Context, order: Order, reason: VoidReason): Promise<void> {
  const { deps, inHand } = context;
  dropOrderSecrets(order);
  const state = deps.book.find(order.number);
  if (state && !state.settled) {
    deps.book.act(order.number, { kind: 'abandon', reason });
    await settleTransaction(order.number, context.settling);
  }
  inHand.delete(order.number);
  context.owe();
}
