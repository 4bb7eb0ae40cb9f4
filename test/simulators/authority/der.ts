/** DER for what the profiles prescribe byte for byte (X.680, X.690, RFC 5280): each function returns one encoded element. */
import { tlv } from '#simulators/card/tlv.ts';

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
export const setOf = (...parts: readonly Uint8Array[]): Buffer => tlv(0x31, ...parts);
export const utf8String = (text: string): Buffer => tlv(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Buffer => tlv(0x13, Buffer.from(text, 'latin1'));
export const ia5 = (text: string): Buffer => Buffer.from(text, 'latin1');
export const octetString = (...parts: readonly Uint8Array[]): Buffer => tlv(0x04, ...parts);
export const bitString = (bytes: Uint8Array, unusedBits = 0): Buffer =>
  tlv(0x03, Buffer.of(unusedBits), bytes);
export const enumerated = (value: number): Buffer => tlv(0x0a, Buffer.of(value));
export const nothing = (): Buffer => Buffer.of(0x05, 0x00);
export const yes = (): Buffer => Buffer.of(0x01, 0x01, 0xff);
/** constructed, context-specific [number] */
export const context = (number: number, ...parts: readonly Uint8Array[]): Buffer =>
  tlv(0xa0 | number, ...parts);
/** primitive, context-specific [number] */
export const implicit = (number: number, ...parts: readonly Uint8Array[]): Buffer =>
  tlv(0x80 | number, ...parts);

/** INTEGER from the bytes of a positive number, with a leading zero octet where the sign bit needs one. */
export function integer(value: Uint8Array | number): Buffer {
  let bytes = typeof value === 'number' ? numberBytes(value) : Buffer.from(value);
  while (bytes.length > 1 && bytes[0] === 0 && ((bytes[1] ?? 0) & 0x80) === 0) bytes = bytes.subarray(1);
  return tlv(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.of(0) : Buffer.alloc(0), bytes);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tlv(0x06, ...[first * 40 + second, ...rest].map(base128));
}

/** UTCTime YYMMDDhhmmssZ of RFC 5280 4.1.2.5.1 (1950-2049), whole seconds. */
export function utcTime(instantMs: number): Buffer {
  return tlv(0x17, Buffer.from(`${digits(instantMs).slice(2)}Z`));
}

/** GeneralizedTime YYYYMMDDhhmmssZ; RFC 5280 forbids fractions of a second. */
export function generalizedTime(instantMs: number): Buffer {
  return tlv(0x18, Buffer.from(`${digits(instantMs)}Z`));
}

export type AttributeName = 'C' | 'L' | 'O' | 'OU' | 'CN';
const ATTRIBUTE_ARCS: Readonly<Record<AttributeName, number>> = { CN: 3, C: 6, L: 7, O: 10, OU: 11 };

/** A Name with one attribute per RDN in the order written; C is a PrintableString, the rest UTF8String. */
export function distinguishedName(...attributes: readonly (readonly [AttributeName, string])[]): Buffer {
  const rdn = ([name, text]: readonly [AttributeName, string]): Buffer =>
    setOf(
      sequence(
        Buffer.of(0x06, 0x03, 0x55, 0x04, ATTRIBUTE_ARCS[name]),
        name === 'C' ? printableString(text) : utf8String(text),
      ),
    );
  return sequence(...attributes.map(rdn));
}

function digits(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 19).replace(/\D/g, '');
}

function numberBytes(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

function base128(arc: number): Buffer {
  const septets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    septets.unshift((rest % 128) | 0x80);
  }
  return Buffer.from(septets);
}
