/**
 * The municipal console in a browser: a real center behind it (PostgreSQL, renderer, feeds of the demo) with a clock the
 * test moves, and staff of any role signed in without the ceremony. `npm run build:console` comes first.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect as anyExpect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { Role } from '#center/console/permissions.ts';
import { startPrivateServer } from '#center/database/privateServer.ts';
import { TEST_DATABASE_VARIABLE } from '#center/database/testCluster.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { glyphBlocks, privateGlyphBlocks } from '#center/verification/glyphBlocks.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { freePort } from '../../demo/ports.ts';
import {
  HOME,
  startConsole,
  type ConsoleHarness,
  type SignedIn,
} from '../../center/console/consoleHarness.ts';

const PAGE = resolve(process.env['CONSOLE_PAGE_DIR'] ?? 'dist/console');
/** A page that draws a PDF takes seconds on two shared cores. */
export const expect = anyExpect.configure({ timeout: 20_000 });
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

export interface ConsoleStand extends ConsoleHarness {
  /** e.g. http://localhost:41234 */
  readonly url: string;
  /** a new window of somebody with these roles */
  readonly open: (
    browser: Browser,
    who: readonly Role[] | SignedIn,
    path?: string,
    municipality?: MunicipalityCode,
  ) => Promise<ConsolePage>;
}

export interface ConsolePage {
  readonly page: Page;
  readonly who: SignedIn;
  /** what the browser complained about, and requests to anybody else */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export async function openStand(): Promise<ConsoleStand> {
  if (!existsSync(join(PAGE, 'index.html'))) throw new Error('npm run build:console first');
  const folder = mkdtempSync(join(tmpdir(), 'console-end-to-end-'));
  const server = process.env[TEST_DATABASE_VARIABLE]
    ? undefined
    : await startPrivateServer({ dataDir: folder, settings: ['fsync=off'] });
  if (server) process.env[TEST_DATABASE_VARIABLE] = server.url;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const font = openCertificateFont(loadFonts());
  const harness: ConsoleHarness = await startConsole({
    origin: url,
    pageDir: PAGE,
    glyphsOf: glyphBlocks(font),
    privateGlyphsOf: privateGlyphBlocks(async (municipality) => {
      const { configuration, db, clock } = harness.center.deps;
      return (await configuration.inForce(db, municipality, clock()))?.font ?? font;
    }),
  });
  await harness.app.listen({ port, host: '127.0.0.1' });
  const open: ConsoleStand['open'] = async (browser, who, path = '/', municipality = HOME) => {
    const member = 'staffId' in who ? who : await harness.staff(who, municipality);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ja-JP' });
    await signIn(context, url, member);
    const page = await context.newPage();
    const complaints = listen(page, url);
    await page.goto(`${url}${path}`);
    return { page, who: member, complaints, close: () => context.close() };
  };
  const close = async () => {
    await harness.close();
    if (server) {
      await server.stop();
      delete process.env[TEST_DATABASE_VARIABLE];
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...harness, url, open, close };
}

export function signIn(context: BrowserContext, url: string, { token }: SignedIn): Promise<void> {
  return context.addCookies([{ name: 'console', value: token, url, httpOnly: true, sameSite: 'Strict' }]);
}

/** Complaints of the browser: a refused request is expected, a broken rule of the page's CSP or a fault is not. */
function listen(page: Page, url: string): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isExpected = /status of (401|403|404|409|422|429)/.test(message.text());
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(url) || /^(blob|data):/.test(request.url());
    if (!isOwn) complaints.push(`asked ${request.url()}`);
  });
  return complaints;
}

/** Nothing that WCAG 2.2 A and AA forbid and a machine can see. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
}

/** At 200 % of 1280 px nothing is cut off: the page itself never scrolls sideways. */
export async function expectReflows(page: Page): Promise<void> {
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: 640, height: 900 });
  const wider = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect(wider).toBe(false);
  await page.setViewportSize(before);
}
