/**
 * 外字 of a municipality: a TrueType file that gives glyphs to private-use code points and to nothing else (forms.md
 * 11.1). It can therefore never change how an ordinary character looks.
 */
import { readSfnt, type SfntFont } from './sfnt.ts';

/**
 * The file's bytes in shared memory, so that render workers see them without a copy. Throws RangeError, with a reason in
 * Japanese for the municipality's staff, when the file is not such a font or one of its glyphs draws nothing.
 */
export function readCharacterFont(file: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const { font, points } = opened(file);
  if (points.length === 0) throw new RangeError('文字が一つも入っていないフォントです');
  const others = points.filter((point) => !/\p{Co}/u.test(String.fromCodePoint(point)));
  if (others.length > 0) {
    throw new RangeError(`私用領域のほかの文字が入っています: ${named(others)}`);
  }
  const draws = drawingGlyphsOf(font);
  const blank = points.filter((point) => !draws(font.glyphOf(point)));
  if (blank.length > 0) throw new RangeError(`字形を描けない文字があります: ${named(blank)}`);
  const shared = new Uint8Array(new SharedArrayBuffer(file.length));
  shared.set(file);
  return shared;
}

function opened(file: Uint8Array): { readonly font: SfntFont; readonly points: readonly number[] } {
  try {
    const font = readSfnt(file);
    return { font, points: font.codePoints() };
  } catch {
    throw new RangeError('TrueTypeフォントとして読み取れません');
  }
}

/** Of a glyph: it has an outline inside the file, and so has every part of it; a glyph that stands inside itself has none. */
function drawingGlyphsOf(font: SfntFont): (glyph: number) => boolean {
  const known = new Map<number, boolean>();
  const draws = (glyph: number): boolean => {
    const before = known.get(glyph);
    if (before !== undefined) return before;
    // until its parts are known
    known.set(glyph, false);
    const [start, end] = glyph < font.glyphCount ? font.recordOf(glyph) : [0, 0];
    const found = start < end && end <= font.bytes.length && font.partsOf(glyph).every(draws);
    known.set(glyph, found);
    return found;
  };
  return (glyph) => {
    try {
      return draws(glyph);
    } catch {
      return false; // a record that ends too early
    }
  };
}

/** A fault names at most so many. */
const NAMED_LIMIT = 10;

function named(points: readonly number[]): string {
  const names = points.slice(0, NAMED_LIMIT).map((point) => `U+${point.toString(16).toUpperCase()}`);
  return points.length > NAMED_LIMIT ? `${names.join('、')}ほか` : names.join('、');
}
