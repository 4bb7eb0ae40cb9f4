/**
 * A font's character map (ISO/IEC 14496-22, cmap): code points (format 12, else 4) and variation sequences (format 14),
 * looked up in the table itself. fontkit 2.0.4 takes a miss among a selector's default sequences for final and never
 * reads the non-default ones (forms.md 12.2); that is why sequences are read here.
 */
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

type Ranges = readonly (readonly [from: number, to: number])[];

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

const LAST_CODE_POINT = 0x10ffff;

const everyPoint = (ranges: Ranges): number[] =>
  ranges.flatMap(([from, to]) =>
    Array.from({ length: Math.min(to, LAST_CODE_POINT) - from + 1 }, (_, index) => from + index),
  );

interface Characters {
  readonly glyphOf: (codePoint: number) => number;
  readonly ranges: () => Ranges;
}

/** Index of the first of `count` sorted entries whose end is not before `wanted`; `count` when there is none. */
function firstNotBefore(count: number, endOf: (index: number) => number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
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

/**
 * Format 14: for each selector a default table (ranges of bases that look as without selector) and a non-default table
 * (bases with a glyph of their own). A pair may be in either.
 */
function readSequences(data: DataView, at: number, glyphOf: (codePoint: number) => number) {
  const uint24 = (offset: number) => data.getUint16(offset) * 256 + data.getUint8(offset + 2);
  const selectors = data.getUint32(at + 6);
  const record = (index: number) => at + 10 + index * 11;
  const tables = (index: number) => {
    const [defaults, others] = [data.getUint32(record(index) + 3), data.getUint32(record(index) + 7)];
    return { defaults: defaults && at + defaults, others: others && at + others };
  };
  const endOfRange = (table: number, index: number) =>
    uint24(table + 4 + index * 4) + data.getUint8(table + 7 + index * 4);
  const isDefault = (table: number, base: number): boolean => {
    const count = data.getUint32(table);
    const found = firstNotBefore(count, (index) => endOfRange(table, index), base);
    return found < count && base >= uint24(table + 4 + found * 4);
  };
  const ownGlyph = (table: number, base: number): number | undefined => {
    const count = data.getUint32(table);
    const found = firstNotBefore(count, (index) => uint24(table + 4 + index * 5), base);
    if (found === count || uint24(table + 4 + found * 5) !== base) return undefined;
    return data.getUint16(table + 7 + found * 5);
  };
  const glyphOfSequence = (base: number, selector: number): number | undefined => {
    const found = firstNotBefore(selectors, (index) => uint24(record(index)), selector);
    if (found === selectors || uint24(record(found)) !== selector) return undefined;
    const { defaults, others } = tables(found);
    if (defaults && isDefault(defaults, base)) return glyphOf(base);
    return others ? ownGlyph(others, base) : undefined;
  };
  const basesOf = (index: number): number[] => {
    const { defaults, others } = tables(index);
    const ranges = defaults ? Array.from({ length: data.getUint32(defaults) }, (_, n) => n) : [];
    const own = others ? Array.from({ length: data.getUint32(others) }, (_, n) => n) : [];
    return [
      ...everyPoint(ranges.map((n) => [uint24(defaults + 4 + n * 4), endOfRange(defaults, n)])),
      ...own.map((n) => uint24(others + 4 + n * 5)),
    ];
  };
  const sequences = () =>
    Array.from({ length: selectors }, (_, index) => index).flatMap((index) =>
      basesOf(index).map((base): [number, number] => [base, uint24(record(index))]),
    );
  return { glyphOfSequence, sequences };
}
