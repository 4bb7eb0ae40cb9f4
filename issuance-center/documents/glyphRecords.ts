/** Glyph records copied from a font into a subset; a composite's parts get the ids they have there (OpenType, glyf). */
import { compositeParts, type SfntFont } from '#templates/sfnt.ts';

export interface Records {
  readonly glyf: Uint8Array;
  /** where each record ends */
  readonly ends: readonly number[];
  readonly checksum: number;
}

/** The records of these glyphs in this order, each on a four-byte boundary. */
export function copyRecords(
  font: SfntFont,
  order: readonly number[],
  partId: (glyph: number) => number,
): Records {
  const places = order.map((glyph) => font.recordOf(glyph));
  const glyf = new Uint8Array(places.reduce((sum, [start, end]) => sum + align(end - start), 0));
  const ends: number[] = [];
  let at = 0;
  for (const [start, end] of places) {
    const record = font.bytes.subarray(start, end);
    glyf.set(record, at);
    const view = new DataView(glyf.buffer, at, record.length);
    for (const place of compositeParts(view)) view.setUint16(place, partId(view.getUint16(place)));
    at += align(end - start);
    ends.push(at);
  }
  return { glyf, ends, checksum: checksum(glyf) };
}

export const align = (length: number): number => (length + 3) & ~3;

/** Sum of big-endian words; the length is a multiple of four. */
export function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let offset = 0; offset < bytes.length; offset += 4) sum = (sum + view.getUint32(offset)) | 0;
  return sum >>> 0;
}
