/**
 * The table of architecture.md 2: from any last row, the one act that comes next. Pure; the same table settles after a
 * fault, after a cancel and at boot. There is no row that prints: a refund is better than a second certificate.
 *
 *   charge intended or unknown   -> ask the terminal        printed           -> confirm
 *   print intended or unknown    -> ask the printer         fee returned, or never taken -> void
 *   paid and not printed         -> refund                  nobody knows      -> attendant
 *   refund intended or unknown   -> ask the terminal        nothing is open   -> settled
 */
import { refundable } from './state.ts';
import type { EventOf } from './events.ts';
import type { Item, Transaction, VoidReason } from './state.ts';

/** What a staff member may do about an open transaction; three of them are rows, asking again is not. */
export type AttendantAct = EventOf<'attendant-acted'>['act'] | 'ask-devices-again';

export type SettlingAct =
  | { readonly kind: 'lookupCharge'; readonly reference: string }
  | {
      readonly kind: 'lookupPrint';
      readonly item: number;
      readonly reference: string;
      readonly sentAt: number;
    }
  | { readonly kind: 'refund'; readonly items: readonly number[]; readonly chargeReference: string }
  | { readonly kind: 'lookupRefund'; readonly reference: string }
  | { readonly kind: 'confirm'; readonly item: number }
  | { readonly kind: 'void'; readonly item: number; readonly reason: VoidReason }
  | { readonly kind: 'attendant' }
  | { readonly kind: 'settle' };

/**
 * What to do next. `asked` holds what was already looked up in this run: a device is asked once a run, and what is
 * unknown after that is for the attendant.
 */
export function nextAct(state: Transaction, asked: ReadonlySet<string>): SettlingAct {
  return (
    lookup(state, asked) ??
    tellCenter(state) ??
    refund(state) ??
    (isOpen(state) ? ATTENDANT : { kind: 'settle' })
  );
}
const ATTENDANT = { kind: 'attendant' } as const;

function lookup(state: Transaction, asked: ReadonlySet<string>): SettlingAct | null {
  const { charge } = state;
  const chargeOpen = charge.kind === 'intended' || charge.kind === 'unknown';
  if (chargeOpen && !asked.has(charge.reference)) {
    return { kind: 'lookupCharge', reference: charge.reference };
  }
  for (const { item, paper } of state.items) {
    const open = paper.kind === 'intended' || paper.kind === 'unknown';
    if (!open || asked.has(paper.reference)) continue;
    const { reference, sentAt } = paper;
    return { kind: 'lookupPrint', item, reference, sentAt };
  }
  const last = state.refunds.at(-1);
  const refundOpen = last?.kind === 'intended' || last?.kind === 'unknown';
  if (refundOpen && !asked.has(last.reference)) return { kind: 'lookupRefund', reference: last.reference };
  return null;
}

/** What is certain about an item is told to the center, whatever is open about another. */
function tellCenter(state: Transaction): SettlingAct | null {
  for (const item of state.items) {
    if (item.center !== 'nothing' || item.issueNumber === null) continue;
    if (item.paper.kind === 'printed') return { kind: 'confirm', item: item.item };
    if (moneyIsBack(state, item)) return { kind: 'void', item: item.item, reason: reasonOf(state) };
  }
  return null;
}
function moneyIsBack(state: Transaction, item: Item): boolean {
  const neverTaken = state.charge.kind === 'none' || state.charge.kind === 'declined';
  return neverTaken || item.returned;
}
function reasonOf(state: Transaction): VoidReason {
  return state.ending ?? 'print-failed';
}

function refund(state: Transaction): SettlingAct | null {
  if (state.charge.kind !== 'charged') return null;
  const last = state.refunds.at(-1);
  if (last && last.kind !== 'refunded' && last.kind !== 'byHand') return null;
  const items = refundable(state).map(({ item }) => item);
  return items.length > 0 ? { kind: 'refund', items, chargeReference: state.charge.reference } : null;
}

/** Something that only a person can find out or do. */
function isOpen(state: Transaction): boolean {
  return attendantActs(state).length > 0;
}

/** The acts a staff member may settle it with now; empty when nothing is open. */
export function attendantActs(state: Transaction): readonly AttendantAct[] {
  if (state.settled) return [];
  const { charge } = state;
  if (charge.kind === 'intended' || charge.kind === 'unknown')
    return ['ask-devices-again', 'returned-by-hand'];
  const papers = state.items.map(({ paper }) => paper);
  const unknownPaper = papers.some(({ kind }) => kind === 'unknown' || kind === 'intended');
  if (unknownPaper) return ['ask-devices-again', 'handed-over', 'paper-destroyed'];
  const last = state.refunds.at(-1);
  if (last && last.kind !== 'refunded' && last.kind !== 'byHand')
    return ['ask-devices-again', 'returned-by-hand'];
  const tray = papers.some((paper) => paper.kind === 'printed' && paper.attended);
  return tray ? ['handed-over', 'paper-destroyed'] : [];
}
