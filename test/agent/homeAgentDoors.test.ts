/** Who may ask the home agent, and who may not: the page it was started for, its own consent page, nobody else. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeAgentAccepted, homeAgentHello } from '#center/contract/homeAgent.ts';
import { PAGE_HEADER, TOKEN_HEADER, TURN_HEADER } from '#agent/home/consentContract.ts';
import { demoCard, DEMO_PIN } from '../contracts/fixtures/demoCard.ts';
import { openBench, reach, requestWith, RIGHT, SITE, type Bench, type Sent } from './homeAgentBench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.stop());

const JSON_TYPE = { 'content-type': 'application/json' };
const posted = (body: unknown, headers: Record<string, string> = {}): Sent => ({
  method: 'POST',
  headers: { ...JSON_TYPE, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('the page of the 利用登録', () => {
  it('is told what answers, and what lies on the reader', async () => {
    const { status, headers, text } = await bench.asPage('/hello');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'access-control-allow-origin': SITE, 'cache-control': 'no-store' });
    expect(homeAgentHello.parse(JSON.parse(text)).reader).toBe('empty');
    const id = await bench.ask();
    const page = bench.consent(id);
    await page.at('asking');
    await bench.put({ data: await demoCard() });
    await page.until((state) => state.kind === 'open' && state.reader === 'present');
    expect(homeAgentHello.parse(JSON.parse((await bench.asPage('/hello')).text)).reader).toBe('present');
  });

  it('gets an address on the agent, which nobody can guess, and waits', async () => {
    const { status, text } = await bench.asPage('/requests', posted(requestWith()));
    expect(status).toBe(201);
    const { id, consentUrl } = homeAgentAccepted.parse(JSON.parse(text));
    expect(consentUrl).toBe(`${bench.url}/consent/${id}`);
    expect(await bench.answer(id)).toEqual({ kind: 'waiting' });
    expect(await bench.answer('0'.repeat(32))).toEqual({ kind: 'gone' });
    expect(await bench.ask()).not.toBe(id);
  });

  it.each([
    ['/hello', 'GET'],
    ['/requests', 'POST'],
    [`/requests/${'0'.repeat(32)}`, 'GET, DELETE'],
  ])('may ask before it asks: %s', async (path, methods) => {
    const { status, headers, text } = await bench.asPage(path, {
      method: 'OPTIONS',
      headers: { 'access-control-request-private-network': 'true' },
    });
    expect([status, text]).toEqual([204, '']);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SITE,
      'access-control-allow-methods': methods,
      'access-control-allow-headers': 'content-type',
      'access-control-allow-private-network': 'true',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('gives up: nothing is left of the request, the consent page is told', async () => {
    const id = await bench.ask();
    const page = bench.consent(id);
    await page.at('asking');
    expect((await bench.asPage(`/requests/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await bench.answer(id)).toEqual({ kind: 'gone' });
    expect(await page.ended()).toMatchObject({ how: 'dropped' });
    expect((await bench.asPage(`/requests/${'0'.repeat(32)}`, { method: 'DELETE' })).status).toBe(204);
  });

  it('asks anew: the one before is gone, and so is its signature', async () => {
    await bench.put({ data: await demoCard() });
    const first = await bench.ask();
    const page = bench.consent(first);
    await reach(page, 'ended');
    const second = await bench.ask();
    expect(await bench.answer(first)).toEqual({ kind: 'gone' });
    expect(await page.look()).toEqual({ kind: 'gone' });
    expect(await bench.answer(second)).toEqual({ kind: 'waiting' });
    expect(bench.connections()).toBe(0);
  });
});

describe('anybody else', () => {
  const here = (): string => new URL(bench.url).host;
  it.each<[string, () => Record<string, string>]>([
    ['another page', () => ({ origin: 'https://evil.example' })],
    ['a page that begins like it', () => ({ origin: `${SITE}.evil.example` })],
    ['the same name without protection', () => ({ origin: 'http://apply.example' })],
    ['a page without an origin', () => ({ origin: 'null' })],
    ['the agent’s own page', () => ({ origin: bench.url })],
    ['no page at all', () => ({})],
    ['a name made for this machine', () => ({ origin: SITE, host: `evil.example:${here().split(':')[1]}` })],
    ['another port', () => ({ origin: SITE, host: '127.0.0.1:1' })],
    ['another number of this machine', () => ({ origin: SITE, host: here().replace('127.0.0.1', '[::1]') })],
  ])('%s is refused everywhere, before anything is done', async (_who, headers) => {
    const id = await bench.ask();
    for (const [method, path] of [
      ['GET', '/hello'],
      ['OPTIONS', '/requests'],
      ['POST', '/requests'],
      ['GET', `/requests/${id}`],
      ['DELETE', `/requests/${id}`],
    ] as const) {
      const body = method === 'POST' ? JSON.stringify(requestWith()) : undefined;
      const refused = await bench.send(path, { method, headers: { ...JSON_TYPE, ...headers() }, body });
      expect([refused.status, refused.text]).toEqual([403, '']);
      expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
    }
    expect(await bench.answer(id)).toEqual({ kind: 'waiting' });
  });

  it.each([
    ['PUT', '/requests', 405],
    ['GET', '/requests', 405],
    ['POST', '/hello', 405],
    ['POST', `/requests/${'0'.repeat(32)}`, 405],
    ['GET', '/requests/1', 404],
    ['GET', '/requests/', 404],
  ])('%s %s is %s', async (method, path, status) => {
    expect((await bench.asPage(path, { method })).status).toBe(status);
  });
});

describe('a request of another shape', () => {
  const { statement } = requestWith();
  it.each<[string, Sent, number]>([
    ['no JSON', posted('{"municipality":'), 400],
    ['empty', posted(''), 400],
    ['a form', { ...posted(requestWith()), headers: { 'content-type': 'text/plain' } }, 400],
    ['one member more', posted({ ...requestWith(), pin: '1234' }), 400],
    ['a municipality that is none', posted({ ...requestWith(), municipality: '000000' }), 400],
    ['a short challenge', posted({ ...requestWith(), challenge: 'AAAA' }), 400],
    ['an empty 本籍', posted({ ...requestWith(), statement: { ...statement, domicile: ' ' } }), 400],
    ['longer than any', posted({ ...requestWith(), municipalityName: 'あ'.repeat(9_000) }), 413],
  ])('%s: refused, and the one before stands', async (_what, sent, status) => {
    const id = await bench.ask();
    const refused = await bench.asPage('/requests', sent);
    expect([refused.status, refused.text]).toEqual([status, '']);
    expect(await bench.answer(id)).toEqual({ kind: 'waiting' });
  });

  it('longer than any, in pieces without a length: cut off', async () => {
    const { port } = new URL(bench.url);
    const { request } = await import('node:http');
    const outcome = await new Promise<number | string>((resolve) => {
      const headers = { origin: SITE, ...JSON_TYPE, 'transfer-encoding': 'chunked' };
      const sending = request(
        { host: '127.0.0.1', port, path: '/requests', method: 'POST', headers },
        (answer) => resolve(answer.statusCode ?? 0),
      );
      sending.on('error', ({ message }) => resolve(message));
      for (let piece = 0; piece < 20; piece += 1) sending.write('x'.repeat(1_000));
      sending.end();
    });
    expect(outcome).not.toBe(201);
    expect(bench.faults).toEqual([]);
    expect((await bench.asPage('/hello')).status).toBe(200);
  });
});

describe('the consent page', () => {
  it('comes with headers that let nobody else in, keeps nothing and tells no address', async () => {
    const id = await bench.ask();
    const { status, headers, text } = await bench.send(`/consent/${id}`);
    expect(status).toBe(200);
    expect(text).toContain('<title>consent</title>');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    for (const path of ['/', '/index.html', '/consent', '/consent/1', '/../package.json', '/none.js']) {
      expect((await bench.send(path)).status).toBe(404);
    }
  });

  it('is at the number of this machine only', async () => {
    const id = await bench.ask();
    const host = new URL(bench.url).host.replace('127.0.0.1', 'localhost');
    for (const path of [`/consent/${id}`, `/consent/${id}/state`]) {
      expect((await bench.send(path, { headers: { host, [PAGE_HEADER]: '1' } })).status).toBe(403);
    }
  });

  it('alone reads its state', async () => {
    const path = `/consent/${await bench.ask()}/state`;
    expect((await bench.send(path)).status).toBe(403);
    const crossing = { origin: SITE, [PAGE_HEADER]: '1' };
    expect((await bench.send(path, { headers: crossing })).status).toBe(403);
    const preflight = await bench.send(path, { method: 'OPTIONS', headers: { origin: SITE } });
    expect(preflight.status).toBe(403);
  });

  it.each<[string, (right: Record<string, string>) => Record<string, string>, number]>([
    ['without an origin', ({ origin: _, ...rest }) => rest, 403],
    ['from the site', (right) => ({ ...right, origin: SITE }), 403],
    ['without its token', ({ [TOKEN_HEADER]: _, ...rest }) => rest, 403],
    ['with another token', (right) => ({ ...right, [TOKEN_HEADER]: '0'.repeat(32) }), 403],
    ['without a turn', ({ [TURN_HEADER]: _, ...rest }) => rest, 400],
    ['for another turn', (right) => ({ ...right, [TURN_HEADER]: '99' }), 409],
  ])('touched %s: nothing happens', async (_how, change, status) => {
    const id = await bench.ask();
    const page = bench.consent(id);
    await page.at('asking');
    const touched = { method: 'POST', headers: change(page.headers()) };
    expect((await bench.send(`/consent/${id}/begin`, touched)).status).toBe(status);
    await page.look();
    expect(page.latest().stage).toEqual({ at: 'asking' });
  });

  it('of a request that was replaced can neither touch nor read', async () => {
    const first = await bench.ask();
    const page = bench.consent(first);
    await page.at('asking');
    const second = await bench.ask();
    const old = { method: 'POST', headers: page.headers() };
    expect((await bench.send(`/consent/${first}/begin`, old)).status).toBe(409);
    expect((await bench.send(`/consent/${second}/begin`, old)).status).toBe(403);
    expect(await page.look()).toEqual({ kind: 'gone' });
  });

  it.each([
    ['GET', 'begin', 405],
    ['POST', 'state', 405],
    ['POST', 'sign', 404],
  ])('%s %s is %s', async (method, act, status) => {
    const id = await bench.ask();
    const page = bench.consent(id);
    await page.at('asking');
    const { origin, ...rest } = page.headers();
    const headers = method === 'POST' ? { origin: origin!, ...rest } : rest;
    expect((await bench.send(`/consent/${id}/${act}`, { method, headers })).status).toBe(status);
  });
});

describe('secrets and people', () => {
  it('no answer has a secret in it, and the site gets nothing but its signature', async () => {
    const card = { data: await demoCard() };
    await bench.put(card);
    const id = await bench.ask(requestWith({ challengeId: '0b9d6f2e-3c1a-4e55-8f0a-9d8c7b6a5f4e' }));
    const page = bench.consent(id);
    await reach(page, 'enteringPassword');
    await page.post('password', 'WRONG99');
    await page.until((state) => state.kind === 'open' && 'wrong' in state.stage && state.stage.wrong);
    await page.post('password', RIGHT.password);
    await page.at('reviewing');
    await page.post('confirm');
    await page.at('enteringPin');
    await page.post('pin', DEMO_PIN);
    await page.ended();
    const said = bench.said.join('\n');
    expect(said).toContain('見本　太郎');
    for (const secret of [RIGHT.password, 'WRONG99', `"${DEMO_PIN}"`]) expect(said).not.toContain(secret);
    expect(JSON.stringify(await bench.answer(id))).not.toContain('見本');
    // afterwards the agent knows nobody
    const after = bench.said.length;
    await page.look();
    expect(bench.said.slice(after).join('')).not.toMatch(/見本|架空|0901234/);
    expect(bench.faults).toEqual([]);
  });
});

describe('time', () => {
  it('a challenge that has run out while the card was read: nothing is signed', async () => {
    await bench.put({ data: await demoCard() });
    const id = await bench.ask(requestWith({ lifetimeMs: 60_000 }));
    const page = bench.consent(id);
    await reach(page, 'enteringPin');
    bench.time.now += 60_000;
    await page.post('pin', RIGHT.pin);
    expect(await page.ended()).toMatchObject({ how: 'refused', notice: { code: 'APPL-09' } });
    expect(await bench.answer(id)).toEqual({ kind: 'refused', notice: 'APPL-09' });
    expect(bench.connections()).toBe(0);
  });
});

describe('the window', () => {
  it('closed for good: the page is told that the applicant has gone', async () => {
    await bench.stop();
    let isClosed = (): void => undefined;
    const closed = new Promise<void>((resolve) => (isClosed = resolve));
    const pauses: number[] = [];
    // time passes only when the window was closed
    bench = await openBench({
      limits: { idleMs: 600_000, closedMs: 15_000 },
      wait: (milliseconds, signal) =>
        new Promise((resolve) => {
          pauses.push(milliseconds);
          if (milliseconds === 15_000) isClosed();
          signal?.addEventListener('abort', () => resolve(), { once: true });
        }),
    });
    const id = await bench.ask();
    await bench.consent(id).at('asking');
    await closed;
    expect(await bench.answer(id)).toEqual({ kind: 'waiting' });
    bench.time.now += 15_000;
    expect(await bench.answer(id)).toEqual({ kind: 'cancelled' });
  });
});
