/** Writing DER (X.690): the few elements a CMS signature is made of. Reading is `identity/der.ts`. */

const SEQUENCE = 0x30;
const SET = 0x31;
const OID = 0x06;
const OCTET_STRING = 0x04;

export const NULL = Buffer.of(0x05, 0x00);

/** An element with its header; `tag` is the identifier octet. */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.of(tag), lengthOctets(length), ...content]);
}

export const sequence = (...content: readonly Uint8Array[]): Buffer => element(SEQUENCE, ...content);
export const octetString = (content: Uint8Array): Buffer => element(OCTET_STRING, content);
/** 0 to 127. */
export const smallInteger = (value: number): Buffer => Buffer.of(0x02, 0x01, value);

/** SET OF: elements in the order of their encodings (X.690, 11.6). */
export const setOf = (...elements: readonly Uint8Array[]): Buffer => element(SET, ...inOrder(elements));

export const inOrder = (elements: readonly Uint8Array[]): readonly Uint8Array[] =>
  [...elements].sort((left, right) => Buffer.compare(left, right));

/** Dotted decimal. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(OID, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const octets = [arc & 0x7f];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    octets.unshift((rest & 0x7f) | 0x80);
  }
  return octets;
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) octets.unshift(rest & 0xff);
  return Buffer.of(0x80 | octets.length, ...octets);
}
