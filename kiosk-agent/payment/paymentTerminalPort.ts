/**
 * The coin and note mechanism (or another terminal) as the agent sees it. Types only.
 * Every act carries our reference, written to the journal before the terminal is told; the terminal answers a reference
 * it has seen with the outcome of the first act, never with a second one.
 */
import type { Yen } from '#templates/vocabulary.ts';

export type PaymentStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'notReady'; readonly reasons: readonly string[] }
  | { readonly kind: 'unreachable' };

export interface ChargeProgress {
  readonly paid: Yen;
}
export type ChargeOutcome =
  | { readonly kind: 'charged'; readonly paid: Yen; readonly change: Yen }
  /** nothing is kept: what had been put in was given back */
  | { readonly kind: 'declined'; readonly reason: 'cancelled' | 'timed-out' | 'fault' }
  | { readonly kind: 'unknown' };
export type ChargeLookup = ChargeOutcome | { readonly kind: 'neverSeen' } | { readonly kind: 'pending' };
export type RefundOutcome =
  | { readonly kind: 'refunded' }
  | { readonly kind: 'notRefunded'; readonly reason: string }
  | { readonly kind: 'unknown' };

export interface PaymentTerminalPort {
  status(): Promise<PaymentStatus>;
  /** Takes exactly `amount`; ends when paid, when `cancel` is aborted or when the terminal gives up. Never rejects. */
  charge(
    order: { readonly reference: string; readonly amount: Yen },
    onProgress: (progress: ChargeProgress) => void,
    cancel: AbortSignal,
  ): Promise<ChargeOutcome>;
  lookupCharge(reference: string): Promise<ChargeLookup>;
  /** Gives back `amount` of the charge. Idempotent per reference. Never rejects. */
  refund(order: {
    readonly reference: string;
    readonly chargeReference: string;
    readonly amount: Yen;
  }): Promise<RefundOutcome>;
  lookupRefund(reference: string): Promise<RefundOutcome | { readonly kind: 'neverSeen' }>;
}
