import { describe, expect, it, vi } from 'vitest';
import { runWatchdog, type WatchedWindow } from './runWatchdog.ts';
import { PROBE_EVERY_MS } from './watchdog.ts';

/** A window whose loads the test ends by hand, and timers that run when the test says so. */
function frame() {
  const loads: { url: string; end: (works: boolean) => void }[] = [];
  const files: string[] = [];
  const listeners = new Map<string, (...values: unknown[]) => void>();
  const timers = new Set<{ ms: number; act: () => void }>();
  const killed = vi.fn();
  const agent = { url: 'http://127.0.0.1:8787/?token=a' as string | null, answers: true };
  let destroyed = false;
  const remember = (name: string, listener: (...values: unknown[]) => void) => listeners.set(name, listener);
  const window = {
    webContents: { on: remember, forcefullyCrashRenderer: killed },
    on: remember,
    loadURL: (url: string) =>
      new Promise<void>((resolve, reject) =>
        loads.push({
          url,
          end: (works) => (works ? resolve() : reject(new Error('ERR_CONNECTION_REFUSED'))),
        }),
      ),
    loadFile: (path: string) => {
      files.push(path);
      return Promise.resolve();
    },
    isDestroyed: () => destroyed,
  };
  const reports: string[] = [];
  const stop = runWatchdog(window as unknown as WatchedWindow, {
    screenUrl: () => Promise.resolve(agent.url),
    outOfServicePage: '/app/out-of-service.html',
    agentAnswers: () => Promise.resolve(agent.answers),
    later: (ms, act) => {
      const timer = { ms, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    report: (message) => reports.push(message),
  });
  return {
    loads, files, killed, agent, reports, stop, timers,
    destroy: () => (destroyed = true),
    fire: (name: string, ...values: unknown[]) => listeners.get(name)!(...values),
    loadNumber: (count: number) => vi.waitFor(() => expect(loads).toHaveLength(count)),
    run: (ms: number) => {
      const due = [...timers].filter((timer) => timer.ms === ms);
      expect(due, `no timer of ${ms} ms`).not.toEqual([]);
      for (const timer of due) {
        timers.delete(timer);
        timer.act();
      }
    },
  }; // prettier-ignore
}

describe('the window under the watchdog', () => {
  it('agent not up yet: local page, then the screen as soon as it answers', async () => {
    const test = frame();
    await test.loadNumber(1);
    test.loads[0]!.end(false);
    await vi.waitFor(() => expect(test.files).toEqual(['/app/out-of-service.html']));
    test.run(500);
    await test.loadNumber(2);
    test.loads[1]!.end(true);
    await vi.waitFor(() => expect(test.reports.at(-1)).toContain('loading -> showing'));
    expect(test.loads[1]!.url).toBe('http://127.0.0.1:8787/?token=a');
  });

  it('no token yet: nothing is loaded, the local page stands', async () => {
    const test = frame();
    await test.loadNumber(1);
    test.agent.url = null;
    test.loads[0]!.end(false);
    await vi.waitFor(() => expect(test.files).toHaveLength(1));
    test.run(500);
    await vi.waitFor(() => expect(test.files).toHaveLength(2));
    expect(test.loads).toHaveLength(1);
  });

  it('the agent refuses the token with 403: that is no screen; the new token is read for the next try', async () => {
    const test = frame();
    await test.loadNumber(1);
    test.fire('did-navigate', {}, 'http://127.0.0.1:8787/', 403);
    test.loads[0]!.end(true);
    await vi.waitFor(() => expect(test.files).toHaveLength(1));
    test.agent.url = 'http://127.0.0.1:8787/?token=b';
    test.run(500);
    await test.loadNumber(2);
    expect(test.loads[1]!.url).toBe('http://127.0.0.1:8787/?token=b');
  });

  it('the renderer dies while a load is under way: the overtaken load has no say', async () => {
    const test = frame();
    await test.loadNumber(1);
    test.fire('render-process-gone');
    await test.loadNumber(2);
    test.loads[0]!.end(false);
    test.loads[1]!.end(true);
    await vi.waitFor(() => expect(test.reports.at(-1)).toContain('-> showing'));
    expect(test.files).toEqual([]);
  });

  it('the renderer hangs: it is killed, and its end loads the screen anew', async () => {
    const test = frame();
    await test.loadNumber(1);
    test.loads[0]!.end(true);
    await vi.waitFor(() => expect(test.reports).toHaveLength(1));
    test.fire('unresponsive');
    expect(test.killed).toHaveBeenCalledOnce();
    test.fire('render-process-gone');
    await test.loadNumber(2);
  });

  it('the agent dies under a healthy screen: three silent probes take the screen off', async () => {
    const test = frame();
    await test.loadNumber(1);
    test.loads[0]!.end(true);
    await vi.waitFor(() => expect(test.reports).toHaveLength(1));
    test.agent.answers = false;
    for (let count = 0; count < 3; count += 1) {
      const probing = () => [...test.timers].some(({ ms }) => ms === PROBE_EVERY_MS);
      await vi.waitFor(() => expect(probing()).toBe(true));
      expect(test.files).toEqual([]);
      test.run(PROBE_EVERY_MS);
    }
    await vi.waitFor(() => expect(test.files).toHaveLength(1));
  });

  it('stopped or destroyed, it does nothing any more', async () => {
    const test = frame();
    await test.loadNumber(1);
    test.stop();
    expect(test.timers.size).toBe(0);
    test.fire('render-process-gone');
    expect(test.loads).toHaveLength(1);

    const other = frame();
    await other.loadNumber(1);
    other.destroy();
    other.fire('unresponsive');
    expect(other.killed).not.toHaveBeenCalled();
  });

  it('reports states, never addresses: the token stays out of the log', async () => {
    const test = frame();
    await test.loadNumber(1);
    test.loads[0]!.end(true);
    await vi.waitFor(() => expect(test.reports).toHaveLength(1));
    expect(test.reports.join()).not.toMatch(/token|http/);
  });
});
