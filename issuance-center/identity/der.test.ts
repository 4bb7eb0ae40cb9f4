import { fromBER, type BaseBlock } from 'asn1js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCertificate } from './certificate.ts';
import { DER, DerError, decode, integerHex, oidOf, sequenceOf, timeOf, type DerElement } from './der.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const time = (tag: number, text: string) =>
  timeOf(decode(Buffer.concat([Buffer.from([tag, text.length]), Buffer.from(text, 'latin1')])));

interface Shape {
  readonly tagClass: number;
  readonly tag: number;
  readonly children: readonly Shape[];
}
const shapeOf = ({ tagClass, tag, children }: DerElement): Shape => ({
  tagClass,
  tag,
  children: children.map(shapeOf),
});
function libraryShape(block: BaseBlock): Shape {
  const { value } = block.valueBlock as { value?: unknown };
  const children =
    block.idBlock.isConstructed && Array.isArray(value) ? (value as BaseBlock[]).map(libraryShape) : [];
  return { tagClass: block.idBlock.tagClass, tag: block.idBlock.tagNumber, children };
}

/** Well-formed DER of any nesting. */
const der = fc.letrec<{ element: Buffer }>((tie) => ({
  element: fc.oneof(
    { maxDepth: 6 },
    fc.uint8Array({ maxLength: 300 }).map((content) => tlv(0x04, Buffer.from(content))),
    fc
      .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0xa3), fc.array(tie('element'), { maxLength: 4 }))
      .map(([tag, parts]) => tlv(tag, Buffer.concat(parts))),
  ),
})).element;
function tlv(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const octets =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...octets]), content]);
}

describe('decode', () => {
  it('sees the structure that asn1js sees', () => {
    fc.assert(
      fc.property(der, (bytes) => {
        expect(shapeOf(decode(bytes))).toEqual(libraryShape(fromBER(bytes).result));
      }),
      { numRuns: 300 },
    );
  });

  it('answers any bytes with an element or a DerError, and reads no certificate out of noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const read of [decode, readCertificate]) {
          try {
            read(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(DerError);
          }
        }
      }),
    );
  });

  it.each([
    ['bytes after the element', '0400 00'],
    ['an indefinite length', '3080 0000'],
    ['a length in more octets than it needs', '048103 000000'],
    ['a length with a leading zero', '04820081' + '00'.repeat(0x81)],
    ['a length beyond the end', '3005 0400'],
    ['a child beyond its parent', '3003 0405 0000000000'],
    ['a tag number above 30', '1f8100 00'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => decode(hex(text))).toThrow(DerError);
  });

  it('refuses a nesting made to exhaust it', () => {
    let bytes: Buffer = hex('0400');
    for (let depth = 0; depth < 40; depth += 1) bytes = tlv(0x30, bytes);
    expect(() => decode(bytes)).toThrow(DerError);
  });
});

describe('values', () => {
  it('reads object identifiers', () => {
    expect(oidOf(decode(hex('060b2a83088c9b55080501031e')))).toBe('1.2.392.200149.8.5.1.3.30');
    expect(oidOf(decode(hex('06032a0300')))).toBe('1.2.3.0');
    expect(oidOf(decode(hex('0603883703')))).toBe('2.999.3');
  });

  it('reads times to the second, in the forms of RFC 5280 only', () => {
    expect(time(DER.utcTime, '301120145959Z')).toBe(Date.UTC(2030, 10, 20, 14, 59, 59));
    expect(time(DER.utcTime, '501120145959Z')).toBe(Date.UTC(1950, 10, 20, 14, 59, 59));
    expect(time(DER.generalizedTime, '20501120145959Z')).toBe(Date.UTC(2050, 10, 20, 14, 59, 59));
    for (const text of ['20501120145959.5Z', '205011201459Z', '20501120145959+0900']) {
      expect(() => time(DER.generalizedTime, text)).toThrow(DerError);
    }
  });

  it('reads serial numbers without leading zeros', () => {
    expect(integerHex(decode(hex('020500ffeeddcc')))).toBe('ffeeddcc');
    expect(integerHex(decode(hex('020100')))).toBe('00');
  });

  it('takes no other kind of element for a sequence', () => {
    expect(() => sequenceOf(decode(hex('0400')))).toThrow(DerError);
    expect(() => sequenceOf(undefined)).toThrow(DerError);
  });
});
