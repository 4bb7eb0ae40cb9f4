import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listens, PCSC_SOCKET, startPcscd } from './pcscDaemon.ts';
import { lockPcsc } from './pcscLock.ts';

const WAIT_FOR_OTHERS_MS = 240_000;
let release: (() => void) | undefined;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pcsc-daemon-'));
  release = await lockPcsc(WAIT_FOR_OTHERS_MS);
}, WAIT_FOR_OTHERS_MS + 1000);
afterAll(() => {
  release?.();
  rmSync(dir, { recursive: true });
});

describe('pcscd', () => {
  beforeEach(async (context) => {
    const daemon = await startPcscd();
    await daemon.stop();
    if (daemon.kind !== 'started')
      context.skip(daemon.kind === 'reused' ? 'pcscd runs already' : daemon.reason);
  });

  it('is started with both virtual readers listening, and is gone after stop', async () => {
    const daemon = await startPcscd({ buildDir: join(dir, 'shim') });
    expect(daemon).toMatchObject({ kind: 'started', shim: spawnSync('gcc', ['--version']).status === 0 });
    expect([listens(35963), listens(35964)]).toEqual([true, true]);
    const commandLine = readFileSync(`/proc/${daemon.kind === 'started' ? daemon.pid : 0}/cmdline`, 'utf8');
    expect(commandLine.split('\0')).toEqual(['pcscd', '--foreground', '']);
    await daemon.stop();
    expect([listens(35963), listens(35964)]).toEqual([false, false]);
  });

  it('that runs already is used and left running', async () => {
    const first = await startPcscd();
    const second = await startPcscd();
    expect(second.kind).toBe('reused');
    await second.stop();
    expect(listens(35963)).toBe(true);
    await first.stop();
  });

  it('that was killed and left its socket behind can be started again', async () => {
    const killed = await startPcscd();
    process.kill(killed.kind === 'started' ? killed.pid : 0, 'SIGKILL');
    await killed.stop();
    expect(existsSync(PCSC_SOCKET)).toBe(true);
    const again = await startPcscd();
    expect(again.kind).toBe('started');
    await again.stop();
  });
});

it('a port counts as listening only while somebody listens', async (context) => {
  if (process.platform !== 'linux') context.skip('reads /proc/net/tcp');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(listens(port)).toBe(true);
  server.close();
  await once(server, 'close');
  expect(listens(port)).toBe(false);
});
