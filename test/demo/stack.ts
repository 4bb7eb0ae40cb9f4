/**
 * The whole demo as one object: database, registers, center, authority, printer, coins, card reader, agent. `npm start`,
 * `npm run issue`, the benchmarks and the end-to-end tests all start this, so what is measured and tested is what runs.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { civilMoment } from '#templates/civilTime.ts';
import type { Clock } from '#templates/vocabulary.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { DEBIAN_FONT_PATH } from '#center/documents/fontFile.ts';
import { hashStaffCode } from '#agent/visit/staffCode.ts';
import { createAuthority, type Authority } from '#simulators/authority/authority.ts';
import { startOcspResponder, type OcspResponder } from '#simulators/authority/ocspResponder.ts';
import { VPCD_PORTS } from '#simulators/card/insertCard.ts';
import { startPaymentSimulator, type PaymentSimulator } from '#simulators/payment/paymentServer.ts';
import { startPrinterSimulator, type PrinterSimulator } from '#simulators/printer/printerServer.ts';
import { startPcscd } from '#simulators/reader/pcscDaemon.ts';
import { createCardShelf, type CardShelf } from './cardShelf.ts';
import { startChild, type Child, type ChildOptions } from './childProcess.ts';
import { freePort } from './ports.ts';
import { openRegisters, type CardListing } from './registers.ts';

/** The demo's store code; a real store chooses its own (OPERATIONS.md). */
export const DEMO_STAFF_CODE = '24681357';
const KIOSK_ID = 'demo-store-001';
/** Fast enough to watch, slow enough to see page by page. */
const PAGE_TIME_MS = 1_500;

export interface StackOptions {
  readonly dataDir: string;
  /** 0 picks a free one */
  readonly kioskPort: number;
  readonly centerPort: number;
  /** the instant the demo's clock starts at; absent: now */
  readonly demoNow?: number;
  /** `direct`: the reader inside the agent process, as where pcscd cannot be had */
  readonly reader?: 'auto' | 'direct';
  readonly pageTimeMs?: number | null;
  readonly databaseUrl?: string;
  /** an own printer instead of the simulated one */
  readonly printerUrl?: string;
  readonly ocspUrl?: string;
  readonly trustDir?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly progress?: (text: string) => void;
}

export interface Stack {
  readonly dataDir: string;
  readonly authority: Authority;
  readonly ocsp: OcspResponder;
  readonly shelf: CardShelf;
  readonly printer: PrinterSimulator;
  readonly payment: PaymentSimulator;
  /** the center's store, to look things up in: a document's issue number, the audit */
  readonly db: CenterDatabase;
  /** what the card is read through, in words */
  readonly readerWords: string;
  readonly centerUrl: string;
  readonly clock: Clock;
  /** health, metrics and openapi.json of the center, plain HTTP */
  adminUrl(): string;
  agent(): Child;
  center(): Child;
  /** again after a kill or an exit asked for by staff; everything else goes on */
  restartAgent(): Promise<void>;
  restartCenter(): Promise<void>;
  /** a fresh one-time URL of the kiosk's screen */
  kioskUrl(): Promise<string>;
  listCards(): readonly CardListing[];
  processes(): readonly { readonly name: string; readonly pid: number }[];
  /** `stop` was called: children that end now end because of it */
  stopping(): boolean;
  stop(): Promise<void>;
}

