/** What every CardReaderPort must keep, whatever reads the card. Run from `*.test.ts` with a factory per adapter. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardConnection, CardReaderPort, ReaderStatus } from '#agent/card/cardReaderPort.ts';
import { CardTransportError } from '#agent/card/cardReaderPort.ts';
import type { CardData } from '#simulators/card/cardFile.ts';
import type { CardFault } from '#simulators/card/faults.ts';

export interface CardReaderBench {
  readonly port: CardReaderPort;
  /** as it was before it was first put down */
  readonly card: CardData;
  /** Puts a card with PIN 1234 on the reader; its counter is kept from one insertion to the next. */
  insert(faults?: readonly CardFault[]): Promise<void>;
  remove(): Promise<void>;
  /** INS of every command that reached the card since the bench was made */
  commands(): readonly string[];
  close(): Promise<void>;
}

const LIMIT = { timeoutMs: 3_000 };
const SELECT_CARD = '00A4040C0AD392F000260100000001';
const SELECT_PIN = '00A4020C020018';
const SELECT_KEY = '00A4020C020017';
const SELECT_CERTIFICATE = '00A4020C02000A';
const COUNTER = '00200080';
const VERIFY = '002000800431323334';
const VERIFY_WRONG = '002000800430303030';
const SIGN = `802A008033${'00'.repeat(51)}00`;

