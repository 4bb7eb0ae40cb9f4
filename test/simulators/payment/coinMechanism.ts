/**
 * The coin and note mechanism as a machine: a box of money, an escrow, and books that survive a restart. No I/O of its
 * own; `save` is called after every act and before its answer leaves. Money is counted piece by piece, so it can be
 * proved that none appears or disappears.
 */
import type { Clock } from '#templates/vocabulary.ts';
import type { Charge, Refund } from '#agent/payment/coinProtocol.ts';
import { yen } from '#templates/vocabulary.ts';
import { addPieces, choosePieces, pieces, valueOf, type Money, type Piece } from './money.ts';

/** A mechanism gives up on a resident who walked away; longer than the screen's own time-out. */
export const COLLECT_LIMIT_MS = 300_000;

interface ChargeEntry {
  reference: string;
  amount: number;
  state: Charge['state'];
  reason: Charge['reason'];
  /** what `stuck` becomes once money can come out again */
  ends: 'paid' | 'returned';
  escrow: Money;
  inserted: number;
  change: number;
  returned: number;
  startedAt: number;
}
interface RefundEntry {
  reference: string;
  chargeReference: string;
  amount: number;
  state: Refund['state'];
  reason: string | null;
}
/** All that the mechanism remembers. `fed`: every piece that went in at the slot; `out`: every one that came out. */
export interface Books {
  box: Money;
  charges: ChargeEntry[];
  refunds: RefundEntry[];
  fed: number;
  out: number;
  /** value of the box when the machine was installed */
  installed: number;
}
export interface MechanismFaults {
  /** coins do not go in: not ready, and a charge being collected is given up */
  coinJam: boolean;
  /** nothing comes out: change, returns and refunds fail; noticed only when it is tried */
  cannotDispense: boolean;
  /** so many requests are acted on, and their answers lost */
  dropAfter: number;
  /** so many requests are lost before they are acted on */
  dropBefore: number;
  /** pays every charge at once with what it asks (for unattended runs) */
  autoPay: boolean;
}
export type StartAnswer = Charge | { readonly error: 'busy' | 'conflict' | 'not-ready' };

export interface CoinMechanism {
  readonly books: Books;
  readonly faults: MechanismFaults;
  ready(): { ready: boolean; reasons: string[] };
  start(reference: string, amount: number): StartAnswer;
  charge(reference: string): Charge | null;
  cancel(reference: string): Charge | null;
  refund(order: { reference: string; chargeReference: string; amount: number }): Refund;
  lookupRefund(reference: string): Refund | null;
  /** A resident puts one piece in. False: it fell through. */
  insert(piece: Piece): boolean;
  /** Puts in what is still missing. */
  payRest(): void;
  setJam(jammed: boolean): void;
  setCannotDispense(broken: boolean): void;
}
interface Mechanism {
  readonly books: Books;
  readonly faults: MechanismFaults;
  readonly clock: Clock;
  readonly save: (books: Books) => void;
}

/** @param box what is in the machine when it is installed */
export function newBooks(box: Money): Books {
  return { box: { ...box }, charges: [], refunds: [], fed: 0, out: 0, installed: valueOf(box) };
}

/** Starts the machine on its books. A charge that was being collected when the power went is given back. */
export function createCoinMechanism(options: {
  readonly books: Books;
  readonly clock: Clock;
  readonly save: (books: Books) => void;
}): CoinMechanism {
  const mechanism: Mechanism = {
    ...options,
    faults: { coinJam: false, cannotDispense: false, dropAfter: 0, dropBefore: 0, autoPay: false },
  };
  const { books, faults } = mechanism;
  for (const entry of books.charges) if (entry.state === 'collecting') giveBack(mechanism, entry, 'fault');
  releaseStuck(mechanism);
  mechanism.save(books);
  const acted = <Answer>(answer: Answer): Answer => {
    mechanism.save(books);
    return answer;
  };
  return {
    books,
    faults,
    ready: () => ({ ready: !faults.coinJam, reasons: faults.coinJam ? ['coin-jam'] : [] }),
    start: (reference, amount) => acted(start(mechanism, reference, amount)),
    charge: (reference) => {
      expire(mechanism);
      return acted(describeCharge(find(books, reference)));
    },
    cancel: (reference) => {
      const entry = find(books, reference);
      if (entry?.state === 'collecting') giveBack(mechanism, entry, 'cancelled');
      return acted(describeCharge(entry));
    },
    refund: (order) => acted(refund(mechanism, order)),
    lookupRefund: (reference) => describeRefund(books.refunds.find((entry) => entry.reference === reference)),
    insert: (piece) => acted(insert(mechanism, piece)),
    payRest: () => acted(payRest(mechanism)),
    setJam: (jammed) => {
      faults.coinJam = jammed;
      const entry = collecting(books);
      if (jammed && entry) giveBack(mechanism, entry, 'fault');
      acted(null);
    },
    setCannotDispense: (broken) => {
      faults.cannotDispense = broken;
      releaseStuck(mechanism);
      acted(null);
    },
  };
}

const find = (books: Books, reference: string) =>
  books.charges.find((entry) => entry.reference === reference);
const collecting = (books: Books) => books.charges.find((entry) => entry.state === 'collecting');

