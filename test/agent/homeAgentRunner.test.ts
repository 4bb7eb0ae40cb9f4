/** The home agent over a card in memory: every secret is zeroed, every connection ends, a fault of ours tells nothing. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { CardReaderPort, ReaderStatus } from '#agent/card/cardReaderPort.ts';
import { homeRunner, type HomeRunner } from '#agent/home/runner.ts';
import type { SecretKind, Touch } from '#agent/home/state.ts';
import {
  makeSigningDesk,
  RIGHT_PASSWORD,
  RIGHT_TEXT_PIN,
  testSigning,
  type SigningDesk,
} from '#agent/visit/testSigning.ts';
import { wait } from '#agent/wait.ts';
import { NOW, requestWith, SITE } from './homeAgentBench.ts';

const PIN = '1234';
const PRESENT: ReaderStatus = { kind: 'present', atr: Buffer.alloc(0) };

/** A reader and a card in memory, and what they were given. */
function makeDesk() {
  const listeners = new Set<(status: ReaderStatus) => void>();
  const signing: SigningDesk = makeSigningDesk();
  const desk = {
    signing,
    status: PRESENT,
    present: true,
    open: 0,
    opened: 0,
    pins: [] as Buffer[],
    /** resolved later by the test where it is set */
    connecting: Promise.resolve(),
    broken: false,
    /** happens while the PIN is verified */
    duringPin: (): void => undefined,
    possessions: 0,
    say: (status: ReaderStatus) => {
      desk.status = status;
      desk.present = status.kind === 'present';
      for (const listener of listeners) listener(status);
    },
    take: () => desk.say({ kind: 'empty' }),
  };
  const reader: CardReaderPort = {
    status: () => desk.status,
    watch: (listener) => {
      listeners.add(listener);
      listener(desk.status);
      return () => void listeners.delete(listener);
    },
    connect: async () => {
      await desk.connecting;
      desk.open += 1;
      desk.opened += 1;
      return {
        transmit: () => Promise.reject(new Error('not used')),
        close: async () => void (desk.open -= 1),
      };
    },
    close: async () => undefined,
  };
  const card = {
    readHolder: async () =>
      ({ kind: 'holder', certificate: Buffer.from('authentication certificate'), triesLeft: 3 }) as const,
    verifyPin: async (_connection: unknown, pin: Buffer) => {
      desk.pins.push(pin);
      desk.duringPin();
      if (desk.broken) throw new TypeError(`a message that may hold ${pin.toString()}`);
      return pin.toString() === PIN
        ? ({ kind: 'verified' } as const)
        : ({ kind: 'wrong', triesLeft: 2 } as const);
    },
    signChallenge: async () => {
      desk.possessions += 1;
      return { kind: 'signed', signature: Buffer.from('possession') } as const;
    },
  };
  return { desk, reader, card };
}

let made: ReturnType<typeof makeDesk>;
let runner: HomeRunner;
let faults: string[];
beforeEach(() => {
  made = makeDesk();
  faults = [];
  const { desk, reader, card } = made;
  runner = homeRunner({
    site: SITE,
    reader,
    card,
    signing: testSigning(desk),
    clock: () => NOW,
    wait,
    onFault: (name) => void faults.push(name),
  });
  return () => runner.close();
});

function open(id: string) {
  const state = runner.consent(id);
  if (state.kind !== 'open') throw new Error(state.kind);
  return state;
}
const touch = (id: string, name: Touch) => runner.touch(id, open(id).turn, name);
const given: Buffer[] = [];
function enter(id: string, secret: SecretKind, text: string): boolean {
  const bytes = Buffer.from(text);
  given.push(bytes);
  return runner.enter(id, open(id).turn, secret, bytes);
}
/** Everything that is under way ends. */
const settled = () => new Promise((done) => setImmediate(done));
const stage = (id: string) => open(id).stage.at;

async function reviewing(cardText = false): Promise<string> {
  const id = runner.ask(requestWith({ cardText }));
  touch(id, 'begin');
  await settled();
  if (cardText) {
    enter(id, 'text-pin', RIGHT_TEXT_PIN);
    await settled();
  }
  enter(id, 'password', RIGHT_PASSWORD);
  await settled();
  expect(stage(id)).toBe('reviewing');
  return id;
}
function expectNothingHeld(): void {
  const secrets = [...given, ...made.desk.pins, ...made.desk.signing.secrets];
  expect(secrets.length).toBeGreaterThan(0);
  expect(secrets.every((secret) => secret.every((byte) => byte === 0))).toBe(true);
  expect(made.desk.open).toBe(0);
}

