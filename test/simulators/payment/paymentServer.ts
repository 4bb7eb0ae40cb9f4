/**
 * The simulated coin mechanism on the wire: its protocol (kiosk-agent/payment/coinProtocol.ts) on one port, a JSON
 * control channel on another.
 *
 *   GET  /state                     charge being collected, box, readiness, faults
 *   GET  /books                     per reference: inserted, change, returned, kept, refunded; totals
 *   POST /insert {value}            one piece: 10, 50, 100, 500 or 1000     -> {taken}
 *   POST /pay                       what is still missing, in the fewest pieces
 *   POST /faults {coinJam?, cannotDispense?, dropAfter?, dropBefore?, autoPay?}
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { chargeRequest, refundRequest } from '#agent/payment/coinProtocol.ts';
import type { Clock } from '#templates/vocabulary.ts';
import { json, startJsonServer, type Reply, type Route } from '../controlServer.ts';
import {
  createCoinMechanism,
  newBooks,
  refundedOf,
  type Books,
  type CoinMechanism,
} from './coinMechanism.ts';
import { isPiece, valueOf, type Money, type Piece } from './money.ts';

/** What a store puts into the machine in the morning. */
export const MORNING_BOX: Money = { 1000: 10, 500: 20, 100: 50, 50: 20, 10: 50 };

export interface PaymentSimulator {
  /** the PAYMENT_URL */
  readonly url: string;
  readonly controlUrl: string;
  readonly mechanism: CoinMechanism;
  close(): Promise<void>;
}
export interface PaymentSimulatorOptions {
  /** 0 or absent: a free one */
  readonly port?: number;
  readonly controlPort?: number;
  /** the books live here and are found again after a restart; null keeps them in memory */
  readonly journalFile: string | null;
  readonly clock: Clock;
  readonly autoPay?: boolean;
  readonly box?: Money;
}

/** Rejects when a port is in use. */
export async function startPaymentSimulator(options: PaymentSimulatorOptions): Promise<PaymentSimulator> {
  const file = options.journalFile;
  const mechanism = createCoinMechanism({
    books: file && existsSync(file) ? readBooks(file) : newBooks(options.box ?? MORNING_BOX),
    clock: options.clock,
    save: (books) => file && writeBooks(file, books),
  });
  mechanism.faults.autoPay = options.autoPay ?? false;
  const server = await startJsonServer(options.port ?? 0, protocolRoutes(mechanism));
  const control = await startJsonServer(options.controlPort ?? 0, controlRoutes(mechanism)).catch(
    async (error: unknown) => {
      await server.close();
      throw error;
    },
  );
  return {
    url: `http://127.0.0.1:${server.port}`,
    controlUrl: `http://127.0.0.1:${control.port}`,
    mechanism,
    close: async () => {
      await Promise.all([server.close(), control.close()]);
    },
  };
}

function readBooks(file: string): Books {
  return JSON.parse(readFileSync(file, 'utf8')) as Books;
}
/** Renamed into place, so that a kill in the middle leaves the books of before. */
function writeBooks(file: string, books: Books): void {
  writeFileSync(`${file}.new`, JSON.stringify(books));
  renameSync(`${file}.new`, file);
}

function protocolRoutes(mechanism: CoinMechanism): Record<string, Route> {
  const { faults } = mechanism;
  const found = (entry: object | null): Reply => (entry ? json(entry) : json({ error: 'unknown' }, 404));
  /** A request that may be lost before it is acted on, or whose answer may be lost after. */
  const lossy =
    (route: Route): Route =>
    async (parameters, body) => {
      if (faults.dropBefore > 0) {
        faults.dropBefore -= 1;
        return { kind: 'broken' };
      }
      const reply = await route(parameters, body);
      if (faults.dropAfter === 0) return reply;
      faults.dropAfter -= 1;
      return { kind: 'broken' };
    };
  return {
    'GET /status': () => json(mechanism.ready()),
    'POST /charges': lossy((_parameters, body) => {
      const order = chargeRequest.parse(body);
      const answer = mechanism.start(order.reference, order.amount);
      return json(answer, 'error' in answer ? 409 : 200);
    }),
    'GET /charges/:reference': lossy(([reference = '']) => found(mechanism.charge(reference))),
    'POST /charges/:reference/cancel': lossy(([reference = '']) => found(mechanism.cancel(reference))),
    'POST /refunds': lossy((_parameters, body) => json(mechanism.refund(refundRequest.parse(body)))),
    'GET /refunds/:reference': lossy(([reference = '']) => found(mechanism.lookupRefund(reference))),
  };
}

const faultsBody = z.strictObject({
  coinJam: z.boolean().optional(),
  cannotDispense: z.boolean().optional(),
  dropAfter: z.number().int().min(0).optional(),
  dropBefore: z.number().int().min(0).optional(),
  autoPay: z.boolean().optional(),
});

function controlRoutes(mechanism: CoinMechanism): Record<string, Route> {
  const state: Route = () => json(stateOf(mechanism));
  return {
    'GET /state': state,
    'GET /books': () => json(booksOf(mechanism.books)),
    'POST /insert': (_parameters, body) => {
      const { value } = z
        .object({
          value: z.custom<Piece>((piece) => typeof piece === 'number' && isPiece(piece), 'no such coin'),
        })
        .parse(body);
      return json({ taken: mechanism.insert(value) });
    },
    'POST /pay': (parameters, body) => {
      mechanism.payRest();
      return state(parameters, body);
    },
    'POST /faults': (parameters, body) => {
      const { coinJam, cannotDispense, ...rest } = faultsBody.parse(body);
      if (coinJam !== undefined) mechanism.setJam(coinJam);
      if (cannotDispense !== undefined) mechanism.setCannotDispense(cannotDispense);
      Object.assign(mechanism.faults, rest);
      return state(parameters, body);
    },
  };
}

function stateOf(mechanism: CoinMechanism) {
  const entry = mechanism.books.charges.find((candidate) => candidate.state === 'collecting');
  return {
    ...mechanism.ready(),
    collecting: entry ? { reference: entry.reference, amount: entry.amount, inserted: entry.inserted } : null,
    box: mechanism.books.box,
    faults: mechanism.faults,
  };
}

/** The day's money, per reference and in total; `balanced` is the proof that none was made or lost. */
export function booksOf(books: Books) {
  const charges = books.charges.map((entry) => ({
    reference: entry.reference,
    state: entry.state,
    amount: entry.amount,
    inserted: entry.inserted,
    change: entry.change,
    returned: entry.returned,
    refunded: refundedOf(books, entry.reference),
  }));
  const escrow = books.charges.reduce((total, entry) => total + valueOf(entry.escrow), 0);
  const box = valueOf(books.box);
  const balanced = books.installed + books.fed - books.out === box + escrow;
  return { charges, refunds: books.refunds, box, escrow, fed: books.fed, out: books.out, balanced };
}
