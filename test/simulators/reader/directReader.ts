/**
 * A reader without PC/SC: it listens for the virtual card as pcscd's driver would, so that the same card process serves a
 * laptop that has no pcscd. One card at a time; a second one waits until the first has left, as in the real driver.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { CONTROL, frame, readFrames } from '#simulators/card/vpcdFrames.ts';

export type ReaderStatus = { readonly kind: 'empty' } | { readonly kind: 'present'; readonly atr: Buffer };

export interface DirectReader {
  /** where the card connects */
  readonly port: number;
  /** tells the current status at once, then every change; returns how to stop listening */
  onStatus(listener: (status: ReaderStatus) => void): () => void;
  /** one APDU at a time, in order. Rejects with CardGone, or with CardSilent after `timeoutMs` (and drops the card) */
  transmit(apdu: Uint8Array, timeoutMs: number): Promise<Buffer>;
  /** nothing selected, nothing verified afterwards */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** No card, or it left before its answer was whole: whether it executed the command is not known. */
export class CardGone extends Error {
  constructor() {
    super('the card is not on the reader');
  }
}

/** No answer in time; the connection is dropped, or a late answer would be taken for that of the next command. */
export class CardSilent extends Error {
  constructor() {
    super('the card did not answer in time');
  }
}

export interface DirectReaderOptions {
  /** 0 picks a free one */
  readonly port: number;
  readonly host?: string;
  /** between presence checks; the driver of pcscd takes 400 */
  readonly presenceCheckMs?: number;
}

const PRESENCE_CHECK_MS = 400;
const PRESENCE_ANSWER_MS = 3000;

/** Listens, then resolves. Rejects when the port is taken. */
export async function createDirectReader(options: DirectReaderOptions): Promise<DirectReader> {
  const slot = new Slot(options.presenceCheckMs ?? PRESENCE_CHECK_MS);
  const server = createServer((socket) => slot.arrive(socket));
  await listen(server, options.port, options.host ?? '127.0.0.1');
  return {
    port: (server.address() as AddressInfo).port,
    onStatus: (listener) => slot.subscribe(listener),
    transmit: async (apdu, timeoutMs) => slot.card().exchange(apdu, timeoutMs),
    reset: async () => slot.card().reset(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        slot.close();
      }),
  };
}

/** The place for one card, those that wait for it, and those who watch it. */
class Slot {
  readonly #presenceCheckMs: number;
  readonly #listeners = new Set<(status: ReaderStatus) => void>();
  readonly #waiting: Socket[] = [];
  #current: CardConnection | undefined;
  #status: ReaderStatus = { kind: 'empty' };
  #closed = false;

  constructor(presenceCheckMs: number) {
    this.#presenceCheckMs = presenceCheckMs;
  }

  arrive(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      const place = this.#waiting.indexOf(socket);
      if (place >= 0) this.#waiting.splice(place, 1);
    });
    this.#waiting.push(socket);
    this.#takeNext();
  }

  subscribe(listener: (status: ReaderStatus) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#status);
    return () => void this.#listeners.delete(listener);
  }

  /** Throws CardGone when no card has been announced. */
  card(): CardConnection {
    if (!this.#current || this.#status.kind === 'empty') throw new CardGone();
    return this.#current;
  }

  close(): void {
    this.#closed = true;
    this.#current?.drop();
    this.#waiting.forEach((socket) => socket.destroy());
  }

  #takeNext(): void {
    const socket = this.#current || this.#closed ? undefined : this.#waiting.shift();
    if (!socket) return;
    const connection = new CardConnection(socket, this.#presenceCheckMs);
    this.#current = connection;
    socket.once('close', () => {
      this.#current = undefined;
      this.#announce({ kind: 'empty' });
      this.#takeNext();
    });
    connection.powerOn().then(
      (atr) => this.#announce({ kind: 'present', atr }),
      () => connection.drop(),
    );
  }

  #announce(next: ReaderStatus): void {
    if (next.kind === 'empty' && this.#status.kind === 'empty') return;
    this.#status = next;
    this.#listeners.forEach((listener) => listener(next));
  }
}

/** One card on the line: exchanges in order, presence checks in the pauses. */
class CardConnection {
  readonly #socket: Socket;
  #tail: Promise<unknown> = Promise.resolve();
  #busy = 0;
  #answer: ((payload: Buffer) => void) | undefined;
  readonly #gone: Promise<never>;

  constructor(socket: Socket, presenceCheckMs: number) {
    this.#socket = socket;
    readFrames(socket, (payload) => {
      const answer = this.#answer;
      this.#answer = undefined;
      if (payload.length > 0 && answer) answer(payload);
      // an empty answer is the card's way of leaving; one nobody asked for breaks the order of the answers
      else socket.destroy();
    });
    const timer = setInterval(() => {
      if (this.#busy === 0)
        this.#request(Buffer.of(CONTROL.atr), PRESENCE_ANSWER_MS).catch(() => this.drop());
    }, presenceCheckMs);
    timer.unref();
    this.#gone = new Promise((_, reject) => {
      socket.once('close', () => {
        clearInterval(timer);
        reject(new CardGone());
      });
    });
    this.#gone.catch(() => undefined);
  }

  /** Resolves to the ATR. */
  powerOn(): Promise<Buffer> {
    this.#socket.write(frame(Buffer.of(CONTROL.powerOn)));
    return this.#request(Buffer.of(CONTROL.atr), PRESENCE_ANSWER_MS);
  }

  exchange(apdu: Uint8Array, timeoutMs: number): Promise<Buffer> {
    return this.#request(apdu, timeoutMs);
  }

  /** The card answers no reset; the ATR asked for behind it shows that it has been done. */
  async reset(): Promise<void> {
    await this.#inTurn(async () => {
      this.#socket.write(frame(Buffer.of(CONTROL.reset)));
      await this.#roundTrip(Buffer.of(CONTROL.atr), PRESENCE_ANSWER_MS);
    });
  }

  drop(): void {
    this.#socket.destroy();
  }

  #request(payload: Uint8Array, timeoutMs: number): Promise<Buffer> {
    return this.#inTurn(() => this.#roundTrip(payload, timeoutMs));
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    this.#busy++;
    const turn = this.#tail.then(act, act).finally(() => this.#busy--);
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #roundTrip(payload: Uint8Array, timeoutMs: number): Promise<Buffer> {
    if (this.#socket.destroyed) throw new CardGone();
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new CardSilent()), timeoutMs);
    });
    const answer = new Promise<Buffer>((resolve) => (this.#answer = resolve));
    this.#socket.write(frame(payload));
    try {
      return await Promise.race([answer, this.#gone, silence]);
    } catch (error) {
      this.drop();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
