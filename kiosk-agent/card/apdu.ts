/** Command APDUs the agent sends, and their answers (card.md 2.4, 2.7). Short form only. Pure but for `exchange`. */
import { CardTransportError, type CardConnection } from './cardReaderPort.ts';

/** A command without data ends within milliseconds on a contactless card; this is for one that was laid down badly. */
export const APDU_TIMEOUT_MS = 3_000;
/** A real card takes 0.3 to 1 s for an RSA signature (card.md 6.2). */
export const SIGN_TIMEOUT_MS = 10_000;
export const STATUS_OK = 0x9000;

export interface CardAnswer {
  readonly data: Buffer;
  readonly status: number;
}

/** SELECT by DF name, no answer data (P2 = 0C). */
export function selectApplication(name: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x00, 0xa4, 0x04, 0x0c, name.length), name]);
}
/** SELECT EF under the current DF. */
export function selectFile(id: number): Buffer {
  return Buffer.of(0x00, 0xa4, 0x02, 0x0c, 0x02, id >> 8, id & 0xff);
}
/** READ BINARY, 15-bit offset; `length` 1..256. */
export function readBinary(offset: number, length: number): Buffer {
  return Buffer.of(0x00, 0xb0, offset >> 8, offset & 0xff, length & 0xff);
}
/** VERIFY without data: asks for the tries left and spends none. */
export function askTriesLeft(): Buffer {
  return Buffer.of(0x00, 0x20, 0x00, 0x80);
}
/** VERIFY. The caller zeroes the result. */
export function verify(pin: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x00, 0x20, 0x00, 0x80, pin.length), pin]);
}
/** PERFORM SECURITY OPERATION, signature with the selected key. */
export function sign(p1: number, digestInfo: Buffer): Buffer {
  return Buffer.concat([Buffer.of(0x80, 0x2a, p1, 0x80, digestInfo.length), digestInfo, Buffer.of(0x00)]);
}

/** One command, one answer. Rejects with CardTransportError; an answer without a status word is `protocol`. */
export async function exchangeOnce(
  connection: CardConnection,
  command: Buffer,
  timeoutMs: number,
): Promise<CardAnswer> {
  const answer = await connection.transmit(command, { timeoutMs });
  if (answer.length < 2) throw new CardTransportError('protocol', 'the card answered without a status word');
  return { data: answer.subarray(0, -2), status: answer.readUInt16BE(answer.length - 2) };
}

/**
 * As exchangeOnce; follows one 61xx (GET RESPONSE) or one 6Cxx (the same command with the right Le), and no more.
 * Never for VERIFY: that one is sent with exchangeOnce.
 */
export async function exchange(
  connection: CardConnection,
  command: Buffer,
  timeoutMs: number = APDU_TIMEOUT_MS,
): Promise<CardAnswer> {
  const first = await exchangeOnce(connection, command, timeoutMs);
  const length = first.status & 0xff;
  switch (first.status >> 8) {
    case 0x61: {
      const rest = await exchangeOnce(connection, Buffer.of(0x00, 0xc0, 0x00, 0x00, length), timeoutMs);
      return { data: Buffer.concat([first.data, rest.data]), status: rest.status };
    }
    case 0x6c:
      return exchangeOnce(connection, withLe(command, length), timeoutMs);
    default:
      return first;
  }
}

/** The command with another Le: in place of the one it has, or behind it. */
function withLe(command: Buffer, le: number): Buffer {
  const lc = command[4] ?? 0;
  const hasLe = command.length === 5 || command.length === 5 + lc + 1;
  return Buffer.concat([hasLe ? command.subarray(0, -1) : command, Buffer.of(le)]);
}
