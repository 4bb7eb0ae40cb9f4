/** `npm start` to its line `ready`, on an installed tree, as a newcomer would wait for it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../demo/ports.ts';
import { median } from './median.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const RUNS = 3;
const LIMIT_MS = 120_000;

/** Milliseconds, median over new data directories: database cluster, authority and keys are made in each. */
export async function benchStart(): Promise<number> {
  const waits: number[] = [];
  for (let run = 0; run < RUNS; run += 1) waits.push(await startOnce());
  return median(waits);
}

async function startOnce(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kiosk-start-'));
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    KIOSK_PORT: String(await freePort()),
    CENTER_PORT: String(await freePort()),
    PANEL_PORT: String(await freePort()),
    PUBLIC_PORT: String(await freePort()),
    FEED_PORT: '0',
    CONSOLE_PORT: '0',
    // a window would be opened on a machine with a display
    DISPLAY: '',
    WAYLAND_DISPLAY: '',
  };
  const begun = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  try {
    return await new Promise<number>((done, fail) => {
      let printed = '';
      const limit = setTimeout(() => fail(new Error('npm start was not ready in time')), LIMIT_MS);
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString('utf8');
        if (!/^ready /m.test(printed)) return;
        clearTimeout(limit);
        done(performance.now() - begun);
      });
      void ended.then(() => fail(new Error('npm start ended before it was ready')));
    });
  } finally {
    // the whole group, as Ctrl-C in a terminal does
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