/** Starts everything and resolves when the agent and the center are up. What was started is stopped again on a failure. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.reverse().splice(0)) await stop();
  };
  try {
    return await compose(options, stops, stopAll);
  } catch (error) {
    await stopAll();
    throw error;
  }
}

async function compose(
  options: StackOptions,
  stops: (() => Promise<void>)[],
  stopAll: () => Promise<void>,
): Promise<Stack> {
  const say = options.progress ?? (() => undefined);
  const dataDir = resolve(options.dataDir);
  for (const folder of ['', 'log', 'kiosk'])
    mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o755 });
  const offset = options.demoNow === undefined ? 0 : options.demoNow - Date.now();
  const clock: Clock = () => Date.now() + offset;
  const today = civilMoment(clock()).date;

  say('certificates of the authority');
  const authority = await createAuthority(join(dataDir, 'authority'), { clock });
  const ocsp = await startOcspResponder({ authority, port: 0, clock });
  stops.push(() => ocsp.close());
  const printer = await startPrinterSimulator({
    pageTimeMs: options.pageTimeMs === undefined ? PAGE_TIME_MS : options.pageTimeMs,
  });
  stops.push(() => printer.close());
  const payment = await startPaymentSimulator({ journalFile: join(dataDir, 'coins.json'), clock });
  stops.push(() => payment.close());

  say('card reader');
  const reader = await chooseReader(options, dataDir);
  stops.push(reader.stop);
  const shelf = createCardShelf({
    authority,
    folder: join(dataDir, 'cards'),
    today,
    readerPort: reader.port,
  });
  stops.push(() => shelf.remove());

  const centerPort = options.centerPort === 0 ? await freePort() : options.centerPort;
  const kioskPort = options.kioskPort === 0 ? await freePort() : options.kioskPort;
  const centerUrl = `https://localhost:${centerPort}`;
  const enrolmentFile = join(dataDir, 'kiosk/enrolment.json');
  say('database and registers');
  const registers = await openRegisters({
    dataDir,
    databaseUrl: options.databaseUrl,
    shelf,
    today,
    clock,
    fontPath: options.env?.CERTIFICATE_FONT ?? DEBIAN_FONT_PATH,
    kiosk: { id: KIOSK_ID, centerUrl, file: enrolmentFile },
  });
  stops.push(registers.close);
  await writeStaffCode(join(dataDir, 'kiosk/staff-code'));

  const common: NodeJS.ProcessEnv = {
    ...process.env,
    ...options.env,
    DATA_DIR: dataDir,
  };
  // a process that starts later starts later on the demo's clock too
  const now = (): NodeJS.ProcessEnv =>
    options.demoNow === undefined ? {} : { DEMO_NOW: new Date(clock()).toISOString() };
  const centerOptions = (): ChildOptions => ({
    name: 'issuance-center',
    script: 'issuance-center/main.ts',
    logFile: join(dataDir, 'log/center.log'),
    env: {
      ...common,
      CENTER_PORT: String(centerPort),
      JPKI_TRUST_DIR: options.trustDir ?? authority.trustDir,
      OCSP_URL: options.ocspUrl ?? ocsp.url,
      SERVICE_MODE: 'demo',
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      ...now(),
    },
  });
  const agentOptions = (): ChildOptions => ({
    name: 'kiosk-agent',
    script: reader.agentScript,
    logFile: join(dataDir, 'log/agent.log'),
    env: {
      ...common,
      KIOSK_PORT: String(kioskPort),
      KIOSK_ENROLMENT: enrolmentFile,
      PRINTER_URL: options.printerUrl ?? printer.url,
      PAYMENT_URL: payment.url,
      STAFF_CODE_FILE: join(dataDir, 'kiosk/staff-code'),
      RENDERER_DIR: resolve(import.meta.dirname, '../../dist/renderer'),
      ...reader.env,
      ...now(),
    },
  });
  say('issuance center and kiosk agent');
  // the center first: the agent's first look at its devices then finds it, and a visit can begin at once
  let center = await startChild(centerOptions());
  stops.push(() => center.stop());
  let agent = await startChild(agentOptions());
  stops.push(() => agent.stop());
  let stopping = false;

  return {
    dataDir,
    authority,
    ocsp,
    shelf,
    printer,
    payment,
    db: registers.db,
    readerWords: reader.words,
    centerUrl,
    clock,
    adminUrl: () => String(center.ready.adminUrl),
    agent: () => agent,
    center: () => center,
    restartAgent: async () => {
      await agent.stop();
      agent = await startChild(agentOptions());
    },
    restartCenter: async () => {
      await center.stop();
      center = await startChild(centerOptions());
    },
    kioskUrl: async () => screenUrl(kioskPort, dataDir),
    listCards: () => registers.listCards(),
    processes: () => [
      { name: 'demo', pid: process.pid },
      { name: center.name, pid: center.pid },
      { name: agent.name, pid: agent.pid },
      ...reader.processes,
    ],
    stopping: () => stopping,
    stop: async () => {
      stopping = true;
      await stopAll();
    },
  };
}

interface ChosenReader {
  readonly port: number;
  readonly words: string;
  readonly agentScript: string;
  readonly env: NodeJS.ProcessEnv;
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
  readonly stop: () => Promise<void>;
}

/** PC/SC with the virtual reader, or, where that cannot be had, the reader inside the agent's process. */
async function chooseReader(options: StackOptions, dataDir: string): Promise<ChosenReader> {
  const daemon = options.reader === 'direct' ? null : await startPcscd({ buildDir: join(dataDir, 'build') });
  if (daemon && daemon.kind !== 'unavailable') {
    return {
      port: VPCD_PORTS[0],
      words:
        daemon.kind === 'started'
          ? 'pcscd (started here) with a virtual card'
          : 'pcscd (already running) with a virtual card',
      agentScript: 'kiosk-agent/main.ts',
      env: { CARD_READER: 'Virtual PCD 00 00' },
      processes: daemon.kind === 'started' ? [{ name: 'pcscd', pid: daemon.pid }] : [],
      stop: () => daemon.stop(),
    };
  }
  const port = await freePort();
  const why = daemon ? daemon.reason : 'as asked for';
  return {
    port,
    words: `virtual card attached in process, without PC/SC (${why})`,
    agentScript: 'test/demo/directAgent.ts',
    env: { DIRECT_READER_PORT: String(port) },
    processes: [],
    stop: async () => undefined,
  };
}

async function writeStaffCode(file: string): Promise<void> {
  if (existsSync(file)) return;
  writeFileSync(file, await hashStaffCode(DEMO_STAFF_CODE, randomBytes(16)), { mode: 0o600 });
}

/** The agent keeps a fresh one-time token in a private file and replaces it after use. */
function screenUrl(kioskPort: number, dataDir: string): string {
  const token = readFileSync(join(dataDir, 'kiosk/screen-token'), 'utf8').trim();
  return `http://127.0.0.1:${kioskPort}/?token=${token}`;
}
