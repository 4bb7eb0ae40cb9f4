/**
 * The picture of a registered seal (印影): a PNG of 1 bit that is printed at its own size, 1:1 in millimetres. Checked at
 * the register's door: whole, inked, and of a size that may be registered.
 */
import { inflateSync } from 'node:zlib';
import { z } from 'zod';
import { paperBits, readSealImage, type SealImage } from '../sealImage.ts';

/** A seal that fits a square of 8 mm, or does not fit one of 25 mm, is not registered (印鑑登録証明事務処理要領; forms.md 5). */
const LARGER_THAN_MM = 8;
const AT_MOST_MM = 25;
/** Below 400 dpi the strokes of a seal run together (forms.md 5); above 2400 the file only grows. */
const MINIMUM_DPI = 400;
const MAXIMUM_DPI = 2400;
const MM_PER_INCH = 25.4;
/** base64 of 100 kB: a 1-bit square of 25 mm at 2400 dpi has 700 kB before compression and 30 kB after */
const MAXIMUM_LENGTH = 140_000;

export const sealImprint = z
  .strictObject({
    /** base64 of a PNG: greyscale, 1 bit, not interlaced; a clear bit is ink */
    png: z.base64().min(1).max(MAXIMUM_LENGTH),
    /** scanned with so many dots per inch, in both directions */
    dpi: z.number().int().min(MINIMUM_DPI).max(MAXIMUM_DPI),
  })
  .superRefine((imprint, context) => {
    const fault = imprintFault(imprint);
    if (fault !== undefined) context.addIssue({ code: 'custom', path: ['png'], message: fault });
  });
export type SealImprint = z.infer<typeof sealImprint>;

/** The picture of an imprint. Throws RangeError when the bytes are not such a PNG. */
export function imprintImage({ png }: Pick<SealImprint, 'png'>): SealImage {
  return readSealImage(Buffer.from(png, 'base64'));
}

/** Width on paper, in mm, of so many pixels. */
export const millimetres = (pixels: number, dpi: number): number => (pixels / dpi) * MM_PER_INCH;

function imprintFault(imprint: SealImprint): string | undefined {
  let image: SealImage;
  let rows: Uint8Array;
  try {
    image = imprintImage(imprint);
    rows = inflateSync(image.rows);
  } catch {
    return '印影が、白黒2値（1ビット）のPNGではありません';
  }
  const stride = Math.ceil(image.width / 8) + 1;
  if (rows.length !== stride * image.height) return '印影のPNGが途中で切れています';
  const sides = [image.width, image.height].map((pixels) => millimetres(pixels, imprint.dpi));
  if (Math.max(...sides) <= LARGER_THAN_MM)
    return '印影が8mmの正方形に収まっています（登録できない大きさです）';
  if (Math.max(...sides) > AT_MOST_MM) return '印影が25mmの正方形に収まりません（登録できない大きさです）';
  return hasInk(image) ? undefined : '印影に何も写っていません';
}

/** True when a bit of the picture is clear. */
function hasInk(image: SealImage): boolean {
  const rowBytes = Math.ceil(image.width / 8);
  const padding = (1 << (rowBytes * 8 - image.width)) - 1;
  return paperBits(image).some(
    (byte, at) => (at % rowBytes === rowBytes - 1 ? byte | padding : byte) !== 0xff,
  );
}
