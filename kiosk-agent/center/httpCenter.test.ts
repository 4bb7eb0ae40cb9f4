import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpsServer, type Server } from 'node:https';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { KioskEnrolment } from '#center/contract/kioskApi.ts';
import { issueNumber, yen } from '#templates/vocabulary.ts';
import { createHttpCenter } from './httpCenter.ts';

/** Keys and certificates made by openssl: what the real machines use is not made by the code under test. */
let directory: string;
let running: Server | null = null;
const file = (name: string) => join(directory, name);
const pem = (name: string) => readFileSync(file(name), 'utf8');
const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: directory, stdio: 'pipe' });
function issue(name: string, subject: string, extension: string): void {
  openssl(
    'req',
    '-newkey',
    'ed25519',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    subject,
  );
  writeFileSync(file(`${name}.ext`), extension);
  const out = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', `${name}.pem`, '-days', '2'];
  openssl('x509', '-req', '-in', `${name}.csr`, ...out, '-extfile', `${name}.ext`);
}
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'center-'));
  const authority = ['req', '-x509', '-newkey', 'ed25519', '-nodes', '-days', '2'];
  openssl(...authority, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=test CA');
  openssl(...authority, '-keyout', 'stranger.key', '-out', 'stranger.pem', '-subj', '/CN=kiosk-1');
  issue('server', '/CN=center', 'subjectAltName=IP:127.0.0.1');
  issue('kiosk', '/CN=kiosk-1', 'extendedKeyUsage=clientAuth');
});
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => {
  running?.closeAllConnections();
  running?.close();
  running = null;
});

type Answer = { status?: number; body?: string; silent?: boolean; location?: string };

