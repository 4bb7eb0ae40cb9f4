/**
 * 領収書 of one visit: what was printed and paid for, by the center's own records. The kiosk says which certificates,
 * where and when; kinds, prices and municipalities are not taken from it. Nothing about a person is in it, and nothing
 * but an audit event is kept of it: asked again, the same receipt is made again.
 */
import { randomUUID } from 'node:crypto';
import { civilMoment } from '#templates/civilTime.ts';
import { receipt, type Receipt } from '#templates/datasets/receipt.ts';
import { yen } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { ReceiptRequest } from '../contract/kioskApi.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { CenterDatabase } from '../database/connect.ts';
import { composeSheet } from '../documents/request.ts';
import type { IssuingDeps } from './deps.ts';
import { refusedFor, type IssuingRefusal } from './refusal.ts';
import { rendered } from './rendered.ts';

export interface ReceiptOrder extends ReceiptRequest {
  readonly kioskId: string;
  readonly sessionId: string;
}

export interface MadeReceipt {
  readonly kind: 'receipt';
  readonly document: Uint8Array;
  readonly pages: number;
}

const LAYOUT = 'receipt.standard';
const TITLE = '領収書';
const INQUIRY_NUMBER = '取扱番号';

/** Refused when one of the certificates is void, named twice, or not of this kiosk and session. */
export async function makeReceipt(
  deps: IssuingDeps,
  order: ReceiptOrder,
): Promise<MadeReceipt | IssuingRefusal> {
  const { kioskId, sessionId, inquiryNumber } = order;
  const issueNumbers = order.certificates.map(({ issueNumber }) => issueNumber);
  const paid = await paidCertificates(deps.db, order);
  if (paid.length !== issueNumbers.length) return refusedFor('receipt-not-possible');
  const names = await deps.configuration.names();
  const { common } = deps.configuration;
  const nameOf = (municipality: string) =>
    names.find((entry) => entry.municipality === municipality)?.name ?? municipality;
  const value = receiptOf({ common, nameOf }, order, paid);
  const request = composeSheet(common, {
    requestId: randomUUID(),
    layout: LAYOUT,
    title: TITLE,
    value,
    issueNumberLabel: INQUIRY_NUMBER,
    issueNumber: inquiryNumber,
    issueDate: value.paidOn,
  });
  const outcome = await rendered(deps, request);
  if (outcome.kind === 'refused') {
    return 'notice' in outcome ? outcome : refusedFor('receipt-not-possible');
  }
  const { total } = value;
  await appendAudit(deps.db, deps.clock(), 'receipt-made', { kioskId, sessionId, issueNumbers, total });
  return { kind: 'receipt', document: outcome.bytes, pages: outcome.pages };
}

type Paid = Awaited<ReturnType<typeof paidCertificates>>[number];

/** Those of the order that may stand on a receipt, in order of preparation. */
function paidCertificates(db: CenterDatabase, { kioskId, sessionId, certificates }: ReceiptOrder) {
  return (
    db
      .selectFrom('certificate')
      .select(['municipality', 'kind', 'fee', 'paid'])
      .where(
        'issue_number',
        'in',
        certificates.map(({ issueNumber }) => issueNumber),
      )
      .where('kiosk_id', '=', kioskId)
      .where('session_id', '=', sessionId)
      // the confirmation may still be under way: it is repeated until it arrives, and money was taken before printing
      .where('state', 'in', ['prepared', 'printed'])
      .orderBy('prepared_at')
      .orderBy('issue_number')
      .execute()
  );
}

interface Words extends Pick<Configuration, 'common'> {
  /** of a municipality, with its prefecture */
  readonly nameOf: (municipality: string) => string;
}

/** One line for copies of one kind at one price. */
function receiptOf(words: Words, order: ReceiptOrder, paid: readonly Paid[]): Receipt {
  const { date, minuteOfDay } = civilMoment(Date.parse(order.paidAt));
  const lines = new Map<string, { municipality: string; kind: string; unitPrice: number; copies: number }>();
  for (const certificate of paid) {
    const line = lineOf(words, certificate);
    const key = JSON.stringify(line);
    const copies = (lines.get(key)?.copies ?? 0) + 1;
    lines.set(key, { ...line, copies });
  }
  const listed = [...lines.values()].map((line) => ({ ...line, amount: line.copies * line.unitPrice }));
  return receipt.parse({
    paidOn: date,
    paidAt: new Date(minuteOfDay * 60_000).toISOString().slice(11, 16),
    store: order.store,
    inquiryNumber: order.inquiryNumber,
    lines: listed,
    total: listed.reduce((sum, { amount }) => sum + amount, 0),
  });
}

function lineOf({ common, nameOf }: Words, { municipality, kind, fee, paid }: Paid) {
  const label = common.kinds.get(kind)?.value.label;
  return {
    municipality: nameOf(municipality),
    kind: label ?? kind,
    unitPrice: yen.parse(paid ?? fee),
  };
}
