/** A subset as a TrueType file, without the tables a PDF does not use (ISO 32000-1, 9.9). */
import type { SfntFont } from '#templates/sfnt.ts';
import { deflatePart, joinParts, storePart } from './deflateParts.ts';
import type { CommonGlyphs, SubsetGlyph } from './fontSubset.ts';
import { align, checksum, type Records } from './glyphRecords.ts';

export interface EncodedFont {
  /** zlib */
  readonly compressed: Uint8Array;
  /** of the plain file */
  readonly length: number;
}

/** The common glyphs, then `own`, whose records are given. */
export function encodeFont(
  font: SfntFont,
  common: CommonGlyphs,
  own: readonly SubsetGlyph[],
  records: Records,
): EncodedFont {
  const count = 1 + common.glyphs.length + own.length;
  const patched = (tag: string, patch: (data: DataView) => void): Uint8Array => {
    const table = Uint8Array.from(font.table(tag)!);
    patch(new DataView(table.buffer));
    return table;
  };
  // without hints the tables cvt, fpgm and prep have no reader
  const tables: [string, Uint8Array][] = [
    ['head', patched('head', (head) => (head.setUint32(8, 0), head.setInt16(50, 1)))],
    ['hhea', patched('hhea', (hhea) => hhea.setUint16(34, count))],
    ['hmtx', metricsOf(font, [NOTDEF, ...common.glyphs, ...own])],
    ['loca', locationsOf(common.records, records)],
    ['maxp', patched('maxp', (maxp) => maxp.setUint16(4, count))],
  ];
  return assemble(common, records, tables);
}

const NOTDEF: SubsetGlyph = { glyph: 0, spelling: '', advance: 0 };

function locationsOf(common: Records, own: Records): Uint8Array {
  const loca = new DataView(new ArrayBuffer((1 + common.ends.length + own.ends.length) * 4));
  common.ends.forEach((end, index) => loca.setUint32((1 + index) * 4, end));
  const first = 1 + common.ends.length;
  own.ends.forEach((end, index) => loca.setUint32((first + index) * 4, common.glyf.length + end));
  return new Uint8Array(loca.buffer);
}

function metricsOf(font: SfntFont, glyphs: readonly SubsetGlyph[]): Uint8Array {
  const hmtx = new DataView(new ArrayBuffer(glyphs.length * 4));
  glyphs.forEach(({ glyph }, index) => {
    hmtx.setUint16(index * 4, font.advanceOf(glyph));
    hmtx.setInt16(index * 4 + 2, font.bearingOf(glyph));
  });
  return new Uint8Array(hmtx.buffer);
}

/** Outlines hold few repetitions: level 3 takes half as long again for one part in a hundred. */
const FAST_LEVEL = 1;

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
  const commonLength = common.records.glyf.length;
  const glyfSum = add(common.records.checksum, own.checksum);
  const entries: Entry[] = [
    { tag: 'glyf', checksum: glyfSum, at: start, length: commonLength + own.glyf.length },
  ];
  const rest = new Uint8Array(tables.reduce((sum, [, table]) => sum + align(table.length), own.glyf.length));
  rest.set(own.glyf);
  let at = own.glyf.length;
  for (const [tag, table] of tables) {
    rest.set(table, at);
    const sum = checksum(rest.subarray(at, at + align(table.length)));
    entries.push({ tag, checksum: sum, at: start + commonLength + at, length: table.length });
    at += align(table.length);
  }
  const directory = directoryOf(entries);
  const total = entries.reduce((sum, entry) => add(sum, entry.checksum), checksum(directory));
  const head = entries.find(({ tag }) => tag === 'head')!.at - start - commonLength;
  new DataView(rest.buffer).setUint32(head + 8, (0xb1b0afba - total) >>> 0);
  return {
    compressed: joinParts([storePart(directory), common.part, deflatePart(rest, FAST_LEVEL)]),
    length: directory.length + commonLength + rest.length,
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
