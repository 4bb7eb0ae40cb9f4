/**
 * The certificate fonts as one facade (rendering.md 3): text becomes virtual glyphs, each a pair of a font's glyph and
 * the code points it was written with. 辻 and 辻+U+E0103 share one glyph but never one virtual glyph, so what a document
 * says does not depend on which document came before it. IPAmj明朝 draws everything it has; what it lacks is drawn,
 * grapheme by grapheme, by the first of the others that has it exactly (forms.md 12.3).
 */
import { readSfnt } from '#templates/sfnt.ts';
import { isSequence, shapeIn, type FontFace, type VirtualGlyph } from './fontFace.ts';
import { FALLBACK_FONTS, MAIN_FONT, type FontFiles } from './fontFile.ts';
import { facade, graphemeMemory, unitMemory, type Shape, type Shaped, type Shaper } from './fontFacade.ts';

export type { FontFace, VirtualGlyph } from './fontFace.ts';

export type Drawability =
  | { readonly kind: 'drawable' }
  /** every code point that cannot be drawn as written, `U+XXXX`, each once */
  | { readonly kind: 'undrawable'; readonly codePoints: readonly string[] };

/** A grapheme that IPAmj明朝 lacks and another font drew; for logs, which never hold a name. */
export interface Fallback {
  /** `U+1EC4`, or several in a row: `U+9089 U+E0100` */
  readonly codePoint: string;
  /** PostScript name */
  readonly font: string;
}

/** 外字: the private-use characters of one municipality (profile `characterFont`), a TrueType file. */
export interface CharacterFont {
  /** SHA-256 of the file, hex */
  readonly digest: string;
  readonly bytes: Uint8Array | SharedArrayBuffer;
}

export interface Survey {
  /** `U+XXXX`, each once */
  readonly undrawable: readonly string[];
  /** each once */
  readonly fallbacks: readonly Fallback[];
}

export interface CertificateFont {
  /** the fonts asked, in order; the first is IPAmj明朝 */
  readonly faces: readonly FontFace[];
  /** Can every grapheme be drawn exactly as written? Also the question at the register's door. */
  readonly canDraw: (text: string) => Drawability;
  /** The glyphs of one grapheme; null when no font draws it as written. */
  readonly shapeGrapheme: Shape;
  /** both ways to ask it, for facades over this one */
  readonly shaper: Shaper;
  /** Throws RangeError (without the text) for what `canDraw` refuses. */
  readonly shape: (text: string) => readonly VirtualGlyph[];
  /** width in em */
  readonly measure: (text: string) => number;
  /** what of the texts cannot be drawn, and what another font than IPAmj明朝 draws */
  readonly survey: (texts: readonly string[]) => Survey;
}

/** Distinct graphemes beyond single code units kept shaped: more than the names of a city hold, about 2 MB. */
const GRAPHEME_LIMIT = 16_384;
/** A municipality has some dozens; a document that names more is still drawn. */
const PRIVATE_LIMIT = 256;

/** A facade over the fonts' bytes (see `loadFonts`): offsets are read, nothing is copied. */
export function openCertificateFont(files: FontFiles): CertificateFont {
  const main = { resource: 'F1', name: MAIN_FONT.name, sfnt: readSfnt(new Uint8Array(files.main)) };
  const others = files.fallbacks.flatMap((bytes, index): FontFace[] =>
    bytes
      ? [
          {
            resource: `F${index + 3}`,
            name: FALLBACK_FONTS[index]!.name,
            sfnt: readSfnt(new Uint8Array(bytes)),
          },
        ]
      : [],
  );
  const faces = [main, ...others];
  const shape: Shape = (grapheme) => (NEVER.test(grapheme) ? null : firstOf(faces, grapheme));
  return facade(faces, { ofGrapheme: graphemeMemory(GRAPHEME_LIMIT, shape), ofUnit: unitMemory(shape) });
}

const CHARACTER_FONT_NAME = 'MunicipalCharacters';
const PRIVATE_USE = /\p{Co}/u;

/**
 * The same fonts for one municipality: its own font draws its private-use characters and nothing else. The result is a
 * facade of its own; `font` and those of other municipalities know nothing of it. Throws RangeError for a font that
 * cannot be read (load.ts has checked it before).
 */
export function withCharacterFont(font: CertificateFont, { bytes, digest }: CharacterFont): CertificateFont {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const own: FontFace = {
    resource: 'F2',
    name: CHARACTER_FONT_NAME,
    edition: digest,
    sfnt: readSfnt(view),
  };
  const [main, ...others] = font.faces as readonly [FontFace, ...FontFace[]];
  const ownShape = graphemeMemory(PRIVATE_LIMIT, (grapheme) => shapeIn(own, grapheme));
  return facade([main, own, ...others], {
    ofGrapheme: (grapheme) =>
      PRIVATE_USE.test(grapheme) ? ownShape(grapheme) : font.shaper.ofGrapheme(grapheme),
    // no code unit that stands alone is of private use (graphemes.ts)
    ofUnit: font.shaper.ofUnit,
  });
}

/**
 * Private use (but for a municipality's own), controls, formats, surrogates, unassigned, what is made to be invisible:
 * no registered name holds them (forms.md 11.1). Variation selectors are invisible too; a pair is looked up as a pair.
 */
const NEVER =
  /[\p{Co}\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]|(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}/u;

/**
 * The first font that draws it. What the registers hold of a character that IPAmj明朝 has are the Moji_Joho sequences,
 * all of them in IPAmj明朝: another collection's sequence of it (邉+U+E0100, Adobe-Japan1) is a fault of the data, also
 * where another font would draw it (forms.md 1.4).
 */
function firstOf(faces: readonly FontFace[], grapheme: string): Shaped {
  const [main] = faces as readonly [FontFace, ...FontFace[]];
  const asked = isSequence(grapheme) && main.sfnt.glyphOf(grapheme.codePointAt(0)!) !== 0 ? [main] : faces;
  for (const face of asked) {
    const shaped = shapeIn(face, grapheme);
    if (shaped) return shaped;
  }
  return null;
}
