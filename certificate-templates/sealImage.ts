/**
 * 公印 images: PNG, greyscale, 1 bit, not interlaced (RFC 2083). The compressed rows go into a PDF as they are: PDF's
 * FlateDecode with predictor 15 is PNG's own encoding, so the seal is never resampled.
 */
import { inflateSync } from 'node:zlib';

export interface SealImage {
  /** pixels */
  readonly width: number;
  readonly height: number;
  /** the concatenated IDAT data: zlib over filtered rows, a set bit is paper, a clear bit is ink */
  readonly rows: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Throws RangeError when the bytes are not such a PNG. */
export function readSealImage(png: Uint8Array): SealImage {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new RangeError('画像がPNGではありません');
  const rows: Buffer[] = [];
  let header: Buffer | undefined;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = data;
    if (type === 'IDAT') rows.push(data);
    at += 12 + length;
  }
  if (!header || rows.length === 0) throw new RangeError('画像が途中で切れています');
  const [depth, colour, , , interlace] = header.subarray(8, 13);
  if (depth !== 1 || colour !== 0 || interlace !== 0) {
    throw new RangeError('画像が、1ビットのグレースケール（インターレースなし）ではありません');
  }
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    rows: Uint8Array.from(Buffer.concat(rows)),
  };
}

/**
 * The pixels, 1 bit each, rows padded to whole bytes; a set bit is paper. PNG's row filters are undone (RFC 2083, 6).
 * Throws for rows that are no zlib data.
 */
export function paperBits({ width, height, rows }: SealImage): Uint8Array {
  const filtered = inflateSync(rows);
  const rowBytes = Math.ceil(width / 8);
  const bits = new Uint8Array(rowBytes * height);
  let above = new Uint8Array(rowBytes);
  for (let y = 0; y < height; y += 1) {
    const start = y * (rowBytes + 1);
    const row = filtered.slice(start + 1, start + 1 + rowBytes);
    undoFilter(filtered[start]!, row, above);
    bits.set(row, y * rowBytes);
    above = row;
  }
  return bits;
}

/** One byte holds eight pixels, so that the neighbour on the left is the byte before. */
function undoFilter(filter: number, row: Uint8Array, above: Uint8Array): void {
  const predict = PREDICTORS[filter];
  if (!predict) return;
  let [left, corner] = [0, 0];
  for (let x = 0; x < row.length; x += 1) {
    const up = above[x]!;
    row[x] = row[x]! + predict(left, up, corner);
    left = row[x]!;
    corner = up;
  }
}

type Predict = (left: number, up: number, corner: number) => number;

const paeth: Predict = (left, up, corner) => {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
};
/** By filter type; 0 is "none". */
const PREDICTORS: readonly (Predict | undefined)[] = [
  undefined,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];
