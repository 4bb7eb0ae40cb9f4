/**
 * Where the 2D codes stand on a back, and how they become pictures: whole printer pixels a module, no interpolation, a
 * quiet zone of four modules that the tint does not enter.
 */
import type { PrintableImage } from '#templates/datasets/printable.ts';
import type { CodeMatrix } from '../../verification/codeMatrix.ts';
import { joinParts, storePart } from '../deflateParts.ts';
import type { Frame } from '../laidOut.ts';
import { PIXEL_PT } from './tint.ts';

export const CODES_PER_ROW = 3;
/** 63.5 mm: a symbol of version 25 (117 modules) with its quiet zone, 12 pixels a module. */
const PLACE_PX = 1500;
export const PLACE_PT = PLACE_PX * PIXEL_PT;
const QUIET_MODULES = 4;
/** 0.51 mm: read back from a grey scan at 200 dpi, turned by two degrees. */
const SMALLEST_MODULE_PX = 12;

export interface PlacedCode {
  readonly image: PrintableImage;
  /** of the modules */
  readonly frame: Frame;
  /** with its quiet zone */
  readonly quiet: Frame;
}

/** Frames of up to six codes, two rows of three, from `topPt` down. Throws RangeError for a symbol too fine to read. */
export function placeCodes(
  codes: readonly CodeMatrix[],
  topPt: number,
  paperWidthPt: number,
): readonly PlacedCode[] {
  const left = Math.round((paperWidthPt / PIXEL_PT - CODES_PER_ROW * PLACE_PX) / 2);
  const top = Math.round(topPt / PIXEL_PT);
  return codes.map((code, index) => {
    const column = index % CODES_PER_ROW;
    const row = Math.floor(index / CODES_PER_ROW);
    return placeCode(code, left + column * PLACE_PX, top + row * PLACE_PX);
  });
}

/** `x` and `y` of the place, in pixels from the upper left corner of the paper. */
function placeCode(code: CodeMatrix, x: number, y: number): PlacedCode {
  const modulePx = Math.floor(PLACE_PX / (code.size + 2 * QUIET_MODULES));
  if (modulePx < SMALLEST_MODULE_PX) throw new RangeError('a 2D code too fine to be read back');
  const side = code.size * modulePx;
  const inset = Math.floor((PLACE_PX - side) / 2);
  const quiet = QUIET_MODULES * modulePx;
  return {
    image: { width: code.size, height: code.size, rows: pngRows(code) },
    frame: square(x + inset, y + inset, side),
    quiet: square(x + inset - quiet, y + inset - quiet, side + 2 * quiet),
  };
}

const square = (xPx: number, yPx: number, sidePx: number): Frame => ({
  x: xPx * PIXEL_PT,
  y: yPx * PIXEL_PT,
  widthPt: sidePx * PIXEL_PT,
  heightPt: sidePx * PIXEL_PT,
});

/** As PNG has them, filter "none" before each row; stored, because a code cannot be compressed. */
function pngRows({ size, rows }: CodeMatrix): Uint8Array {
  const rowBytes = Math.ceil(size / 8);
  const filtered = new Uint8Array((rowBytes + 1) * size);
  for (let y = 0; y < size; y += 1) {
    filtered.set(rows.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  return joinParts([storePart(filtered)]);
}