describe('secrets', () => {
  it('are zeroed when the application is signed, and the card is free', async () => {
    const id = await reviewing(true);
    touch(id, 'confirm');
    enter(id, 'pin', PIN);
    await settled();
    expect(runner.answer(id).kind).toBe('signed');
    expect(given.length).toBe(3);
    expectNothingHeld();
  });

  it('are zeroed when they are wrong, and the card stays with the applicant', async () => {
    const id = runner.ask(requestWith());
    touch(id, 'begin');
    await settled();
    enter(id, 'password', 'WRONG1');
    await settled();
    expect(stage(id)).toBe('enteringPassword');
    expect(given.at(-1)).toEqual(Buffer.alloc(6));
    expect(made.desk.open).toBe(1);
  });

  it('are zeroed when nobody asked for them, and no card sees them', () => {
    const id = runner.ask(requestWith());
    for (const secret of ['password', 'pin', 'text-pin'] as const) {
      expect(enter(id, secret, '123456')).toBe(false);
      expect(given.at(-1)).toEqual(Buffer.alloc(6));
    }
    expect(made.desk.signing.secrets).toEqual([]);
  });

  it('are zeroed when the card leaves with them', async () => {
    const id = await reviewing();
    made.desk.signing.pulledDuring = 'signContent';
    touch(id, 'confirm');
    enter(id, 'pin', PIN);
    await settled();
    expect(stage(id)).toBe('noticed');
    expectNothingHeld();
  });
});

describe('what ends it in the middle', () => {
  it.each<[string, (id: string) => void]>([
    ['the applicant says no', (id) => runner.cancel(id)],
    ['the page gives up', (id) => runner.drop(id)],
    ['another request', () => void runner.ask(requestWith())],
    ['the reader goes away', () => made.desk.say({ kind: 'unavailable' })],
    ['the program is stopped', () => void runner.close()],
  ])('%s while both signatures are made: none is handed out', async (_what, end) => {
    const id = await reviewing();
    touch(id, 'confirm');
    enter(id, 'pin', PIN);
    end(id);
    await settled();
    expect(runner.answer(id).kind).not.toBe('signed');
    expectNothingHeld();
  });

  it('the applicant says no while the PIN is verified: the second signature is never made', async () => {
    const id = await reviewing();
    touch(id, 'confirm');
    made.desk.duringPin = () => runner.cancel(id);
    enter(id, 'pin', PIN);
    await settled();
    expect([runner.answer(id).kind, made.desk.possessions]).toEqual(['cancelled', 0]);
    expectNothingHeld();
  });

  it('a card that is given up while the reader connects is let go, and the next one waits for it', async () => {
    let connected = (): void => undefined;
    made.desk.connecting = new Promise((resolve) => (connected = resolve));
    const id = runner.ask(requestWith());
    touch(id, 'begin');
    runner.cancel(id);
    const next = runner.ask(requestWith());
    touch(next, 'begin');
    await settled();
    expect(made.desk.opened).toBe(0);
    connected();
    await settled();
    await settled();
    expect([made.desk.opened, made.desk.open, stage(next)]).toEqual([2, 1, 'enteringPassword']);
  });
});

describe('the reader', () => {
  it('that is not there is waited for', async () => {
    made.desk.say({ kind: 'unavailable' });
    const id = runner.ask(requestWith());
    touch(id, 'begin');
    expect([stage(id), open(id).reader]).toEqual(['placing', 'unavailable']);
    made.desk.say({ kind: 'empty' });
    expect(open(id).reader).toBe('empty');
    made.desk.say(PRESENT);
    await settled();
    expect(stage(id)).toBe('enteringPassword');
  });
  it('that goes away is told as CARD-10, in the words for home', async () => {
    const id = await reviewing();
    made.desk.say({ kind: 'unavailable' });
    expect(open(id).stage).toMatchObject({
      notice: { code: 'CARD-10', title: 'カードリーダーが使えません' },
    });
  });
});

describe('a fault of ours', () => {
  it('ends with SYS-01; of the error only its name is told', async () => {
    made.desk.broken = true;
    const id = await reviewing();
    touch(id, 'confirm');
    enter(id, 'pin', PIN);
    await settled();
    expect(runner.consent(id)).toMatchObject({ kind: 'ended', notice: { code: 'SYS-01' } });
    expect(runner.answer(id)).toEqual({ kind: 'refused', notice: 'SYS-01' });
    expect(faults).toEqual(['TypeError']);
    expectNothingHeld();
  });
});
