/**
 * `npm run test:electron`: starts the built frame in the real Electron runtime against a stand-in agent and tries every
 * way out of it. Without a runtime it says so and ends with 0; without a display it runs itself under xvfb-run.
 */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { startFakeAgent, type FakeAgent } from './fakeAgent.ts';
import { electronRuntime } from './runtime.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** The longest wait a check allows: several retries of the watchdog. */
const PATIENCE_MS = 20_000;

interface Frame {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly agent: FakeAgent;
}

const checks: readonly (readonly [string, (frame: Frame) => Promise<void>])[] = [
  ['the screen of the agent stands in a kiosk window', screenStands],
  ['the page has no Node and no bridge', noNode],
  ['no way out of the agent: navigation, windows, permissions', noWayOut],
  ['the renderer is killed: the screen comes back', rendererKilled],
  ['the agent goes away and comes back', agentAway],
];

async function screenStands({ app, page }: Frame): Promise<void> {
  await page.waitForSelector('#screen', { timeout: PATIENCE_MS });
  const windows = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isKiosk()),
  );
  assert.deepEqual(windows, [true]);
}

async function noNode({ page }: Frame): Promise<void> {
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'kiosk'].filter((name) => name in globalThis),
  );
  assert.deepEqual(found, []);
}

async function noWayOut({ page, agent }: Frame): Promise<void> {
  const opened = await page.evaluate(`window.open('https://example.test/') === null`);
  assert.equal(opened, true);
  await page.evaluate(`location.href = 'https://example.test/'`);
  await page.waitForSelector('#screen');
  assert.equal(new URL(page.url()).origin, `http://127.0.0.1:${agent.port}`);
  const permission = await page.evaluate(
    `navigator.permissions.query({ name: 'geolocation' }).then((answer) => answer.state)`,
  );
  assert.equal(permission, 'denied');
}

async function rendererKilled({ app, agent }: Frame): Promise<void> {
  const before = agent.served();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
  );
  await until(() => Promise.resolve(agent.served() > before), 'the screen was not loaded again');
}

async function agentAway({ app, agent }: Frame): Promise<void> {
  const address = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getURL());
  await agent.goAway();
  await until(async () => (await address()).endsWith('out-of-service.html'), 'no out-of-service page');
  await agent.comeBack();
  await until(async () => (await address()).startsWith('http://127.0.0.1'), 'the screen did not come back');
}

async function until(holds: () => Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(otherwise);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

function build(): void {
  for (const part of ['main', 'preload']) {
    const vite = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
    const made = spawnSync(process.execPath, [vite, 'build', '-c', `electron/vite.${part}.config.ts`], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (made.status !== 0) throw new Error(`the ${part} part of the frame does not build`);
  }
}

async function drive(executablePath: string): Promise<number> {
  build();
  const dataDir = mkdtempSync(join(tmpdir(), 'frame-'));
  const agent = await startFakeAgent();
  mkdirSync(join(dataDir, 'kiosk'));
  writeFileSync(join(dataDir, 'kiosk', 'screen-token'), agent.token, { mode: 0o600 });
  // Chromium refuses its sandbox to root; only containers and CI run as root, never a kiosk
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: [...asRoot, join(ROOT, 'dist/electron/main.js')],
    env: { ...process.env, DATA_DIR: dataDir, KIOSK_PORT: String(agent.port) } as Record<string, string>,
  });
  try {
    const frame = { app, page: await app.firstWindow(), agent };
    return await runChecks(frame);
  } finally {
    await app.close();
    await agent.goAway();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function runChecks(frame: Frame): Promise<number> {
  let failed = 0;
  for (const [name, check] of checks) {
    const problem = await check(frame).then(
      () => null,
      (error: unknown) => error,
    );
    if (problem) failed += 1;
    console.log(`${problem ? 'failed' : 'passed'}: ${name}`);
    if (problem) console.log(problem);
  }
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function underXvfb(): number {
  const self = ['-a', process.execPath, '--import', 'tsx', fileURLToPath(import.meta.url)];
  const run = spawnSync('xvfb-run', self, { cwd: ROOT, stdio: 'inherit' });
  if (run.error) console.log('skipped: no display and no xvfb-run');
  return run.error ? 0 : (run.status ?? 1);
}

const runtime = electronRuntime();
if (runtime === null) {
  console.log('skipped: no Electron runtime');
} else if (process.platform === 'linux' && !process.env['DISPLAY']) {
  process.exitCode = underXvfb();
} else {
  process.exitCode = await drive(runtime);
}
