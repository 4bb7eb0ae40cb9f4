/** The fonts of one document: a subset for each font that draws something in it, in the order fonts are asked. */
import type { CertificateFont, FontFace, VirtualGlyph } from './font.ts';
import { commonGlyphs, createFontSubset, type CommonGlyphs, type FontSubset } from './fontSubset.ts';

/** What the fixed words of a sheet need of each font; IPAmj明朝 is always in it. */
export type CommonFonts = ReadonlyMap<FontFace, CommonGlyphs>;

export interface UsedFont {
  readonly face: FontFace;
  readonly subset: FontSubset;
}

export interface DocumentFonts {
  /** a text's glyphs, as `shape` of the font: throws RangeError for what cannot be drawn */
  readonly shape: (text: string) => readonly VirtualGlyph[];
  /** id in the subset of the glyph's font; the glyph enters it */
  readonly idOf: (glyph: VirtualGlyph) => number;
  /** so far, in the order fonts are asked */
  readonly used: () => readonly UsedFont[];
}

export function commonFonts(font: CertificateFont, texts: readonly string[]): CommonFonts {
  const glyphs = texts.flatMap((text) => font.shape(text));
  const [main] = font.faces;
  const faces = font.faces.filter((face) => face === main || glyphs.some((glyph) => glyph.face === face));
  return new Map(
    faces.map((face) => [
      face,
      commonGlyphs(
        face.sfnt,
        glyphs.filter((glyph) => glyph.face === face),
      ),
    ]),
  );
}

/** The fonts of a new document over what its sheet has in common. */
export function documentFonts(font: CertificateFont, common: CommonFonts): DocumentFonts {
  const subsets = new Map<FontFace, FontSubset>();
  const subsetOf = (face: FontFace): FontSubset => {
    const known = subsets.get(face);
    if (known) return known;
    const fresh = createFontSubset(face.sfnt, common.get(face) ?? commonGlyphs(face.sfnt, []));
    subsets.set(face, fresh);
    return fresh;
  };
  for (const face of common.keys()) subsetOf(face);
  const main = font.faces[0]!;
  const mainSubset = subsetOf(main);
  return {
    shape: font.shape,
    idOf: (glyph) => (glyph.face === main ? mainSubset : subsetOf(glyph.face)).idOf(glyph),
    used: () =>
      font.faces.flatMap((face) => {
        const subset = subsets.get(face);
        return subset ? [{ face, subset }] : [];
      }),
  };
}
