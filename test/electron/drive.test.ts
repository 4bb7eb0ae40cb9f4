import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startFakeAgent } from './fakeAgent.ts';
import { electronRuntime } from './runtime.ts';

const ROOT = resolve(import.meta.dirname, '../..');

describe('test:electron', () => {
  it('without a runtime says so plainly and ends with 0', () => {
    const empty = mkdtempSync(join(tmpdir(), 'no-electron-'));
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'test/electron/drive.ts'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: empty },
    });
    rmSync(empty, { recursive: true });
    expect({ status: run.status, said: run.stdout.trim() }).toEqual({
      status: 0,
      said: 'skipped: no Electron runtime',
    });
  });

  it('finds a runtime that was unpacked by hand', () => {
    const folder = mkdtempSync(join(tmpdir(), 'electron-'));
    const path = join(folder, 'electron');
    writeFileSync(path, '');
    chmodSync(path, 0o755);
    expect(electronRuntime({ ELECTRON_OVERRIDE_DIST_PATH: folder })).toBe(path);
    rmSync(folder, { recursive: true });
  });

  it('the stand-in agent lets nobody in without the token, goes away and comes back on the same port', async () => {
    const agent = await startFakeAgent();
    const ask = (token: string) => fetch(`http://127.0.0.1:${agent.port}/?token=${token}`);
    expect((await ask('wrong')).status).toBe(403);
    expect((await ask(agent.token)).status).toBe(200);
    expect(agent.served()).toBe(1);
    await agent.goAway();
    await expect(ask(agent.token)).rejects.toThrow();
    await agent.comeBack();
    expect((await ask(agent.token)).status).toBe(200);
    await agent.goAway();
  });
});
