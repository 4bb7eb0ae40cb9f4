import { useEffect, useState } from 'react';
import type { ConsentState } from '../consentContract.ts';
import { askState } from './agent.ts';

/** `lost`: the agent was stopped, or cannot be reached. */
export type Consent = ConsentState | { readonly kind: 'waiting' } | { readonly kind: 'lost' };

/** The agent's state, as long as there is one that can change. */
export function useConsent(id: string): Consent {
  const [consent, setConsent] = useState<Consent>({ kind: 'waiting' });
  useEffect(() => {
    const leaving = new AbortController();
    const follow = async (): Promise<void> => {
      let after: number | null = null;
      for (;;) {
        const state: ConsentState = await askState(id, after, leaving.signal);
        setConsent(state);
        if (state.kind !== 'open') return;
        after = state.version;
      }
    };
    follow().catch(() => {
      if (!leaving.signal.aborted) setConsent({ kind: 'lost' });
    });
    return () => leaving.abort();
  }, [id]);
  return consent;
}
