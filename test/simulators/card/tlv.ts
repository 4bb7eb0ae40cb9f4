/**
 * BER/DER tag-length-value: a writer with minimal lengths and a reader that follows the lengths it is given.
 * Tags are whole identifier octets as one number (0x30, 0xdf21, 0xff20). ISO/IEC 8825-1.
 */

/** One element; the parts are concatenated as its content. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([bytesOf(tag), lengthOf(content.length), content]);
}

export interface Element {
  readonly tag: number;
  readonly value: Buffer;
  /** header and value, as they stood in the input */
  readonly whole: Buffer;
}

/** Every element of a buffer, one after the other. Throws RangeError when a length runs past the end. */
export function elements(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const element = elementAt(bytes, offset);
    found.push(element);
    offset += element.whole.length;
  }
  return found;
}

/** The element that starts at `offset`. Throws RangeError when it does not fit into the buffer. */
export function elementAt(bytes: Buffer, offset: number): Element {
  let at = offset;
  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new RangeError('the element ends outside the buffer');
    return value;
  };
  let tag = byte();
  if ((tag & 0x1f) === 0x1f) {
    let next = byte();
    tag = tag * 256 + next;
    while (next & 0x80) {
      next = byte();
      tag = tag * 256 + next;
    }
  }
  let length = byte();
  if (length > 0x80) {
    let octets = length & 0x7f;
    if (octets > 3) throw new RangeError('the length is not plausible');
    for (length = 0; octets > 0; octets--) length = length * 256 + byte();
  } else if (length === 0x80) throw new RangeError('indefinite lengths are not used here');
  if (at + length > bytes.length) throw new RangeError('the element ends outside the buffer');
  return { tag, value: bytes.subarray(at, at + length), whole: bytes.subarray(offset, at + length) };
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const octets = bytesOf(length);
  return Buffer.concat([Buffer.of(0x80 | octets.length), octets]);
}

function bytesOf(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}
