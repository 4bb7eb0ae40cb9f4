/**
 * The embedded font's PDF objects: a composite font whose codes are subset ids (ISO 32000-1, 9.7), with a ToUnicode map
 * that gives back every spelling exactly, variation selector included.
 */
import { deflateSync } from 'node:zlib';
import type { UsedFont } from './documentFonts.ts';
import type { FontFace } from './font.ts';
import type { SubsetGlyph } from './fontSubset.ts';
import { toUnicodeMap } from './toUnicodeMap.ts';

/** What pdfkit's `ref` gives: an indirect object that is filled and ended. */
export interface PdfObject {
  data: Record<string, unknown>;
  write(bytes: Uint8Array): void;
  end(): void;
}
export type MakeObject = (data: Record<string, unknown>) => PdfObject;

/** Level 3 costs half the time of level 6 and 3 % more bytes (rendering.md 3.3). */
const DEFLATE_LEVEL = 3;
/** Symbolic (codes are not a Latin encoding) and serif. */
const DESCRIPTOR_FLAGS = (1 << 2) | (1 << 1);

/**
 * Ends all objects of the font; `font` is the reference pages already name. `cidSet` names the glyphs of the subset once
 * more, which part 1 of PDF/A demands and part 2 does not (ISO 19005-1, 6.3.5).
 */
export function embedFont(
  font: PdfObject,
  { face, subset }: UsedFont,
  make: MakeObject,
  { cidSet = false }: { readonly cidSet?: boolean } = {},
): void {
  const { sfnt } = face;
  const glyphs = [...subset.common.glyphs, ...subset.own];
  const name = `${subsetTag(face, glyphs)}+${face.name}`;
  const file = subset.encode();
  const fontFile = precompressed(make, file.compressed, { Length1: file.length });
  const scale = 1000 / sfnt.unitsPerEm;
  const descriptor = ended(make, {
    Type: 'FontDescriptor',
    FontName: name,
    Flags: DESCRIPTOR_FLAGS,
    FontBBox: sfnt.box.map((edge) => Math.round(edge * scale)),
    ItalicAngle: 0,
    Ascent: Math.round(sfnt.ascent * scale),
    Descent: Math.round(sfnt.descent * scale),
    CapHeight: Math.round(sfnt.capHeight * scale),
    StemV: 80,
    FontFile2: fontFile,
    ...(cidSet ? { CIDSet: deflated(make, allIds(glyphs.length)) } : {}),
  });
  const descendant = ended(make, {
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont: name,
    CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
    FontDescriptor: descriptor,
    CIDToGIDMap: 'Identity',
    DW: 1000,
    W: widths(glyphs),
  });
  Object.assign(font.data, {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: precompressed(make, toUnicodeMap(subset)),
  });
  font.end();
}

function ended(make: MakeObject, data: Record<string, unknown>): PdfObject {
  const object = make(data);
  object.end();
  return object;
}

/** A bit for each id from 0, most significant first. */
function allIds(glyphs: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil((glyphs + 1) / 8)).fill(0xff);
  bits[bits.length - 1] = (0xff00 >> (((glyphs + 8) % 8) + 1)) & 0xff;
  return bits;
}

/** A stream object, already compressed: pdfkit would deflate at level 6. */
export function deflated(make: MakeObject, bytes: Uint8Array, data: Record<string, unknown> = {}): PdfObject {
  return precompressed(make, deflateSync(bytes, { level: DEFLATE_LEVEL }), data);
}

/** A stream object of bytes that are zlib data already. */
export function precompressed(
  make: MakeObject,
  zlibBytes: Uint8Array,
  data: Record<string, unknown> = {},
): PdfObject {
  const object = make({ ...data, Filter: 'FlateDecode' });
  object.write(zlibBytes);
  object.end();
  return object;
}

/**
 * Six letters that differ when the subset does: printers that keep fonts by name between jobs must not draw one
 * person's document with another's glyphs. FNV-1a over the font's edition and the spellings, which are all that tells
 * glyphs of one font apart.
 */
function subsetTag({ edition = '' }: FontFace, glyphs: readonly SubsetGlyph[]): string {
  let hash = hashed(0x811c9dc5, edition);
  for (const { spelling } of glyphs) hash = hashed(hash, spelling);
  return Array.from({ length: 6 }, (_, place) => {
    return String.fromCharCode(65 + (Math.floor(hash / 26 ** place) % 26));
  }).join('');
}

function hashed(start: number, text: string): number {
  let hash = start;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** Only what differs from the em, as runs of consecutive ids: `c [w1 w2 ...]`. */
function widths(glyphs: readonly SubsetGlyph[]): unknown[] {
  const runs: unknown[] = [];
  let current: number[] | undefined;
  glyphs.forEach(({ advance }, index) => {
    if (advance === 1000) {
      current = undefined;
      return;
    }
    if (!current) {
      current = [];
      runs.push(index + 1, current);
    }
    current.push(Math.round(advance * 100) / 100);
  });
  return runs;
}
