/** How staff sees an open transaction: number, time, state of money, state of paper, the acts that help. Pure. */
import { attendantActs } from './settle.ts';
import type { AttendantAct } from './settle.ts';
import { sumOf } from './state.ts';
import type { Transaction } from './state.ts';

export interface OpenTransactionFacts {
  readonly number: string;
  readonly startedAt: string;
  /** the money in question: what a clerk would give back, not what the order cost */
  readonly amount: Transaction['amount'];
  readonly money:
    'not-taken' | 'perhaps-taken' | 'taken' | 'being-returned' | 'perhaps-returned' | 'returned';
  readonly paper: 'not-printed' | 'perhaps-printed' | 'partly-printed' | 'printed';
  readonly acts: AttendantAct[];
  /** null: nobody knows */
  readonly sheetsOut: number | null;
}

export function openTransactionFacts(state: Transaction): OpenTransactionFacts {
  const { number, startedAt } = state;
  const acts = [...attendantActs(state)];
  return {
    number,
    startedAt,
    amount: amountInQuestion(state),
    money: moneyOf(state),
    paper: paperOf(state),
    acts: acts.length > 0 ? acts : ['ask-devices-again'],
    sheetsOut: sheetsOut(state),
  };
}

function amountInQuestion(state: Transaction): Transaction['amount'] {
  if (state.charge.kind !== 'charged') return state.amount;
  const open = state.items.filter(({ paper }) => paper.kind === 'unknown' || paper.kind === 'intended');
  if (open.length > 0) return sumOf(open);
  const last = state.refunds.at(-1);
  const returned = !last || last.kind === 'refunded' || last.kind === 'byHand';
  return returned ? sumOf(state.items.filter((item) => !item.returned)) : last.amount;
}

function moneyOf({ charge, refunds, items }: Transaction): OpenTransactionFacts['money'] {
  switch (charge.kind) {
    case 'none':
    case 'declined':
      return 'not-taken';
    case 'intended':
    case 'unknown':
      return 'perhaps-taken';
    case 'returnedByHand':
      return 'returned';
    case 'charged': {
      const last = refunds.at(-1)?.kind;
      if (last === 'intended') return 'being-returned';
      if (last === 'unknown') return 'perhaps-returned';
      return items.every(({ returned }) => returned) ? 'returned' : 'taken';
    }
  }
}

function paperOf({ items }: Transaction): OpenTransactionFacts['paper'] {
  const kinds = items.map(({ paper }) => paper.kind);
  if (kinds.some((kind) => kind === 'unknown' || kind === 'intended')) return 'perhaps-printed';
  if (kinds.every((kind) => kind === 'printed')) return 'printed';
  return kinds.includes('printed') ? 'partly-printed' : 'not-printed';
}

function sheetsOut({ items }: Transaction): number | null {
  let sum = 0;
  for (const { paper } of items) {
    if (paper.kind === 'intended') return null;
    if (paper.kind !== 'printed' && paper.kind !== 'unknown') continue;
    if (paper.sheets === null) return null;
    sum += paper.sheets;
  }
  return sum;
}
