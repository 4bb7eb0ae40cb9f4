/**
 * The font as embedded in one document: only the glyphs drawn, each record copied byte for byte. Subset ids follow the
 * order of first use in this document, after the glyphs all documents of its sheet have in common, and nothing else.
 */
import { deflatePart, joinParts, storePart, type DeflatedPart } from './deflateParts.ts';
import type { VirtualGlyph } from './font.ts';
import type { SfntFont } from './sfnt.ts';

/** A complete TrueType file, without the tables a PDF does not use. */
export interface EncodedFont {
  /** zlib */
  readonly compressed: Uint8Array;
  /** of the plain file */
  readonly length: number;
}

export interface FontSubset {
  /** id of a virtual glyph in this document, 1.. ; 0 is .notdef, never drawn */
  readonly idOf: (glyph: VirtualGlyph) => number;
  /** virtual glyphs by id, from id 1 */
  readonly glyphs: readonly VirtualGlyph[];
  readonly encode: () => EncodedFont;
}

/** The first glyphs of every subset of a sheet, their records copied and deflated once. */
export interface CommonGlyphs {
  readonly glyphs: readonly VirtualGlyph[];
  readonly records: Records;
  readonly part: DeflatedPart;
}

interface Records {
  readonly glyf: Uint8Array;
  /** where each record ends */
  readonly ends: readonly number[];
  readonly checksum: number;
}

/** `.notdef` and these glyphs, in this order, each once. */
export function commonGlyphs(font: SfntFont, glyphs: readonly VirtualGlyph[]): CommonGlyphs {
  const distinct = [...new Map(glyphs.map((glyph) => [glyph.spelling, glyph])).values()];
  const records = copyRecords(font, [0, ...distinct.map(({ glyph }) => glyph)]);
  return { glyphs: distinct, records, part: deflatePart(records.glyf) };
}

/** A subset that starts with the common glyphs. A grapheme has one glyph in one font: its spelling is the key. */
export function createFontSubset(font: SfntFont, common: CommonGlyphs): FontSubset {
  const glyphs = [...common.glyphs];
  const ids = new Map(glyphs.map(({ spelling }, index) => [spelling, index + 1]));
  return {
    glyphs,
    idOf: (glyph) => {
      const known = ids.get(glyph.spelling);
      if (known !== undefined) return known;
      glyphs.push(glyph);
      ids.set(glyph.spelling, glyphs.length);
      return glyphs.length;
    },
    encode: () => encodeFont(font, common, glyphs),
  };
}

function encodeFont(font: SfntFont, common: CommonGlyphs, glyphs: readonly VirtualGlyph[]): EncodedFont {
  const order = [0, ...glyphs.map(({ glyph }) => glyph)];
  const own = copyRecords(font, order.slice(common.records.ends.length));
  const commonLength = common.records.glyf.length;
  const ends = [...common.records.ends, ...own.ends.map((end) => end + commonLength)];
  const patched = (tag: string, patch: (data: DataView) => void): Uint8Array => {
    const table = Uint8Array.from(font.table(tag)!);
    patch(new DataView(table.buffer));
    return table;
  };
  const others: [string, Uint8Array | undefined][] = [
    ['cvt ', font.table('cvt ')],
    ['fpgm', font.table('fpgm')],
    ['head', patched('head', (head) => (head.setUint32(8, 0), head.setInt16(50, 1)))],
    ['hhea', patched('hhea', (hhea) => hhea.setUint16(34, order.length))],
    ['hmtx', copyMetrics(font, order)],
    ['loca', locationsOf(ends)],
    ['maxp', patched('maxp', (maxp) => maxp.setUint16(4, order.length))],
    ['prep', font.table('prep')],
  ];
  const tables = others.filter((table): table is [string, Uint8Array] => table[1] !== undefined);
  return assemble(common, own, tables);
}

