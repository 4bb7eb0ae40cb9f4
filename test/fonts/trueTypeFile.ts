/** Writes a small TrueType file (ISO/IEC 14496-22): simple and composite glyphs, a character map of format 4. */
import type { Contour } from './strokes.ts';

/** A part placed in a composite: scaled, then moved. */
export interface Part {
  readonly glyph: number;
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
export type Outline =
  | { readonly kind: 'simple'; readonly contours: readonly Contour[] }
  | { readonly kind: 'composite'; readonly parts: readonly Part[]; readonly box: Box };
export type Box = readonly [xMin: number, yMin: number, xMax: number, yMax: number];

export interface SmallFont {
  readonly family: string;
  /** by glyph id; the first is .notdef */
  readonly outlines: readonly Outline[];
  /** BMP code points, ascending, with their glyph ids */
  readonly characters: readonly (readonly [codePoint: number, glyph: number])[];
}

const UNITS_PER_EM = 1000;
const [ASCENT, DESCENT] = [880, -120];

/** Big-endian words, each `[size in bytes, value]`. */
function words(...values: readonly (readonly [size: 1 | 2 | 4 | 8, value: number])[]): Buffer {
  return Buffer.concat(
    values.map(([size, value]) => {
      const word = Buffer.alloc(size);
      if (size === 8) word.writeBigInt64BE(BigInt(value));
      else
        word.writeIntBE(
          size < 4 && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value | 0,
          0,
          size,
        );
      return word;
    }),
  );
}
const shorts = (...values: readonly number[]): Buffer => words(...values.map((value) => [2, value] as const));
const padded = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc(-data.length & 3)]);

/** The complete file. */
export function trueTypeFile(font: SmallFont): Buffer {
  const records = font.outlines.map((outline) => padded(recordOf(outline)));
  const boxes = font.outlines.map(boxOf);
  const box = [0, 1, 2, 3].map((edge) => {
    const values = boxes.map((each) => each[edge]!);
    return edge < 2 ? Math.min(...values) : Math.max(...values);
  });
  const count = records.length;
  const tables: [string, Buffer][] = [
    ['OS/2', os2Table(font)],
    ['cmap', cmapTable(font)],
    ['glyf', Buffer.concat(records)],
    ['head', headTable(box)],
    ['hhea', hheaTable(count)],
    ['hmtx', shorts(...boxes.flatMap(([xMin]) => [UNITS_PER_EM, xMin]))],
    ['loca', locaTable(records)],
    ['maxp', maxpTable(font.outlines)],
    ['name', nameTable(font.family)],
    // version 3: no glyph names
    ['post', words([4, 0x00030000], [4, 0], [2, 0], [2, 0], [4, 0], [4, 0], [4, 0], [4, 0], [4, 0])],
  ];
  return assembled(tables);
}

