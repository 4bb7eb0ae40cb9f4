/**
 * Money and paper as physical facts, for tests: what really happened is counted here, whatever is answered. Replies can
 * be lost at every point, and a cut of the power stops every act that has not begun.
 */
import type { Yen } from '#templates/vocabulary.ts';
import type { ChargeOutcome, PaymentTerminalPort, RefundOutcome } from '../payment/paymentTerminalPort.ts';
import type { PrinterPort, PrintOutcome, Sides } from '../printer/printerPort.ts';
import { sheetsOf } from '../printer/sheets.ts';

export type ChargeScript =
  'charged' | 'declined' | 'charged-reply-lost' | 'declined-reply-lost' | 'until-cancelled';
export type PrintScript = 'printed' | 'not-printed' | 'jam' | 'printed-reply-lost' | 'not-printed-reply-lost';
export type RefundScript = 'refunded' | 'refunded-reply-lost' | 'refused' | 'never-arrives';
export interface Script {
  readonly charge: ChargeScript;
  /** of the first, second, … print; the last is repeated */
  readonly prints: readonly PrintScript[];
  readonly refund: RefundScript;
  /** the device does not know afterwards either */
  readonly blindPrinter: boolean;
  readonly blindTerminal: boolean;
}
export const SMOOTH: Script = {
  charge: 'charged',
  prints: ['printed'],
  refund: 'refunded',
  blindPrinter: false,
  blindTerminal: false,
};

export interface World {
  script: Script;
  /** by charge reference */
  readonly charged: Map<string, number>;
  readonly refunded: Map<string, number>;
  byHand: number;
  /** documents that came out whole, and halves, by print reference */
  readonly sheets: Map<
    string,
    { readonly sheets: number; readonly sides: Sides; readonly whole: boolean; readonly document: string }
  >;
  printerReady: boolean;
  terminalReady: boolean;
  /** acts after a power cut never happen */
  powered: boolean;
  queueCleared: number;
}
export function makeWorld(script: Partial<Script> = {}): World {
  return {
    script: { ...SMOOTH, ...script },
    charged: new Map(),
    refunded: new Map(),
    byHand: 0,
    sheets: new Map(),
    printerReady: true,
    terminalReady: true,
    powered: true,
    queueCleared: 0,
  };
}
/** What the store kept, after everything given back. */
export function moneyKept(world: World): number {
  const sum = (amounts: Map<string, number>): number =>
    [...amounts.values()].reduce((total, one) => total + one, 0);
  return sum(world.charged) - sum(world.refunded) - world.byHand;
}

/** Without power nothing answers, ever. */
function powered<Result>(world: World, act: () => Promise<Result>): Promise<Result> {
  return world.powered ? act() : new Promise(() => undefined);
}

export function testTerminal(world: World): PaymentTerminalPort {
  const declined = new Set<string>();
  const charge = async (reference: string, amount: Yen, cancel: AbortSignal): Promise<ChargeOutcome> => {
    const { charge: plan } = world.script;
    if (plan === 'until-cancelled') {
      if (!cancel.aborted) await new Promise((resolve) => cancel.addEventListener('abort', resolve));
      declined.add(reference);
      return { kind: 'declined', reason: 'cancelled' };
    }
    const paid = plan.startsWith('charged');
    if (paid) world.charged.set(reference, amount);
    else declined.add(reference);
    if (plan.endsWith('lost')) return { kind: 'unknown' };
    return paid ? { kind: 'charged', paid: amount, change: 0 as Yen } : { kind: 'declined', reason: 'fault' };
  };
  return {
    status: () =>
      powered(world, async () =>
        world.terminalReady ? { kind: 'ready' } : { kind: 'notReady', reasons: ['coin-box-full'] },
      ),
    charge: ({ reference, amount }, onProgress, cancel) =>
      powered(world, async () => {
        if (world.charged.has(reference)) {
          return { kind: 'charged', paid: amount, change: 0 as Yen };
        }
        onProgress({ paid: amount });
        return charge(reference, amount, cancel);
      }),
    lookupCharge: (reference) =>
      powered(world, async () => {
        if (world.script.blindTerminal) return { kind: 'unknown' };
        const amount = world.charged.get(reference);
        if (amount !== undefined) return { kind: 'charged', paid: amount as Yen, change: 0 as Yen };
        return declined.has(reference) ? { kind: 'declined', reason: 'fault' } : { kind: 'neverSeen' };
      }),
    refund: ({ reference, amount }) => powered(world, async () => refund(world, reference, amount)),
    lookupRefund: (reference) =>
      powered(world, async () => {
        if (world.script.blindTerminal) return { kind: 'unknown' };
        return world.refunded.has(reference) ? { kind: 'refunded' } : { kind: 'neverSeen' };
      }),
  };
}

function refund(world: World, reference: string, amount: Yen): RefundOutcome {
  if (world.refunded.has(reference)) return { kind: 'refunded' };
  switch (world.script.refund) {
    case 'refused':
      return { kind: 'notRefunded', reason: 'hopper-empty' };
    case 'never-arrives':
      return { kind: 'unknown' };
    case 'refunded-reply-lost':
      world.refunded.set(reference, amount);
      return { kind: 'unknown' };
    case 'refunded':
      world.refunded.set(reference, amount);
      return { kind: 'refunded' };
  }
}

export function testPrinter(world: World): PrinterPort {
  let jobs = 0;
  const answerOf = (reference: string): PrintOutcome => {
    const out = world.sheets.get(reference);
    if (!out) return { kind: 'notPrinted', reasons: [] };
    if (out.whole) return { kind: 'printed', sheets: out.sheets };
    return { kind: 'unknown', sheets: out.sheets, reasons: ['media-jam'] };
  };
  return {
    status: () =>
      powered(world, async () =>
        world.printerReady ? { kind: 'ready' } : { kind: 'notReady', reasons: ['media-empty'] },
      ),
    print: ({ reference, document, pages, sides }, onProgress) =>
      powered(world, async () => {
        const { prints } = world.script;
        const plan = prints[Math.min(jobs, prints.length - 1)] ?? 'printed';
        jobs += 1;
        const bytes = Buffer.from(document).toString('latin1');
        const sheets = sheetsOf({ pages, sides });
        onProgress({ sheet: 1, sheets });
        if (plan.startsWith('printed')) {
          world.sheets.set(reference, { sheets, sides, whole: true, document: bytes });
        }
        if (plan === 'jam') {
          world.sheets.set(reference, { sheets: sheets - 1, sides, whole: false, document: bytes });
        }
        return plan.endsWith('lost') ? { kind: 'unknown', sheets: null, reasons: [] } : answerOf(reference);
      }),
    lookup: (reference) =>
      powered(world, async () =>
        world.script.blindPrinter ? { kind: 'unknown', sheets: null, reasons: [] } : answerOf(reference),
      ),
    clear: () =>
      powered(world, async () => {
        world.queueCleared += 1;
        return true;
      }),
  };
}
