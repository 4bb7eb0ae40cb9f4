/** What a transaction amounts to, row by row. Pure: `evolve` only records, `decide.ts` is where rules are. */
import type { z } from 'zod';
import type { voidRequest } from '#center/contract/kioskApi.ts';
import type { CertificateKindId, IssueNumber, MunicipalityCode, Yen } from '#templates/vocabulary.ts';
import type { EventOf, TransactionEvent } from './events.ts';

export type VoidReason = z.infer<typeof voidRequest>['reason'];
export type Paper =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'intended'; readonly reference: string; readonly sentAt: number }
  /** `attended`: a sheet may still lie in the tray although nobody saw it come out */
  | { readonly kind: 'printed'; readonly sheets: number; readonly attended: boolean }
  | { readonly kind: 'notPrinted' }
  | {
      readonly kind: 'unknown';
      readonly reference: string;
      readonly sentAt: number;
      readonly sheets: number | null;
    }
  /** staff took an incomplete certificate out and destroyed it */
  | { readonly kind: 'destroyed' };

export interface Item {
  readonly item: number;
  readonly requestId: string;
  readonly kind: CertificateKindId;
  readonly municipality: MunicipalityCode;
  readonly fee: Yen;
  readonly issueNumber: IssueNumber | null;
  /** 0 while it is not prepared */
  readonly pages: number;
  readonly sheets: number;
  readonly paper: Paper;
  /** its fee is back in the resident's hand */
  readonly returned: boolean;
  /** what the center is owed about it, or already knows */
  readonly center: 'nothing' | 'owes-confirm' | 'owes-void' | 'acknowledged';
  readonly voided: { readonly reason: VoidReason; readonly refunded: Yen } | null;
}
export type Charge =
  | { readonly kind: 'none' }
  | { readonly kind: 'intended'; readonly reference: string }
  | { readonly kind: 'charged'; readonly reference: string; readonly paid: Yen; readonly change: Yen }
  | { readonly kind: 'declined'; readonly reason: EventOf<'charge-declined'>['reason'] }
  | { readonly kind: 'unknown'; readonly reference: string }
  /** nobody knows what the terminal did; the staff gave the money back */
  | { readonly kind: 'returnedByHand' };
export interface Refund {
  readonly kind: 'intended' | 'refunded' | 'failed' | 'unknown' | 'byHand';
  readonly reference: string;
  readonly amount: Yen;
  readonly items: readonly number[];
}

/** 領収書: one at most, of which neither money nor a certificate depends. */
export type Receipt = 'none' | 'intended' | 'printed' | 'not-printed' | 'unknown';

export interface Transaction {
  readonly number: string;
  /** ISO 8601, of the first row */
  readonly startedAt: string;
  readonly items: readonly Item[];
  readonly amount: Yen;
  readonly charge: Charge;
  readonly refunds: readonly Refund[];
  readonly receipt: Receipt;
  /** why it is not carried through; null while it may be */
  readonly ending: VoidReason | null;
  readonly recovered: boolean;
  readonly attendantCalled: boolean;
  readonly settled: boolean;
  readonly closed: boolean;
}

/** The transaction after its first row. Throws when that row is not `order-placed`. */
export function firstState(number: string, at: string, event: TransactionEvent): Transaction {
  if (event.type !== 'order-placed')
    throw new Error(`a transaction begins with order-placed, not ${event.type}`);
  const items = event.items.map((item): Item => ({
    ...item,
    issueNumber: null,
    pages: 0,
    sheets: 0,
    paper: { kind: 'untouched' },
    returned: false,
    center: 'nothing',
    voided: null,
  }));
  return {
    number,
    startedAt: at,
    items,
    amount: sumOf(items),
    charge: { kind: 'none' },
    refunds: [],
    receipt: 'none',
    ending: null,
    recovered: false,
    attendantCalled: false,
    settled: false,
    closed: false,
  };
}

export function sumOf(items: readonly { readonly fee: Yen }[]): Yen {
  return items.reduce((sum, { fee }) => sum + fee, 0) as Yen;
}

