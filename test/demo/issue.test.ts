/** `npm run issue` as a person in a terminal has it: what it prints, what it writes, how it exits. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockPcsc } from '#simulators/reader/pcscLock.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** A demo is started for each call; the first makes its keys and database. */
const CALL_LIMIT_MS = 120_000;

let dataDir = '';
let release = (): void => undefined;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'kiosk-issue-'));
  release = await lockPcsc();
}, 300_000);
afterAll(() => {
  release();
  rmSync(dataDir, { recursive: true, force: true });
});

function issue(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, DEMO_NOW: '2026-11-20T10:00:00+09:00' };
  return new Promise((done) => {
    const command = ['--import', 'tsx', 'test/demo/issue.ts', ...args];
    execFile(process.execPath, command, { cwd: ROOT, env }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}
const wanted = ['--certificate', 'resident-record-copy', '--out'];

describe('npm run issue', () => {
  it('writes what the printer received and prints one object', { timeout: CALL_LIMIT_MS }, async () => {
    const out = join(dataDir, 'out');
    const options = ['--members', '1,3', '--include', 'relationship,registered-domicile'];
    const { code, stdout } = await issue('--card', 'taro', '--pin', '1234', ...wanted, out, ...options);
    expect(code).toBe(0);
    const printed = JSON.parse(stdout) as Record<string, unknown>;
    expect(printed).toMatchObject({ kind: 'resident-record-copy', pages: 1 });
    const bytes = readFileSync(String(printed.file));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(printed.sha256);
    expect(String(printed.file)).toContain(String(printed.issueNumber));
    expect(printed.milliseconds).toMatchObject({ preparing: expect.any(Number), total: expect.any(Number) });
  });

  it('prints the notice of a refusal and exits 3', { timeout: CALL_LIMIT_MS }, async () => {
    const { code, stdout } = await issue('--card', 'sakura', '--pin', '0000', ...wanted, dataDir);
    expect({ code, refusal: JSON.parse(stdout) }).toEqual({
      code: 3,
      refusal: { notice: 'CARD-03', triesLeft: 2 },
    });
  });

  it('lists every card, one object a line', { timeout: CALL_LIMIT_MS }, async () => {
    const { code, stdout } = await issue('--list-cards');
    expect(code).toBe(0);
    const cards = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; kinds: string[] });
    expect(cards.length).toBeGreaterThanOrEqual(40);
    for (const card of cards) {
      expect(Object.keys(card)).toEqual(['id', 'resident', 'pin', 'password', 'kinds', 'note']);
    }
    const kindsOf = (id: string) => cards.find((card) => card.id === id)?.kinds;
    expect(kindsOf('taro')).toEqual(['resident-record-copy']);
    expect(kindsOf('protected')).toEqual([]);
    expect(kindsOf('revoked')).toEqual([]);
  });

  it('says what is wrong with the arguments and exits 2', { timeout: CALL_LIMIT_MS }, async () => {
    const { code, stderr } = await issue(
      '--card',
      'taro',
      '--pin',
      '1234',
      ...wanted,
      dataDir,
      '--include',
      'x',
    );
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('no such option: x') });
  });
});
