import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHttpPaymentTerminal } from '#agent/payment/httpPaymentTerminal.ts';
import { booksOf, startPaymentSimulator } from '#simulators/payment/paymentServer.ts';
import { yen } from '#templates/vocabulary.ts';
import { paymentContract, type PaymentBench } from './payment.contract.ts';

type Piece = 10 | 50 | 100 | 500 | 1000;

/** Waiting moves the clock, and the resident puts in one piece: nothing here takes real time. */
async function httpBench(): Promise<PaymentBench> {
  const directory = mkdtempSync(join(tmpdir(), 'payment-'));
  let now = 0;
  const clock = () => now;
  const journalFile = join(directory, 'books.json');
  let simulator = await startPaymentSimulator({ journalFile, clock });
  const port = Number(new URL(simulator.url).port);
  const purse: Piece[] = [];
  let cancelling: { paid: number; cancel: AbortController } | null = null;
  const gained = () => {
    const { box, escrow } = booksOf(simulator.mechanism.books);
    return box + escrow - simulator.mechanism.books.installed;
  };
  const terminal = createHttpPaymentTerminal({
    url: simulator.url,
    clock,
    wait: async (milliseconds) => {
      now += purse.length > 0 ? milliseconds : 4_000;
      const collecting = simulator.mechanism.books.charges.some((entry) => entry.state === 'collecting');
      const piece = collecting ? purse.shift() : undefined;
      if (piece) simulator.mechanism.insert(piece);
      if (cancelling && gained() >= cancelling.paid) cancelling.cancel.abort();
    },
  });
  return {
    port: terminal,
    willInsert: (pieces) => void purse.push(...pieces),
    cancelAt: (paid, cancel) => void (cancelling = { paid, cancel }),
    loseReplies: (count, when) => {
      if (when === 'before') simulator.mechanism.faults.dropBefore = count;
      else simulator.mechanism.faults.dropAfter = count;
    },
    jam: (on) => simulator.mechanism.setJam(on),
    cannotDispense: (on) => simulator.mechanism.setCannotDispense(on),
    away: () => simulator.close(),
    restart: async () => {
      await simulator.close();
      simulator = await startPaymentSimulator({ journalFile, clock, port });
    },
    gained,
    close: async () => {
      await simulator.close();
      rmSync(directory, { recursive: true });
    },
  };
}

paymentContract('HTTP to the simulated coin mechanism', httpBench);

describe('whatever is lost on the way', () => {
  it('the outcome told is the money kept', async () => {
    const coins = fc.array(fc.constantFrom<Piece>(10, 50, 100, 500, 1000), { maxLength: 6 });
    const lost = fc.record({
      before: fc.nat(3),
      after: fc.nat(3),
      cancelAt: fc.option(fc.constantFrom(0, 100, 300)),
    });
    await fc.assert(
      fc.asyncProperty(coins, lost, async (pieces, { before, after, cancelAt }) => {
        const bench = await httpBench();
        const cancel = new AbortController();
        bench.willInsert(pieces);
        bench.loseReplies(before, 'before');
        bench.loseReplies(after, 'after');
        if (cancelAt !== null) bench.cancelAt(cancelAt, cancel);
        const order = { reference: 'A', amount: yen.parse(300) };
        const outcome = await bench.port.charge(order, () => undefined, cancel.signal);
        const kept = bench.gained();
        await bench.close();
        expect(outcome.kind).not.toBe('unknown');
        expect(kept).toBe(outcome.kind === 'charged' ? 300 : 0);
      }),
      { numRuns: 50, seed: 20261120 },
    );
  });
});
