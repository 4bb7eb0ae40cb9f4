/** One exclusive use of a card: one command at a time, nothing after a failure, a reset at the end (card.md 6.3, 6.4). */
import type { Wait } from '../wait.ts';
import { CardTransportError, type CardConnection } from './cardReaderPort.ts';
import { PCSC, type PcscReader } from './pcscBinding.ts';
import { pcscError } from './pcscError.ts';

/** 256 data bytes and the status word. A smaller buffer fails after the card has executed the command. */
const ANSWER_BYTES = 258;
/** Powering a card up takes up to a second; pcscd itself gives up after a few. */
const CONNECT_LIMIT_MS = 5_000;
/** How long a caller waits for the reset; it is done later all the same when a hung command is in its way. */
const CLOSE_LIMIT_MS = 3_000;
/** A removal is told by the reader 85 to 400 ms after it (card.md 4.3); until then a broken exchange has no cause. */
const REMOVAL_NEWS_MS = 800;

export interface PcscConnection extends CardConnection {
  /** Resolves when the native layer has let the card go, however long that takes. */
  readonly released: Promise<void>;
}
interface Line {
  readonly reader: PcscReader;
  readonly wait: Wait;
  readonly protocol: number;
  /** resolves when the card leaves or the reader goes away */
  readonly gone: Promise<void>;
}

/** Rejects with CardTransportError. A card that is connected after the limit is let go again at once. */
export async function connectExclusive(
  reader: PcscReader,
  wait: Wait,
  gone: Promise<void>,
): Promise<PcscConnection> {
  const connected = new Promise<number>((resolve, reject) => {
    reader.connect(
      { share_mode: PCSC.shareExclusive, protocol: PCSC.protocolAny },
      (error: unknown, protocol: number) => (error ? reject(pcscError('connect', error)) : resolve(protocol)),
    );
  });
  const protocol = await within(wait, CONNECT_LIMIT_MS, connected);
  if (protocol === 'late') {
    connected.then(
      () => release(reader),
      () => undefined,
    );
    throw new CardTransportError('timeout', 'connect took too long');
  }
  return openLine({ reader, wait, protocol, gone });
}

function openLine(line: Line): PcscConnection {
  let tail: Promise<unknown> = Promise.resolve();
  let failure: CardTransportError | null = null;
  let closing: Promise<void> | null = null;
  let letGo: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (letGo = resolve));

  const transmitInTurn = async (apdu: Buffer, timeoutMs: number): Promise<Buffer> => {
    // after a failure nobody knows what the card is doing: no second command on this connection
    if (failure) throw failure;
    try {
      return await transmit(line, apdu, timeoutMs);
    } catch (error) {
      failure = error instanceof CardTransportError ? error : pcscError('transmit', error);
      throw failure;
    }
  };
  return {
    released,
    transmit: (apdu, { timeoutMs }) => {
      const turn = tail.then(() => transmitInTurn(apdu, timeoutMs));
      tail = turn.catch(() => undefined);
      return turn;
    },
    close: () => {
      failure ??= new CardTransportError('removed', 'the connection is closed');
      closing ??= (async () => {
        const done = release(line.reader).then(letGo);
        await within(line.wait, CLOSE_LIMIT_MS, done);
      })();
      return closing;
    },
  };
}

async function transmit(line: Line, apdu: Buffer, timeoutMs: number): Promise<Buffer> {
  const answered = new Promise<Buffer>((resolve, reject) => {
    line.reader.transmit(apdu, ANSWER_BYTES, line.protocol, (error: unknown, answer: Buffer) =>
      error ? reject(pcscError('transmit', error)) : resolve(answer),
    );
  });
  try {
    const answer = await within(line.wait, timeoutMs, answered);
    if (answer === 'late') throw new CardTransportError('timeout', 'no answer in time');
    // some drivers report success without a byte when the card leaves during the command
    if (answer.length < 2) throw new CardTransportError('protocol', 'an answer without a status word');
    return answer;
  } catch (error) {
    const unexplained = error instanceof CardTransportError && error.reason === 'protocol';
    const left =
      unexplained &&
      (await within(
        line.wait,
        REMOVAL_NEWS_MS,
        line.gone.then(() => true),
      ));
    if (left === true) throw new CardTransportError('removed', 'the card left during a command');
    throw error;
  }
}

/** Disconnect with RESET; when that fails, with UNPOWER. Resolves when the binding is free for the next connect. */
async function release(reader: PcscReader): Promise<void> {
  const reset = await disconnect(reader, PCSC.resetCard);
  if (!reset) await disconnect(reader, PCSC.unpowerCard);
  // left true, the binding would answer the next connect without asking the card
  reader.connected = false;
}

function disconnect(reader: PcscReader, disposition: number): Promise<boolean> {
  return new Promise((resolve) => reader.disconnect(disposition, (error: unknown) => resolve(!error)));
}

async function within<Value>(wait: Wait, limitMs: number, work: Promise<Value>): Promise<Value | 'late'> {
  const timer = new AbortController();
  try {
    return await Promise.race([work, wait(limitMs, timer.signal).then(() => 'late' as const)]);
  } finally {
    timer.abort();
  }
}
