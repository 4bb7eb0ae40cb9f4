/**
 * Reads the tables of a TrueType font straight from its bytes (ISO/IEC 14496-22). Nothing is decoded that is not asked
 * for, nothing is kept but offsets, so that several threads read one copy of the bytes.
 */
import { readCharacterMap, type CharacterMap } from './sfntCharacters.ts';

export interface SfntFont extends CharacterMap {
  readonly bytes: Uint8Array;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  /** xMin, yMin, xMax, yMax in font units */
  readonly box: readonly [number, number, number, number];
  /** number of glyphs */
  readonly glyphCount: number;
  /** font units */
  readonly advanceOf: (glyph: number) => number;
  readonly bearingOf: (glyph: number) => number;
  /** absolute start and end of a glyph's record; equal for an empty glyph */
  readonly recordOf: (glyph: number) => readonly [start: number, end: number];
  /** glyphs a composite glyph is made of, each once; empty for a simple one */
  readonly partsOf: (glyph: number) => readonly number[];
  /** a table's bytes; undefined when absent */
  readonly table: (tag: string) => Uint8Array | undefined;
}

interface Place {
  readonly at: number;
  readonly length: number;
}

/** TrueType outlines; 'OTTO' (CFF), 'ttcf' and web fonts have other first bytes. */
const TRUETYPE = 0x00010000;

/** Throws RangeError when the bytes are not TrueType or a table this reader needs is missing or of another format. */
export function readSfnt(bytes: Uint8Array): SfntFont {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || data.getUint32(0) !== TRUETYPE) throw new RangeError('not a TrueType font');
  const tables = readDirectory(data);
  const place = (tag: string): Place => {
    const found = tables.get(tag);
    if (!found) throw new RangeError(`the font has no table ${tag}`);
    return found;
  };
  const [head, hhea, os2, maxp] = [place('head').at, place('hhea').at, place('OS/2').at, place('maxp').at];
  const glyphCount = data.getUint16(maxp + 4);
  const format = data.getInt16(head + 50);
  const recordOf = recordReader(data, place('loca').at, place('glyf').at, format, glyphCount);
  const ascent = data.getInt16(hhea + 4);
  return {
    bytes,
    unitsPerEm: data.getUint16(head + 18),
    ascent,
    descent: data.getInt16(hhea + 6),
    // the field came with version 2 of the table
    capHeight: data.getUint16(os2) >= 2 ? data.getInt16(os2 + 88) : ascent,
    box: [36, 38, 40, 42].map((offset) => data.getInt16(head + offset)) as [number, number, number, number],
    glyphCount,
    ...readMetrics(data, place('hmtx').at, data.getUint16(hhea + 34), glyphCount),
    ...readCharacterMap(data, place('cmap').at),
    recordOf,
    partsOf: (glyph) => {
      const [start, end] = recordOf(glyph);
      const record = new DataView(data.buffer, data.byteOffset + start, end - start);
      return [...new Set(compositeParts(record).map((place) => record.getUint16(place)))];
    },
    table: (tag) => {
      const found = tables.get(tag);
      return found && bytes.subarray(found.at, found.at + found.length);
    },
  };
}

function readDirectory(data: DataView): ReadonlyMap<string, Place> {
  const tables = new Map<string, Place>();
  const count = data.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const entry = 12 + index * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((offset) => data.getUint8(entry + offset)));
    const place = { at: data.getUint32(entry + 8), length: data.getUint32(entry + 12) };
    if (place.at + place.length > data.byteLength) throw new RangeError(`the font ends inside table ${tag}`);
    tables.set(tag, place);
  }
  return tables;
}

function readMetrics(data: DataView, hmtx: number, full: number, glyphs: number) {
  const known = (glyph: number): number => {
    if (glyph < 0 || glyph >= glyphs) throw new RangeError('no such glyph');
    return glyph;
  };
  return {
    advanceOf: (glyph: number) => data.getUint16(hmtx + Math.min(known(glyph), full - 1) * 4),
    bearingOf: (glyph: number) =>
      known(glyph) < full
        ? data.getInt16(hmtx + glyph * 4 + 2)
        : data.getInt16(hmtx + full * 4 + (glyph - full) * 2),
  };
}

function recordReader(data: DataView, loca: number, glyf: number, format: number, glyphs: number) {
  const offset = (index: number) =>
    format === 1 ? data.getUint32(loca + index * 4) : data.getUint16(loca + index * 2) * 2;
  return (glyph: number): readonly [number, number] => {
    if (glyph < 0 || glyph >= glyphs) throw new RangeError('no such glyph');
    return [glyf + offset(glyph), glyf + offset(glyph + 1)];
  };
}

const NONE: readonly number[] = [];
const [ARGUMENTS_ARE_WORDS, HAS_SCALE, MORE_PARTS, HAS_TWO_SCALES, HAS_MATRIX] = [0x1, 0x8, 0x20, 0x40, 0x80];

/** Where in a composite glyph's record the ids of its parts stand (ISO/IEC 14496-22, glyf); none for a simple glyph. */
export function compositeParts(record: DataView): readonly number[] {
  if (record.byteLength === 0 || record.getInt16(0) >= 0) return NONE;
  const places: number[] = [];
  let at = 10;
  for (let flags = MORE_PARTS; flags & MORE_PARTS;) {
    flags = record.getUint16(at);
    places.push(at + 2);
    at += flags & ARGUMENTS_ARE_WORDS ? 8 : 6;
    at += flags & HAS_SCALE ? 2 : flags & HAS_TWO_SCALES ? 4 : flags & HAS_MATRIX ? 8 : 0;
  }
  return places;
}
