/** The center as a process: what it prints, how it ends, and what it refuses to start with. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { kioskEnrolment } from '#center/contract/kioskApi.ts';
import { createAuthority } from '#simulators/authority/authority.ts';

let folder: string;
let trustDir: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'center-process-'));
  trustDir = (await createAuthority(join(folder, 'authority'), { clock: Date.now })).trustDir;
});
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly exit: Promise<number | null>;
}
function run(script: string, args: readonly string[] = [], change: NodeJS.ProcessEnv = {}): Run {
  const env = {
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
    ...change,
  };
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return { child, said: () => said, exit };
}
const startMain = (change?: NodeJS.ProcessEnv) => run('issuance-center/main.ts', [], change);

/** The admin URL of the ready line; fails with what the process said when it ends before. */
async function ready({ child, said, exit }: Run): Promise<string> {
  const ended = exit.then((code) => Promise.reject(new Error(`ended with ${code}: ${said()}`)));
  for (;;) {
    const line =
      /^center ready https:\/\/localhost:\d+ admin (http:\/\/127\.0\.0\.1:\d+) verify http:\/\/127\.0\.0\.1:\d+ console http:\/\/localhost:\d+ feed https:\/\/localhost:\d+$/m.exec(
        said(),
      );
    if (line) return (void ended.catch(() => undefined), line[1]!);
    await Promise.race([once(child.stdout!, 'data'), ended]);
  }
}
const serverPid = () =>
  Number(readFileSync(join(folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n')[0]);

// a start takes two seconds, on a machine that is busy with other tests four times that
describe('the center process', { timeout: 120_000 }, () => {
  it('starts from nothing, answers for its health, enrols a kiosk beside itself, ends with its server', async () => {
    const center = startMain();
    const admin = await ready(center);
    const health = await fetch(`${admin}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok', checks: { database: 'ok' } }]);

    const file = join(folder, 'enrolment.json');
    const enrol = run('issuance-center/kiosks/enrol.ts', ['--id', 'store-001', '--out', file]);
    expect([await enrol.exit, enrol.said()]).toEqual([0, `kiosk store-001 enrolled: ${file}\n`]);
    expect(kioskEnrolment.parse(JSON.parse(readFileSync(file, 'utf8'))).kioskId).toBe('store-001');

    const server = serverPid();
    expect(() => process.kill(server, 0)).not.toThrow();
    center.child.kill('SIGTERM');
    expect(await center.exit).toBe(0);
    expect(existsSync(join(folder, 'data/postgres/postmaster.pid'))).toBe(false);
  });

  it('a start that is asked to end before it is ready leaves no server behind', async () => {
    const center = startMain();
    // the server's pid file is the first sign of the start; the ready line comes later
    while (!existsSync(join(folder, 'data/postgres/postmaster.pid'))) {
      expect(center.child.exitCode).toBe(null);
      await tick();
    }
    center.child.kill('SIGINT');
    expect(await center.exit).toBe(0);
    expect(existsSync(join(folder, 'data/postgres/postmaster.pid'))).toBe(false);
  });

  it('finds its records after SIGKILL, and the chain is whole', async () => {
    const killed = startMain();
    await ready(killed);
    killed.child.kill('SIGKILL');
    await killed.exit;
    const again = startMain();
    await ready(again);
    const verify = run('issuance-center/audit/verify.ts');
    expect(await verify.exit).toBe(0);
    expect(verify.said()).toMatch(/^\{"kind":"intact","events":\d+,/);
    again.child.kill('SIGTERM');
    expect(await again.exit).toBe(0);
  });

  it('names the variable and the reason when it cannot start', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    writeFileSync(join(folder, 'note.txt'), 'no certificate');
    const cases: [NodeJS.ProcessEnv, RegExp][] = [
      [{ CENTER_PORT: String(port) }, new RegExp(`CENTER_PORT: port ${port} is in use`)],
      [{ JPKI_TRUST_DIR: folder }, /JPKI_TRUST_DIR: .*is no X\.509 certificate/],
      [{ SERVICE_MODE: 'production' }, /PUBLIC_URL: not set to an https:\/\/ URL/],
      [
        {
          SERVICE_MODE: 'production',
          PUBLIC_URL: 'https://verify.example',
          CONSOLE_URL: 'https://console.example',
        },
        /JPKI_TRUST_DIR: .*O=JPKI-MOCK is not accepted in production/,
      ],
      [{ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' }, /ECONNREFUSED/],
    ];
    for (const [change, reason] of cases) {
      const refused = startMain(change);
      expect(await refused.exit).toBe(2);
      expect(refused.said()).toMatch(reason);
      expect(refused.said()).not.toContain('secret');
    }
    taken.close();
    expect(existsSync(join(folder, 'data/postgres/postmaster.pid'))).toBe(false);
  }, 120_000);
});

/** A short breath between two looks at a condition. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 10));
