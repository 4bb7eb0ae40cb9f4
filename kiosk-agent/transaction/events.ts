/**
 * The rows of the journal: what was meant, then what came of it. An allow-list: there is no field for a person, a
 * document or a card to go into. Outcomes carry the name of the physical fact.
 */
import { z } from 'zod';
import { manifest as manifestSchema, voidRequest } from '#center/contract/kioskApi.ts';
import { certificateKindId, issueNumber, municipalityCode, yen } from '#templates/vocabulary.ts';

/** Shown to staff and resident, unique, random: `K7Q2-9MXD`. */
export const transactionNumber = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
const reference = z.string().uuid();
const itemNumber = z.number().int().min(1).max(99);
const sheets = z.number().int().min(0);
const keyword = z.string().regex(/^[a-z0-9-]{1,64}$/);

export const transactionEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('order-placed'),
    items: z
      .array(
        z.strictObject({
          item: itemNumber,
          requestId: z.string().uuid(),
          kind: certificateKindId,
          municipality: municipalityCode,
          fee: yen,
        }),
      )
      .min(1),
  }),
  z.strictObject({
    type: z.literal('certificate-prepared'),
    item: itemNumber,
    issueNumber,
    pages: manifestSchema.shape.pages,
    /** absent in rows of kiosks that printed on one side: then as many as pages */
    sheets: manifestSchema.shape.sheets.optional(),
    templateDigest: manifestSchema.shape.templateDigest,
  }),
  z.strictObject({ type: z.literal('abandoned'), reason: voidRequest.shape.reason }),
  z.strictObject({ type: z.literal('recovery-begun') }),
  z.strictObject({
    type: z.literal('check-failed'),
    item: itemNumber,
    finding: keyword,
  }),
  z.strictObject({ type: z.literal('charge-intended'), reference, amount: yen }),
  z.strictObject({ type: z.literal('charge-succeeded'), paid: yen, change: yen }),
  z.strictObject({
    type: z.literal('charge-declined'),
    reason: z.enum(['cancelled', 'timed-out', 'fault', 'never-seen']),
  }),
  z.strictObject({ type: z.literal('charge-unknown') }),
  z.strictObject({
    type: z.literal('print-intended'),
    item: itemNumber,
    reference,
    /** epoch ms; a printer started since then has forgotten its jobs */
    sentAt: z.number().int(),
  }),
  z.strictObject({ type: z.literal('print-succeeded'), item: itemNumber, sheets }),
  z.strictObject({ type: z.literal('print-failed'), item: itemNumber, reasons: z.array(keyword) }),
  z.strictObject({ type: z.literal('print-unknown'), item: itemNumber, sheets: sheets.nullable() }),
  /** 領収書: before the center is asked for it; the one row from which it could be printed, and it never is twice */
  z.strictObject({ type: z.literal('receipt-intended'), reference }),
  z.strictObject({ type: z.literal('receipt-printed') }),
  /** not made, or nothing came out */
  z.strictObject({ type: z.literal('receipt-failed'), reasons: z.array(keyword) }),
  z.strictObject({ type: z.literal('receipt-unknown') }),
  z.strictObject({
    type: z.literal('refund-intended'),
    reference,
    amount: yen,
    items: z.array(itemNumber).min(1),
  }),
  z.strictObject({ type: z.literal('refund-succeeded') }),
  z.strictObject({ type: z.literal('refund-failed') }),
  z.strictObject({ type: z.literal('refund-unknown') }),
  z.strictObject({ type: z.literal('confirm-intended'), item: itemNumber }),
  z.strictObject({
    type: z.literal('void-intended'),
    item: itemNumber,
    reason: voidRequest.shape.reason,
    refunded: yen,
  }),
  z.strictObject({
    type: z.literal('center-acknowledged'),
    item: itemNumber,
    answer: z.enum(['printed', 'void', 'unknown-issue-number']),
    conflict: z.boolean(),
  }),
  z.strictObject({ type: z.literal('attendant-called') }),
  z.strictObject({
    type: z.literal('attendant-acted'),
    act: z.enum(['returned-by-hand', 'handed-over', 'paper-destroyed']),
  }),
  /** money and paper are where they belong; only the center's word may be missing */
  z.strictObject({ type: z.literal('settled') }),
  z.strictObject({ type: z.literal('closed') }),
]);
export type TransactionEvent = z.infer<typeof transactionEvent>;
export type EventOf<T extends TransactionEvent['type']> = Extract<TransactionEvent, { type: T }>;
