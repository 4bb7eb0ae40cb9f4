/** A whole kiosk in memory for tests: fake devices below the ports, the real runner, book, journal and checks above. */
import { randomUUID } from 'node:crypto';
import { CardTransportError } from '../card/cardReaderPort.ts';
import type { CardReaderPort, ReaderStatus } from '../card/cardReaderPort.ts';
import type { Clock } from '#templates/vocabulary.ts';
import { checkPrepared } from '../center/manifestCheck.ts';
import { checkSpecimen } from '../center/specimenCheck.ts';
import type { Command, View, ViewMessage } from '../contract/deviceLink.ts';
import { openBook } from '../transaction/book.ts';
import { openJournal } from '../transaction/journal.ts';
import type { Journal } from '../transaction/journal.ts';
import { makeWorld, testPrinter, testTerminal } from '../transaction/testDevices.ts';
import type { World } from '../transaction/testDevices.ts';
import type { Wait } from '../wait.ts';
import type { Ports, RunnerDeps } from './context.ts';
import { makeRunner } from './runner.ts';
import type { Runner } from './runner.ts';
import { makeVisitSettings } from './settings.ts';
import { makeCenterState, MANIFEST_KEY, testCenter } from './testCenter.ts';
import type { CenterState } from './testCenter.ts';
import { makeSigningDesk, testSigning } from './testSigning.ts';
import type { SigningDesk } from './testSigning.ts';

export const NOON = Date.parse('2026-11-20T12:00:00+09:00');
export const RIGHT_PIN = '1234';

/** A card and the place it lies on. */
export interface Desk {
  present: boolean;
  triesLeft: number;
  /** the card leaves during this step */
  pulledDuring: 'readHolder' | 'verifyPin' | 'signChallenge' | null;
  readonly listeners: Set<(status: ReaderStatus) => void>;
  connections: number;
  /** every PIN buffer the card was given, to see that it was zeroed */
  readonly pins: Buffer[];
  readonly signing: SigningDesk;
  /** another card lies there from now on */
  holder: string;
  put(): void;
  take(): void;
}
export function makeDesk(): Desk {
  const desk: Desk = {
    present: false,
    triesLeft: 3,
    pulledDuring: null,
    listeners: new Set(),
    connections: 0,
    pins: [],
    signing: makeSigningDesk(),
    holder: 'certificate of the holder',
    put: () => move(true),
    take: () => move(false),
  };
  const move = (present: boolean): void => {
    desk.present = present;
    for (const listener of desk.listeners) listener(statusOf(desk));
  };
  return desk;
}
function statusOf(desk: Desk): ReaderStatus {
  return desk.present ? { kind: 'present', atr: Buffer.alloc(0) } : { kind: 'empty' };
}

function testReader(desk: Desk): CardReaderPort {
  return {
    status: () => statusOf(desk),
    watch: (listener) => {
      desk.listeners.add(listener);
      listener(statusOf(desk));
      return () => void desk.listeners.delete(listener);
    },
    connect: async () => {
      if (!desk.present) throw new CardTransportError('removed', 'no card');
      desk.connections += 1;
      return {
        transmit: () => Promise.reject(new CardTransportError('protocol', 'not used here')),
        close: async () => {
          desk.connections -= 1;
        },
      };
    },
    close: async () => undefined,
  };
}

function testCard(desk: Desk): RunnerDeps['card'] {
  const pulled = (step: Desk['pulledDuring']): boolean => {
    if (desk.pulledDuring === step) desk.take();
    return !desk.present;
  };
  const removed = { kind: 'lost', notice: 'CARD-05' } as const;
  return {
    readHolder: async () => {
      if (pulled('readHolder')) return { kind: 'refused', notice: removed.notice as never };
      if (desk.triesLeft === 0) return { kind: 'refused', notice: 'CARD-04' as never };
      return {
        kind: 'holder',
        certificate: Buffer.from(desk.holder),
        triesLeft: desk.triesLeft,
      };
    },
    verifyPin: async (_connection, pin) => {
      desk.pins.push(pin);
      if (pulled('verifyPin')) return { kind: 'lost', notice: removed.notice as never };
      const right = pin.toString('ascii') === RIGHT_PIN;
      desk.triesLeft = right ? 3 : desk.triesLeft - 1;
      if (right) return { kind: 'verified' };
      return desk.triesLeft === 0 ? { kind: 'blocked' } : { kind: 'wrong', triesLeft: desk.triesLeft };
    },
    signChallenge: async () => {
      if (pulled('signChallenge')) return { kind: 'lost', notice: removed.notice as never };
      return { kind: 'signed', signature: Buffer.alloc(256, 1) };
    },
  };
}

export interface TestKiosk {
  readonly runner: Runner;
  readonly world: World;
  readonly desk: Desk;
  readonly center: CenterState;
  readonly journal: Journal;
  readonly logged: string[];
  readonly restarts: string[];
  /** types of all rows written since this kiosk was made */
  everyRow(): readonly string[];
  /** moves the clock; timers that are due run */
  pass(milliseconds: number): Promise<void>;
  /** the first view, the latest included, for which this holds */
  until<A extends View['at']>(at: A): Promise<Extract<View, { at: A }>>;
  touch(command: Command): void;
  latest(): ViewMessage;
}
export interface Given {
  readonly world?: World;
  readonly desk?: Desk;
  readonly center?: CenterState;
  readonly journal?: Journal;
  readonly settings?: Parameters<typeof makeVisitSettings>[0];
}

