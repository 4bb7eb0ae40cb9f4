/** One act of the reader under way: a button is pressed, the center does it or says why not. */
import { useState } from 'react';
import { ApiFailure, reasonOf, type FieldFault } from './api.ts';

export interface Act<Arguments extends readonly unknown[]> {
  /** true: done */
  readonly run: (...given: Arguments) => Promise<boolean>;
  readonly isRunning: boolean;
  /** why it was not done; field faults are in `faults` */
  readonly reason: string | undefined;
  readonly faults: readonly FieldFault[];
  readonly clear: () => void;
}

const NOTHING = { isRunning: false, reason: undefined, faults: [] } as const;

/** Never runs twice at the same time: a second press does nothing. */
export function useAct<Arguments extends readonly unknown[]>(
  act: (...given: Arguments) => Promise<unknown>,
): Act<Arguments> {
  const [state, setState] = useState<Pick<Act<Arguments>, 'isRunning' | 'reason' | 'faults'>>(NOTHING);
  const run = async (...given: Arguments): Promise<boolean> => {
    if (state.isRunning) return false;
    setState({ ...NOTHING, isRunning: true });
    try {
      await act(...given);
      setState(NOTHING);
      return true;
    } catch (failure) {
      const faults = failure instanceof ApiFailure ? failure.faults : [];
      setState({ isRunning: false, reason: reasonOf(failure), faults });
      return false;
    }
  };
  return { ...state, run, clear: () => setState(NOTHING) };
}
