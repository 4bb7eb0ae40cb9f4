/**
 * Pictures in the signed bytes, beside the columns of words: for each its place among the items (from 0), width and height
 * on paper in hundredths of a millimetre, width and height in pixels, and its bits.
 */
import { z } from 'zod';
import type { FrontItem } from './frontContent.ts';
import { LONGEST_SIDE_PX, hundredths, type SignedPicture } from './signedPicture.ts';

const length = z.number().int().min(1).max(100_000);
const side = z.number().int().min(1).max(LONGEST_SIDE_PX);

export const keptPictures = z
  .array(
    z
      .tuple([z.number().int().min(0), length, length, side, side, z.instanceof(Uint8Array)])
      .refine(([, , , width, height, bits]) => bits.length === Math.ceil(width / 8) * height),
  )
  .min(1);
type KeptPictures = z.infer<typeof keptPictures>;

export function picturesOf(items: readonly FrontItem[]) {
  return items.flatMap(({ picture }, index) => {
    if (!picture) return [];
    const { widthMm, heightMm, width, height, bits } = picture;
    return [[index, hundredths(widthMm), hundredths(heightMm), width, height, bits] as const];
  });
}

/** The items with their pictures; undefined when one belongs to no figure or a figure has two. */
export function withPictures(
  items: readonly FrontItem[],
  kept: KeptPictures,
): readonly FrontItem[] | undefined {
  const byPlace = new Map(kept.map((picture) => [picture[0], pictureOf(picture)]));
  const isPlaced = [...byPlace.keys()].every((index) => items[index]?.role === 'figure');
  if (!isPlaced || byPlace.size !== kept.length) return undefined;
  return items.map((item, index) => {
    const picture = byPlace.get(index);
    return picture ? { ...item, picture } : item;
  });
}

const pictureOf = ([, widthMm, heightMm, width, height, bits]: KeptPictures[number]): SignedPicture => ({
  widthMm: widthMm / 100,
  heightMm: heightMm / 100,
  width,
  height,
  bits,
});
