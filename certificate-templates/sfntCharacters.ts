/**
 * A font's character map (ISO/IEC 14496-22, cmap): code points (format 12, else 4) and variation sequences (format 14),
 * looked up in the table itself. fontkit 2.0.4 takes a miss among a selector's default sequences for final and never
 * reads the non-default ones (forms.md 12.2); that is why sequences are read here.
 */
import { everyPoint, firstNotBefore, type Ranges } from './codePointRanges.ts';
import { readSequences } from './sfntSequences.ts';

export interface CharacterMap {
  /** glyph id, or 0 when the font has none */
  readonly glyphOf: (codePoint: number) => number;
  /** glyph of exactly this base + variation selector, undefined when the pair is not in the UVS table */
  readonly glyphOfSequence: (base: number, selector: number) => number | undefined;
  /** every code point that has a glyph, ascending */
  readonly codePoints: () => number[];
  /** every variation sequence, by selector */
  readonly sequences: () => [base: number, selector: number][];
}

/** Throws RangeError when the font has no Unicode character map. */
export function readCharacterMap(data: DataView, cmap: number): CharacterMap {
  const [full, basic, variations] = [12, 4, 14].map((format) => subtableOf(data, cmap, format));
  const characters =
    full !== undefined ? readGroups(data, full) : basic !== undefined ? readSegments(data, basic) : undefined;
  if (!characters) throw new RangeError('the font has no Unicode character map of format 12 or 4');
  const { glyphOf, ranges } = characters;
  return {
    glyphOf,
    codePoints: () => everyPoint(ranges()).filter((codePoint) => glyphOf(codePoint) !== 0),
    ...(variations === undefined
      ? { glyphOfSequence: () => undefined, sequences: () => [] }
      : readSequences(data, variations, glyphOf)),
  };
}

function subtableOf(data: DataView, cmap: number, format: number): number | undefined {
  const count = data.getUint16(cmap + 2);
  for (let index = 0; index < count; index += 1) {
    const at = cmap + data.getUint32(cmap + 4 + index * 8 + 4);
    if (isUnicode(data, cmap + 4 + index * 8) && data.getUint16(at) === format) return at;
  }
  return undefined;
}

/** Platform 0, or platform 3 with encoding 1 (BMP) or 10. */
function isUnicode(data: DataView, record: number): boolean {
  const [platform, encoding] = [data.getUint16(record), data.getUint16(record + 2)];
  return platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
}

interface Characters {
  readonly glyphOf: (codePoint: number) => number;
  readonly ranges: () => Ranges;
}

/** Format 12: sorted groups of startCharCode, endCharCode, startGlyphID. */
function readGroups(data: DataView, at: number): Characters {
  const count = data.getUint32(at + 12);
  const group = (index: number) => at + 16 + index * 12;
  return {
    glyphOf: (codePoint) => {
      const found = firstNotBefore(count, (index) => data.getUint32(group(index) + 4), codePoint);
      if (found === count) return 0;
      const start = data.getUint32(group(found));
      return codePoint < start ? 0 : data.getUint32(group(found) + 8) + codePoint - start;
    },
    ranges: () =>
      Array.from({ length: count }, (_, index) => [
        data.getUint32(group(index)),
        data.getUint32(group(index) + 4),
      ]),
  };
}

/** Format 4: four parallel arrays of segments for the BMP; a glyph is an offset of the code or an entry of an array. */
function readSegments(data: DataView, at: number): Characters {
  const count = data.getUint16(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + count * 2 + 2;
  const [deltas, offsets] = [starts + count * 2, starts + count * 4];
  const endOf = (index: number) => data.getUint16(ends + index * 2);
  return {
    glyphOf: (codePoint) => {
      const found = codePoint > 0xffff ? count : firstNotBefore(count, endOf, codePoint);
      if (found === count || codePoint < data.getUint16(starts + found * 2)) return 0;
      const delta = data.getUint16(deltas + found * 2);
      const offset = data.getUint16(offsets + found * 2);
      if (offset === 0) return (codePoint + delta) & 0xffff;
      const entry = offsets + found * 2 + offset + (codePoint - data.getUint16(starts + found * 2)) * 2;
      const glyph = data.getUint16(entry);
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    },
    ranges: () =>
      Array.from({ length: count }, (_, index) => [data.getUint16(starts + index * 2), endOf(index)]),
  };
}