async function center(answer: (method: string, url: string, body: string) => Answer): Promise<string> {
  running = createHttpsServer(
    { key: pem('server.key'), cert: pem('server.pem'), ca: pem('ca.pem'), requestCert: true },
    (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const reply = answer(request.method ?? '', request.url ?? '', body);
        if (reply.silent) return;
        const headers = reply.location ? { location: reply.location } : {};
        response.writeHead(reply.status ?? 200, headers).end(reply.body ?? '');
      });
    },
  );
  await new Promise<void>((resolve) => running?.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${(running.address() as AddressInfo).port}`;
}
const enrolment = (centerUrl: string, change: Partial<KioskEnrolment> = {}): KioskEnrolment => ({
  kioskId: 'kiosk-1',
  centerUrl,
  certificate: pem('kiosk.pem'),
  privateKey: pem('kiosk.key'),
  serverCa: pem('ca.pem'),
  manifestKey: '',
  ...change,
});
const SERVICE = {
  kioskId: 'kiosk-1',
  now: '2026-11-20T10:00:00Z',
  open: true,
  hoursToday: '6:30-23:00',
  notice: null,
};

describe('the way to the center', () => {
  it('shows the kiosk certificate and reads the answer', async () => {
    const url = await center(() => ({ body: JSON.stringify(SERVICE) }));
    expect(await createHttpCenter(enrolment(url)).service()).toEqual({ kind: 'service', ...SERVICE });
  });

  it('decodes and encodes bytes', async () => {
    const asked: string[] = [];
    const sessionId = '6a1b1f0e-7f3c-4d64-9d0c-0d6b6f1a2b3c';
    const url = await center((method, path, body) => {
      asked.push(`${method} ${path} ${body}`);
      const opened = { kind: 'opened', sessionId, challenge: 'AAEC', expiresAt: '2026-11-20T10:01:00Z' };
      return {
        body: JSON.stringify(path === '/v1/sessions' ? opened : { kind: 'refused', notice: 'CERT-02' }),
      };
    });
    const port = createHttpCenter(enrolment(url));
    expect(await port.openSession()).toMatchObject({ sessionId, challenge: Buffer.of(0, 1, 2) });
    const proof = { certificate: Buffer.of(1, 2), signature: Buffer.of(3) };
    expect(await port.authenticate(sessionId, proof)).toEqual({ kind: 'refused', notice: 'CERT-02' });
    expect(asked).toEqual([
      'POST /v1/sessions {}',
      `POST /v1/sessions/${sessionId}/authentication {"certificate":"AQI=","signature":"Aw=="}`,
    ]);
  });

  it('an id cannot leave its place in the path', async () => {
    const asked: string[] = [];
    const url = await center((_method, path) => {
      asked.push(path);
      return { body: '{"kind":"refused","notice":"AUTH-01"}' };
    });
    await createHttpCenter(enrolment(url)).authenticate('../../v1/alarms?', {
      certificate: Buffer.alloc(1),
      signature: Buffer.alloc(1),
    });
    expect(asked).toEqual(['/v1/sessions/..%2F..%2Fv1%2Falarms%3F/authentication']);
  });

  it.each([
    ['answer-that-is-no-json', { body: '<html>' }, 'fault'],
    ['answer-against-the-contract', { body: '{"open":"yes"}' }, 'fault'],
    ['unknown-notice', { body: '{"kind":"refused","notice":"NONE-99"}' }, 'fault'],
    ['server-error', { status: 500, body: JSON.stringify(SERVICE) }, 'fault'],
    ['kiosk-revoked', { status: 403 }, 'not-admitted'],
    ['redirect-elsewhere', { status: 302, location: 'https://127.0.0.1:1/' }, 'fault'],
    ['answer-without-end', { body: 'x'.repeat(21_000_000) }, 'fault'],
  ])('%s', async (_mishap, reply, reason) => {
    const url = await center(() => reply);
    expect(await createHttpCenter(enrolment(url)).service()).toEqual({ kind: 'unreachable', reason });
  });

  it('center-too-busy: its notice is handed on, and an answer it does not stand by is not', async () => {
    const busy = await center(() => ({ status: 503, body: '{"kind":"refused","notice":"SERV-06"}' }));
    expect(await createHttpCenter(enrolment(busy)).openSession()).toEqual({
      kind: 'refused',
      notice: 'SERV-06',
    });
    const number = issueNumber.parse('0000-0000-0000-0000');
    const sold = { paid: yen.parse(300), sheets: 1 };
    const unreachable = { kind: 'unreachable', reason: 'fault' };
    expect(await createHttpCenter(enrolment(busy)).confirm(number, sold)).toEqual(unreachable);
    running?.close();
    const failing = await center(() => ({ status: 500, body: '{"kind":"settled","state":"printed"}' }));
    expect(await createHttpCenter(enrolment(failing)).confirm(number, sold)).toEqual(unreachable);
  });

  it('center-silent: gives up at its limit', async () => {
    const url = await center(() => ({ silent: true }));
    const port = createHttpCenter(enrolment(url), { shortTimeoutMs: 100 });
    expect(await port.service()).toEqual({ kind: 'unreachable', reason: 'timeout' });
  });

  it('center-away', async () => {
    const probe = createTcpServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const answer = await createHttpCenter(enrolment(`https://127.0.0.1:${port}`)).service();
    expect(answer).toEqual({ kind: 'unreachable', reason: 'network' });
  });

  it('kiosk-with-a-foreign-certificate', async () => {
    const url = await center(() => ({ body: JSON.stringify(SERVICE) }));
    const foreign = { certificate: pem('stranger.pem'), privateKey: pem('stranger.key') };
    expect(await createHttpCenter(enrolment(url, foreign)).service()).toMatchObject({ kind: 'unreachable' });
  });

  it('impostor-center: a server of another CA gets nothing', async () => {
    const asked: string[] = [];
    const url = await center((_method, path) => {
      asked.push(path);
      return { body: JSON.stringify(SERVICE) };
    });
    const port = createHttpCenter(enrolment(url, { serverCa: pem('stranger.pem') }));
    expect(await port.service()).toEqual({ kind: 'unreachable', reason: 'not-admitted' });
    expect(asked).toEqual([]);
  });

  it('the private key is in no outcome, however it failed', async () => {
    const secret = pem('kiosk.key').split('\n')[1] ?? '';
    const replies: Answer[] = [{ body: '<html>' }, { status: 500 }, { body: 'x'.repeat(21_000_000) }];
    for (const reply of replies) {
      const url = await center(() => reply);
      const outcome = await createHttpCenter(enrolment(url)).service();
      const shown = `${inspect(outcome, { depth: 20, showHidden: true })}${JSON.stringify(outcome)}`;
      expect(secret.length).toBeGreaterThan(20);
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain('PRIVATE KEY');
      running?.closeAllConnections();
      running?.close();
    }
  });
});
