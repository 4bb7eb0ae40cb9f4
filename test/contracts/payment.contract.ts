/** What every PaymentTerminalPort must keep, whatever it talks to. Run from `*.test.ts` with a factory per adapter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentTerminalPort } from '#agent/payment/paymentTerminalPort.ts';
import { yen } from '#templates/vocabulary.ts';

/** The mechanism behind the port under test and the resident in front of it. */
export interface PaymentBench {
  readonly port: PaymentTerminalPort;
  /** pieces the resident puts in, one at each time the port waits */
  willInsert(pieces: readonly (10 | 50 | 100 | 500 | 1000)[]): void;
  /** presses cancel once that much is in */
  cancelAt(paid: number, cancel: AbortController): void;
  loseReplies(count: number, when: 'before' | 'after'): void;
  jam(on: boolean): void;
  cannotDispense(on: boolean): void;
  away(): Promise<void>;
  /** power off and on, the books kept */
  restart(): Promise<void>;
  /** yen the mechanism holds more than at the start, escrow included */
  gained(): number;
  close(): Promise<void>;
}

export function paymentContract(name: string, createBench: () => Promise<PaymentBench>): void {
  describe(`payment terminal port: ${name}`, () => {
    let bench: PaymentBench;
    let shown: number[];
    let cancel: AbortController;
    beforeEach(async () => {
      bench = await createBench();
      shown = [];
      cancel = new AbortController();
    });
    afterEach(() => bench.close());
    const charge = (reference: string, amount: number) =>
      bench.port.charge(
        { reference, amount: yen.parse(amount) },
        ({ paid }) => void shown.push(paid),
        cancel.signal,
      );
    const refund = (reference: string, chargeReference: string, amount: number) =>
      bench.port.refund({ reference, chargeReference, amount: yen.parse(amount) });

    it('takes the exact amount and shows each coin', async () => {
      expect(await bench.port.status()).toEqual({ kind: 'ready' });
      bench.willInsert([100, 100, 100]);
      expect(await charge('A', 300)).toEqual({ kind: 'charged', paid: 300, change: 0 });
      expect(shown).toEqual([0, 100, 200, 300]);
      expect(bench.gained()).toBe(300);
    });

    it('gives change', async () => {
      bench.willInsert([1000]);
      expect(await charge('A', 300)).toEqual({ kind: 'charged', paid: 1000, change: 700 });
      expect(bench.gained()).toBe(300);
    });

    it('cancel-with-coins-inside: declined, all of it back', async () => {
      bench.willInsert([100, 50]);
      bench.cancelAt(150, cancel);
      expect(await charge('A', 300)).toEqual({ kind: 'declined', reason: 'cancelled' });
      expect(bench.gained()).toBe(0);
    });

    it('cancelled-before-it-began: no charge is opened', async () => {
      cancel.abort();
      expect(await charge('A', 300)).toEqual({ kind: 'declined', reason: 'cancelled' });
      expect(await bench.port.lookupCharge('A')).toEqual({ kind: 'neverSeen' });
    });

    it('resident-walks-away: the mechanism gives up and nothing is kept', async () => {
      bench.willInsert([100]);
      expect(await charge('A', 300)).toEqual({ kind: 'declined', reason: 'timed-out' });
      expect(bench.gained()).toBe(0);
    });

    it.each(['before', 'after'] as const)('replies-lost-%s-acting: charged once', async (when) => {
      bench.loseReplies(3, when);
      bench.willInsert([100, 100, 100]);
      expect(await charge('A', 300)).toMatchObject({ kind: 'charged', paid: 300 });
      expect(await bench.port.lookupCharge('A')).toMatchObject({ kind: 'charged', paid: 300 });
      expect(bench.gained()).toBe(300);
    });

    it('coin-jam: not ready, and a charge is declined', async () => {
      bench.jam(true);
      expect(await bench.port.status()).toMatchObject({ kind: 'notReady' });
      expect(await charge('A', 300)).toEqual({ kind: 'declined', reason: 'fault' });
      expect(bench.gained()).toBe(0);
    });

    it('money-stuck-inside: unknown while it is stuck, settled once it came out', async () => {
      bench.cannotDispense(true);
      bench.willInsert([100]);
      bench.cancelAt(100, cancel);
      expect(await charge('A', 300)).toEqual({ kind: 'unknown' });
      expect(await bench.port.lookupCharge('A')).toEqual({ kind: 'unknown' });
      bench.cannotDispense(false);
      expect(await bench.port.lookupCharge('A')).toEqual({ kind: 'declined', reason: 'cancelled' });
    });

    it('terminal-away: unreachable, and a charge whose fate nobody knows is unknown', async () => {
      await bench.away();
      expect(await bench.port.status()).toEqual({ kind: 'unreachable' });
      expect(await charge('A', 300)).toEqual({ kind: 'unknown' });
      expect(await bench.port.lookupCharge('A')).toEqual({ kind: 'unknown' });
      expect(await refund('R', 'A', 300)).toEqual({ kind: 'unknown' });
    });

    it('terminal-restarted: it still knows what it did', async () => {
      bench.willInsert([500]);
      await charge('A', 300);
      await refund('R', 'A', 300);
      await bench.restart();
      expect(await bench.port.lookupCharge('A')).toEqual({ kind: 'charged', paid: 500, change: 200 });
      expect(await bench.port.lookupRefund('R')).toEqual({ kind: 'refunded' });
      expect(bench.gained()).toBe(0);
    });

    it.each(['before', 'after'] as const)('refund-reply-lost-%s-acting: given back once', async (when) => {
      bench.willInsert([100, 100, 100]);
      await charge('A', 300);
      bench.loseReplies(2, when);
      expect(await refund('R', 'A', 300)).toEqual({ kind: 'refunded' });
      expect(await refund('R', 'A', 300)).toEqual({ kind: 'refunded' });
      expect(await bench.port.lookupRefund('R')).toEqual({ kind: 'refunded' });
      expect(bench.gained()).toBe(0);
    });

    it('refund-impossible: says so, and the money stays on the books', async () => {
      bench.willInsert([100, 100, 100]);
      await charge('A', 300);
      bench.cannotDispense(true);
      expect(await refund('R', 'A', 300)).toMatchObject({ kind: 'notRefunded' });
      expect(await bench.port.lookupRefund('R')).toMatchObject({ kind: 'notRefunded' });
      expect(bench.gained()).toBe(300);
    });

    it('a part of a charge is given back, never more than it', async () => {
      bench.willInsert([1000]);
      await charge('A', 600);
      expect(await refund('R1', 'A', 300)).toEqual({ kind: 'refunded' });
      expect(await refund('R2', 'A', 400)).toMatchObject({ kind: 'notRefunded' });
      expect(bench.gained()).toBe(300);
    });

    it('answers neverSeen for references it does not know', async () => {
      expect(await bench.port.lookupCharge('X')).toEqual({ kind: 'neverSeen' });
      expect(await bench.port.lookupRefund('X')).toEqual({ kind: 'neverSeen' });
    });
  });
}
