/**
 * The whole demo as one object: database, registers, center, authority, printer, coins, card reader, agent. `npm start`,
 * `npm run issue`, the benchmarks and the end-to-end tests all start this, so what is measured and tested is what runs.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { civilMoment } from '#templates/civilTime.ts';
import type { CivilDate, Clock } from '#templates/vocabulary.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { DEBIAN_FONT_PATH } from '#center/documents/fontFile.ts';
import { hashStaffCode } from '#agent/visit/staffCode.ts';
import type { Authority } from '#simulators/authority/authority.ts';
import type { OcspResponder } from '#simulators/authority/ocspResponder.ts';
import type { PaymentSimulator } from '#simulators/payment/paymentServer.ts';
import type { PrinterSimulator } from '#simulators/printer/printerServer.ts';
import type { CardShelf } from './cardShelf.ts';
import type { Child } from './childProcess.ts';
import { startDevices } from './devices.ts';
import { freePort } from './ports.ts';
import { childOptions, startProcesses } from './processes.ts';
import { feedRegisters, openStore, type CardListing, type Registers } from './registers.ts';

/** The demo's store code; a real store chooses its own (OPERATIONS.md). */
export const DEMO_STAFF_CODE = '24681357';
const KIOSK_ID = 'demo-store-001';

export interface StackOptions {
  readonly dataDir: string;
  /** 0 picks a free one */
  readonly kioskPort: number;
  readonly centerPort: number;
  /** verification page; absent: a free one */
  readonly publicPort?: number;
  /** register feeds; absent: a free one */
  readonly feedPort?: number;
  /** municipal console; absent: a free one */
  readonly consolePort?: number;
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
  /** the verification page */
  verifyUrl(): string;
  /** the municipal console */
  consoleUrl(): string;
  /** the door for register feeds */
  feedUrl(): string;
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
  const place = await placeOf(options);
  say('authority, printer, coins and card reader');
  const devices = await startDevices(place, options, stops);
  say('database');
  const store = await openStore({
    ...place,
    databaseUrl: options.databaseUrl,
    kiosk: { id: KIOSK_ID, centerUrl: place.centerUrl, file: place.enrolmentFile },
  });
  stops.push(store.close);
  await writeStaffCode(place.staffCodeFile);
  say('issuance center');
  let registers: Registers | undefined;
  const children = childOptions(place, options, devices);
  const processes = await startProcesses(children, stops, async ({ ready }) => {
    say('registers of the municipalities, and the kiosk agent');
    registers = await feedRegisters({
      ...place,
      db: store.db,
      feedUrl: String(ready.feedUrl),
      shelf: devices.shelf,
      fontPath: options.env?.CERTIFICATE_FONT ?? DEBIAN_FONT_PATH,
    });
    stops.push(registers.close);
  });
  let stopping = false;
  return {
    ...devices,
    ...processes,
    dataDir: place.dataDir,
    db: store.db,
    readerWords: devices.reader.words,
    centerUrl: place.centerUrl,
    clock: place.clock,
    adminUrl: () => String(processes.center().ready.adminUrl),
    verifyUrl: () => `${String(processes.center().ready.publicUrl)}/`,
    consoleUrl: () => `${String(processes.center().ready.consoleUrl)}/`,
    feedUrl: () => String(processes.center().ready.feedUrl),
    kioskUrl: async () => screenUrl(place.kioskPort, place.dataDir),
    listCards: () => registers?.listCards() ?? [],
    processes: () => [
      { name: 'demo', pid: process.pid },
      ...[processes.center(), processes.agent()].map(({ name, pid }) => ({ name, pid })),
      ...devices.reader.processes,
    ],
    stopping: () => stopping,
    stop: async () => {
      stopping = true;
      await stopAll();
    },
  };
}

/** Where this demo lives and what time it is there. */
export interface Place {
  readonly dataDir: string;
  readonly kioskPort: number;
  readonly centerPort: number;
  readonly centerUrl: string;
  readonly publicPort: number;
  readonly feedPort: number;
  readonly consolePort: number;
  readonly enrolmentFile: string;
  readonly staffCodeFile: string;
  readonly clock: Clock;
  readonly today: CivilDate;
}

async function placeOf(options: StackOptions): Promise<Place> {
  const dataDir = resolve(options.dataDir);
  for (const folder of ['', 'log', 'kiosk']) {
    mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o755 });
  }
  const offset = options.demoNow === undefined ? 0 : options.demoNow - Date.now();
  const clock: Clock = () => Date.now() + offset;
  const centerPort = options.centerPort === 0 ? await freePort() : options.centerPort;
  return {
    dataDir,
    kioskPort: options.kioskPort === 0 ? await freePort() : options.kioskPort,
    centerPort,
    centerUrl: `https://localhost:${centerPort}`,
    // fixed for this demo: it is printed on paper, and a center that starts again is asked there too
    publicPort: options.publicPort || (await freePort()),
    feedPort: options.feedPort || (await freePort()),
    consolePort: options.consolePort || (await freePort()),
    enrolmentFile: join(dataDir, 'kiosk/enrolment.json'),
    staffCodeFile: join(dataDir, 'kiosk/staff-code'),
    clock,
    today: civilMoment(clock()).date,
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
