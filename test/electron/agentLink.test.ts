/** The frame against the agent's real link: file, token, cookie and health page fit together. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { agentAnswers } from '../../electron/agentProbe.ts';
import { screenUrl } from '../../electron/screenUrl.ts';
import { frameSettings } from '../../electron/settings.ts';
import { makeAdmission } from '../../kiosk-agent/link/admission.ts';
import { startLink, type Link } from '../../kiosk-agent/link/server.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'frame-agent-'));
let link: Link | undefined;

/** The agent's door as its main.ts composes it, with the token written where the frame looks for it. */
async function startDoor(rejected: string[]) {
  const { screenTokenFile } = frameSettings({ DATA_DIR: dataDir });
  mkdirSync(dirname(screenTokenFile), { recursive: true });
  let admitted: string | null = null;
  const admission = makeAdmission({
    admitted: () => admitted,
    admit: (hash) => (admitted = hash),
    offer: (token) => writeFileSync(screenTokenFile, token, { mode: 0o600 }),
  });
  link = await startLink({
    port: 0,
    pages: new Map([['/', { type: 'text/html', body: Buffer.from('<h1>screen</h1>'), cacheable: false }]]),
    admission,
    watch: () => () => undefined,
    onCommand: () => undefined,
    onRejected: (why) => rejected.push(why),
  });
  return frameSettings({ DATA_DIR: dataDir, KIOSK_PORT: new URL(link.url).port });
}

afterEach(async () => {
  await link?.close();
  link = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

describe('frame and agent', () => {
  it('the token of the private file opens the screen, once; the next load brings the next token', async () => {
    const rejected: string[] = [];
    const settings = await startDoor(rejected);
    const first = await screenUrl(settings);
    const opened = await fetch(first!, { redirect: 'manual' });
    expect(opened.status).toBe(303);
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
    const screen = await fetch(`${settings.agentOrigin}/`, { headers: { cookie } });
    expect(await screen.text()).toBe('<h1>screen</h1>');
    expect((await fetch(first!, { redirect: 'manual' })).status).toBe(403);

    const second = await screenUrl(settings);
    expect(second).not.toBe(first);
    expect((await fetch(second!, { redirect: 'manual' })).status).toBe(303);
  });

  it('the watchdog asks without being taken for an intruder, and hears when the agent is gone', async () => {
    const rejected: string[] = [];
    const { agentOrigin } = await startDoor(rejected);
    expect(await agentAnswers(agentOrigin)).toBe(true);
    expect(rejected).toEqual([]);
    await link!.close();
    link = undefined;
    expect(await agentAnswers(agentOrigin)).toBe(false);
  });
});
