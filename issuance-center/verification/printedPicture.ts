/** What is signed of a page that was laid out: its items, with a small copy of each picture of the dataset. */
import { paperBits } from '#templates/sealImage.ts';
import type { ReadingItem } from '../documents/laidOut.ts';
import type { FrontItem } from './front/frontContent.ts';
import { signedPicture } from './front/signedPicture.ts';

/**
 * A picture of the dataset (印影) is what the certificate certifies, so it is signed itself. The municipality's seal (公印)
 * is named only: it is the same on all of its certificates, and the signature over everything else says more than it.
 */
export function frontItem({ role, section, label, value, picture }: ReadingItem): FrontItem {
  const item = { role, section, label, value };
  if (!picture) return item;
  const { image, widthMm, heightMm } = picture;
  const { width, height } = image;
  const bits = inkBits(paperBits(image), width);
  return { ...item, picture: signedPicture({ width, height, bits }, widthMm, heightMm) };
}

/** Ink set and paper clear, padding clear. */
function inkBits(paper: Uint8Array, width: number): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const last = 0xff << (rowBytes * 8 - width);
  return paper.map((byte, at) => ~byte & (at % rowBytes === rowBytes - 1 ? last : 0xff));
}
