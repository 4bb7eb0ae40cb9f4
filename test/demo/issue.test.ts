/** `npm run issue` as a person in a terminal has it: what it prints, what it writes, how it exits. */
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedKindIds } from '#templates/vocabulary.ts';
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
type Line = Record<string, unknown>;
const linesOf = (stdout: string): Line[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
/** What is written is what was printed, under the issue number, and nothing is named by a person. */
function expectKept(line: Line): void {
  const bytes = readFileSync(String(line.file));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(line.sha256);
  expect(basename(String(line.file))).toBe(`${String(line.issueNumber)}.pdf`);
  expect(line.pages).toBe(Number(line.sheets) * 2);
}

describe('npm run issue', () => {
  it('writes what the printer received and prints one object', { timeout: CALL_LIMIT_MS }, async () => {
    const out = join(dataDir, 'out');
    const options = ['--members', '1,3', '--include', 'relationship,registered-domicile'];
    const { code, stdout } = await issue('--card', 'taro', '--pin', '1234', ...wanted, out, ...options);
    expect(code).toBe(0);
    const [printed, ...others] = linesOf(stdout);
    expect(others).toEqual([]);
    expect(printed).toMatchObject({ kind: 'resident-record-copy', pages: 2, sheets: 1 });
    expectKept(printed!);
    expect(printed!.milliseconds).toMatchObject({ preparing: expect.any(Number), total: expect.any(Number) });
    expect(basename(String(printed!.receipt))).toMatch(/^receipt-[0-9A-Z]{4}-[0-9A-Z]{4}\.pdf$/);
    expect(readdirSync(out).sort()).toEqual(
      [basename(String(printed!.file)), basename(String(printed!.receipt))].sort(),
    );
  });

  it('issues every kind in one visit, a line each, one receipt', { timeout: CALL_LIMIT_MS }, async () => {
    const out = join(dataDir, 'every-kind');
    const all = shippedKindIds.flatMap((kind) => ['--certificate', kind]);
    const args = ['--card', 'taro', '--pin', '1234', ...all, '--all-options', '--out', out];
    const { code, stdout, stderr } = await issue(...args);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const lines = linesOf(stdout);
    expect(lines.map(({ kind }) => kind)).toEqual([...shippedKindIds]);
    for (const line of lines) expectKept(line);
    expect(new Set(lines.map(({ receipt }) => receipt)).size).toBe(1);
    expect(readdirSync(out)).toHaveLength(shippedKindIds.length + 1);
  });

  it('prints whom it is told by name, and each copy has a number', { timeout: CALL_LIMIT_MS }, async () => {
    const out = join(dataDir, 'by-name');
    const options = ['--members', '渡邉櫻,渡邉 陽葵', '--copies', '2'];
    const { code, stdout } = await issue('--card', 'taro', '--pin', '1234', ...wanted, out, ...options);
    expect(code).toBe(0);
    const lines = linesOf(stdout);
    expect(new Set(lines.map(({ issueNumber }) => issueNumber)).size).toBe(2);
    // in the order of the file: by place, poppler takes a name's space for the gap between two columns
    const text = execFileSync('pdftotext', ['-raw', String(lines[0]!.file), '-'], { encoding: 'utf8' });
    const words = text.replaceAll(/[\s\u{e0100}-\u{e01ef}]/gu, '');
    expect(words).toContain('渡邉櫻');
    expect(words).toContain('渡邉陽葵');
    expect(words).not.toContain('SAMPLE');
  });

  it(
    'a refused kind among others: its notice and its name, nothing written',
    { timeout: CALL_LIMIT_MS },
    async () => {
      const out = join(dataDir, 'refused');
      const two = ['--certificate', 'seal-registration-certificate', '--certificate', 'resident-record-copy'];
      const args = ['--card', 'five-person-household', '--pin', '3947', ...two, '--out', out];
      const { code, stdout } = await issue(...args);
      expect(code).toBe(3);
      expect(linesOf(stdout)).toMatchObject([{ notice: expect.any(String), about: '印鑑登録証明書' }]);
      expect(existsSync(out)).toBe(false);
    },
  );

  it(
    'issues the 戸籍 of a 本籍地 to the card that is registered there',
    { timeout: CALL_LIMIT_MS },
    async () => {
      const out = join(dataDir, 'domicile');
      const card = ['--card', 'registered-at-domicile', '--pin', '6843', '--municipality', '992011'];
      const certificate = ['--certificate', 'family-register-full', '--out', out];
      const { code, stdout, stderr } = await issue(...card, ...certificate);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const [printed] = linesOf(stdout);
      expectKept(printed!);
      const text = execFileSync('pdftotext', [String(printed!.file), '-'], { encoding: 'utf8' });
      expect(text).toContain('架空県みほん市長');
      expect(text).toContain('【名】幸');
    },
  );

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
    const cards = linesOf(stdout) as { id: string; kinds: string[] }[];
    expect(cards.length).toBeGreaterThanOrEqual(40);
    for (const card of cards) {
      expect(Object.keys(card)).toEqual(['id', 'resident', 'pin', 'password', 'kinds', 'note']);
    }
    const kindsOf = (id: string) => cards.find((card) => card.id === id)?.kinds;
    expect(kindsOf('taro')).toEqual([...shippedKindIds]);
    expect(kindsOf('five-person-household')).not.toContain('seal-registration-certificate');
    expect(kindsOf('protected')).toEqual([]);
    expect(kindsOf('revoked')).toEqual([]);
  });

  it.each([
    [['--include', 'x'], 'no such option: x'],
    [['--extent', 'some'], '--extent is whole, part or self'],
    [['--certificate', 'driving-licence'], 'no such certificate: driving-licence'],
    [['--members', ','], '--members is all'],
    [['--municipality', '1234'], '--municipality is a code of six digits'],
  ])(
    'says what is wrong with the arguments and exits 2: %j',
    { timeout: CALL_LIMIT_MS },
    async (more, words) => {
      const { code, stderr } = await issue('--card', 'taro', '--pin', '1234', ...wanted, dataDir, ...more);
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
    },
  );
});