function copyRecords(font: SfntFont, order: readonly number[]): Records {
  const places = order.map((glyph) => font.recordOf(glyph));
  const glyf = new Uint8Array(places.reduce((sum, [start, end]) => sum + align(end - start), 0));
  const ends: number[] = [];
  let at = 0;
  for (const [start, end] of places) {
    // a composite record names other glyphs; IPAmj明朝 005.01 has none, and a font that does must not pass unnoticed
    if (end > start && font.bytes[start]! >= 0x80) throw new RangeError('composite glyphs are not copied');
    glyf.set(font.bytes.subarray(start, end), at);
    at += align(end - start);
    ends.push(at);
  }
  return { glyf, ends, checksum: checksum(glyf) };
}

function locationsOf(ends: readonly number[]): Uint8Array {
  const loca = new DataView(new ArrayBuffer((ends.length + 1) * 4));
  ends.forEach((end, index) => loca.setUint32((index + 1) * 4, end));
  return new Uint8Array(loca.buffer);
}

function copyMetrics(font: SfntFont, order: readonly number[]): Uint8Array {
  const hmtx = new DataView(new ArrayBuffer(order.length * 4));
  order.forEach((glyph, index) => {
    hmtx.setUint16(index * 4, font.advanceOf(glyph));
    hmtx.setInt16(index * 4 + 2, font.bearingOf(glyph));
  });
  return new Uint8Array(hmtx.buffer);
}

const align = (length: number): number => (length + 3) & ~3;

interface Entry {
  readonly tag: string;
  readonly checksum: number;
  readonly at: number;
  readonly length: number;
}

/** Directory, glyf (common, then own), the other tables; all on four-byte boundaries (OpenType, "Font file"). */
function assemble(
  common: CommonGlyphs,
  own: Records,
  tables: readonly (readonly [string, Uint8Array])[],
): EncodedFont {
  const start = 12 + (tables.length + 1) * 16;
  const glyfLength = common.records.glyf.length + own.glyf.length;
  const glyf = {
    tag: 'glyf',
    checksum: add(common.records.checksum, own.checksum),
    at: start,
    length: glyfLength,
  };
  const rest = new Uint8Array(tables.reduce((sum, [, table]) => sum + align(table.length), own.glyf.length));
  rest.set(own.glyf);
  const entries: Entry[] = [glyf];
  let at = own.glyf.length;
  for (const [tag, table] of tables) {
    rest.set(table, at);
    const place = start + common.records.glyf.length + at;
    const sum = checksum(rest.subarray(at, at + align(table.length)));
    entries.push({ tag, checksum: sum, at: place, length: table.length });
    at += align(table.length);
  }
  const directory = directoryOf(entries);
  const total = entries.reduce((sum, entry) => add(sum, entry.checksum), checksum(directory));
  const head = entries.find(({ tag }) => tag === 'head')!.at - start - common.records.glyf.length;
  new DataView(rest.buffer).setUint32(head + 8, (0xb1b0afba - total) >>> 0);
  return {
    compressed: joinParts([storePart(directory), common.part, deflatePart(rest)]),
    length: directory.length + common.records.glyf.length + rest.length,
  };
}

function directoryOf(entries: readonly Entry[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(12 + entries.length * 16));
  const power = Math.floor(Math.log2(entries.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, entries.length);
  view.setUint16(6, 16 << power);
  view.setUint16(8, power);
  view.setUint16(10, entries.length * 16 - (16 << power));
  const sorted = [...entries].sort((left, right) => (left.tag < right.tag ? -1 : 1));
  sorted.forEach(({ tag, checksum: sum, at, length }, index) => {
    const entry = 12 + index * 16;
    for (let n = 0; n < 4; n += 1) view.setUint8(entry + n, tag.charCodeAt(n));
    view.setUint32(entry + 4, sum);
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, length);
  });
  return new Uint8Array(view.buffer);
}

const add = (left: number, right: number): number => (left + right) >>> 0;

/** Sum of big-endian words; the length is a multiple of four. */
function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let offset = 0; offset < bytes.length; offset += 4) sum = (sum + view.getUint32(offset)) | 0;
  return sum >>> 0;
}
