/** Strict reading of DER through asn1js: what is not exactly one element of the expected kind is a DerError. */
import { fromBER, type BaseBlock } from 'asn1js';

/** Bytes that are not the structure they should be. The message never holds the bytes. */
export class DerError extends Error {}

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

/** Decodes exactly one element that fills `bytes`. */
export function decode(bytes: Uint8Array): DerElement {
  const { offset, result } = fromBER(bytes);
  if (offset !== bytes.length || result.error !== '') throw new DerError('not one DER element');
  return element(result, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function element(block: BaseBlock, raw: Buffer): DerElement {
  const { idBlock, lenBlock } = block;
  const content = raw.subarray(idBlock.blockLength + lenBlock.blockLength);
  let at = 0;
  const children = () =>
    childBlocks(block).map((child) => {
      const part = content.subarray(at, at + child.blockLength);
      at += child.blockLength;
      return element(child, part);
    });
  return {
    tagClass: idBlock.tagClass,
    tag: idBlock.tagNumber,
    raw,
    content,
    children: idBlock.isConstructed ? children() : [],
  };
}

function childBlocks(block: BaseBlock): readonly BaseBlock[] {
  const { value } = block.valueBlock as { value?: unknown };
  return Array.isArray(value) ? (value as BaseBlock[]) : [];
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
