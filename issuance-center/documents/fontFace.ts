/**
 * One font and the question whether it draws a grapheme exactly as written. It does only when it has every code point
 * and, with a variation selector, that very pair (forms.md 12.3): a font that lacks the pair would draw another writing.
 */
import type { SfntFont } from '#templates/sfnt.ts';
import { shapeWithFontkit } from './fontShaper.ts';

export interface FontFace {
  /** PDF resource name, the same in every document: F1 is IPAmj明朝 */
  readonly resource: string;
  /** PostScript name, as embedded and reported */
  readonly name: string;
  /** tells fonts of one name apart: a municipality's own, by its digest */
  readonly edition?: string;
  readonly sfnt: SfntFont;
}

/** One drawn glyph with the font it is of and the spelling it stands for. */
export interface VirtualGlyph {
  readonly face: FontFace;
  readonly glyph: number;
  /** the exact code points, as a string; together with face and glyph the identity of this virtual glyph */
  readonly spelling: string;
  /** in thousandths of an em, PDF's unit */
  readonly advance: number;
}

const SELECTOR = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const MARK = /\p{M}/u;

/** Holds a variation selector. */
export const isSequence = (grapheme: string): boolean => SELECTOR.test(grapheme);

/** Halfwidth ﾞ and ﾟ are letters of their own that take a place of their own beside the kana before them. */
const HALFWIDTH_VOICED = /^[\uff66-\uff9d][\uff9e\uff9f]$/;

/** The glyphs of one grapheme in this font; null when it does not draw it as written. */
export function shapeIn(face: FontFace, grapheme: string): readonly VirtualGlyph[] | null {
  const characters = [...grapheme];
  const { sfnt } = face;
  if (characters.length === 1) return one(face, sfnt.glyphOf(grapheme.codePointAt(0)!), grapheme);
  if (isSequence(grapheme)) return shapeSequence(face, characters, grapheme);
  if (HALFWIDTH_VOICED.test(grapheme)) {
    const glyphs = characters.map((character) => shapeIn(face, character));
    return glyphs.includes(null) ? null : (glyphs as (readonly VirtualGlyph[])[]).flat();
  }
  const hasAll = characters.every((character) => sfnt.glyphOf(character.codePointAt(0)!) !== 0);
  return hasAll ? one(face, shapeWithFontkit(sfnt.bytes, grapheme) ?? 0, grapheme) : null;
}

/** Exactly base + selector; a base that is itself a mark, a second selector or a mark after it has no table entry. */
function shapeSequence(face: FontFace, characters: readonly string[], grapheme: string) {
  const [base, selector, ...others] = characters as [string, string, ...string[]];
  if (others.length > 0 || MARK.test(base)) return null;
  const glyph = face.sfnt.glyphOfSequence(base.codePointAt(0)!, selector.codePointAt(0)!);
  return one(face, glyph ?? 0, grapheme);
}

function one(face: FontFace, glyph: number, spelling: string): readonly VirtualGlyph[] | null {
  if (glyph === 0) return null;
  const { sfnt } = face;
  return [{ face, glyph, spelling, advance: (sfnt.advanceOf(glyph) * 1000) / sfnt.unitsPerEm }];
}
