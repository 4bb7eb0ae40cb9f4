/** The black-and-white pictures that a page of a PDF draws (印影, 公印), dot by dot as they are in the file. */
import type { PDFPageProxy } from 'pdfjs-dist';
import type { OneBitPicture } from '../../front/signedPicture.ts';
import type { Drawn } from './scannedPage.ts';

/** More dots than any imprint has: 25 mm at 2400 dpi. */
const MOST_DOTS = 2400 * 2400;

/** How pdf.js hands on an image mask: one bit a dot, rows padded to whole bytes, a clear bit is ink. */
interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data?: Uint8Array;
}

/** `paintsMask` is pdf.js's number of that operator (`OPS.paintImageMaskXObject`). */
export async function picturesIn(
  page: PDFPageProxy,
  { fnArray, argsArray }: Drawn,
  paintsMask: number,
): Promise<readonly OneBitPicture[]> {
  const names = fnArray.flatMap((operator, index) => {
    const [mask] = (argsArray[index] ?? []) as readonly { readonly data?: unknown }[];
    return operator === paintsMask && typeof mask?.data === 'string' ? [mask.data] : [];
  });
  const masks = await Promise.all(
    [...new Set(names)].map(
      (name) => new Promise<Mask>((done) => void page.objs.get(name, (mask: Mask) => done(mask))),
    ),
  );
  return masks.flatMap(({ width, height, data }) =>
    data && width * height <= MOST_DOTS ? [{ width, height, bits: data.map((byte) => ~byte) }] : [],
  );
}
