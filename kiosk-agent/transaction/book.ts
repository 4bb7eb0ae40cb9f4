/** The open transactions over the journal: every change is decided, written down and only then believed. */
import type { Clock } from '#templates/vocabulary.ts';
import { decide } from './decide.ts';
import type { TransactionCommand } from './decide.ts';
import type { EventOf } from './events.ts';
import type { Journal } from './journal.ts';
import { evolve, firstState } from './state.ts';
import type { Transaction } from './state.ts';

export interface Book {
  /** Opens a transaction. Throws when the row cannot be written. */
  place(number: string, items: EventOf<'order-placed'>['items']): Transaction;
  /** Decides, writes, evolves. Throws IllegalCommand, or the journal's error; then nothing may be done. */
  act(number: string, command: TransactionCommand): Transaction;
  /** Throws for a number that is not open. */
  get(number: string): Transaction;
  find(number: string): Transaction | undefined;
  /** Not closed, oldest first. */
  open(): readonly Transaction[];
}

/** Reads every open transaction. Throws when rows do not add up. */
export function openBook(journal: Journal, clock: Clock): Book {
  const transactions = new Map<string, Transaction>();
  for (const { transaction, at, event } of journal.openRows()) {
    const known = transactions.get(transaction);
    transactions.set(transaction, known ? evolve(known, event) : firstState(transaction, at, event));
  }
  const get = (number: string): Transaction => {
    const found = transactions.get(number);
    if (!found) throw new Error(`no open transaction ${number}`);
    return found;
  };
  const believe = (number: string, state: Transaction): Transaction => {
    if (state.closed) transactions.delete(number);
    else transactions.set(number, state);
    return state;
  };
  return {
    get,
    find: (number) => transactions.get(number),
    open: () => [...transactions.values()],
    place: (number, items) => {
      if (transactions.has(number)) throw new Error('a transaction number is used once');
      const event = { type: 'order-placed', items } as const;
      journal.append(number, [event]);
      return believe(number, firstState(number, new Date(clock()).toISOString(), event));
    },
    act: (number, command) => {
      const before = get(number);
      const events = decide(command, before);
      if (events.length > 0) journal.append(number, events);
      return believe(number, events.reduce(evolve, before));
    },
  };
}
