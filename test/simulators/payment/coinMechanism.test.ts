import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLLECT_LIMIT_MS,
  createCoinMechanism,
  newBooks,
  refundedOf,
  type Books,
  type CoinMechanism,
} from './coinMechanism.ts';
import { pieces, valueOf, type Money } from './money.ts';
import { booksOf } from './paymentServer.ts';

const SMALL_BOX: Money = { 100: 3, 50: 1, 10: 6 };

/** A mechanism whose power can be cut: what it saved is all that the next one knows. */
function bench(box: Money = SMALL_BOX) {
  let saved = JSON.stringify(newBooks(box));
  let now = 0;
  const switchOn = (): CoinMechanism =>
    createCoinMechanism({
      books: JSON.parse(saved) as Books,
      clock: () => now,
      save: (books) => void (saved = JSON.stringify(books)),
    });
  let mechanism = switchOn();
  return {
    get mechanism() {
      return mechanism;
    },
    restart: () => void (mechanism = switchOn()),
    pass: (milliseconds: number) => void (now += milliseconds),
  };
}

function expectConserved(books: Books): void {
  expect(booksOf(books).balanced).toBe(true);
  for (const piece of pieces) expect(books.box[piece] ?? 0).toBeGreaterThanOrEqual(0);
  expect(books.charges.filter((entry) => entry.state === 'collecting').length).toBeLessThanOrEqual(1);
  for (const entry of books.charges) {
    const refunded = refundedOf(books, entry.reference);
    expect(refunded).toBeLessThanOrEqual(entry.state === 'paid' ? entry.amount : 0);
    if (entry.state === 'paid') expect(entry.inserted - entry.change).toBe(entry.amount);
    if (entry.state === 'returned') expect(entry.returned).toBe(entry.inserted);
    if (entry.state === 'returned') expect(valueOf(entry.escrow)).toBe(0);
  }
}

describe('coin mechanism', () => {
  it('gives change for a note', () => {
    const { mechanism } = bench({ 100: 10 });
    mechanism.start('A', 300);
    expect(mechanism.insert(1000)).toBe(true);
    expect(mechanism.charge('A')).toMatchObject({ state: 'paid', inserted: 1000, change: 700 });
    expectConserved(mechanism.books);
  });

  it('lets a note fall through that it could not give change for', () => {
    const { mechanism } = bench({});
    mechanism.start('A', 300);
    expect(mechanism.insert(1000)).toBe(false);
    expect(mechanism.charge('A')).toMatchObject({ state: 'collecting', inserted: 0 });
  });

  it('cancel returns what was put in, and a cancel after the last coin comes too late', () => {
    const { mechanism } = bench();
    mechanism.start('A', 300);
    mechanism.insert(100);
    expect(mechanism.cancel('A')).toMatchObject({ state: 'returned', reason: 'cancelled', inserted: 100 });
    mechanism.start('B', 100);
    mechanism.insert(100);
    expect(mechanism.cancel('B')).toMatchObject({ state: 'paid' });
  });

  it('the same reference twice is one charge, also after a restart', () => {
    const machine = bench();
    machine.mechanism.start('A', 300);
    machine.mechanism.payRest();
    machine.restart();
    expect(machine.mechanism.start('A', 300)).toMatchObject({ state: 'paid', inserted: 300 });
    expect(machine.mechanism.start('A', 400)).toEqual({ error: 'conflict' });
    expect(machine.mechanism.books.charges).toHaveLength(1);
  });

  it('power-cut-while-collecting: what was put in comes back', () => {
    const machine = bench();
    machine.mechanism.start('A', 300);
    machine.mechanism.insert(100);
    machine.restart();
    expect(machine.mechanism.charge('A')).toMatchObject({ state: 'returned', reason: 'fault' });
    expectConserved(machine.mechanism.books);
  });

  it('resident-walks-away: gives up and returns', () => {
    const machine = bench();
    machine.mechanism.start('A', 300);
    machine.mechanism.insert(100);
    machine.pass(COLLECT_LIMIT_MS);
    expect(machine.mechanism.charge('A')).toMatchObject({ state: 'returned', reason: 'timed-out' });
  });

  it('money-cannot-come-out: stuck until the fault is gone, never forgotten', () => {
    const { mechanism } = bench();
    mechanism.setCannotDispense(true);
    mechanism.start('A', 300);
    mechanism.insert(100);
    expect(mechanism.cancel('A')).toMatchObject({ state: 'stuck' });
    mechanism.setCannotDispense(false);
    expect(mechanism.charge('A')).toMatchObject({ state: 'returned', reason: 'cancelled' });
  });

  it('a refund is given once per reference, never more than was kept', () => {
    const { mechanism } = bench();
    mechanism.start('A', 300);
    mechanism.payRest();
    const order = { reference: 'R', chargeReference: 'A', amount: 300 };
    expect(mechanism.refund(order)).toMatchObject({ state: 'refunded' });
    const { out } = mechanism.books;
    expect(mechanism.refund(order)).toMatchObject({ state: 'refunded' });
    expect(mechanism.books.out).toBe(out);
    expect(mechanism.refund({ ...order, reference: 'R2' })).toMatchObject({ reason: 'more-than-kept' });
  });
});