export function memoryJournal(): Journal {
  const opened = openJournal(':memory:', () => NOON);
  if (opened.kind !== 'open') throw new Error('no SQLite');
  return opened.journal;
}

function recording(journal: Journal, rows: string[]): Journal {
  return {
    ...journal,
    append: (transaction, events) => {
      journal.append(transaction, events);
      rows.push(...events.map(({ type }) => type));
    },
  };
}

/** A clock that only moves when the test says so, and the waits that hang on it. */
function testTime() {
  let now = NOON;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const wait: Wait = (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper = { at: now + milliseconds, wake: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        sleepers.delete(sleeper);
        resolve();
      });
    });
  const pass = async (milliseconds: number): Promise<void> => {
    const end = now + milliseconds;
    for (;;) {
      const due = [...sleepers].filter(({ at }) => at <= end).sort((left, right) => left.at - right.at)[0];
      if (!due) break;
      sleepers.delete(due);
      now = Math.max(now, due.at);
      due.wake();
      await settled();
    }
    now = end;
  };
  return { clock: () => now, wait, pass };
}

/** Lets every promise that can go on go on: the fakes answer without I/O, so one turn of the loop is enough. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export interface TestDevices {
  readonly world: World;
  readonly desk: Desk;
  readonly center: CenterState;
}
/** What devices.ts joins for a real kiosk. */
export function testPorts({ world, desk, center }: TestDevices, clock: Clock): Ports {
  return {
    reader: testReader(desk),
    card: testCard(desk),
    signing: testSigning(desk),
    printer: testPrinter(world),
    payment: testTerminal(world),
    center: testCenter(center, clock),
    checkPrepared: (input) => checkPrepared({ ...input, manifestKey: MANIFEST_KEY }),
    checkSpecimen: (input) => checkSpecimen({ ...input, manifestKey: MANIFEST_KEY }),
  };
}

export const STORE = { name: '架空店', number: '0001', machineSerial: 'KSK-0001' } as const;

/** never the same twice, whatever is restarted */
let number = 0;

export function makeTestKiosk(given: Given = {}): TestKiosk {
  const world = given.world ?? makeWorld();
  const desk = given.desk ?? makeDesk();
  const center = given.center ?? makeCenterState();
  const rows: string[] = [];
  const journal = recording(given.journal ?? memoryJournal(), rows);
  const { clock, wait, pass } = testTime();
  const logged: string[] = [];
  const restarts: string[] = [];
  const runner = makeRunner({
    ...testPorts({ world, desk, center }, clock),
    journal,
    journalUnreadable: false,
    book: openBook(journal, clock),
    clock,
    wait,
    newId: randomUUID,
    newNumber: () => `TEST-${String((number += 1)).padStart(4, '0')}`,
    log: (event, fields) => void logged.push(`${event} ${JSON.stringify(fields ?? {})}`),
    staffCode: {
      check: async (code) =>
        code === '246810' ? { kind: 'admitted' } : { kind: 'refused', lockedUntil: null },
    },
    restart: (what) => void restarts.push(what),
    settings: makeVisitSettings(given.settings),
    versions: [],
    build: '0.0.0+test',
    store: STORE,
  });
  const until = async (at: View['at']): Promise<View> => {
    for (let turn = 0; turn < 200; turn += 1) {
      const { view } = runner.latest();
      if (view.at === at) return view;
      await settled();
    }
    throw new Error(`waited for ${at}, the screen shows ${JSON.stringify(runner.latest().view)}`);
  };
  return {
    runner,
    world,
    desk,
    center,
    journal,
    logged,
    restarts,
    everyRow: () => rows,
    pass,
    until: until as TestKiosk['until'],
    touch: (command) => runner.command({ type: 'command', seen: runner.latest().sequence, command }),
    latest: runner.latest,
  };
}

/** From idle to the choice of certificates. */
export async function authenticated(kiosk: TestKiosk): Promise<void> {
  await kiosk.until('idle');
  kiosk.touch({ type: 'start' });
  kiosk.touch({ type: 'agree' });
  kiosk.desk.put();
  await kiosk.until('enteringPin');
  kiosk.touch({ type: 'enterPin', pin: RIGHT_PIN });
  await kiosk.until('returningCard');
  kiosk.desk.take();
}

/** From the choice of certificates to the confirmation, `copies` of one kind for the resident alone. */
export async function ordered(kiosk: TestKiosk, copies = 1): Promise<void> {
  await authenticated(kiosk);
  await kiosk.until('choosingCertificate');
  kiosk.touch({ type: 'chooseKind', kind: 'resident-record-copy' });
  kiosk.touch({ type: 'goOn' });
  kiosk.touch({ type: 'goOn' });
  kiosk.touch({ type: 'answer', question: 'copies', values: [String(copies)] });
  kiosk.touch({ type: 'goOn' });
  await kiosk.until('basket');
  kiosk.touch({ type: 'goOn' });
}
