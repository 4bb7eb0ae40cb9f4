/**
 * Reads the tables of a TrueType font straight from its bytes (ISO/IEC 14496-22): character map (format 12), variation
 * sequences (format 14), metrics and outlines' places. Nothing is decoded that is not asked for, nothing is kept but
 * offsets, so that several threads read one copy.
 */
export interface SfntFont {
  readonly bytes: Uint8Array;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  /** xMin, yMin, xMax, yMax in font units */
  readonly box: readonly [number, number, number, number];
  /** glyph id, or 0 when the font has none */
  readonly glyphOf: (codePoint: number) => number;
  /** glyph of exactly this base + variation selector, undefined when the pair is not in the UVS table */
  readonly glyphOfSequence: (base: number, selector: number) => number | undefined;
  /** font units */
  readonly advanceOf: (glyph: number) => number;
  readonly bearingOf: (glyph: number) => number;
  /** absolute start and end of a glyph's record; equal for an empty glyph */
  readonly recordOf: (glyph: number) => readonly [start: number, end: number];
  /** a table's bytes; undefined when absent */
  readonly table: (tag: string) => Uint8Array | undefined;
}

interface Place {
  readonly at: number;
  readonly length: number;
}

/** Throws RangeError when a table this reader needs is missing or of another format. */
export function readSfnt(bytes: Uint8Array): SfntFont {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = readDirectory(data);
  const place = (tag: string): Place => {
    const found = tables.get(tag);
    if (!found) throw new RangeError(`the font has no table ${tag}`);
    return found;
  };
  const [head, hhea, os2, maxp] = [place('head').at, place('hhea').at, place('OS/2').at, place('maxp').at];
  const glyphs = data.getUint16(maxp + 4);
  const metrics = readMetrics(data, place('hmtx').at, data.getUint16(hhea + 34), glyphs);
  return {
    bytes,
    unitsPerEm: data.getUint16(head + 18),
    ascent: data.getInt16(hhea + 4),
    descent: data.getInt16(hhea + 6),
    capHeight: data.getInt16(os2 + 88),
    box: [36, 38, 40, 42].map((offset) => data.getInt16(head + offset)) as [number, number, number, number],
    ...metrics,
    ...readCharacterMap(data, place('cmap').at),
    recordOf: recordReader(data, place('loca').at, place('glyf').at, data.getInt16(head + 50), glyphs),
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
    tables.set(tag, { at: data.getUint32(entry + 8), length: data.getUint32(entry + 12) });
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

function readCharacterMap(data: DataView, cmap: number) {
  const subtable = (wanted: number): number => {
    const count = data.getUint16(cmap + 2);
    for (let index = 0; index < count; index += 1) {
      const at = cmap + data.getUint32(cmap + 4 + index * 8 + 4);
      if (data.getUint16(at) === wanted) return at;
    }
    throw new RangeError(`the font has no character map of format ${wanted}`);
  };
  const glyphOf = readGroups(data, subtable(12));
  const sequences = readSequences(data, subtable(14), glyphOf);
  return {
    glyphOf,
    glyphOfSequence: (base: number, selector: number) => sequences.get(sequenceKey(base, selector)),
  };
}

/** Format 12: sorted groups of startCharCode, endCharCode, startGlyphID. */
function readGroups(data: DataView, at: number): (codePoint: number) => number {
  const count = data.getUint32(at + 12);
  return (codePoint) => {
    let low = 0;
    let high = count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = at + 16 + middle * 12;
      const start = data.getUint32(group);
      if (codePoint < start) high = middle - 1;
      else if (codePoint > data.getUint32(group + 4)) low = middle + 1;
      else return data.getUint32(group + 8) + codePoint - start;
    }
    return 0;
  };
}

/** One number for a pair: a base takes 21 bits, so does a selector; 42 bits fit a double exactly. */
const sequenceKey = (base: number, selector: number): number => selector * 0x200000 + base;

/**
 * Format 14, both kinds: a default table names pairs that look like their base, a non-default table names a glyph. A
 * pair may be in either; that fontkit 2.0.4 stops at the first is the bug of forms.md 12.2.
 */
function readSequences(
  data: DataView,
  at: number,
  glyphOf: (codePoint: number) => number,
): ReadonlyMap<number, number> {
  const sequences = new Map<number, number>();
  const uint24 = (offset: number) => data.getUint16(offset) * 256 + data.getUint8(offset + 2);
  const selectors = data.getUint32(at + 6);
  for (let index = 0; index < selectors; index += 1) {
    const record = at + 10 + index * 11;
    const selector = uint24(record);
    const [defaults, others] = [data.getUint32(record + 3), data.getUint32(record + 7)];
    for (let n = 0; defaults > 0 && n < data.getUint32(at + defaults); n += 1) {
      const range = at + defaults + 4 + n * 4;
      for (let extra = 0; extra <= data.getUint8(range + 3); extra += 1) {
        const base = uint24(range) + extra;
        sequences.set(sequenceKey(base, selector), glyphOf(base));
      }
    }
    for (let n = 0; others > 0 && n < data.getUint32(at + others); n += 1) {
      const mapping = at + others + 4 + n * 5;
      sequences.set(sequenceKey(uint24(mapping), selector), data.getUint16(mapping + 3));
    }
  }
  return sequences;
}