/** The state after one more row. */
export function evolve(state: Transaction, event: TransactionEvent): Transaction {
  switch (event.type) {
    case 'order-placed':
      throw new Error('order-placed is the first row only');
    case 'certificate-prepared':
      return withItem(state, event.item, {
        issueNumber: event.issueNumber,
        pages: event.pages,
        sheets: event.sheets ?? event.pages,
      });
    case 'abandoned':
      return { ...state, ending: state.ending ?? event.reason };
    case 'recovery-begun':
      return { ...state, recovered: true, ending: state.ending ?? 'recovered' };
    case 'check-failed':
      return { ...state, ending: state.ending ?? 'check-failed' };
    case 'attendant-called':
      return { ...state, attendantCalled: true };
    case 'attendant-acted':
      return afterAttendant(state, event.act);
    case 'settled':
      return { ...state, settled: true, attendantCalled: false };
    case 'closed':
      return { ...state, closed: true };
    case 'charge-intended':
    case 'charge-succeeded':
    case 'charge-declined':
    case 'charge-unknown':
      return afterCharge(state, event);
    case 'refund-intended':
    case 'refund-succeeded':
    case 'refund-failed':
    case 'refund-unknown':
      return afterRefund(state, event);
    case 'receipt-intended':
    case 'receipt-printed':
    case 'receipt-failed':
    case 'receipt-unknown':
      return { ...state, receipt: RECEIPT[event.type] };
    default:
      return afterItem(state, event);
  }
}

const RECEIPT = {
  'receipt-intended': 'intended',
  'receipt-printed': 'printed',
  'receipt-failed': 'not-printed',
  'receipt-unknown': 'unknown',
} as const;

function withItem(state: Transaction, number: number, change: Partial<Item>): Transaction {
  const items = state.items.map((item) => (item.item === number ? { ...item, ...change } : item));
  return { ...state, items };
}

type ChargeEvent = EventOf<'charge-intended' | 'charge-succeeded' | 'charge-declined' | 'charge-unknown'>;
function afterCharge(state: Transaction, event: ChargeEvent): Transaction {
  const reference = 'reference' in state.charge ? state.charge.reference : '';
  switch (event.type) {
    case 'charge-intended':
      return { ...state, charge: { kind: 'intended', reference: event.reference } };
    case 'charge-succeeded':
      return {
        ...state,
        charge: { kind: 'charged', reference, paid: event.paid, change: event.change },
      };
    case 'charge-declined': {
      const { reason } = event;
      const ending = reason === 'cancelled' || reason === 'timed-out' ? reason : 'declined';
      return {
        ...state,
        charge: { kind: 'declined', reason },
        ending: state.ending ?? ending,
      };
    }
    case 'charge-unknown':
      return { ...state, charge: { kind: 'unknown', reference } };
  }
}

type RefundEvent = EventOf<'refund-intended' | 'refund-succeeded' | 'refund-failed' | 'refund-unknown'>;
const REFUND_KIND = {
  'refund-succeeded': 'refunded',
  'refund-failed': 'failed',
  'refund-unknown': 'unknown',
} as const;
/** A refund row speaks of the last refund; one that failed and is tried again is a new one for the same items. */
function afterRefund(state: Transaction, event: RefundEvent): Transaction {
  if (event.type === 'refund-intended') {
    const { reference, amount, items } = event;
    const replaced = state.refunds.filter((refund) => refund.kind === 'refunded' || refund.kind === 'byHand');
    return { ...state, refunds: [...replaced, { kind: 'intended', reference, amount, items }] };
  }
  const last = state.refunds.at(-1);
  if (!last) throw new Error(`${event.type} without refund-intended`);
  const kind = REFUND_KIND[event.type];
  const refunds = [...state.refunds.slice(0, -1), { ...last, kind }];
  return kind === 'refunded' ? returned({ ...state, refunds }, last.items) : { ...state, refunds };
}
function returned(state: Transaction, numbers: readonly number[]): Transaction {
  return numbers.reduce((sum, number) => withItem(sum, number, { returned: true }), state);
}

