/**
 * A TrueType glyph's outline as SVG path data: simple glyphs of on- and off-curve points, composites of placed parts
 * (ISO/IEC 14496-22, glyf). Quadratic curves stay what they are; nothing is kept.
 */
import type { SfntFont } from '#templates/sfnt.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}
type Contour = readonly Point[];

/** x' = a x + c y + dx, y' = b x + d y + dy */
interface Transform {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly dx: number;
  readonly dy: number;
}

/** A composite of composites deeper than this is a fault of the font (a part that is its own part never ends). */
const DEEPEST = 8;

/** SVG path of a glyph: `em` units to the em, y downwards, the writing line at `baseline`; empty for a blank glyph. */
export function glyphPath(font: SfntFont, glyph: number, em: number, baseline: number): string {
  const scale = em / font.unitsPerEm;
  const place = ({ x, y }: Point): string => `${Math.round(x * scale)} ${Math.round(baseline - y * scale)}`;
  return contoursOf(font, glyph, DEEPEST)
    .map((contour) => contourPath(contour, place))
    .join('');
}

function contoursOf(font: SfntFont, glyph: number, depth: number): readonly Contour[] {
  const [start, end] = font.recordOf(glyph);
  if (start === end) return [];
  const record = new DataView(font.bytes.buffer, font.bytes.byteOffset + start, end - start);
  const contours = record.getInt16(0);
  if (contours >= 0) return simpleContours(record, contours);
  if (depth === 0) throw new RangeError('a composite glyph is made of too many layers');
  return compositeContours(font, record, depth);
}

const [ON_CURVE, X_BYTE, Y_BYTE, REPEAT, X_SAME, Y_SAME] = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20];

function simpleContours(record: DataView, count: number): readonly Contour[] {
  if (count === 0) return [];
  const ends = Array.from({ length: count }, (_, index) => record.getUint16(10 + index * 2));
  const points = ends.at(-1)! + 1;
  const instructions = 10 + count * 2;
  const flags = readFlags(record, instructions + 2 + record.getUint16(instructions), points);
  const xs = readCoordinates(record, flags.next, flags.flags, X_BYTE, X_SAME);
  const ys = readCoordinates(record, xs.next, flags.flags, Y_BYTE, Y_SAME);
  const all = flags.flags.map((flag, index) => ({
    x: xs.values[index]!,
    y: ys.values[index]!,
    on: (flag & ON_CURVE) !== 0,
  }));
  return ends.map((end, index) => all.slice(index === 0 ? 0 : ends[index - 1]! + 1, end + 1));
}

function readFlags(record: DataView, at: number, points: number) {
  const flags: number[] = [];
  let next = at;
  while (flags.length < points) {
    const flag = record.getUint8(next);
    const more = flag & REPEAT ? record.getUint8(next + 1) : 0;
    for (let count = 0; count <= more; count += 1) flags.push(flag);
    next += flag & REPEAT ? 2 : 1;
  }
  return { flags, next };
}

/** One axis: each value is a distance from the last one, in a byte with its sign in a flag, in a word, or none. */
function readCoordinates(record: DataView, at: number, flags: readonly number[], byte: number, same: number) {
  const values: number[] = [];
  let next = at;
  let value = 0;
  for (const flag of flags) {
    if (flag & byte) {
      value += flag & same ? record.getUint8(next) : -record.getUint8(next);
      next += 1;
    } else if (!(flag & same)) {
      value += record.getInt16(next);
      next += 2;
    }
    values.push(value);
  }
  return { values, next };
}

const [WORDS, ARE_OFFSETS, SCALE, MORE, TWO_SCALES, MATRIX] = [0x1, 0x2, 0x8, 0x20, 0x40, 0x80];

function compositeContours(font: SfntFont, record: DataView, depth: number): readonly Contour[] {
  const contours: Contour[] = [];
  let at = 10;
  for (let flags = MORE; flags & MORE;) {
    flags = record.getUint16(at);
    if (!(flags & ARE_OFFSETS)) throw new RangeError('a part of a composite glyph is placed by points');
    const parts = contoursOf(font, record.getUint16(at + 2), depth - 1);
    const { transform, next } = readTransform(record, at + 4, flags);
    contours.push(...parts.map((contour) => contour.map((point) => moved(point, transform))));
    at = next;
  }
  return contours;
}

function readTransform(record: DataView, at: number, flags: number): { transform: Transform; next: number } {
  const words = (flags & WORDS) !== 0;
  const [dx, dy] = words
    ? [record.getInt16(at), record.getInt16(at + 2)]
    : [record.getInt8(at), record.getInt8(at + 1)];
  const numbers = at + (words ? 4 : 2);
  // F2Dot14
  const ratio = (index: number) => record.getInt16(numbers + index * 2) / 16_384;
  if (flags & SCALE) {
    return { transform: { a: ratio(0), b: 0, c: 0, d: ratio(0), dx, dy }, next: numbers + 2 };
  }
  if (flags & TWO_SCALES) {
    return { transform: { a: ratio(0), b: 0, c: 0, d: ratio(1), dx, dy }, next: numbers + 4 };
  }
  if (flags & MATRIX) {
    return {
      transform: { a: ratio(0), b: ratio(1), c: ratio(2), d: ratio(3), dx, dy },
      next: numbers + 8,
    };
  }
  return { transform: { a: 1, b: 0, c: 0, d: 1, dx, dy }, next: numbers };
}

const moved = ({ x, y, on }: Point, { a, b, c, d, dx, dy }: Transform): Point => ({
  x: a * x + c * y + dx,
  y: b * x + d * y + dy,
  on,
});

const between = (left: Point, right: Point): Point => ({
  x: (left.x + right.x) / 2,
  y: (left.y + right.y) / 2,
  on: true,
});

/** Two off-curve points in a row have an on-curve point half way between them. */
function contourPath(contour: Contour, place: (point: Point) => string): string {
  if (contour.length < 2) return '';
  const first = contour.findIndex(({ on }) => on);
  const start = first >= 0 ? contour[first]! : between(contour.at(-1)!, contour[0]!);
  const rest = first >= 0 ? [...contour.slice(first + 1), ...contour.slice(0, first)] : contour;
  let path = `M${place(start)}`;
  rest.forEach((point, index) => {
    const next = rest[index + 1] ?? start;
    const reached = index > 0 && !rest[index - 1]!.on; // the curve before ended here
    if (!point.on) path += `Q${place(point)} ${place(next.on ? next : between(point, next))}`;
    else if (!reached) path += `L${place(point)}`;
  });
  return `${path}Z`;
}
