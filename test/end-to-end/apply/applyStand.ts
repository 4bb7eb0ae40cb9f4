/**
 * The page of the 利用登録 on the internet as an applicant reaches it: the public port of a real center with its database,
 * authority and renderer, at ten on a Friday. No card reader is needed. `npm run build:apply` comes first.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect as anyExpect, test, type BrowserContext, type Page } from '@playwright/test';
import { startPrivateServer } from '#center/database/privateServer.ts';
import { TEST_DATABASE_VARIABLE } from '#center/database/testCluster.ts';
import { issueCard, type IssuedCard } from '#simulators/authority/issueCard.ts';
import { templatesDirectory } from '#templates/load.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { startHarness, type Harness } from '../../center/harness.ts';
import { publicAppOf } from '../../center/publicApp.ts';
import { doubleIn, type AgentDouble } from './agentDouble.ts';

const PAGE = resolve(import.meta.dirname, '../../../dist/apply');
export const expect = anyExpect.configure({ timeout: 20_000 });
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const PHONE_PX = 320;

/** Takes applications all day; the other one not before the afternoon. */
export const OPEN = { code: '992020', name: '架空県ためし市' };
export const AFTERNOON = { code: '992011', name: '架空県みほん市' };
export const HOLDER = {
  name: '例示　花子',
  address: '架空県みほん市本町一丁目1番1号',
  birthDate: '1983-07-02' as CivilDate,
  sex: 'female' as const,
};

export interface ApplyStand {
  readonly center: Harness;
  /** e.g. http://127.0.0.1:41234 */
  readonly origin: string;
  readonly card: () => Promise<IssuedCard>;
  readonly close: () => Promise<void>;
}

/** The templates with other hours for the internet: by the clock of the harness one is closed until 13:00. */
function templatesIn(folder: string): string {
  const directory = join(folder, 'templates/');
  cpSync(templatesDirectory, directory, { recursive: true });
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'holiday'];
  const hours = { [OPEN.code]: ['06:30', '23:00'], [AFTERNOON.code]: ['13:00', '17:00'] };
  for (const [code, [opens, closes]] of Object.entries(hours)) {
    const file = join(directory, 'profiles', `${code}.json`);
    const profile = JSON.parse(readFileSync(file, 'utf8')) as { domicile: object };
    const weekly = Object.fromEntries(days.map((day) => [day, { opens, closes }]));
    const domicile = { ...profile.domicile, internet: { hours: [{ from: '2026-01-01', weekly }] } };
    writeFileSync(file, JSON.stringify({ ...profile, domicile }));
  }
  return directory;
}

export async function openApplyStand(): Promise<ApplyStand> {
  if (!existsSync(join(PAGE, 'index.html'))) throw new Error('npm run build:apply first');
  const folder = mkdtempSync(join(tmpdir(), 'apply-end-to-end-'));
  const server = process.env[TEST_DATABASE_VARIABLE]
    ? undefined
    : await startPrivateServer({ dataDir: folder, settings: ['fsync=off'] });
  if (server) process.env[TEST_DATABASE_VARIABLE] = server.url;
  const center = await startHarness(templatesIn(folder));
  const app = await publicAppOf(center, { applying: () => center.deps, applyPageDir: PAGE });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const close = async () => {
    await app.close();
    await center.close();
    if (server) {
      await server.stop();
      delete process.env[TEST_DATABASE_VARIABLE];
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const card = () =>
    issueCard(center.authority, { holder: HOLDER, municipalityCode: '99201', withoutSignature: false });
  return { center, origin, card, close };
}

export interface Applicant {
  readonly page: Page;
  readonly agent: AgentDouble;
  /** for the center: somebody at a computer of their own */
  readonly address: string;
  /** what the browser complained about, requests to anybody else, and anything of the form in an address */
  readonly complaints: readonly string[];
  shows(heading: string | RegExp): Promise<void>;
  press(button: string | RegExp): Promise<void>;
  /** nothing WCAG forbids that a machine can see, and nothing cut off on a phone */
  isSound(): Promise<void>;
}

let applicants = 0;
export async function applicantIn(context: BrowserContext, { origin }: ApplyStand): Promise<Applicant> {
  const address = `203.0.113.${(applicants += 1)}`;
  // as the proxy in front of the center says it
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': address });
  const agent = await doubleIn(context);
  const page = await context.newPage();
  const complaints = listen(page, origin);
  await page.goto(`${origin}/apply`);
  return {
    page,
    agent,
    address,
    complaints,
    shows: (heading) => expect(page.getByRole('heading', { level: 1 })).toHaveText(heading),
    press: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }).click(),
    isSound: () => expectSound(page),
  };
}

function listen(page: Page, origin: string): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isExpected = /status of 429|ERR_CONNECTION_(REFUSED|RESET)/.test(message.text());
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    const isOwn = [`${origin}/`, 'http://127.0.0.1:8792/', `blob:${origin}/`].some((own) =>
      url.startsWith(own),
    );
    // a port and the random name of a blob may have any digits
    const { protocol, pathname, search, hash } = new URL(url);
    const said = protocol === 'blob:' ? '' : `${pathname}${search}${hash}`;
    if (!isOwn || /%|\d{4}-\d{4}|1983/.test(said)) complaints.push(`asked ${url}`);
  });
  return complaints;
}

async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const before = page.viewportSize()!;
  await page.setViewportSize({ width: PHONE_PX, height: 640 });
  expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  await page.setViewportSize(before);
}

/** A center for the tests of one file, and a new applicant for each of them who has nothing to complain of. */
export function standOfThisFile(): { readonly stand: () => ApplyStand; readonly one: () => Applicant } {
  let stand: ApplyStand;
  let one: Applicant;
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    stand = await openApplyStand();
  });
  test.afterAll(() => stand.close());
  test.beforeEach(async ({ context }) => {
    one = await applicantIn(context, stand);
  });
  test.afterEach(() => expect(one.complaints).toEqual([]));
  return { stand: () => stand, one: () => one };
}
