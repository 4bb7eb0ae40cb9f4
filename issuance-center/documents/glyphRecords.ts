/**
 * Glyph records copied from a font into a subset; a composite's parts get the ids they have there (OpenType, glyf).
 * Outlines are copied as they are, hinting instructions are left out: two fifths of IPAmj明朝 are hints for screens of
 * 1998, and at a printer's 600 dpi they move nothing.
 */
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
  const places = order.map((glyph) => placeOf(font, glyph));
  const glyf = new Uint8Array(places.reduce((sum, place) => sum + align(lengthOf(place)), 0));
  const ends: number[] = [];
  let at = 0;
  for (const place of places) {
    const { start, hints, outline, end } = place;
    glyf.set(font.bytes.subarray(start, hints), at);
    // between the two parts of a simple glyph stand the length of its instructions, here zero, and nothing else
    glyf.set(font.bytes.subarray(outline, end), at + (hints - start) + (outline > hints ? 2 : 0));
    adaptParts(new DataView(glyf.buffer, at, lengthOf(place)), partId);
    at += align(lengthOf(place));
    ends.push(at);
  }
  return { glyf, ends, checksum: checksum(glyf) };
}

/** Where a record's parts are in the font; from `hints` to `outline` are length and bytes of its instructions. */
interface RecordPlace {
  readonly start: number;
  readonly hints: number;
  readonly outline: number;
  readonly end: number;
}

function placeOf(font: SfntFont, glyph: number): RecordPlace {
  const [start, end] = font.recordOf(glyph);
  const { bytes } = font;
  const word = (at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;
  const isSimple = end > start && bytes[start]! < 0x80;
  if (!isSimple) return { start, hints: end, outline: end, end };
  const hints = start + 10 + 2 * word(start);
  return { start, hints, outline: hints + 2 + word(hints), end };
}

const lengthOf = ({ start, hints, outline, end }: RecordPlace): number =>
  hints - start + (outline > hints ? 2 : 0) + (end - outline);

const HAS_INSTRUCTIONS = 0x100;

/** A composite's parts by their ids here, and without instructions: what is left of them after the parts is not read. */
function adaptParts(record: DataView, partId: (glyph: number) => number): void {
  for (const place of compositeParts(record)) {
    record.setUint16(place - 2, record.getUint16(place - 2) & ~HAS_INSTRUCTIONS);
    record.setUint16(place, partId(record.getUint16(place)));
  }
}

export const align = (length: number): number => (length + 3) & ~3;

/** Sum of big-endian words; the length is a multiple of four. */
export function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let offset = 0; offset < bytes.length; offset += 4) sum = (sum + view.getUint32(offset)) | 0;
  return sum >>> 0;
}
