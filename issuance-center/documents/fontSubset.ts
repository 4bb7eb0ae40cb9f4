/**
 * The font as embedded in one document: only the glyphs drawn, each record copied byte for byte. Subset ids follow the
 * order of first use in this document and nothing else.
 */
import type { VirtualGlyph } from './font.ts';
import type { SfntFont } from './sfnt.ts';

export interface FontSubset {
  /** id of a virtual glyph in this document, 1.. ; 0 is .notdef, never drawn */
  readonly idOf: (glyph: VirtualGlyph) => number;
  /** virtual glyphs by id, from id 1 */
  readonly glyphs: readonly VirtualGlyph[];
  /** a complete TrueType file, without the tables a PDF does not use */
  readonly encode: () => Uint8Array;
}

/** An empty subset. `spelling` is unique per virtual glyph: a grapheme has one glyph in one font. */
export function createFontSubset(font: SfntFont): FontSubset {
  const ids = new Map<string, number>();
  const glyphs: VirtualGlyph[] = [];
  return {
    glyphs,
    idOf: (glyph) => {
      const known = ids.get(glyph.spelling);
      if (known !== undefined) return known;
      glyphs.push(glyph);
      ids.set(glyph.spelling, glyphs.length);
      return glyphs.length;
    },
    encode: () => encodeFont(font, [0, ...glyphs.map(({ glyph }) => glyph)]),
  };
}

function encodeFont(font: SfntFont, order: readonly number[]): Uint8Array {
  const { glyf, loca } = copyRecords(font, order);
  const patched = (tag: string, patch: (data: DataView) => void): Uint8Array => {
    const table = Uint8Array.from(font.table(tag)!);
    patch(new DataView(table.buffer));
    return table;
  };
  const tables: [string, Uint8Array | undefined][] = [
    ['cvt ', font.table('cvt ')],
    ['fpgm', font.table('fpgm')],
    ['glyf', glyf],
    ['head', patched('head', (head) => (head.setUint32(8, 0), head.setInt16(50, 1)))],
    ['hhea', patched('hhea', (hhea) => hhea.setUint16(34, order.length))],
    ['hmtx', copyMetrics(font, order)],
    ['loca', loca],
    ['maxp', patched('maxp', (maxp) => maxp.setUint16(4, order.length))],
    ['prep', font.table('prep')],
  ];
  return assemble(tables.filter((table): table is [string, Uint8Array] => table[1] !== undefined));
}

function copyRecords(font: SfntFont, order: readonly number[]): { glyf: Uint8Array; loca: Uint8Array } {
  const places = order.map((glyph) => font.recordOf(glyph));
  const length = places.reduce((sum, [start, end]) => sum + align(end - start), 0);
  const glyf = new Uint8Array(length);
  const loca = new DataView(new ArrayBuffer((order.length + 1) * 4));
  let at = 0;
  places.forEach(([start, end], index) => {
    loca.setUint32(index * 4, at);
    glyf.set(font.bytes.subarray(start, end), at);
    // a composite record names other glyphs; IPAmj明朝 005.01 has none, and a font that does must not pass unnoticed
    if (end > start && font.bytes[start]! >= 0x80) throw new RangeError('composite glyphs are not copied');
    at += align(end - start);
  });
  loca.setUint32(order.length * 4, at);
  return { glyf, loca: new Uint8Array(loca.buffer) };
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

/** Offset table, directory, tables on four-byte boundaries (OpenType: "Organization of an OpenType Font"). */
function assemble(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const start = 12 + tables.length * 16;
  const length = tables.reduce((sum, [, table]) => sum + align(table.length), start);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  const power = Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 16 << power);
  view.setUint16(8, power);
  view.setUint16(10, tables.length * 16 - (16 << power));
  let at = start;
  tables.forEach(([tag, table], index) => {
    const entry = 12 + index * 16;
    file.set(table, at);
    for (let n = 0; n < 4; n += 1) view.setUint8(entry + n, tag.charCodeAt(n));
    view.setUint32(entry + 4, checksum(view, at, align(table.length)));
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, table.length);
    at += align(table.length);
  });
  const head = tables.findIndex(([tag]) => tag === 'head');
  view.setUint32(view.getUint32(12 + head * 16 + 8) + 8, (0xb1b0afba - checksum(view, 0, length)) >>> 0);
  return file;
}

function checksum(view: DataView, at: number, length: number): number {
  let sum = 0;
  for (let offset = at; offset < at + length; offset += 4) sum = (sum + view.getUint32(offset)) | 0;
  return sum >>> 0;
}