type ItemEvent = EventOf<
  | 'print-intended'
  | 'print-succeeded'
  | 'print-failed'
  | 'print-unknown'
  | 'confirm-intended'
  | 'void-intended'
  | 'center-acknowledged'
>;
function afterItem(state: Transaction, event: ItemEvent): Transaction {
  switch (event.type) {
    case 'confirm-intended':
      return withItem(state, event.item, { center: 'owes-confirm' });
    case 'void-intended': {
      const voided = { reason: event.reason, refunded: event.refunded };
      return withItem(state, event.item, { center: 'owes-void', voided });
    }
    case 'center-acknowledged':
      return withItem(state, event.item, { center: 'acknowledged' });
    case 'print-intended': {
      const { reference, sentAt } = event;
      return withItem(state, event.item, { paper: { kind: 'intended', reference, sentAt } });
    }
    case 'print-succeeded': {
      const paper = { kind: 'printed', sheets: event.sheets, attended: state.recovered } as const;
      return withItem(state, event.item, { paper });
    }
    case 'print-failed':
      return ended(withItem(state, event.item, { paper: { kind: 'notPrinted' } }));
    case 'print-unknown': {
      const { paper } = itemOf(state, event.item);
      if (!('reference' in paper)) throw new Error('print-unknown without print-intended');
      const { reference, sentAt } = paper;
      const unknown = { kind: 'unknown', reference, sentAt, sheets: event.sheets } as const;
      return ended(withItem(state, event.item, { paper: unknown }));
    }
  }
}
function ended(state: Transaction): Transaction {
  return { ...state, ending: state.ending ?? 'print-failed' };
}
/** Throws when the order has no such item. */
export function itemOf(state: Transaction, number: number): Item {
  const found = state.items.find(({ item }) => item === number);
  if (!found) throw new Error(`no item ${number} in the order`);
  return found;
}

/** Nothing is left to do or to find out: money, paper, the center's word, and the receipt under way. */
export function mayClose({ settled, items, receipt }: Transaction): boolean {
  const owing = items.some(({ center }) => center === 'owes-confirm' || center === 'owes-void');
  return settled && !owing && receipt !== 'intended';
}

/** Items whose fee is to go back: nothing of them was printed and nothing was returned yet. */
export function refundable(state: Transaction): readonly Item[] {
  if (state.charge.kind !== 'charged') return [];
  const notOut: readonly Item['paper']['kind'][] = ['untouched', 'notPrinted', 'destroyed'];
  return state.items.filter(({ paper, returned }) => !returned && notOut.includes(paper.kind));
}

function afterAttendant(state: Transaction, act: EventOf<'attendant-acted'>['act']): Transaction {
  if (act === 'returned-by-hand') return afterHandReturn(state);
  const items = state.items.map((item): Item => {
    const { paper } = item;
    if (paper.kind === 'printed') return { ...item, paper: { ...paper, attended: false } };
    if (paper.kind !== 'unknown' && paper.kind !== 'intended') return item;
    if (act === 'paper-destroyed') return { ...item, paper: { kind: 'destroyed' } };
    return { ...item, paper: { kind: 'printed', sheets: item.sheets, attended: false } };
  });
  return { ...state, items, attendantCalled: false };
}

function afterHandReturn(state: Transaction): Transaction {
  if (state.charge.kind === 'unknown' || state.charge.kind === 'intended') {
    const all = returned(
      state,
      state.items.map(({ item }) => item),
    );
    return { ...all, charge: { kind: 'returnedByHand' }, attendantCalled: false };
  }
  const last = state.refunds.at(-1);
  if (!last) return { ...state, attendantCalled: false };
  const refunds = [...state.refunds.slice(0, -1), { ...last, kind: 'byHand' } as const];
  return returned({ ...state, refunds, attendantCalled: false }, last.items);
}
