/**
 * PaymentTerminalPort over the coin mechanism's protocol. Asking again is always safe, because the mechanism answers a
 * reference it has seen with the first act's outcome; so a lost answer is asked for until it is known or the limit ends.
 */
import type { Clock, Yen } from '#templates/vocabulary.ts';
import { wait as realWait, type Wait } from '../wait.ts';
import { createCoinClient, type CoinAnswer, type CoinClient } from './coinClient.ts';
import { charge, mechanismStatus, refund, type Charge, type Refund } from './coinProtocol.ts';
import type {
  ChargeLookup,
  ChargeOutcome,
  ChargeProgress,
  PaymentStatus,
  PaymentTerminalPort,
  RefundOutcome,
} from './paymentTerminalPort.ts';

/** A coin shows on the screen as soon as it has fallen. */
const POLL_MS = 200;
/** A mechanism that restarts is back within half a minute; after that somebody has to look. */
const AWAY_LIMIT_MS = 30_000;
/** Money that should have come out and does not is looked at by a person, not waited for. */
const STUCK_LIMIT_MS = 5_000;

export interface HttpPaymentOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly wait?: Wait;
  readonly client?: CoinClient;
}
interface Terminal {
  readonly client: CoinClient;
  readonly clock: Clock;
  readonly wait: Wait;
}
interface ChargeOrder {
  readonly reference: string;
  readonly amount: Yen;
}

/** A PaymentTerminalPort for the mechanism at `options.url`. Throws when the address is not of this machine. */
export function createHttpPaymentTerminal(options: HttpPaymentOptions): PaymentTerminalPort {
  const terminal: Terminal = {
    client: options.client ?? createCoinClient(options.url),
    clock: options.clock,
    wait: options.wait ?? realWait,
  };
  return {
    status: () => status(terminal),
    charge: (order, onProgress, cancel) => collect(terminal, order, onProgress, cancel),
    lookupCharge: (reference) => lookupCharge(terminal, reference),
    refund: async (order) => {
      const answer = await askUntilKnown(terminal, () => terminal.client.post('/refunds', order, refund));
      return refundOutcome(answer);
    },
    lookupRefund: async (reference) => {
      const answer = await terminal.client.get(refundPath(reference), refund);
      return answer.kind === 'absent' ? { kind: 'neverSeen' } : refundOutcome(answer);
    },
  };
}

const chargePath = (reference: string): string => `/charges/${encodeURIComponent(reference)}`;
const refundPath = (reference: string): string => `/refunds/${encodeURIComponent(reference)}`;

async function status(terminal: Terminal): Promise<PaymentStatus> {
  const answer = await terminal.client.get('/status', mechanismStatus);
  if (answer.kind !== 'answer') return { kind: 'unreachable' };
  return answer.body.ready ? { kind: 'ready' } : { kind: 'notReady', reasons: answer.body.reasons };
}

async function collect(
  terminal: Terminal,
  order: ChargeOrder,
  onProgress: (progress: ChargeProgress) => void,
  cancel: AbortSignal,
): Promise<ChargeOutcome> {
  const begun = await begin(terminal, order, cancel);
  if (begun.kind !== 'answer') return notBegun(begun);
  let seen = begun.body;
  if (seen.amount !== order.amount) return { kind: 'unknown' };
  let shown = -1;
  let stuckSince: number | null = null;
  for (;;) {
    if (seen.inserted !== shown) onProgress({ paid: seen.inserted });
    shown = seen.inserted;
    if (seen.state === 'paid' || seen.state === 'returned') return chargeOutcome(seen);
    stuckSince = seen.state === 'stuck' ? (stuckSince ?? terminal.clock()) : null;
    if (stuckSince !== null && terminal.clock() - stuckSince >= STUCK_LIMIT_MS) return { kind: 'unknown' };
    const cancelling = cancel.aborted && seen.state === 'collecting';
    if (!cancelling) await terminal.wait(POLL_MS, cancel.aborted ? undefined : cancel);
    const next = await askUntilKnown(terminal, () =>
      cancel.aborted
        ? terminal.client.post(`${chargePath(order.reference)}/cancel`, {}, charge)
        : terminal.client.get(chargePath(order.reference), charge),
    );
    // a charge it had and no longer knows: the mechanism lost its books
    if (next.kind !== 'answer') return { kind: 'unknown' };
    seen = next.body;
  }
}

/** A visit that is already over does not open the coin slot; it only settles what an earlier start may have begun. */
function begin(terminal: Terminal, order: ChargeOrder, cancel: AbortSignal): Promise<CoinAnswer<Charge>> {
  return askUntilKnown(terminal, () =>
    cancel.aborted
      ? terminal.client.get(chargePath(order.reference), charge)
      : terminal.client.post('/charges', order, charge),
  );
}

function notBegun(answer: Exclude<CoinAnswer<Charge>, { kind: 'answer' }>): ChargeOutcome {
  if (answer.kind === 'absent') return { kind: 'declined', reason: 'cancelled' };
  // `conflict`: the reference already names another charge, whose money is not ours to judge here
  const refused = answer.kind === 'refused' && answer.error !== 'conflict';
  return refused ? { kind: 'declined', reason: 'fault' } : { kind: 'unknown' };
}

async function lookupCharge(terminal: Terminal, reference: string): Promise<ChargeLookup> {
  const answer = await terminal.client.get(chargePath(reference), charge);
  if (answer.kind === 'absent') return { kind: 'neverSeen' };
  if (answer.kind !== 'answer') return { kind: 'unknown' };
  return answer.body.state === 'collecting' ? { kind: 'pending' } : chargeOutcome(answer.body);
}

function chargeOutcome(seen: Charge): ChargeOutcome {
  if (seen.state === 'paid') return { kind: 'charged', paid: seen.inserted, change: seen.change };
  if (seen.state === 'returned') return { kind: 'declined', reason: seen.reason ?? 'fault' };
  return { kind: 'unknown' };
}

function refundOutcome(answer: CoinAnswer<Refund>): RefundOutcome {
  switch (answer.kind) {
    case 'answer':
      if (answer.body.state === 'refunded') return { kind: 'refunded' };
      return { kind: 'notRefunded', reason: answer.body.reason ?? 'refused' };
    case 'absent':
    case 'refused':
      return { kind: 'notRefunded', reason: 'refused' };
    case 'lost':
      return { kind: 'unknown' };
  }
}

async function askUntilKnown<Body>(
  terminal: Terminal,
  ask: () => Promise<CoinAnswer<Body>>,
): Promise<CoinAnswer<Body>> {
  const startedAt = terminal.clock();
  for (;;) {
    const answer = await ask();
    if (answer.kind !== 'lost' || terminal.clock() - startedAt >= AWAY_LIMIT_MS) return answer;
    await terminal.wait(POLL_MS);
  }
}
