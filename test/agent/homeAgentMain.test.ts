/** `npm run home-agent` as a process: what it says, what it refuses to start with, and that Ctrl-C ends it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { HomeConfigError, readHomeConfig } from '#agent/home/config.ts';
import { HomePortTaken, startHomeAgent } from '#agent/home/main.ts';
import { HOME_AGENT_ORIGIN } from '#center/contract/homeAgent.ts';
import { createDirectReader } from '#simulators/reader/directReader.ts';
import { createDirectReaderPort } from '#simulators/reader/directReaderPort.ts';
import { freePort } from '../demo/ports.ts';
import { openBench, SITE } from './homeAgentBench.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

interface Run {
  readonly child: ChildProcess;
  readonly printed: () => string;
  readonly faults: () => string;
  readonly ended: Promise<number | null>;
  /** resolves with all that is printed when it contains this */
  readonly says: (text: string) => Promise<string>;
}
/** Without the machine's card service, whatever runs here. */
function run(env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'kiosk-agent/home/main.ts')], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PCSCLITE_CSOCK_NAME: '/nowhere', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let [out, faults] = ['', ''];
  const listeners = new Set<() => void>();
  child.stdout?.on('data', (part: Buffer) => {
    out += part.toString();
    for (const listener of listeners) listener();
  });
  child.stderr?.on('data', (part: Buffer) => (faults += part.toString()));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const says = (text: string) =>
    new Promise<string>((found, failed) => {
      const look = (): void => void (out.includes(text) && found(out));
      listeners.add(look);
      look();
      void ended.then((code) => failed(new Error(`ended with ${code}: ${faults}`)));
    });
  return { child, printed: () => out, faults: () => faults, ended, says };
}

describe('npm run home-agent', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says for whom it signs and where, in one line; %s ends it',
    async (signal) => {
      const own = `http://127.0.0.1:${await freePort()}`;
      const agent = run({ APPLY_URL: `${SITE}/apply/?from=mail`, HOME_AGENT: own });
      expect(await agent.says('Ctrl+C')).toBe(
        `${SITE} の申請に署名する準備ができました（${own}）。終わるときは Ctrl+C\n`,
      );
      const hello = await fetch(`${own}/hello`, { headers: { origin: SITE } });
      expect(await hello.json()).toMatchObject({ reader: 'unavailable' });
      agent.child.kill(signal);
      expect([await agent.ended, agent.faults()]).toEqual([0, '']);
    },
  );

  it.each([
    [{}, 'APPLY_URL: 申請のページの住所（https://…）を書いてください\n'],
    [{ APPLY_URL: 'apply.example' }, 'APPLY_URL: 申請のページの住所（https://…）を書いてください\n'],
    [{ APPLY_URL: 'http://apply.example' }, 'APPLY_URL: https:// で始まる住所にしてください\n'],
    [
      { APPLY_URL: SITE, HOME_AGENT: 'http://0.0.0.0:8792' },
      'HOME_AGENT: http://127.0.0.1:番号 の形にしてください\n',
    ],
  ])('%j: says what is missing, and does not start', async (env, words) => {
    const agent = run(env);
    expect([await agent.ended, agent.faults(), agent.printed()]).toEqual([2, words, '']);
  });

  it('finds its port taken: says so, names the variable, leaves the other one alone', async () => {
    const bench = await openBench();
    try {
      const agent = run({ APPLY_URL: SITE, HOME_AGENT: bench.url });
      expect(await agent.ended).toBe(2);
      expect(agent.faults()).toMatch(/^127\.0\.0\.1:\d+ はほかのプログラムが使っています。.*HOME_AGENT.*\n$/);
      expect((await bench.asPage('/hello')).status).toBe(200);
    } finally {
      await bench.stop();
    }
  });
});

describe('configuration', () => {
  it('has the address of the contract, the first reader, and keeps the origin only', () => {
    const config = readHomeConfig({
      APPLY_URL: 'https://apply.example:8443/apply/#x',
      HOME_AGENT: '',
      CARD_READER: '',
    });
    expect(config).toEqual({
      site: 'https://apply.example:8443',
      port: Number(new URL(HOME_AGENT_ORIGIN).port),
      cardReader: null,
    });
    expect(readHomeConfig({ APPLY_URL: 'http://localhost:8780' }).site).toBe('http://localhost:8780');
  });
  it.each([
    { APPLY_URL: 'javascript:alert(1)' },
    { APPLY_URL: 'http://127.0.0.1.evil.example' },
    { APPLY_URL: HOME_AGENT_ORIGIN },
    { APPLY_URL: SITE, HOME_AGENT: 'http://localhost:8792' },
    { APPLY_URL: SITE, HOME_AGENT: 'https://127.0.0.1:8792' },
  ])('%j is refused', (env) => {
    expect(() => readHomeConfig(env)).toThrow(HomeConfigError);
  });

  it('a page that was not built is said so; a taken port closes what was opened', async () => {
    const slot = await createDirectReader({ port: 0 });
    const reader = createDirectReaderPort(slot);
    const options = { reader, clock: () => 0, onFault: () => undefined };
    const unbuilt = startHomeAgent({ site: SITE, port: 0 }, { ...options, pageDirectory: '/nowhere' });
    await expect(unbuilt).rejects.toThrow('npm run build:home');
    const bench = await openBench();
    try {
      const taken = startHomeAgent({ site: SITE, port: Number(new URL(bench.url).port) }, options);
      await expect(taken).rejects.toBeInstanceOf(HomePortTaken);
      expect(reader.status()).toEqual({ kind: 'unavailable' });
    } finally {
      await bench.stop();
    }
  });
});
