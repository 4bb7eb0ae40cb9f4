/** Black-and-white pictures in memory, and filling an outline into one. */
import type { Point } from './pathPolygons.ts';

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** one byte a pixel, row by row from the top; 1 is ink */
  readonly pixels: Uint8Array;
}

export const newBitmap = (width: number, height: number): Bitmap => ({
  width,
  height,
  pixels: new Uint8Array(width * height),
});

/** Inks every pixel whose centre is inside the polygons, by the nonzero winding rule; pixels, y downwards. */
export function fillPolygons(bitmap: Bitmap, polygons: readonly (readonly Point[])[]): void {
  for (let row = 0; row < bitmap.height; row += 1) {
    const crossings = polygons.flatMap((polygon) => crossingsOf(polygon, row + 0.5));
    crossings.sort(([left], [right]) => left - right);
    let winding = 0;
    crossings.forEach(([x, turn], index) => {
      winding += turn;
      const next = crossings[index + 1];
      if (winding !== 0 && next) inkSpan(bitmap, row, x, next[0]);
    });
  }
}

/** Where the polygon's edges cross a line, and whether upwards or downwards. */
function crossingsOf(polygon: readonly Point[], y: number): (readonly [x: number, turn: number])[] {
  return polygon.flatMap(([x1, y1], index) => {
    const [x2, y2] = polygon[(index + 1) % polygon.length]!;
    if (y1 <= y === y2 <= y) return [];
    return [[x1 + ((y - y1) / (y2 - y1)) * (x2 - x1), y1 < y2 ? 1 : -1] as const];
  });
}

function inkSpan({ width, pixels }: Bitmap, row: number, from: number, to: number): void {
  const [first, end] = [Math.max(0, Math.ceil(from - 0.5)), Math.min(width, Math.ceil(to - 0.5))];
  if (end > first) pixels.fill(1, row * width + first, row * width + end);
}

/** Grows ink by `radius` pixels in the eight directions: a bolder letter. */
export function grow(bitmap: Bitmap, radius: number): Bitmap {
  const { width, height, pixels } = bitmap;
  const across = spread(pixels, width, height, 1, width, radius);
  return { width, height, pixels: spread(across, height, width, width, 1, radius) };
}

/** Spreads ink along lines: `count` lines of `length` pixels, `step` apart in a line, `stride` from line to line. */
function spread(
  pixels: Uint8Array,
  length: number,
  count: number,
  step: number,
  stride: number,
  radius: number,
): Uint8Array {
  const grown = new Uint8Array(pixels.length);
  for (let line = 0; line < count; line += 1) {
    let inkUntil = -1;
    for (let at = -radius; at < length; at += 1) {
      if (at + radius < length && pixels[line * stride + (at + radius) * step]) inkUntil = at + 2 * radius;
      if (at >= 0 && at <= inkUntil) grown[line * stride + at * step] = 1;
    }
  }
  return grown;
}

/** One bit a pixel, 1 is paper, each row padded to whole bytes: PDF's image mask. */
export function packedRows({ width, height, pixels }: Bitmap): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const rows = new Uint8Array(rowBytes * height).fill(0xff);
  for (let at = 0; at < pixels.length; at += 1) {
    if (pixels[at] === 0) continue;
    const x = at % width;
    rows[((at - x) / width) * rowBytes + (x >> 3)]! &= ~(0x80 >> (x & 7));
  }
  return rows;
}