function boxOf(outline: Outline): Box {
  if (outline.kind === 'composite') return outline.box;
  const points = outline.contours.flat();
  if (points.length === 0) return [0, 0, 0, 0];
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Every point on the curve, every coordinate a word. */
function recordOf(outline: Outline): Buffer {
  if (outline.kind === 'composite') return compositeRecord(outline);
  const { contours } = outline;
  if (contours.length === 0) return Buffer.alloc(0);
  const ends = contours.map((_, index) => contours.slice(0, index + 1).flat().length - 1);
  const points = contours.flat();
  const steps = (axis: 0 | 1) => points.map((point, at) => point[axis] - (points[at - 1]?.[axis] ?? 0));
  return Buffer.concat([
    shorts(contours.length, ...boxOf(outline), ...ends, 0),
    Buffer.alloc(points.length, 1),
    shorts(...steps(0)),
    shorts(...steps(1)),
  ]);
}

/** Offsets are words (1, 2), one scale (8), more parts follow (32). */
function compositeRecord({ parts, box }: Extract<Outline, { kind: 'composite' }>): Buffer {
  const last = parts.length - 1;
  const bodies = parts.flatMap(({ glyph, scale, x, y }, index) => [
    0x1 | 0x2 | 0x8 | (index < last ? 0x20 : 0),
    glyph,
    x,
    y,
    Math.round(scale * 16_384),
  ]);
  return shorts(-1, ...box, ...bodies);
}

function locaTable(records: readonly Buffer[]): Buffer {
  const ends = records.map((_, index) =>
    records.slice(0, index + 1).reduce((sum, record) => sum + record.length, 0),
  );
  return words(...[0, ...ends].map((end) => [4, end] as const));
}

function headTable(box: readonly number[]): Buffer {
  return Buffer.concat([
    words([4, 0x00010000], [4, 0x00010000], [4, 0], [4, 0x5f0f3cf5], [2, 0x0003], [2, UNITS_PER_EM]),
    words([8, 0], [8, 0]),
    shorts(...box, 0, 8, 2, 1, 0),
  ]);
}

const hheaTable = (count: number): Buffer =>
  Buffer.concat([
    words([4, 0x00010000]),
    shorts(ASCENT, DESCENT, 0, UNITS_PER_EM, 0, 0, UNITS_PER_EM, 1, 0, 0, 0, 0, 0, 0, 0, count),
  ]);

function maxpTable(outlines: readonly Outline[]): Buffer {
  const simple = outlines.map((outline) => (outline.kind === 'simple' ? outline.contours : []));
  const most = (values: readonly number[]): number => Math.max(0, ...values);
  const points = most(simple.map((contours) => contours.flat().length));
  const contours = most(simple.map(({ length }) => length));
  const parts = most(outlines.map((outline) => (outline.kind === 'composite' ? outline.parts.length : 0)));
  return Buffer.concat([
    words([4, 0x00010000]),
    shorts(outlines.length, points, contours, points * parts, contours * parts),
    shorts(1, 0, 0, 0, 0, 0, 0, parts, 1),
  ]);
}

/** Version 4, installable embedding, private-use bit (60). */
function os2Table({ characters }: SmallFont): Buffer {
  const [first, last] = [characters[0]![0], characters.at(-1)![0]];
  return Buffer.concat([
    shorts(4, UNITS_PER_EM, 400, 5, 0),
    shorts(...Array.from({ length: 11 }, () => 0)),
    Buffer.alloc(10),
    words([4, 0], [4, 1 << 28], [4, 0], [4, 0]),
    Buffer.from('DEMO', 'latin1'),
    shorts(0x40, first, last, ASCENT, DESCENT, 0, ASCENT, -DESCENT),
    words([4, 0], [4, 0]),
    shorts(500, 700, 0, 0, 1),
  ]);
}

/** One segment per character: few enough. */
function cmapTable({ characters }: SmallFont): Buffer {
  const segments = [...characters, [0xffff, 0] as const];
  const count = segments.length;
  const power = Math.floor(Math.log2(count));
  const codes = segments.map(([codePoint]) => codePoint);
  const deltas = segments.map(([codePoint, glyph]) => (glyph - codePoint) & 0xffff);
  const body = shorts(
    ...[4, 16 + count * 8, 0, count * 2, 2 << power, power, count * 2 - (2 << power)],
    ...[...codes, 0, ...codes, ...deltas, ...codes.map(() => 0)],
  );
  return Buffer.concat([shorts(0, 1, 3, 1), words([4, 12]), body]);
}

function nameTable(family: string): Buffer {
  const texts = [family, 'Regular', `${family} 1.0`, family, 'Version 1.0', family.replaceAll(' ', '')];
  const encoded = texts.map((text) => Buffer.from(text, 'utf16le').swap16());
  let at = 0;
  const entries = encoded.map((text, index) => {
    const entry = shorts(3, 1, 0x409, index + 1, text.length, at);
    at += text.length;
    return entry;
  });
  return Buffer.concat([shorts(0, texts.length, 6 + texts.length * 12), ...entries, ...encoded]);
}

function assembled(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const power = Math.floor(Math.log2(tables.length));
  const rest = tables.length * 16 - (16 << power);
  let at = 12 + tables.length * 16;
  const entries = tables.map(([tag, data]) => {
    const entry = Buffer.concat([
      Buffer.from(tag, 'latin1'),
      words([4, sumOf(padded(data))], [4, at], [4, data.length]),
    ]);
    at += padded(data).length;
    return entry;
  });
  const directory = Buffer.concat([
    words([4, 0x00010000]),
    shorts(tables.length, 16 << power, power, rest),
    ...entries,
  ]);
  const file = Buffer.concat([directory, ...tables.map(([, data]) => padded(data))]);
  const head = entries.find((entry) => entry.toString('latin1', 0, 4) === 'head')!.readUInt32BE(8);
  file.writeUInt32BE((0xb1b0afba - sumOf(file)) >>> 0, head + 8);
  return file;
}

function sumOf(data: Buffer): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum = (sum + data.readUInt32BE(at)) >>> 0;
  return sum;
}
