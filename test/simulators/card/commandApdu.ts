/** Command APDUs of ISO/IEC 7816-3 section 12: cases 1-4, short and extended. */
import { CardRefusal, SW } from './statusWord.ts';

export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** undefined in cases 1 and 2 */
  readonly data: Buffer | undefined;
  /** the most bytes the answer may have; undefined in cases 1 and 3 */
  readonly le: number | undefined;
  readonly extended: boolean;
}

/** Throws CardRefusal 6700 when the bytes are no APDU. */
export function parseCommandApdu(bytes: Buffer): CommandApdu {
  if (bytes.length < 4) throw new CardRefusal(SW.wrongLength);
  const [cla, ins, p1, p2] = bytes as unknown as [number, number, number, number];
  return { cla, ins, p1, p2, ...body(bytes.subarray(4)) };
}

function body(rest: Buffer): Pick<CommandApdu, 'data' | 'le' | 'extended'> {
  const first = rest[0];
  if (first === undefined) return { data: undefined, le: undefined, extended: false };
  if (rest.length === 1) return { data: undefined, le: first || 256, extended: false };
  if (first !== 0) return withData(rest, 1, first, 1);
  if (rest.length < 3) throw new CardRefusal(SW.wrongLength);
  const long = rest.readUInt16BE(1);
  if (rest.length === 3) return { data: undefined, le: long || 65536, extended: true };
  return withData(rest, 3, long, 2);
}

function withData(rest: Buffer, start: number, lc: number, leOctets: 1 | 2) {
  const extended = leOctets === 2;
  const tail = rest.length - start - lc;
  if (lc === 0 || (tail !== 0 && tail !== leOctets)) throw new CardRefusal(SW.wrongLength);
  const data = Buffer.from(rest.subarray(start, start + lc));
  if (tail === 0) return { data, le: undefined, extended };
  return { data, le: rest.readUIntBE(start + lc, leOctets) || (extended ? 65536 : 256), extended };
}