function start(mechanism: Mechanism, reference: string, amount: number): StartAnswer {
  expire(mechanism);
  const { books } = mechanism;
  const known = find(books, reference);
  if (known) return known.amount === amount ? toCharge(known) : { error: 'conflict' };
  if (collecting(books)) return { error: 'busy' };
  if (mechanism.faults.coinJam) return { error: 'not-ready' };
  const entry: ChargeEntry = {
    reference,
    amount,
    state: 'collecting',
    reason: null,
    ends: 'returned',
    escrow: {},
    inserted: 0,
    change: 0,
    returned: 0,
    startedAt: mechanism.clock(),
  };
  books.charges.push(entry);
  if (amount === 0) settleAsPaid(mechanism, entry);
  else if (mechanism.faults.autoPay) payRest(mechanism);
  return toCharge(entry);
}

/** What is still missing, in the fewest pieces, as a resident with a full purse would pay. */
function payRest(mechanism: Mechanism): void {
  const entry = collecting(mechanism.books);
  if (!entry) return;
  const purse: Money = { 1000: 1_000, 500: 1, 100: 4, 50: 1, 10: 4 };
  const needed = choosePieces(purse, entry.amount - entry.inserted) ?? {};
  for (const piece of pieces) {
    for (let count = needed[piece] ?? 0; count > 0; count -= 1) insert(mechanism, piece);
  }
}

/** A piece is taken only when the change it may call for can be given, so paying too much is never a loss. */
function insert(mechanism: Mechanism, piece: Piece): boolean {
  expire(mechanism);
  const { books } = mechanism;
  const entry = collecting(books);
  books.fed += piece;
  if (!entry || mechanism.faults.coinJam) {
    books.out += piece;
    return false;
  }
  const escrow = addPieces(entry.escrow, { [piece]: 1 });
  const over = valueOf(escrow) - entry.amount;
  if (over > 0 && choosePieces(addPieces(books.box, escrow), over) === null) {
    books.out += piece;
    return false;
  }
  entry.escrow = escrow;
  entry.inserted = valueOf(escrow);
  if (entry.inserted >= entry.amount) settleAsPaid(mechanism, entry);
  return true;
}

function settleAsPaid(mechanism: Mechanism, entry: ChargeEntry): void {
  const { books } = mechanism;
  books.box = addPieces(books.box, entry.escrow);
  entry.escrow = {};
  const owed = entry.inserted - entry.amount;
  if (owed > 0 && !dispense(mechanism, owed)) {
    entry.state = 'stuck';
    entry.ends = 'paid';
    return;
  }
  entry.change = owed;
  entry.state = 'paid';
}

function giveBack(mechanism: Mechanism, entry: ChargeEntry, reason: NonNullable<Charge['reason']>): void {
  entry.reason = reason;
  const owed = valueOf(entry.escrow);
  if (owed > 0 && mechanism.faults.cannotDispense) {
    entry.state = 'stuck';
    entry.ends = 'returned';
    return;
  }
  mechanism.books.out += owed;
  entry.returned = owed;
  entry.escrow = {};
  entry.state = 'returned';
}

function releaseStuck(mechanism: Mechanism): void {
  if (mechanism.faults.cannotDispense) return;
  for (const entry of mechanism.books.charges.filter((candidate) => candidate.state === 'stuck')) {
    if (entry.ends === 'paid') settleAsPaid(mechanism, entry);
    else giveBack(mechanism, entry, entry.reason ?? 'fault');
  }
}

function expire(mechanism: Mechanism): void {
  const entry = collecting(mechanism.books);
  if (entry && mechanism.clock() - entry.startedAt >= COLLECT_LIMIT_MS)
    giveBack(mechanism, entry, 'timed-out');
}

function refund(
  mechanism: Mechanism,
  order: { reference: string; chargeReference: string; amount: number },
): Refund {
  const { books } = mechanism;
  const known = books.refunds.find((entry) => entry.reference === order.reference);
  if (known) return toRefund(known);
  const reason = refundRefusal(mechanism, order);
  const entry: RefundEntry = { ...order, state: reason === null ? 'refunded' : 'failed', reason };
  books.refunds.push(entry);
  return toRefund(entry);
}

function refundRefusal(
  mechanism: Mechanism,
  order: { chargeReference: string; amount: number },
): string | null {
  const charged = find(mechanism.books, order.chargeReference);
  if (!charged) return 'unknown-charge';
  const kept = charged.state === 'paid' ? charged.amount - refundedOf(mechanism.books, charged.reference) : 0;
  if (order.amount > kept) return 'more-than-kept';
  if (mechanism.faults.cannotDispense) return 'dispenser-fault';
  return dispense(mechanism, order.amount) ? null : 'out-of-change';
}

/** What went back to the resident for a charge after it was paid. */
export function refundedOf(books: Books, chargeReference: string): number {
  return books.refunds
    .filter((entry) => entry.chargeReference === chargeReference && entry.state === 'refunded')
    .reduce((total, entry) => total + entry.amount, 0);
}

/** All or nothing. */
function dispense(mechanism: Mechanism, amount: number): boolean {
  const chosen = choosePieces(mechanism.books.box, amount);
  if (mechanism.faults.cannotDispense || chosen === null) return false;
  mechanism.books.box = addPieces(mechanism.books.box, chosen, -1);
  mechanism.books.out += amount;
  return true;
}

function describeCharge(entry: ChargeEntry | undefined): Charge | null {
  return entry ? toCharge(entry) : null;
}
function toCharge(entry: ChargeEntry): Charge {
  return {
    reference: entry.reference,
    amount: yen.parse(entry.amount),
    state: entry.state,
    reason: entry.state === 'returned' ? entry.reason : null,
    inserted: yen.parse(entry.inserted),
    change: yen.parse(entry.change),
  };
}
function describeRefund(entry: RefundEntry | undefined): Refund | null {
  return entry ? toRefund(entry) : null;
}
function toRefund(entry: RefundEntry): Refund {
  return { ...entry, amount: yen.parse(entry.amount) };
}
