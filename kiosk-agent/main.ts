/**
 * The agent, as a table of contents: configuration, devices, journal, runner, link. `startAgent` composes, the last
 * lines run it as a process of its own. Exit codes: 0 stopped, 2 configuration, 75 restart me, 76 restart the kiosk.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '#templates/vocabulary.ts';
import { buildOf } from './build.ts';
import { ConfigError, readConfig } from './config.ts';
import type { AgentConfig } from './config.ts';
import { connectDevices } from './devices.ts';
import { makeAdmission } from './link/admission.ts';
import type { Admission } from './link/admission.ts';
import { admissionFiles } from './link/admissionFiles.ts';
import { loadPages } from './link/pages.ts';
import { PortTaken, startLink } from './link/server.ts';
import type { Link } from './link/server.ts';
import { makeLog } from './log.ts';
import { openBook } from './transaction/book.ts';
import type { Book } from './transaction/book.ts';
import { openJournal } from './transaction/journal.ts';
import type { Journal } from './transaction/journal.ts';
import type { AgentLog, Ports } from './visit/context.ts';
import { makeRunner } from './visit/runner.ts';
import { makeVisitSettings } from './visit/settings.ts';
import type { VisitSettings } from './visit/settings.ts';
import { staffCodeOver } from './visit/staffCode.ts';
import { wait } from './wait.ts';

export const EXIT_CONFIGURATION = 2;
/** for the supervisor: start the agent again / restart the whole kiosk */
export const EXIT_RESTART_AGENT = 75;
export const EXIT_RESTART_KIOSK = 76;

export class JournalInUse extends Error {
  constructor(directory: string) {
    super(`${directory}: another agent has this journal open; one kiosk has one agent`);
    this.name = 'JournalInUse';
  }
}
export interface AgentOptions {
  readonly clock: Clock;
  readonly log?: AgentLog;
  readonly settings?: Partial<VisitSettings>;
  /** the staff asked for it: 75 or 76 */
  readonly onExit?: (code: number) => void;
  /** every new one-time token, besides the file DATA_DIR/kiosk/screen-token */
  readonly onToken?: (token: string) => void;
}
export interface Agent {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /** `url` with a token that opens one screen, once */
  screenUrl(): string;
  stop(): Promise<void>;
}

/**
 * Starts the agent over these devices; resolves when recovery and the first look at the devices are over. The screen
 * can be opened before: it shows KIOS-01 until then. Rejects with PortTaken, or when the renderer is not built.
 */
export async function startAgent(config: AgentConfig, devices: Ports, options: AgentOptions): Promise<Agent> {
  const { clock } = options;
  const log = options.log ?? makeLog();
  mkdirSync(config.directory, { recursive: true, mode: 0o700 });
  const pages = loadPages(config.rendererDirectory);
  const { journal, book, journalUnreadable } = openTransactions(config, clock, log);
  if (config.serviceMode === 'closed') journal.note({ staffClosed: true });
  const exit = options.onExit ?? ((code) => log('restart-asked', { effect: String(code) }));
  let link: Link | null = null;
  const build = buildOf([import.meta.dirname, config.rendererDirectory]);
  const runner = makeRunner({
    ...devices,
    journal,
    book,
    journalUnreadable,
    clock,
    wait,
    newId: randomUUID,
    newNumber,
    log,
    staffCode: staffCodeOver(config.staffCode, journal, clock),
    restart: (what) => {
      if (what === 'screen') link?.reload();
      else exit(what === 'agent' ? EXIT_RESTART_AGENT : EXIT_RESTART_KIOSK);
    },
    settings: makeVisitSettings({ ...config.visitSettings, ...options.settings }),
    store: config.store,
    build,
    versions: [
      { name: 'kiosk', value: config.enrolment.kioskId },
      { name: 'node', value: process.version },
      { name: 'build', value: build },
    ],
  });
  let admission: Admission | null = null;
  link = await startLink({
    port: config.port,
    pages,
    admission: () => (admission = makeAdmission(admissionFiles(config.directory, options.onToken))),
    watch: runner.watch,
    onCommand: runner.command,
    onRejected: (why) => log('screen-rejected', { error: why }),
  }).catch((error: unknown) => {
    journal.close();
    throw error;
  });
  await runner.start();
  log('ready');
  const { url, close } = link;
  return {
    url,
    screenUrl: () => `${url}/?token=${admission?.token() ?? ''}`,
    stop: async () => {
      await close();
      await runner.stop();
      await devices.reader.close();
      journal.close();
    },
  };
}

/** An unreadable journal is kept untouched; a stand-in in memory carries the staff screen, and nothing is issued. */
function openTransactions(
  config: AgentConfig,
  clock: Clock,
  log: AgentLog,
): { readonly journal: Journal; readonly book: Book; readonly journalUnreadable: boolean } {
  const opened = openJournal(join(config.directory, 'journal.sqlite'), clock);
  if (opened.kind === 'inUse') throw new JournalInUse(config.directory);
  if (opened.kind === 'open') {
    try {
      return { journal: opened.journal, book: openBook(opened.journal, clock), journalUnreadable: false };
    } catch {
      opened.journal.close();
    }
  }
  log('journal-unreadable', { error: opened.kind === 'unreadable' ? opened.reason : 'rows-do-not-add-up' });
  const standIn = openJournal(':memory:', clock);
  if (standIn.kind !== 'open') throw new Error('SQLite does not work on this machine');
  return { journal: standIn.journal, book: openBook(standIn.journal, clock), journalUnreadable: true };
}

/** Eight characters without look-alikes: 40 random bits, short enough to read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
function newNumber(): string {
  const letters = [...randomBytes(8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** DEMO_NOW moves the clock; it goes on running from there. */
function clockOf({ demoNow }: AgentConfig): Clock {
  const offset = demoNow === null ? 0 : Math.round(Date.parse(demoNow) - performance.timeOrigin);
  return () => Date.now() + offset;
}

async function run(connect: ConnectDevices): Promise<void> {
  const config = readConfig(process.env);
  const clock = clockOf(config);
  let agent: Agent | null = null;
  const leave = (code: number): void => {
    const stopped = agent?.stop() ?? Promise.resolve();
    void stopped.finally(() => process.exit(code));
  };
  process.once('SIGTERM', () => leave(0));
  process.once('SIGINT', () => leave(0));
  agent = await startAgent(config, connect(config, clock), {
    clock,
    onExit: leave,
    onToken: (token) => process.send?.({ type: 'token', token }),
  });
  process.send?.({ type: 'ready', url: agent.url, screenUrl: agent.screenUrl() });
}

type ConnectDevices = (config: AgentConfig, clock: Clock) => Ports;

/** Runs the agent as this process, over the devices of the configuration or, for the demo, over others. */
export function runAgent(connect: ConnectDevices = connectDevices): void {
  run(connect).catch((error: unknown) => {
    const known = [ConfigError, PortTaken, JournalInUse].some((kind) => error instanceof kind);
    process.stderr.write(
      known ? `${(error as Error).message}\n` : `agent failed to start: ${(error as Error).stack ?? ''}\n`,
    );
    process.exit(known ? EXIT_CONFIGURATION : 1);
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) runAgent();
