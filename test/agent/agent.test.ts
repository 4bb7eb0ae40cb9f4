import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openHeadlessScreen } from '#simulators/screen/headlessScreen.ts';
import type { AgentConfig } from '#agent/config.ts';
import { PortTaken } from '#agent/link/server.ts';
import { JournalInUse, startAgent } from '#agent/main.ts';
import type { Agent } from '#agent/main.ts';
import { makeWorld } from '#agent/transaction/testDevices.ts';
import { makeCenterState } from '#agent/visit/testCenter.ts';
import { makeDesk, NOON, RIGHT_PIN, testPorts } from '#agent/visit/testKiosk.ts';
import { hashStaffCode, parseStaffCode } from '#agent/visit/staffCode.ts';

const STAFF_CODE = parseStaffCode(await hashStaffCode('246810', Buffer.alloc(16)));
const running: Agent[] = [];
afterEach(async () => {
  for (const agent of running.splice(0)) await agent.stop();
});

function makeConfig(change: Partial<AgentConfig> = {}): AgentConfig {
  const root = mkdtempSync(join(tmpdir(), 'agent-'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>kiosk</title>');
  return {
    port: 0,
    directory: join(root, 'kiosk'),
    enrolment: {
      kioskId: 'kiosk-test',
      centerUrl: 'https://127.0.0.1:1',
      certificate: '',
      privateKey: '',
      serverCa: '',
      manifestKey: '',
    },
    printerUrl: 'ipp://127.0.0.1:1/',
    paymentUrl: 'http://127.0.0.1:1/',
    cardReader: null,
    store: { name: '架空店', number: '0001', machineSerial: 'KSK-0001' },
    staffCode: STAFF_CODE,
    rendererDirectory: root,
    demoNow: null,
    serviceMode: 'open',
    ...change,
  };
}
async function start(config = makeConfig(), restarts: number[] = []) {
  const devices = { world: makeWorld(), desk: makeDesk(), center: makeCenterState() };
  const logged: string[] = [];
  const clock = (): number => NOON;
  const agent = await startAgent(config, testPorts(devices, clock), {
    clock,
    log: (event, fields) => void logged.push(`${event} ${JSON.stringify(fields ?? {})}`),
    onExit: (code) => void restarts.push(code),
  });
  running.push(agent);
  return { agent, config, logged, ...devices };
}
type Started = Awaited<ReturnType<typeof start>>;

async function fullVisit({ agent, desk }: Started): Promise<void> {
  const screen = await openHeadlessScreen(agent.screenUrl());
  const at = (wanted: string) => screen.until((view) => view.at === wanted);
  await at('idle');
  screen.send({ type: 'start' });
  await at('consent');
  screen.send({ type: 'agree' });
  await at('awaitingCard');
  desk.put();
  await at('enteringPin');
  screen.send({ type: 'enterPin', pin: RIGHT_PIN });
  await at('returningCard');
  desk.take();
  await at('choosingCertificate');
  screen.send({ type: 'chooseKind', kind: 'resident-record-copy' });
  for (const question of ['extent', 'relationship', 'copies']) {
    await screen.until((view) => view.at === 'choosingOptions' && view.question === question);
    screen.send({ type: 'goOn' });
  }
  await at('basket');
  screen.send({ type: 'goOn' });
  await at('confirming');
  screen.send({ type: 'confirm' });
  await at('collecting');
  screen.send({ type: 'collected' });
  await at('idle');
  await screen.close();
}

/** fetch sets Host and Origin itself; this does not. */
function rawStatus(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });
}
async function linkStatus(url: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/link`, { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  socket.on('error', () => undefined);
  socket.terminate();
  return response.statusCode;
}

describe('agent', () => {
  it('serves a whole visit over the link and leaves no PIN, name or document byte in any file or log', async () => {
    const started = await start();
    await fullVisit(started);
    const { directory } = started.config;
    const files = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1'));
    const written = [...files, ...started.logged].join('\n');
    expect(files.length).toBeGreaterThan(1);
    expect(written).toContain('order-placed');
    const name = Buffer.from('架空 太郎', 'utf8').toString('latin1');
    for (const secret of ['%PDF', name, '架空', `"${RIGHT_PIN}"`, 'certificate of the holder']) {
      expect(written).not.toContain(secret);
    }
    expect(statSync(join(directory, 'journal.sqlite')).mode & 0o077).toBe(0);
  });

  it('names the port or the journal that is taken, and leaves the agent that has it alone', async () => {
    const { agent, config } = await start();
    const port = Number(new URL(agent.url).port);
    const before = agent.screenUrl();
    await expect(start(makeConfig({ port, directory: config.directory }))).rejects.toBeInstanceOf(
      JournalInUse,
    );
    await expect(start(makeConfig({ port }))).rejects.toBeInstanceOf(PortTaken);
    const screen = await openHeadlessScreen(before);
    await screen.close();
  });

  it('keeps an unreadable journal as it is and stays out of service', async () => {
    const config = makeConfig();
    const first = await start(config);
    await first.agent.stop();
    running.length = 0;
    const file = join(config.directory, 'journal.sqlite');
    writeFileSync(file, 'this is not a database, but perhaps somebody can still read it');
    const { agent, logged } = await start(config);
    const screen = await openHeadlessScreen(agent.screenUrl());
    expect(screen.latest().view).toEqual({ at: 'outOfService', notice: 'SYS-01' });
    expect(readFileSync(file, 'utf8')).toContain('perhaps somebody can still read it');
    expect(logged.join()).toContain('journal-unreadable');
    await screen.close();
  });

  it('lets the staff close the kiosk for longer than a restart, and asks the supervisor for restarts', async () => {
    const config = makeConfig();
    const restarts: number[] = [];
    const { agent } = await start(config, restarts);
    const screen = await openHeadlessScreen(agent.screenUrl());
    screen.send({ type: 'staffOpen' });
    await screen.until((view) => view.at === 'staffSignIn');
    screen.send({ type: 'staffCode', code: '000000' });
    await screen.until((view) => view.at === 'staffSignIn' && view.wrong);
    screen.send({ type: 'staffCode', code: '246810' });
    await screen.until((view) => view.at === 'staffMenu' && view.message !== null);
    screen.send({ type: 'staffOutOfService', on: true });
    await screen.until((view) => view.at === 'staffMenu' && view.outOfService);
    const sequence = screen.latest().sequence;
    screen.send({ type: 'staffRestart', what: 'screen' });
    screen.send({ type: 'staffRestart', what: 'agent' });
    screen.send({ type: 'staffRestart', what: 'kiosk' });
    screen.send({ type: 'staffLeave' });
    await screen.until((view) => view.at === 'outOfService' && screen.latest().sequence > sequence);
    expect(screen.reloads()).toBe(1);
    expect(restarts).toEqual([75, 76]);
    await screen.close();
    await agent.stop();
    running.length = 0;
    const again = await start(config);
    const later = await openHeadlessScreen(again.agent.screenUrl());
    expect(later.latest().view).toEqual({ at: 'outOfService', notice: 'KIOS-02' });
    await later.close();
  });
});

describe('the door for screens', () => {
  it('opens once a token, survives a reload with the cookie and a restart of the agent', async () => {
    const { agent, config } = await start();
    const url = agent.screenUrl();
    const screen = await openHeadlessScreen(url);
    await expect(openHeadlessScreen(url)).rejects.toThrow('403');
    expect((await fetch(`${agent.url}/`, { headers: { cookie: screen.cookie } })).status).toBe(200);
    expect((await fetch(url, { headers: { cookie: screen.cookie }, redirect: 'manual' })).status).toBe(303);
    const token = readFileSync(join(config.directory, 'screen-token'), 'utf8');
    expect(agent.screenUrl()).toContain(token);
    expect(url).not.toContain(token);
    expect(statSync(join(config.directory, 'screen-token')).mode & 0o777).toBe(0o600);
    await agent.stop();
    running.length = 0;
    const again = await start(config);
    const reopened = await openHeadlessScreen(again.agent.url, { cookie: screen.cookie });
    expect(reopened.latest().view.at).toBe('idle');
    await reopened.close();
  });

  it('hands the kiosk to a newer screen and closes the older one', async () => {
    const { agent } = await start();
    const first = await openHeadlessScreen(agent.screenUrl());
    const second = await openHeadlessScreen(agent.screenUrl());
    expect(await first.closed).toBe(4000);
    second.send({ type: 'start' });
    await second.until((view) => view.at === 'consent');
    await expect(openHeadlessScreen(agent.url, { cookie: first.cookie })).rejects.toThrow('403');
    await second.close();
  });

  it('refuses a foreign Host, a foreign Origin, no cookie, an unknown file and other methods', async () => {
    const { agent } = await start();
    const screen = await openHeadlessScreen(agent.screenUrl());
    const { host } = new URL(agent.url);
    const { cookie } = screen;
    expect(await rawStatus(agent.url, { host: 'attacker.example', cookie })).toBe(421);
    expect(await linkStatus(agent.url, { origin: 'http://attacker.example', cookie })).toBe(403);
    expect(await linkStatus(agent.url, { cookie })).toBe(403);
    expect(await linkStatus(agent.url, { origin: `http://${host}` })).toBe(403);
    expect(await rawStatus(`${agent.url}/`, {})).toBe(403);
    expect(await rawStatus(`${agent.url}/?token=guess`, {})).toBe(403);
    expect(await rawStatus(`${agent.url}/kiosk/screen-token`, { cookie })).toBe(404);
    expect((await fetch(agent.url, { method: 'POST', headers: { cookie } })).status).toBe(405);
    expect(await (await fetch(`${agent.url}/health`)).json()).toEqual({ status: 'ok' });
    await screen.close();
  });

  it('sends a policy that lets nothing foreign or inline in', async () => {
    const { agent } = await start();
    const { headers } = await fetch(`${agent.url}/health`);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('drops a touch made on an earlier screen, and answers it by a view all the same', async () => {
    const { agent } = await start();
    const screen = await openHeadlessScreen(agent.screenUrl());
    await screen.until((view) => view.at === 'idle');
    const idle = screen.latest().sequence;
    screen.send({ type: 'start' }, idle);
    await screen.until((view) => view.at === 'consent');
    screen.send({ type: 'agree' });
    await screen.until((view) => view.at === 'awaitingCard');
    const before = screen.latest().sequence;
    screen.send({ type: 'cancel' }, idle);
    screen.send({ type: 'noticeRead' });
    await screen.until(() => screen.latest().sequence > before);
    expect(screen.latest().frame.asking).toBeNull();
    expect(screen.latest().view.at).toBe('awaitingCard');
    await screen.close();
  });

  it('closes the link of a screen that does not speak the contract, or shouts', async () => {
    const { agent } = await start();
    const screen = await openHeadlessScreen(agent.screenUrl());
    screen.send({ type: 'enterPin', pin: '12345' });
    expect(await screen.closed).toBe(1008);
    const other = await openHeadlessScreen(agent.screenUrl());
    other.send({ type: 'answer', question: 'x'.repeat(10_000), values: [] });
    expect(await other.closed).toBe(1009);
  });
});
