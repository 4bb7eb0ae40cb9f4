/**
 * Strict reading of DER: what is not exactly one element of the expected kind is a DerError. A reader of our own, checked
 * against asn1js by der.test.ts, because asn1js copies every element and was two fifths of an authentication's work.
 */

/** Bytes that are not the structure they should be. The message never holds the bytes. */
export class DerError extends Error {}

/** tag classes, counted from 1 */
const UNIVERSAL = 1;
const CONTEXT_SPECIFIC = 3;
export const DER = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  oid: 6,
  enumerated: 10,
  sequence: 16,
  utcTime: 23,
  generalizedTime: 24,
} as const;

export interface DerElement {
  readonly tagClass: number;
  readonly tag: number;
  /** header and content */
  readonly raw: Buffer;
  readonly content: Buffer;
  readonly children: readonly DerElement[];
}

const CONSTRUCTED = 0x20;
const TAG_MASK = 0x1f;
/** Certificates and OCSP answers nest about ten deep; what nests deeper was made to exhaust us. */
const MAX_DEPTH = 24;

/** Decodes exactly one element that fills `bytes`. */
export function decode(bytes: Uint8Array): DerElement {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const part = elementAt(raw, 0, 0);
  if (part.raw.length !== raw.length) throw new DerError('bytes after the element');
  return part;
}

function elementAt(bytes: Buffer, start: number, depth: number): DerElement {
  const first = byteAt(bytes, start);
  if ((first & TAG_MASK) === TAG_MASK) throw new DerError('a tag number above 30');
  if (depth > MAX_DEPTH) throw new DerError('nested too deep');
  const { contentStart, length } = lengthAt(bytes, start + 1);
  const end = contentStart + length;
  if (end > bytes.length) throw new DerError('cut off');
  const content = bytes.subarray(contentStart, end);
  return {
    tagClass: (first >> 6) + 1,
    tag: first & TAG_MASK,
    raw: bytes.subarray(start, end),
    content,
    children: (first & CONSTRUCTED) === 0 ? [] : childrenOf(content, depth + 1),
  };
}

function childrenOf(content: Buffer, depth: number): readonly DerElement[] {
  const children: DerElement[] = [];
  for (let at = 0; at < content.length;) {
    const child = elementAt(content, at, depth);
    children.push(child);
    at += child.raw.length;
  }
  return children;
}

/** X.690 8.1.3 and 10.1: definite form, in the fewest octets. */
function lengthAt(bytes: Buffer, at: number): { contentStart: number; length: number } {
  const first = byteAt(bytes, at);
  if (first < 0x80) return { contentStart: at + 1, length: first };
  const octets = first & 0x7f;
  if (octets === 0 || octets > 3) throw new DerError('a length without end or beyond reason');
  let length = 0;
  for (let index = 1; index <= octets; index += 1) length = length * 256 + byteAt(bytes, at + index);
  if (length < 0x80 || length < 256 ** (octets - 1))
    throw new DerError('a length in more octets than it needs');
  return { contentStart: at + 1 + octets, length };
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new DerError('cut off');
  return byte;
}

/** The element itself when it has this universal tag. */
export function expect(part: DerElement | undefined, tag: number): DerElement {
  if (!part || part.tagClass !== UNIVERSAL || part.tag !== tag) throw new DerError(`no element ${tag} here`);
  return part;
}

/** True for the context-specific element `[tag]`. */
export function isContext(part: DerElement | undefined, tag: number): boolean {
  return contextOf(part, tag) !== undefined;
}

/** The element when it is the context-specific `[tag]`. */
export function contextOf(part: DerElement | undefined, tag: number): DerElement | undefined {
  return part?.tagClass === CONTEXT_SPECIFIC && part.tag === tag ? part : undefined;
}

export function sequenceOf(part: DerElement | undefined): readonly DerElement[] {
  return expect(part, DER.sequence).children;
}

/** Dotted decimal. */
export function oidOf(part: DerElement | undefined): string {
  const { content } = expect(part, DER.oid);
  const arcs: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    arcs.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

/** Lower case hex without leading zero bytes, `00` for zero. */
export function integerHex(part: DerElement | undefined): string {
  return expect(part, DER.integer)
    .content.toString('hex')
    .replace(/^(00)+(?=..)/, '');
}

/** Content of a BIT STRING of whole octets. */
export function bitStringOctets(part: DerElement | undefined): Buffer {
  const { content } = expect(part, DER.bitString);
  if (content[0] !== 0) throw new DerError('a bit string of whole octets was expected');
  return content.subarray(1);
}

/** UTCTime or GeneralizedTime in the one form RFC 5280 allows, as milliseconds since the epoch. */
export function timeOf(part: DerElement | undefined): number {
  const isUtcTime = part?.tagClass === UNIVERSAL && part.tag === DER.utcTime;
  const text = (isUtcTime ? part : expect(part, DER.generalizedTime)).content.toString('latin1');
  const digits = isUtcTime ? `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}` : text;
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(digits);
  if (!match) throw new DerError('a time in no form of RFC 5280');
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
