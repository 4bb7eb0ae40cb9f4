/**
 * The protocol of the coin and note mechanism: JSON over HTTP on the kiosk itself (PAYMENT_URL, http://127.0.0.1:port).
 *
 *   GET  /status                      -> mechanismStatus
 *   POST /charges {reference, amount} -> charge   a known reference answers with the charge it already names
 *   GET  /charges/:reference          -> charge | 404
 *   POST /charges/:reference/cancel   -> charge   gives back what was put in, unless it is already paid
 *   POST /refunds {reference, chargeReference, amount} -> refund   a known reference answers with the first outcome
 *   GET  /refunds/:reference          -> refund | 404
 *
 * 409 {error: 'busy' | 'conflict'}: another charge is being collected | the reference is known with another amount.
 */
import { z } from 'zod';
import { yen } from '#templates/vocabulary.ts';

export const paymentReference = z.string().regex(/^[A-Za-z0-9._:-]{1,80}$/);

export const mechanismStatus = z.object({ ready: z.boolean(), reasons: z.array(z.string()) });

/**
 * `collecting`: coins are being put in · `paid`: the amount is kept, the change is out · `returned`: nothing is kept ·
 * `stuck`: money that should come out is held by a fault; it becomes `paid` or `returned` when the fault is gone.
 */
export const charge = z.object({
  reference: paymentReference,
  amount: yen,
  state: z.enum(['collecting', 'paid', 'returned', 'stuck']),
  /** why nothing was kept; only with `returned` */
  reason: z.enum(['cancelled', 'timed-out', 'fault']).nullable(),
  /** what was put in so far */
  inserted: yen,
  change: yen,
});
export type Charge = z.infer<typeof charge>;
export const chargeRequest = z.object({ reference: paymentReference, amount: yen });

export const refund = z.object({
  reference: paymentReference,
  chargeReference: paymentReference,
  amount: yen,
  state: z.enum(['refunded', 'failed']),
  /** e.g. out-of-change, dispenser-fault, unknown-charge, more-than-kept; only with `failed` */
  reason: z.string().nullable(),
});
export type Refund = z.infer<typeof refund>;
export const refundRequest = z.object({
  reference: paymentReference,
  chargeReference: paymentReference,
  amount: yen,
});
