/** What can happen to a visit, as a property test says it: an event, or an answer to the act under way or to one of long ago. */
import type { Answer, Touch, Unstamped } from './state.ts';

export type Plain<T> = T extends unknown ? Omit<T, 'operation'> : never;
/** `fresh`: an answer to the act under way; otherwise one to an act of long ago */
export type Happening =
  | { readonly kind: 'event'; readonly event: Unstamped; readonly after: number }
  | { readonly kind: 'answer'; readonly answer: Plain<Answer>; readonly fresh: boolean };

export function touch(given: Touch): Happening {
  return { kind: 'event', event: { kind: 'touch', touch: given }, after: 500 };
}
export function reader(given: 'empty' | 'present'): Happening {
  return { kind: 'event', event: { kind: 'reader', reader: given }, after: 100 };
}
export function yes(answer: Plain<Answer>): Happening {
  return { kind: 'answer', answer, fresh: true };
}
