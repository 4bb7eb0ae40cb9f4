/**
 * What every end-to-end file shares: the whole demo on a data directory and ports of its own, and the screen as a resident
 * has it: what it shows, what can be touched. A page that talks to anybody else, complains, or fails axe fails its test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect as anyExpect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { lockPcsc } from '#simulators/reader/pcscLock.ts';
import { startStack, type Stack, type StackOptions } from '../demo/stack.ts';

/** A Friday morning: every municipality of the demo is open. */
const DEMO_NOW = Date.parse('2026-11-20T10:00:00+09:00');
/** Other test files may hold the one card reader of this host. */
const START_LIMIT_MS = 300_000;
/** A first card takes a second to make; two cores are shared with everything else of the demo. */
const SHOWN_LIMIT_MS = 20_000;
/** Expectations that wait as long as a loaded machine may need. */
export const expect = anyExpect.configure({ timeout: SHOWN_LIMIT_MS });
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
/** Headings of the screens that axe has seen; one worker runs all files, so each screen is looked at once a run. */
const lookedAt = new Set<string>();
/** The browser's own words when the agent it talks to is switched off. */
const AGENT_AWAY = /WebSocket connection to .* failed|net::ERR_CONNECTION_REFUSED/;

export interface KioskOptions extends Pick<StackOptions, 'env' | 'pageTimeMs'> {
  /** the tests of this file switch the agent off */
  readonly powerCuts?: boolean;
}
export interface Screen {
  readonly page: Page;
  /** Waits for the screen of this heading, then looks at it with axe, once a run. */
  shows(heading: string): Promise<void>;
  /** Waits for the heading only: for screens that are gone in a moment. */
  passes(heading: string): Promise<void>;
  /** Waits for the notice or the call for staff with this code. */
  tells(code: string): Promise<void>;
  /** The button of this name; a string is the whole name. */
  button(name: string | RegExp): Locator;
  touch(name: string | RegExp): Promise<void>;
  /** All words on the screen. */
  words(): Promise<string>;
  /** Everything the page shows is made of: its body. The order of attributes on <html> is an accident of loading. */
  markup(): Promise<string>;
  /** Every message of the agent so far. */
  received(): readonly string[];
}
export interface Kiosk {
  /** of now: another one after `later` */
  readonly stack: Stack;
  /** Everything stops and starts again on the same data at a later instant. Pages that were open are of the past. */
  later(demoNow: string): Promise<void>;
  /** The page of this test on the kiosk's screen. */
  open(page: Page): Promise<Screen>;
}

/** The stack of this file, started before its first test and stopped after its last. */
export function kioskOfThisFile(options: KioskOptions = {}): () => Kiosk {
  const complaints: string[] = [];
  let kiosk: Kiosk | null = null;
  let close = async (): Promise<void> => undefined;

  test.beforeAll(async () => {
    test.setTimeout(START_LIMIT_MS);
    const started = await startOnOwnData(options);
    close = started.close;
    kiosk = {
      get stack() {
        return started.stack();
      },
      later: started.later,
      open: (page) => openScreen(page, started.stack(), { complaints, options }),
    };
  });
  test.afterAll(() => close());
  test.afterEach(() => expect(complaints.splice(0)).toEqual([]));
  return () => {
    if (!kiosk) throw new Error('the stack runs within tests only');
    return kiosk;
  };
}

async function startOnOwnData(options: KioskOptions) {
  const release = await lockPcsc();
  const dataDir = mkdtempSync(join(tmpdir(), 'kiosk-end-to-end-'));
  const clean = (): void => {
    rmSync(dataDir, { recursive: true, force: true });
    release();
  };
  const { env, pageTimeMs = 20 } = options;
  const startAt = (demoNow: number) =>
    startStack({ dataDir, kioskPort: 0, centerPort: 0, demoNow, pageTimeMs, ...(env ? { env } : {}) });
  try {
    let stack = await startAt(DEMO_NOW);
    return {
      stack: () => stack,
      later: async (demoNow: string) => {
        await stack.stop();
        stack = await startAt(Date.parse(demoNow));
      },
      close: () => stack.stop().finally(clean),
    };
  } catch (error) {
    clean();
    throw error;
  }
}

interface Watch {
  readonly complaints: string[];
  readonly options: KioskOptions;
}

async function openScreen(page: Page, stack: Stack, watch: Watch): Promise<Screen> {
  const url = await stack.kioskUrl();
  const received: string[] = [];
  listenTo(page, new URL(url).host, watch, received);
  await page.goto(url);
  const headingOf = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const passes = (heading: string) => expect(headingOf(heading)).toBeVisible();
  const look = async (name: string): Promise<void> => {
    if (lookedAt.has(name)) return;
    lookedAt.add(name);
    await keepPicture(page, name);
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `axe: ${name}: ${id} ${html}`),
    );
    watch.complaints.push(...found);
  };
  return {
    page,
    passes,
    button,
    shows: async (heading) => {
      await passes(heading);
      await look(heading);
    },
    tells: async (code) => {
      await expect(page.getByText(code, { exact: true })).toBeVisible();
      await look(code);
    },
    touch: (name) => button(name).tap(),
    words: () => page.locator('body').innerText(),
    markup: () => page.locator('body').evaluate((body) => body.outerHTML),
    received: () => received,
  };
}

/** Whatever the page asks of others, and whatever it complains of. */
function listenTo(page: Page, host: string, { complaints, options }: Watch, received: string[]): void {
  page.on('request', (request) => {
    const { protocol, host: asked } = new URL(request.url());
    if (protocol !== 'data:' && asked !== host) complaints.push(`asks ${asked}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== host) complaints.push(`talks to ${socket.url()}`);
    socket.on('framereceived', ({ payload }) => received.push(payload.toString()));
  });
  page.on('console', (message) => {
    const expected = options.powerCuts === true && AGENT_AWAY.test(message.text());
    if (message.type() === 'error' && !expected) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
}

/** `KIOSK_PICTURES=<folder>` keeps a picture of every screen that is looked at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['KIOSK_PICTURES'];
  if (!folder) return;
  const file = name.replaceAll(/[^\p{L}\p{N}-]/gu, '');
  await page.screenshot({ path: join(folder, `${String(Date.now()).slice(-8)}-${file}.png`) });
}
