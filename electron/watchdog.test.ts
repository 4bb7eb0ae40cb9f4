import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  RETRY_WAITS_MS,
  startWatchdog,
  stepWatchdog,
  type WatchdogEvent,
  type WatchdogState,
} from './watchdog.ts';

const loading = (failures = 0): WatchdogState => ({ at: 'loading', failures });
const showing = (failures = 0, missed = 0): WatchdogState => ({ at: 'showing', failures, missed });
const out = (failures = 1): WatchdogState => ({ at: 'outOfService', failures });

const LOAD = { kind: 'loadScreen' };
const page = (ms: number) => [{ kind: 'showOutOfService' }, { kind: 'retryAfter', ms }];

describe('watchdog', () => {
  it('starts by loading the screen', () => {
    expect(startWatchdog).toEqual({ state: loading(), effects: [LOAD] });
  });

  it.each<[string, WatchdogState, WatchdogEvent['type'], WatchdogState, readonly object[]]>([
    ['the screen is there', loading(2), 'loaded', showing(2), [{ kind: 'watchHealth', ms: 60_000 }]],
    ['the agent is not up yet', loading(), 'loadFailed', out(1), page(500)],
    ['the agent is still away', loading(3), 'loadFailed', out(4), page(5_000)],
    ['away for an hour: the longest wait repeats', loading(500), 'loadFailed', out(501), page(30_000)],
    ['time to try again', out(3), 'retryDue', loading(3), [LOAD]],
    ['the renderer died', showing(), 'rendererGone', loading(1), [LOAD]],
    ['the renderer died while loading', loading(1), 'rendererGone', loading(2), [LOAD]],
    ['the renderer dies again and again', showing(3), 'rendererGone', out(4), page(5_000)],
    ['the renderer died on the local page', out(1), 'rendererGone', out(2), page(1_000)],
    ['the renderer hangs', showing(), 'unresponsive', showing(), [{ kind: 'killRenderer' }]],
    ['the renderer hangs while loading', loading(), 'unresponsive', loading(), [{ kind: 'killRenderer' }]],
    ['the local page hangs: the next try is planned', out(1), 'unresponsive', out(1), []],
    ['one lost answer', showing(0, 0), 'agentSilent', showing(0, 1), []],
    ['two lost answers, then one', showing(0, 2), 'agentAnswered', showing(0, 0), []],
    ['three lost answers', showing(0, 2), 'agentSilent', out(1), page(500)],
    ['silence while loading is for the load to find out', loading(), 'agentSilent', loading(), []],
    ['a screen that stood long is forgiven', showing(3), 'stoodLong', showing(0), []],
    ['a late timer', showing(), 'retryDue', showing(), []],
    ['a late load', out(2), 'loaded', out(2), []],
    ['a health timer that fires after a fall', out(2), 'stoodLong', out(2), []],
  ])('%s', (_, state, type, next, effects) => {
    expect(stepWatchdog(state, { type })).toEqual({ state: next, effects });
  });

  it('never gets stuck: out of service always has a next try, and waits only grow', () => {
    const types: WatchdogEvent['type'][] = [
      'loaded', 'loadFailed', 'rendererGone', 'unresponsive', 'agentAnswered', 'agentSilent', 'retryDue', 'stoodLong',
    ]; // prettier-ignore
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...types), { maxLength: 60 }), (sequence) => {
        let state: WatchdogState = startWatchdog.state;
        for (const type of sequence) {
          const before: string = state.at;
          const step = stepWatchdog(state, { type });
          state = step.state;
          const retry = step.effects.find((effect) => effect.kind === 'retryAfter');
          if (before !== 'outOfService' && state.at === 'outOfService') expect(retry).toBeDefined();
          if (before !== 'loading' && state.at === 'loading') expect(step.effects).toContainEqual(LOAD);
        }
      }),
    );
    expect([...RETRY_WAITS_MS].sort((left, right) => left - right)).toEqual([...RETRY_WAITS_MS]);
  });
});