export function cardReaderContract(name: string, createBench: () => Promise<CardReaderBench>): void {
  describe(`card reader port: ${name}`, () => {
    let bench: CardReaderBench;
    beforeEach(async () => {
      bench = await createBench();
      await until(bench.port, 'empty');
    });
    afterEach(() => bench.close());

    const connected = async (faults: readonly CardFault[] = []): Promise<CardConnection> => {
      await bench.insert(faults);
      await until(bench.port, 'present');
      return bench.port.connect();
    };
    const send = async (connection: CardConnection, command: string) =>
      (await connection.transmit(Buffer.from(command, 'hex'), LIMIT)).toString('hex').toUpperCase();

    it('tells when a card comes and goes, with its ATR', async () => {
      const seen: string[] = [];
      const stop = bench.port.watch((status) => seen.push(status.kind));
      await bench.insert();
      const present = await until(bench.port, 'present');
      expect(present.kind === 'present' && present.atr.toString('hex')).toBe('3b888001000041e0b381a1003b');
      await bench.remove();
      await until(bench.port, 'empty');
      expect(seen).toEqual(['empty', 'present', 'empty']);
      stop();
      await bench.insert();
      await until(bench.port, 'present');
      expect(seen).toHaveLength(3);
    });

    it('no-card: connect is refused', async () => {
      await expect(bench.port.connect()).rejects.toMatchObject({ reason: 'removed' });
    });

    it('carries commands in order, also when they are given at once, and answers of 256 bytes', async () => {
      const connection = await connected();
      expect(await send(connection, SELECT_CARD)).toBe('9000');
      const [file, read, counter] = await Promise.all([
        send(connection, SELECT_CERTIFICATE),
        send(connection, '00B0000000'),
        send(connection, '00200098'),
      ]);
      expect(file).toBe('9000');
      expect(read).toMatch(/^3082[0-9A-F]{508}9000$/);
      expect(counter).toBe('63C3');
      await connection.close();
    });

    it('exclusive: a second connection waits for the first to be closed', async () => {
      const connection = await connected();
      await expect(bench.port.connect()).rejects.toMatchObject({ reason: 'busy' });
      await connection.close();
      const next = await bench.port.connect();
      expect(await send(next, SELECT_CARD)).toBe('9000');
      await next.close();
    });

    it('close resets the card: the PIN state is gone, and the connection is dead', async () => {
      const connection = await connected();
      for (const command of [SELECT_CARD, SELECT_PIN, VERIFY, SELECT_KEY]) {
        expect(await send(connection, command)).toBe('9000');
      }
      expect(await send(connection, SIGN)).toMatch(/9000$/);
      await connection.close();
      await connection.close();
      const commands = bench.commands().length;
      await expect(send(connection, SIGN)).rejects.toBeInstanceOf(CardTransportError);
      expect(bench.commands()).toHaveLength(commands);
      const next = await bench.port.connect();
      expect(await send(next, SIGN)).not.toMatch(/9000$/);
      await send(next, SELECT_CARD);
      await send(next, SELECT_KEY);
      expect(await send(next, SIGN)).toBe('6982');
      await next.close();
    });

    it('card-pulled-between-commands: removed, and empty is told', async () => {
      const connection = await connected();
      await send(connection, SELECT_CARD);
      await bench.remove();
      await expect(send(connection, SELECT_PIN)).rejects.toMatchObject({ reason: 'removed' });
      await until(bench.port, 'empty');
      await connection.close();
    });

    it('card-pulled-during-verify: removed; the try is spent once and nothing is sent again', async () => {
      const pull: CardFault = {
        kind: 'pull',
        moment: 'answer lost',
        when: { kind: 'instruction', instruction: 0x20 },
      };
      const connection = await connected([pull]);
      await send(connection, SELECT_CARD);
      await send(connection, SELECT_PIN);
      await expect(send(connection, VERIFY_WRONG)).rejects.toMatchObject({ reason: 'removed' });
      await expect(send(connection, SELECT_PIN)).rejects.toMatchObject({ reason: 'removed' });
      await connection.close();
      await until(bench.port, 'empty');
      const again = await connected();
      await send(again, SELECT_CARD);
      await send(again, SELECT_PIN);
      expect(await send(again, COUNTER)).toBe('63C2');
      expect(bench.commands().filter((instruction) => instruction === '20')).toHaveLength(2);
      await again.close();
    });

    it('card-exchanged: the old connection does not reach the new card', async () => {
      const connection = await connected();
      await send(connection, SELECT_CARD);
      await bench.remove();
      await until(bench.port, 'empty');
      await bench.insert();
      await until(bench.port, 'present');
      const commands = bench.commands().length;
      await expect(send(connection, SELECT_PIN)).rejects.toBeInstanceOf(CardTransportError);
      expect(bench.commands()).toHaveLength(commands);
      await connection.close();
      const next = await bench.port.connect();
      expect(await send(next, SELECT_CARD)).toBe('9000');
      await next.close();
    });

    it('slow-card: waits as long as it is told to', async () => {
      const slow: CardFault = { kind: 'delay', ms: 300, when: { kind: 'instruction', instruction: 0xa4 } };
      const connection = await connected([slow]);
      expect(await send(connection, SELECT_CARD)).toBe('9000');
      await connection.close();
    });

    it('silent-card: time-out, no second command, and the reader works again afterwards', async () => {
      const silent: CardFault = {
        kind: 'silent',
        when: { kind: 'instruction', instruction: 0xa4, occurrence: 2 },
      };
      const connection = await connected([silent]);
      await send(connection, SELECT_CARD);
      const command = connection.transmit(Buffer.from(SELECT_PIN, 'hex'), { timeoutMs: 100 });
      await expect(command).rejects.toMatchObject({ reason: 'timeout' });
      const commands = bench.commands().length;
      await expect(send(connection, COUNTER)).rejects.toMatchObject({ reason: 'timeout' });
      expect(bench.commands()).toHaveLength(commands);
      const closed = connection.close();
      await bench.remove();
      await closed;
      await until(bench.port, 'empty');
      const next = await connected();
      expect(await send(next, SELECT_CARD)).toBe('9000');
      await next.close();
    });

    it('closed: no status any more, no connection', async () => {
      await bench.port.close();
      await expect(bench.port.connect()).rejects.toMatchObject({ reason: 'reader' });
    });
  });
}

/** Resolves when the reader is in that state, at once when it already is. */
export function until(port: CardReaderPort, kind: ReaderStatus['kind']): Promise<ReaderStatus> {
  return new Promise((resolve) => {
    let stop: () => void = () => undefined;
    let found = false;
    stop = port.watch((status) => {
      if (found || status.kind !== kind) return;
      found = true;
      resolve(status);
      queueMicrotask(() => stop());
    });
  });
}
