/** feed:enrol, registers:import and feed:revoke beside a real center process, as an office has them in a terminal. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedCredential } from '#center/contract/feedDoor.ts';
import type { FeedRegister } from '#center/contract/registerFeed.ts';
import { civilMoment } from '#templates/civilTime.ts';
import { createAuthority } from '#simulators/authority/authority.ts';
import { demoFeed } from '#simulators/municipality/demoFeed.ts';
import { byMunicipality, loadText } from '#simulators/municipality/feedParts.ts';

const HOME = '992011';
const MINUTE_MS = 60_000;
let folder: string;
let env: NodeJS.ProcessEnv;
let feedUrl: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'feed-commands-'));
  const { trustDir } = await createAuthority(join(folder, 'authority'), { clock: Date.now });
  env = {
    ...process.env,
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: '',
    CENTER_PORT: '0',
    PUBLIC_PORT: '0',
    FEED_PORT: '0',
    CONSOLE_PORT: '0',
    JPKI_TRUST_DIR: trustDir,
    OCSP_URL: 'http://127.0.0.1:1',
    SERVICE_MODE: 'demo',
  };
  const center = spawn(process.execPath, ['--import', 'tsx', 'issuance-center/main.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  stop = async () => {
    center.kill('SIGTERM');
    await once(center, 'exit');
  };
  let said = '';
  center.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (!said.includes(' feed ')) await once(center.stdout, 'data');
  feedUrl = / feed (https:\S+)/.exec(said)![1]!;
}, 120_000);
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
function run(script: string, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', `issuance-center/registers/door/${script}.ts`, ...args],
    {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  return new Promise((done) =>
    child.on('close', (code) =>
      done({ code: code ?? -1, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    ),
  );
}
const importFile = (register: FeedRegister, file: string, ...options: readonly string[]) =>
  run('importCommand', HOME, register, file, ...options);

const today = civilMoment(Date.now()).date;
const groups = byMunicipality(demoFeed(today), () => undefined, HOME);
/** What みほん市 has in this register, as a file. */
function fileOf(register: FeedRegister, stream: string, change = (text: string) => text): string {
  const rows = groups.find((group) => group.register === register && group.municipality === HOME)!.rows;
  const file = join(folder, `${register}-${randomUUID()}.ndjson`);
  const until = Date.now() - MINUTE_MS;
  writeFileSync(file, change(loadText(rows, { stream, seq: 0, version: 1, until })));
  return file;
}
const events = (stream: string, from: number, lines: readonly object[]) => {
  const until = new Date().toISOString();
  const file = join(folder, `events-${randomUUID()}.ndjson`);
  const header = { kind: 'events', stream, from, count: lines.length, until };
  writeFileSync(file, [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
};

describe('an office feeds its registers by command', { timeout: 120_000 }, () => {
  const stream = randomUUID();
  const credential = () => join(folder, 'data/feed', `${HOME}.json`);

  it('is enrolled with a file that only its owner reads', async () => {
    mkdirSync(join(folder, 'data/feed'), { recursive: true });
    const who = ['--municipality', HOME, '--id', 'office-1', '--out', credential()];
    expect(await run('enrolCommand', ...who, '--url', feedUrl)).toEqual({
      code: 0,
      out: `feed client ${HOME}/office-1 enrolled: ${credential()}\n`,
      err: '',
    });
    expect(statSync(credential()).mode & 0o077).toBe(0);
    expect(feedCredential.parse(JSON.parse(readFileSync(credential(), 'utf8')))).toMatchObject({
      municipality: HOME,
      clientId: 'office-1',
      feedUrl,
    });
    const unknown = await run('enrolCommand', '--municipality', '131016', '--id', 'a', '--out', '/dev/null');
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('131016 has not joined')]);
    const bad = await run('enrolCommand', '--municipality', HOME, '--id', 'Büro 1', '--out', '/dev/null');
    expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('a client id is of')]);
  });

  it('is told what a file would do, sends it, and is told that a repeat changes nothing', async () => {
    const file = fileOf('resident', stream);
    const dry = await importFile('resident', file, '--dry-run');
    expect([dry.code, dry.out]).toEqual([
      0,
      expect.stringMatching(/^確認だけしました。登録すると：追加 \d+件/),
    ]);
    expect(dry.err).toMatch(/送信中 \[#+\] 100%/);
    const full = await importFile('resident', file, '--full');
    expect([full.code, full.out]).toEqual([0, expect.stringMatching(/^登録しました：追加 \d+件/)]);
    const packed = `${file}.gz`;
    writeFileSync(packed, gzipSync(readFileSync(file)));
    const again = await importFile('resident', packed);
    expect([again.code, again.out]).toEqual([
      0,
      expect.stringMatching(/^登録しました：追加 0件、変更 0件、終了 0件/),
    ]);
    const nothing = await importFile('resident', events(stream, 1, []), '--events');
    expect([nothing.code, nothing.out]).toEqual([0, expect.stringContaining('次の番号は1です')]);
  });

  it('hears every fault by line, place and reason, and nothing of the file counts', async () => {
    const file = fileOf('seal', randomUUID(), (text) =>
      text.replace('"status":"active"', '"status":"lost"').replace(/\n[^\n]*\n$/, '\nkein json\n'),
    );
    const { code, out } = await importFile('seal', file);
    expect(code).toBe(1);
    expect(out).toMatch(/^行 \d+ row\.status: .*[ぁ-ん]/m);
    expect(out).toMatch(/^行 \d+: JSONとして読めません/m);
    expect(out).toContain('2か所に誤りがあります。何も登録していません');
  });

  it('hears of a gap, and the reconciliation of a full file agrees or names how much does not', async () => {
    const gap = await importFile('resident', events(stream, 5, []));
    expect([gap.code, gap.out]).toEqual([1, expect.stringContaining('1番から送ってください')]);
    const same = await importFile('resident', fileOf('resident', stream), '--reconcile');
    expect([same.code, same.out]).toEqual([0, expect.stringContaining('すべて一致しました')]);
    const changed = fileOf('resident', stream, (text) => text.replace('"version":1', '"version":2'));
    const differs = await importFile('resident', changed, '--reconcile');
    expect([differs.code, differs.out]).toEqual([1, expect.stringContaining('ちがいが1件あります')]);
  });

  it('names what it cannot run with', async () => {
    const file = fileOf('seal', randomUUID());
    const cases: [readonly string[], RegExp][] = [
      [[HOME, 'pension', file], /台帳の名前は resident、/],
      [[HOME, 'seal'], /使い方/],
      [[HOME, 'seal', join(folder, 'none.ndjson')], /ファイルを読めません/],
      [[HOME, 'seal', file, '--events'], /このファイルは変更ではなく、全件です/],
      [['992020', 'seal', file], /登録ファイルがありません/],
      [['992020', 'seal', file, '--client', credential()], /992011 のものです/],
      [[HOME, 'seal', file, '--client', file], /登録ファイルとして読めません/],
      [[HOME, 'seal', file, '--fast'], /使い方/],
    ];
    for (const [args, words] of cases) {
      const { code, err, out } = await run('importCommand', ...args);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(words);
    }
  });

  it('says that a center cannot be reached or trusted, and never what key it came with', async () => {
    const file = fileOf('seal', randomUUID());
    const closed = await importFile('seal', file, '--url', 'https://localhost:1');
    expect([closed.code, closed.err]).toEqual([2, 'センターにつながりません（ECONNREFUSED）\n']);
    const other = join(folder, 'other.json');
    const { serverCa: _ours, ...own } = JSON.parse(readFileSync(credential(), 'utf8')) as {
      serverCa: string;
    };
    writeFileSync(
      other,
      JSON.stringify({ ...own, serverCa: readFileSync(credential(), 'utf8').slice(0, 0) || 'none' }),
    );
    const distrusted = await importFile('seal', file, '--client', other);
    expect([distrusted.code, distrusted.out]).toEqual([2, '']);
    for (const { err, out } of [closed, distrusted]) {
      expect(`${err}${out}`).not.toMatch(/PRIVATE|BEGIN|httpsAgent/);
    }
  });

  it('is out with its next call when it is revoked', async () => {
    const who = ['--municipality', HOME, '--id', 'office-1'];
    expect(await run('revokeCommand', ...who)).toMatchObject({ code: 0 });
    const { code, out } = await importFile('resident', events(stream, 1, []));
    expect([code, out]).toEqual([2, 'この電子証明書は使用を終わっています。新しく登録してください\n']);
    expect(await run('revokeCommand', ...who)).toMatchObject({ code: 2 });
  });
});
