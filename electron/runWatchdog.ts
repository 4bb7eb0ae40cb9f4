/** Connects the watchdog to a real window: its events in, its effects out. The only owner of timers in this room. */
import {
  PROBE_EVERY_MS,
  startWatchdog,
  stepWatchdog,
  type WatchdogEffect,
  type WatchdogEvent,
  type WatchdogState,
} from './watchdog.ts';

/** The part of a BrowserWindow the watchdog touches. */
export interface WatchedWindow {
  readonly webContents: {
    on(event: 'render-process-gone', listener: () => void): unknown;
    on(
      event: 'did-navigate',
      listener: (event: unknown, url: string, httpResponseCode: number) => void,
    ): unknown;
    forcefullyCrashRenderer(): void;
  };
  on(event: 'unresponsive', listener: () => void): unknown;
  loadURL(url: string): Promise<void>;
  loadFile(path: string): Promise<void>;
  isDestroyed(): boolean;
}

export interface WatchdogParts {
  /** the agent's screen, or null while it cannot be known */
  readonly screenUrl: () => Promise<string | null>;
  readonly outOfServicePage: string;
  /** true when the agent gives any answer */
  readonly agentAnswers: () => Promise<boolean>;
  /** runs `act` after some milliseconds; the result calls it off */
  readonly later: (ms: number, act: () => void) => () => void;
  /** for the engineer's log: words without any data of the page */
  readonly report: (message: string) => void;
}

/** Loads the agent's screen and keeps it there. Returns the way to stop. */
export function runWatchdog(window: WatchedWindow, parts: WatchdogParts): () => void {
  let state: WatchdogState = startWatchdog.state;
  let stopped = false;
  const timers = new Map<string, () => void>();
  const setTimer = (name: string, ms: number, act: () => void) => {
    timers.get(name)?.();
    timers.set(name, parts.later(ms, act));
  };
  const halted = () => stopped || window.isDestroyed();

  const dispatch = (event: WatchdogEvent) => {
    if (halted()) return;
    const before = state.at;
    const step = stepWatchdog(state, event);
    state = step.state;
    if (state.at !== before) parts.report(`screen: ${before} -> ${state.at} (${event.type})`);
    for (const effect of step.effects) perform(effect);
  };
  const perform = (effect: WatchdogEffect) => {
    switch (effect.kind) {
      case 'loadScreen':
        return void load();
      case 'killRenderer':
        return window.webContents.forcefullyCrashRenderer();
      case 'showOutOfService':
        // a page of the package; if even that fails, the next try of the agent is already planned
        return void window
          .loadFile(parts.outOfServicePage)
          .catch(() => parts.report('screen: no local page'));
      case 'retryAfter':
        return setTimer('retry', effect.ms, () => dispatch({ type: 'retryDue' }));
      case 'watchHealth':
        return setTimer('health', effect.ms, () => dispatch({ type: 'stoodLong' }));
    }
  };
  let loads = 0;
  let httpStatus = 0;
  const load = async () => {
    loads += 1;
    const mine = loads;
    const succeeded = await loadOnce();
    // a load that another one has overtaken has nothing to say any more
    if (mine === loads) dispatch({ type: succeeded ? 'loaded' : 'loadFailed' });
  };
  const loadOnce = async (): Promise<boolean> => {
    const url = await parts.screenUrl();
    if (url === null || halted()) return false;
    httpStatus = 0;
    // Chromium counts a page that says 403 or 500 as loaded
    return window.loadURL(url).then(
      () => httpStatus < 400,
      () => false,
    );
  };
  const probe = async () => {
    const answers = await parts.agentAnswers();
    dispatch({ type: answers ? 'agentAnswered' : 'agentSilent' });
    if (!halted()) setTimer('probe', PROBE_EVERY_MS, () => void probe());
  };

  window.webContents.on('did-navigate', (_event, _url, code) => (httpStatus = code));
  window.webContents.on('render-process-gone', () => dispatch({ type: 'rendererGone' }));
  window.on('unresponsive', () => dispatch({ type: 'unresponsive' }));
  for (const effect of startWatchdog.effects) perform(effect);
  setTimer('probe', PROBE_EVERY_MS, () => void probe());
  return () => {
    stopped = true;
    for (const callOff of timers.values()) callOff();
  };
}
