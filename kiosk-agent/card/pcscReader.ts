/**
 * CardReaderPort over pcsclite 1.0.1: a supervisor that outlives pcscd. Absent at start, dying, coming back: the binding
 * never recovers by itself, so it is made anew with a back-off (card.md 6.4).
 */
import { wait as realWait, type Wait } from '../wait.ts';
import { CardTransportError, type CardReaderPort, type ReaderStatus } from './cardReaderPort.ts';
import { openPcsc, PCSC, type PcscClient, type PcscReader, type PcscStatus } from './pcscBinding.ts';
import { connectExclusive, type PcscConnection } from './pcscConnection.ts';

/** pcscd restarts in well under a second; a machine without it is asked every five. */
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

export interface PcscReaderOptions {
  /** part of a PC/SC reader name; without it the first reader found is used, and only that one */
  readonly readerName?: string;
  readonly open?: () => PcscClient;
  readonly wait?: Wait;
}
/** One life of the PC/SC service, from its opening to its loss. */
interface Life {
  readonly client: PcscClient;
  readonly readers: Set<PcscReader>;
}
interface Supervisor {
  readonly options: Required<Omit<PcscReaderOptions, 'readerName'>> & { readonly readerName: string | null };
  readonly listeners: Set<(status: ReaderStatus) => void>;
  readonly stopped: AbortController;
  status: ReaderStatus;
  /** event counter of the status above; a card that was exchanged quickly differs only here */
  presence: number;
  life: Life | null;
  reader: PcscReader | null;
  connection: PcscConnection | null;
  connecting: boolean;
  left: PromiseWithResolvers;
}
interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

/** Starts to look for the reader at once. Never throws; what is missing shows as `unavailable`. */
export function createPcscReader(options: PcscReaderOptions = {}): CardReaderPort {
  const supervisor: Supervisor = {
    options: {
      open: options.open ?? openPcsc,
      wait: options.wait ?? realWait,
      readerName: options.readerName ?? null,
    },
    listeners: new Set(),
    stopped: new AbortController(),
    status: { kind: 'unavailable' },
    presence: 0,
    life: null,
    reader: null,
    connection: null,
    connecting: false,
    left: signal(),
  };
  void keepOpen(supervisor);
  return {
    status: () => supervisor.status,
    watch: (listener) => {
      supervisor.listeners.add(listener);
      listener(supervisor.status);
      return () => void supervisor.listeners.delete(listener);
    },
    connect: () => connect(supervisor),
    close: () => close(supervisor),
  };
}

async function keepOpen(supervisor: Supervisor): Promise<void> {
  const { open, wait } = supervisor.options;
  let pause = FIRST_RETRY_MS;
  while (!supervisor.stopped.signal.aborted) {
    const lost = openLife(supervisor, open);
    if (lost) {
      await Promise.race([lost.then(() => (pause = FIRST_RETRY_MS)), aborted(supervisor.stopped.signal)]);
    }
    if (supervisor.stopped.signal.aborted) return;
    await wait(pause, supervisor.stopped.signal);
    pause = Math.min(pause * 2, LAST_RETRY_MS);
  }
}

/** Null when the service is not there; otherwise resolves when it is lost. */
function openLife(supervisor: Supervisor, open: () => PcscClient): Promise<void> | null {
  let client: PcscClient;
  try {
    client = open();
  } catch {
    return null;
  }
  const life: Life = { client, readers: new Set() };
  supervisor.life = life;
  return new Promise((resolve) => {
    client.on('reader', (reader) => addReader(supervisor, life, reader));
    client.on('error', () => {
      // the binding calls us with its own lock held; closing it here would wait for itself
      setImmediate(() => {
        endLife(supervisor, life);
        resolve();
      });
    });
  });
}

function addReader(supervisor: Supervisor, life: Life, reader: PcscReader): void {
  life.readers.add(reader);
  // without a listener an `error` event ends the process; `end` or the client's own error follows where it matters
  reader.on('error', () => undefined);
  reader.on('status', (status) => {
    if (supervisor.reader === reader) takeStatus(supervisor, status);
  });
  reader.on('end', () => {
    life.readers.delete(reader);
    setImmediate(() => closeReader(reader));
    if (supervisor.reader !== reader) return;
    supervisor.reader = null;
    announce(supervisor, { kind: 'unavailable' });
  });
  const { readerName } = supervisor.options;
  const wanted = readerName === null || reader.name.includes(readerName);
  if (wanted && supervisor.reader === null && supervisor.life === life) supervisor.reader = reader;
}

function takeStatus(supervisor: Supervisor, { state, atr }: PcscStatus): void {
  const presence = state >>> 16;
  const present = (state & PCSC.statePresent) !== 0;
  const before = supervisor.status;
  const sameCard = before.kind === 'present' && present && supervisor.presence === presence;
  supervisor.presence = presence;
  if (sameCard) return;
  if (before.kind === 'present' || !present) announce(supervisor, { kind: 'empty' });
  if (present) announce(supervisor, { kind: 'present', atr: Buffer.from(atr ?? []) });
}

function announce(supervisor: Supervisor, status: ReaderStatus): void {
  const unchanged = status.kind === supervisor.status.kind && status.kind !== 'present';
  supervisor.status = status;
  if (status.kind !== 'present') {
    supervisor.left.resolve();
    supervisor.left = signal();
  }
  if (unchanged) return;
  for (const listener of [...supervisor.listeners]) listener(status);
}

async function connect(supervisor: Supervisor): Promise<PcscConnection> {
  const { reader, status } = supervisor;
  if (!reader || status.kind === 'unavailable') throw new CardTransportError('reader', 'no card reader');
  if (status.kind === 'empty') throw new CardTransportError('removed', 'no card on the reader');
  if (supervisor.connection || supervisor.connecting) {
    throw new CardTransportError('busy', 'the card is in use by this process');
  }
  supervisor.connecting = true;
  try {
    const connection = await connectExclusive(reader, supervisor.options.wait, supervisor.left.promise);
    supervisor.connection = connection;
    void connection.released.then(() => {
      if (supervisor.connection === connection) supervisor.connection = null;
    });
    return connection;
  } finally {
    supervisor.connecting = false;
  }
}

function endLife(supervisor: Supervisor, life: Life): void {
  if (supervisor.life !== life) return;
  supervisor.life = null;
  supervisor.reader = null;
  const { connection } = supervisor;
  announce(supervisor, { kind: 'unavailable' });
  void connection?.close();
  // closing a reader waits for its native call in the event loop's own thread: let a running one end first
  const quiet = connection?.released ?? Promise.resolve();
  void quiet.then(() => {
    for (const reader of life.readers) closeReader(reader);
    closeClient(life.client);
  });
}

async function close(supervisor: Supervisor): Promise<void> {
  if (supervisor.stopped.signal.aborted) return;
  supervisor.stopped.abort();
  supervisor.listeners.clear();
  await supervisor.connection?.close();
  if (supervisor.life) endLife(supervisor, supervisor.life);
}

function closeReader(reader: PcscReader): void {
  try {
    reader.close();
  } catch {
    // already closed by the binding
  }
}
function closeClient(client: PcscClient): void {
  try {
    client.close();
  } catch {
    // already closed by the binding
  }
}

function signal(): PromiseWithResolvers {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
function aborted(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
}
