import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '#simulators/authority/authority.ts';
import { createDirectReader } from '#simulators/reader/directReader.ts';
import { readCardFile } from './cardFile.ts';
import { parseInsertArguments } from './insert.ts';
import { parseNewCardArguments } from './new.ts';

const TODAY = '2026-11-21';
const NEW = ['--import', 'tsx', 'test/simulators/card/new.ts'];
const INSERT = ['--import', 'tsx', 'test/simulators/card/insert.ts'];

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'card-commands-'))));
afterAll(() => rmSync(dir, { recursive: true }));

function node(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATA_DIR: dir };
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

describe('card:new', () => {
  it('writes a card for its owner only and says how its certificates are named', async () => {
    const out = join(dir, 'card.json');
    const options = ['--name', '髙橋 花子', '--address', '東京都見本市１丁目', '--birth-date', '1990-04-01'];
    const more = ['--sex', 'female', '--pin', '4321', '--password', 'secret99', '--serial', '42'];
    const expiry = ['--expiry', '2034-04-01', '--certificate-serial', '0badcafe'];
    const { code, stdout } = await node(...NEW, '--out', out, ...options, ...more, ...expiry);
    expect(code).toBe(0);
    const said = JSON.parse(stdout) as { authentication: { issuerKeyId: string; serial: string } };
    expect(said.authentication.serial).toBe('0badcafe');
    const card = readCardFile(out);
    expect(card.holder).toMatchObject({ name: '髙橋\u3000花子', birthDate: '1990-04-01', sex: '2' });
    expect(card.pins).toMatchObject({ authentication: '4321', signature: 'SECRET99' });
    expect([card.cardSerial, card.expiry]).toEqual(['000000000000042', '2034-04-01']);
    expect(statSync(out).mode & 0o077).toBe(0);
    const authority = await createAuthority(join(dir, 'authority'), { clock: () => 0 });
    expect(authority.statusOf(said.authentication)).toEqual({ kind: 'good' });
    expect(stdout).not.toMatch(/4321|SECRET99|花子/);
  });

  it.each([
    ['revoked', 'my-number', 'revoked', 'affiliationChanged'],
    ['suspended', 'my-number', 'revoked', 'certificateHold'],
  ] as const)('--state %s', async (state, kind, status, reason) => {
    const out = join(dir, `${state}.json`);
    expect((await node(...NEW, '--out', out, '--state', state)).code).toBe(0);
    const card = readCardFile(out);
    const authority = await createAuthority(join(dir, 'authority'), { clock: () => 0 });
    expect(card.kind).toBe(kind);
    expect(authority.statusOf(card.authentication)).toMatchObject({ kind: status, reason });
  });

  it('the states that are the card itself', async () => {
    const make = async (...args: string[]) => {
      const out = join(dir, `${args.join('')}.json`);
      expect((await node(...NEW, '--out', out, '--state', ...args)).code).toBe(0);
      return readCardFile(out);
    };
    expect((await make('blocked')).counters).toEqual({ 'jpki-0018': 0 });
    expect((await make('no-signature-certificate')).signature).toBeNull();
    expect((await make('juki')).kind).toBe('juki');
    expect((await make('smartphone', '--phone', 'iphone')).kind).toBe('iphone');
  });

  it('refuses every wrong argument in one go, with exit 2 and without repeating a secret', async () => {
    const wrong = [
      '--pin',
      '98765',
      '--password',
      'x',
      '--sex',
      'm',
      '--state',
      'new',
      '--birth-date',
      '2023-02-29',
    ];
    const { code, stderr, stdout } = await node(...NEW, ...wrong, '--expiry', 'soon', '--serial', 'A1');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    for (const option of ['out', 'pin', 'password', 'sex', 'state', 'birth-date', 'expiry', 'serial']) {
      expect(stderr).toContain(`--${option} `);
    }
    expect(stderr).not.toContain('98765');
  });

  it('refuses a birth in the future, an existing file, an unknown option, an empty name', () => {
    const problems = (...args: string[]) => {
      const parsed = parseNewCardArguments(args, TODAY);
      return parsed.kind === 'wrong' ? parsed.problems.join() : parsed.kind;
    };
    const out = join(dir, 'new.json');
    expect(problems('--out', out, '--birth-date', '2026-11-22')).toContain('future');
    expect(problems('--out', 'package.json')).toContain('exists already');
    expect(problems('--out', 'package.json', '--force')).toBe('make');
    expect(problems('--out', out, '--colour', 'red')).toContain("Unknown option '--colour'");
    expect(problems('--out', out, '--name', ' ')).toContain('--name must not be empty');
    expect(problems('--out', out, '--address', '長'.repeat(201))).toContain('at most 200');
    expect(problems('--help')).toBe('help');
  });
});

describe('card:insert', () => {
  it('reads its options', () => {
    const parsed = parseInsertArguments([
      'card.json',
      '--slot',
      '1',
      '--pull-at-apdu',
      '3',
      '--delay-ms',
      '50',
    ]);
    expect(parsed).toEqual({
      kind: 'insert',
      values: {
        cardFile: 'card.json',
        host: '127.0.0.1',
        port: 35964,
        pcsc: true,
        quiet: false,
        faults: [
          { kind: 'delay', when: { kind: 'every' }, ms: 50 },
          { kind: 'pull', when: { kind: 'nth', nth: 3 } },
        ],
      },
    });
  });

  it.each([
    [[]],
    [['a', 'b']],
    [['a', '--slot', '2']],
    [['a', '--port', '0']],
    [['a', '--pull-at-apdu', 'x']],
  ])('refuses %j', (args) => expect(parseInsertArguments(args).kind).toBe('wrong'));

  it('says what is wrong with the card file and with the port', async () => {
    expect((await node(...INSERT, join(dir, 'absent.json'))).stderr).toContain('cannot read the card file');
    const reader = await createDirectReader({ port: 0 });
    await reader.close();
    const { code, stderr } = await node(...INSERT, join(dir, 'card.json'), '--port', String(reader.port));
    expect(code).toBe(1);
    expect(stderr).toContain(`nothing listens on the virtual reader's port ${reader.port}`);
  });

  it('keeps the card on the reader until it is interrupted, and stores what it counted', async () => {
    const reader = await createDirectReader({ port: 0 });
    const file = join(dir, 'card.json');
    const child = spawn(process.execPath, [...INSERT, file, '--port', String(reader.port)], {
      stdio: 'pipe',
    });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const reached = (kind: string) =>
      new Promise<void>((resolve) => void reader.onStatus((status) => status.kind === kind && resolve()));
    await reached('present');
    const transmit = (hex: string) => reader.transmit(Buffer.from(hex, 'hex'), 5000);
    await transmit('00A4040C0AD392F000260100000001');
    expect((await transmit('002000980439393939')).toString('hex')).toBe('63c2');
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    await reached('empty');
    await reader.close();
    expect(code).toBe(0);
    expect(output.join('')).toContain('INS 20 P1 00 P2 98 Lc 4 SW 63c2');
    expect(output.join('')).not.toContain('9999');
    expect(readCardFile(file).counters).toEqual({ 'jpki-0018': 2 });
    expect(readFileSync(file, 'utf8').endsWith('}\n')).toBe(true);
  });
});
