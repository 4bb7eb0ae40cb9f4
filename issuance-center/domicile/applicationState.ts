/** What can happen to an application, and from where. Pure: the statements that change a row ask for the same states. */
import type { ApplicationState } from '../contract/domicileApplication.ts';

export type ApplicationAct = 'take' | 'release' | 'ask' | 'accept' | 'refuse' | 'withdraw' | 'expire';

const MOVES: Readonly<
  Record<ApplicationAct, { readonly from: readonly ApplicationState[]; readonly to: ApplicationState }>
> = {
  take: { from: ['received'], to: 'checking' },
  release: { from: ['checking'], to: 'received' },
  /** asked again: the applicant answers with a new application, or at the counter */
  ask: { from: ['checking'], to: 'received' },
  accept: { from: ['checking'], to: 'accepted' },
  refuse: { from: ['checking'], to: 'refused' },
  withdraw: { from: ['received', 'checking'], to: 'withdrawn' },
  expire: { from: ['received', 'checking'], to: 'expired' },
};

/** States an act may be done in. */
export const statesFor = (act: ApplicationAct): readonly ApplicationState[] => MOVES[act].from;

/** The state after the act; undefined where it cannot be done. */
export function afterAct(state: ApplicationState, act: ApplicationAct): ApplicationState | undefined {
  const { from, to } = MOVES[act];
  return from.includes(state) ? to : undefined;
}
