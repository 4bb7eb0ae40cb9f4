/** `npm start`: the demo until Ctrl-C. Progress on stderr; one line `ready kiosk=... center=... panel=... verify=...` on stdout. */
import { mkdirSync } from 'node:fs';
import { startPanel } from './panel/server.ts';
import { assertFree } from './ports.ts';
import { registerDemoCard } from './registration.ts';
import { announce, runningDemo, withdraw } from './running.ts';
import { demoSettings, type DemoSettings } from './settings.ts';
import { startStack, type Stack } from './stack.ts';
import { openWindow } from './window.ts';

/** Exit codes with which the agent asks for a restart (staff menu). */
const RESTART_AGENT = 75;
const RESTART_KIOSK = 76;
/** A child that ends this often by itself is broken, not unlucky. */
const MAX_RESTARTS = 5;

const started = performance.now();
const say = (text: string): void => void process.stderr.write(`start: ${text}\n`);

async function main(): Promise<void> {
  const settings = demoSettings(process.env);
  mkdirSync(settings.dataDir, { recursive: true });
  const other = runningDemo(settings.dataDir);
  if (other)
    throw new Error(`a demo already runs on ${settings.dataDir} (process ${other.pid}): ${other.kioskUrl}`);
  const { kiosk, center, panel: panelPort, verify, feed, console: consolePort } = settings;
  for (const port of [kiosk, center, panelPort, verify, feed, consolePort]) await assertFree(port);
  const stack = await startStack({
    ...settings,
    kioskPort: settings.kiosk.value,
    centerPort: settings.center.value,
    publicPort: settings.verify.value,
    feedPort: settings.feed.value,
    consolePort: settings.console.value,
    progress: say,
  });
  say('a card that is registered at its 本籍地');
  await registerDemoCard(stack).catch((error: unknown) => say(`not registered: ${String(error)}`));
  const panel = await startPanel(settings.panel.value, stack).catch(async (error: unknown) => {
    await stack.stop();
    throw error;
  });
  const kioskUrl = await stack.kioskUrl();
  const panelUrl = `http://127.0.0.1:${panel.port}/`;
  announce(settings.dataDir, { pid: process.pid, panelUrl, kioskUrl, centerUrl: stack.centerUrl });
  say(`card reader: ${stack.readerWords}`);
  const window = openWindow(kioskUrl, settings.dataDir);
  say(window.words);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `ready kiosk=${kioskUrl} center=${stack.centerUrl} panel=${panelUrl} verify=${stack.verifyUrl()} console=${stack.consoleUrl()} feed=${stack.feedUrl()} admin=${stack.adminUrl()} seconds=${seconds}\n`,
  );

  const stop = makeStop(stack, settings, async () => {
    window.close();
    await panel.close();
  });
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  superviseAgent(stack, stop);
  superviseCenter(stack, stop);
}

/** Stops every child once, in order; a second Ctrl-C changes nothing. */
function makeStop(stack: Stack, settings: DemoSettings, before: () => Promise<void>): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    say('stopping');
    withdraw(settings.dataDir);
    void before()
      .then(() => stack.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
}

/** The agent comes back when staff ask for it or when it dies; the boot recovery settles what was open. */
function superviseAgent(stack: Stack, stop: () => void, restarts = 0): void {
  const agent = stack.agent();
  void agent.exited.then(async (code) => {
    if (stack.stopping()) return;
    const asked = code === RESTART_AGENT || code === RESTART_KIOSK;
    say(
      asked
        ? 'the kiosk agent starts again, as staff asked'
        : `the kiosk agent ended (${code ?? 'killed'}) and starts again`,
    );
    if (!asked && restarts >= MAX_RESTARTS) return stop();
    await stack.restartAgent();
    superviseAgent(stack, stop, asked ? restarts : restarts + 1);
  });
}

function superviseCenter(stack: Stack, stop: () => void, restarts = 0): void {
  void stack.center().exited.then(async (code) => {
    if (stack.stopping()) return;
    say(`the issuance center ended (${code ?? 'killed'}) and starts again`);
    if (restarts >= MAX_RESTARTS) return stop();
    await stack.restartCenter();
    superviseCenter(stack, stop, restarts + 1);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`start: ${error instanceof Error ? error.message : 'failed'}\n`);
  process.exit(2);
});
