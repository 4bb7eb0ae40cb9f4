/**
 * Keeps a working screen in the window: a pure reducer, so that every mishap is a line in a test. The renderer dies or
 * hangs: load again. The agent is away: show the local out-of-service page and try again with growing waits.
 */

/** Waits between tries; the last one repeats. The agent is back within a second of a restart, a machine within a minute. */
export const RETRY_WAITS_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** A screen that has stood this long is healthy: what failed before it is forgotten. */
export const HEALTHY_AFTER_MS = 60_000;
/** How often the agent is asked whether it is there. */
export const PROBE_EVERY_MS = 2_000;
/** Unanswered questions in a row that count as being away: one lost answer is no reason to take the screen off. */
const MISSED_PROBES = 3;
/** Renderer deaths in a row after which loading at once would only flicker. */
const DEATHS_BEFORE_WAITING = 3;

export type WatchdogState =
  | { readonly at: 'loading'; readonly failures: number }
  | { readonly at: 'showing'; readonly failures: number; readonly missed: number }
  | { readonly at: 'outOfService'; readonly failures: number };

export type WatchdogEvent =
  | { readonly type: 'loaded' }
  | { readonly type: 'loadFailed' }
  | { readonly type: 'rendererGone' }
  | { readonly type: 'unresponsive' }
  | { readonly type: 'agentAnswered' }
  | { readonly type: 'agentSilent' }
  | { readonly type: 'retryDue' }
  | { readonly type: 'stoodLong' };

export type WatchdogEffect =
  | { readonly kind: 'loadScreen' }
  | { readonly kind: 'killRenderer' }
  | { readonly kind: 'showOutOfService' }
  | { readonly kind: 'retryAfter'; readonly ms: number }
  | { readonly kind: 'watchHealth'; readonly ms: number };

export interface WatchdogStep {
  readonly state: WatchdogState;
  readonly effects: readonly WatchdogEffect[];
}

export const startWatchdog: WatchdogStep = {
  state: { at: 'loading', failures: 0 },
  effects: [{ kind: 'loadScreen' }],
};

/** One event, one step. Events that mean nothing in a state change nothing. */
export function stepWatchdog(state: WatchdogState, event: WatchdogEvent): WatchdogStep {
  switch (event.type) {
    case 'loaded':
      return state.at === 'loading' ? shown(state.failures) : stay(state);
    case 'loadFailed':
      return state.at === 'loading' ? outOfService(state.failures + 1) : stay(state);
    case 'rendererGone':
      return rendererGone(state);
    case 'unresponsive':
      return state.at === 'outOfService' ? stay(state) : { state, effects: [{ kind: 'killRenderer' }] };
    case 'agentAnswered':
      return state.at === 'showing' ? stay({ ...state, missed: 0 }) : stay(state);
    case 'agentSilent':
      return agentSilent(state);
    case 'retryDue':
      return state.at === 'outOfService' ? loadAgain(state.failures) : stay(state);
    case 'stoodLong':
      return state.at === 'showing' ? stay({ ...state, failures: 0 }) : stay(state);
  }
}

function shown(failures: number): WatchdogStep {
  return {
    state: { at: 'showing', failures, missed: 0 },
    effects: [{ kind: 'watchHealth', ms: HEALTHY_AFTER_MS }],
  };
}

function rendererGone(state: WatchdogState): WatchdogStep {
  const failures = state.failures + 1;
  if (state.at === 'outOfService') return outOfService(failures);
  return failures > DEATHS_BEFORE_WAITING ? outOfService(failures) : loadAgain(failures);
}

function agentSilent(state: WatchdogState): WatchdogStep {
  if (state.at !== 'showing') return stay(state);
  const missed = state.missed + 1;
  return missed < MISSED_PROBES ? stay({ ...state, missed }) : outOfService(state.failures + 1);
}

function loadAgain(failures: number): WatchdogStep {
  return { state: { at: 'loading', failures }, effects: [{ kind: 'loadScreen' }] };
}

function outOfService(failures: number): WatchdogStep {
  const ms = RETRY_WAITS_MS[Math.min(failures, RETRY_WAITS_MS.length) - 1]!;
  return {
    state: { at: 'outOfService', failures },
    effects: [{ kind: 'showOutOfService' }, { kind: 'retryAfter', ms }],
  };
}

function stay(state: WatchdogState): WatchdogStep {
  return { state, effects: [] };
}