const reference = fc.constantFrom('A', 'B', 'C');
const act = fc.oneof(
  fc.record({ do: fc.constant('start' as const), reference, amount: fc.constantFrom(0, 10, 200, 300, 1200) }),
  fc.record({ do: fc.constant('insert' as const), piece: fc.constantFrom(...pieces) }),
  fc.record({ do: fc.constant('cancel' as const), reference }),
  fc.record({
    do: fc.constant('refund' as const),
    reference: fc.constantFrom('R1', 'R2', 'R3'),
    chargeReference: reference,
    amount: fc.constantFrom(10, 200, 300),
  }),
  fc.record({ do: fc.constant('jam' as const), on: fc.boolean() }),
  fc.record({ do: fc.constant('cannotDispense' as const), on: fc.boolean() }),
  fc.record({ do: fc.constant('pass' as const), milliseconds: fc.constantFrom(1_000, COLLECT_LIMIT_MS) }),
  fc.record({ do: fc.constant('restart' as const) }),
  fc.record({ do: fc.constant('payRest' as const) }),
);
type Act = typeof act extends fc.Arbitrary<infer Kind> ? Kind : never;

function perform(machine: ReturnType<typeof bench>, next: Act): void {
  const { mechanism } = machine;
  switch (next.do) {
    case 'start':
      return void mechanism.start(next.reference, next.amount);
    case 'insert':
      return void mechanism.insert(next.piece);
    case 'cancel':
      return void mechanism.cancel(next.reference);
    case 'refund':
      return void mechanism.refund(next);
    case 'jam':
      return mechanism.setJam(next.on);
    case 'cannotDispense':
      return mechanism.setCannotDispense(next.on);
    case 'pass':
      return machine.pass(next.milliseconds);
    case 'payRest':
      return mechanism.payRest();
    case 'restart':
      return machine.restart();
  }
}

describe('money is conserved', () => {
  it('in every interleaving of coins, cancels, refunds, faults and power cuts', () => {
    let paid = 0;
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40, size: 'max' }), (acts) => {
        const machine = bench();
        for (const next of acts) {
          const ended = machine.mechanism.books.charges.filter((entry) => entry.state === 'paid');
          perform(machine, next);
          expectConserved(machine.mechanism.books);
          for (const entry of ended) {
            expect(machine.mechanism.charge(entry.reference)?.state).toBe('paid');
          }
          paid += ended.length;
        }
      }),
      { numRuns: 500, seed: 20261120 },
    );
    expect(paid).toBeGreaterThan(100);
  });
});
