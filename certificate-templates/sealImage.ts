/**
 * 公印 images: PNG, greyscale, 1 bit, not interlaced (RFC 2083). The compressed rows go into a PDF as they are: PDF's
 * FlateDecode with predictor 15 is PNG's own encoding, so the seal is never resampled.
 */
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
