/**
 * A picture of the front (印影) as the back keeps it: one bit a pixel, small enough to be signed whole, large enough that an
 * eye knows one seal from another. Only this copy is resampled, never what is printed. Browser-safe: what a file shows is
 * made small by the same rule before it is compared.
 */

/** `bits`: rows from the top, padded to whole bytes; a set bit is ink, and padding is clear. */
export interface OneBitPicture {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}

export interface SignedPicture extends OneBitPicture {
  /** on paper, to a hundredth */
  readonly widthMm: number;
  readonly heightMm: number;
}

/** A quarter of a millimetre of the largest seal (25 mm): finer than its strokes, at most 2 kB before compression. */
export const LONGEST_SIDE_PX = 128;

/** Rounded as it is signed. */
export const hundredths = (mm: number): number => Math.round(mm * 100);

/** The copy that is signed of a picture printed in this size. The same picture gives the same bits everywhere. */
export function signedPicture(picture: OneBitPicture, widthMm: number, heightMm: number): SignedPicture {
  const scale = Math.max(1, Math.max(picture.width, picture.height) / LONGEST_SIDE_PX);
  const side = (pixels: number) => Math.max(1, Math.round(pixels / scale));
  const copy = resampled(picture, side(picture.width), side(picture.height));
  return { ...copy, widthMm: hundredths(widthMm) / 100, heightMm: hundredths(heightMm) / 100 };
}

/** Each pixel of the result stands for a block of whole pixels and is ink when half of them are. */
export function resampled(picture: OneBitPicture, width: number, height: number): OneBitPicture {
  const rowBytes = Math.ceil(width / 8);
  const bits = new Uint8Array(rowBytes * height);
  const columns = edgesOf(picture.width, width);
  const rows = edgesOf(picture.height, height);
  for (let y = 0; y < height; y += 1) {
    const ink = inkOfRows(picture, rows[y]!, rows[y + 1]!, columns);
    const rowCount = rows[y + 1]! - rows[y]!;
    for (let x = 0; x < width; x += 1) {
      const pixels = rowCount * (columns[x + 1]! - columns[x]!);
      if (ink[x]! > 0 && 2 * ink[x]! >= pixels) bits[y * rowBytes + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return { width, height, bits };
}

/** Where the blocks begin, and where the last one ends. */
const edgesOf = (pixels: number, blocks: number): readonly number[] =>
  Array.from({ length: blocks + 1 }, (_, index) => Math.floor((index * pixels) / blocks));

/** Pixels of ink in each block of a band of rows. */
function inkOfRows(
  { width, bits }: OneBitPicture,
  top: number,
  bottom: number,
  columns: readonly number[],
): Uint32Array {
  const rowBytes = Math.ceil(width / 8);
  const ink = new Uint32Array(columns.length - 1);
  for (let y = top; y < bottom; y += 1) {
    const start = y * rowBytes;
    for (let block = 0; block < ink.length; block += 1) {
      const end = columns[block + 1]!;
      for (let x = columns[block]!; x < end; x += 1)
        ink[block]! += (bits[start + (x >> 3)]! >> (7 - (x & 7))) & 1;
    }
  }
  return ink;
}

/** 1 for ink. */
export function inkAt({ width, bits }: OneBitPicture, x: number, y: number): number {
  return (bits[y * Math.ceil(width / 8) + (x >> 3)]! >> (7 - (x & 7))) & 1;
}
