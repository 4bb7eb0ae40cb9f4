/** CardReaderPort over the direct reader: for machines without pcscd. Composed only where no pcscd can be had. */
import {
  CardTransportError,
  type CardConnection,
  type CardReaderPort,
  type ReaderStatus,
} from '#agent/card/cardReaderPort.ts';
import { CardGone, CardSilent, type DirectReader } from './directReader.ts';

/** The port closes the reader it is given. */
export function createDirectReaderPort(reader: DirectReader): CardReaderPort {
  let status: ReaderStatus = { kind: 'empty' };
  const listeners = new Set<(status: ReaderStatus) => void>();
  let presence = 0;
  let open = false;
  const stop = reader.onStatus((next) => {
    status = next;
    presence += 1;
    for (const listener of [...listeners]) listener(next);
  });

  const connect = async (): Promise<CardConnection> => {
    if (status.kind === 'unavailable') throw new CardTransportError('reader', 'the reader is closed');
    if (status.kind === 'empty') throw new CardTransportError('removed', 'no card on the reader');
    if (open) throw new CardTransportError('busy', 'the card is in use by this process');
    open = true;
    const mine = presence;
    let failure: CardTransportError | null = null;
    let closing: Promise<void> | null = null;
    const transmit = async (apdu: Buffer, timeoutMs: number): Promise<Buffer> => {
      if (mine !== presence) failure ??= new CardTransportError('removed', 'the card left');
      if (failure) throw failure;
      try {
        return await reader.transmit(apdu, timeoutMs);
      } catch (error) {
        failure = transportError(error);
        throw failure;
      }
    };
    let tail: Promise<unknown> = Promise.resolve();
    return {
      transmit: (apdu, { timeoutMs }) => {
        const turn = tail.then(() => transmit(apdu, timeoutMs));
        tail = turn.catch(() => undefined);
        return turn;
      },
      close: () => {
        failure ??= new CardTransportError('removed', 'the connection is closed');
        closing ??= (mine === presence ? reader.reset() : Promise.resolve())
          .catch(() => undefined)
          .finally(() => void (open = false));
        return closing;
      },
    };
  };
  return {
    status: () => status,
    watch: (listener) => {
      listeners.add(listener);
      listener(status);
      return () => void listeners.delete(listener);
    },
    connect,
    close: async () => {
      stop();
      listeners.clear();
      status = { kind: 'unavailable' };
      await reader.close();
    },
  };
}

function transportError(error: unknown): CardTransportError {
  if (error instanceof CardSilent) return new CardTransportError('timeout', 'no answer in time');
  if (error instanceof CardGone) return new CardTransportError('removed', 'the card left during a command');
  return new CardTransportError('protocol', 'the reader failed');
}
