/**
 * A font as embedded in one document: only the glyphs drawn, each outline copied as it is. Subset ids follow the
 * order of first use in this document, after the glyphs all documents of its sheet have in common, and nothing else.
 */
import type { SfntFont } from '#templates/sfnt.ts';
import { deflatePart, type DeflatedPart } from './deflateParts.ts';
import type { VirtualGlyph } from './font.ts';
import { copyRecords, type Records } from './glyphRecords.ts';
import { encodeFont, type EncodedFont } from './subsetFile.ts';

/** A glyph of the subset. A part of a composite that stands for no text has the empty spelling. */
export interface SubsetGlyph {
  readonly glyph: number;
  readonly spelling: string;
  /** in thousandths of an em */
  readonly advance: number;
}

export interface FontSubset {
  readonly common: CommonGlyphs;
  /** after the common ones, in the order of their first use */
  readonly own: readonly SubsetGlyph[];
  /** id of a virtual glyph in this document, 1.. ; 0 is .notdef, never drawn */
  readonly idOf: (glyph: VirtualGlyph) => number;
  readonly encode: () => EncodedFont;
}

/** The first glyphs of every subset of a sheet, their records copied and deflated once. */
export interface CommonGlyphs extends GlyphIds {
  /** by id, from id 1 */
  readonly glyphs: readonly SubsetGlyph[];
  readonly records: Records;
  readonly part: DeflatedPart;
}

interface GlyphIds {
  readonly bySpelling: ReadonlyMap<string, number>;
  /** of parts of composites, by glyph of the font */
  readonly byPart: ReadonlyMap<number, number>;
}

const NOTHING: GlyphIds & Pick<CommonGlyphs, 'glyphs'> = {
  glyphs: [],
  bySpelling: new Map(),
  byPart: new Map(),
};

/** Made once. */
const BEST_LEVEL = 9;

/** `.notdef` and these glyphs, in this order, each once. */
export function commonGlyphs(font: SfntFont, glyphs: readonly VirtualGlyph[]): CommonGlyphs {
  const entered = enterAfter(NOTHING, font);
  for (const glyph of glyphs) entered.idOf(glyph);
  const { own, bySpelling, byPart } = entered;
  const records = copyRecords(font, [0, ...own.map(({ glyph }) => glyph)], entered.partId);
  return { glyphs: own, bySpelling, byPart, records, part: deflatePart(records.glyf, BEST_LEVEL) };
}

/** A subset that starts with the common glyphs. A grapheme has one glyph in one font: its spelling is the key. */
export function createFontSubset(font: SfntFont, common: CommonGlyphs): FontSubset {
  const { own, idOf, partId } = enterAfter(common, font);
  const ownGlyphs = () => own.map(({ glyph }) => glyph);
  return {
    common,
    own,
    idOf,
    encode: () => encodeFont(font, common, own, copyRecords(font, ownGlyphs(), partId)),
  };
}

interface Entered extends GlyphIds {
  readonly own: SubsetGlyph[];
  readonly idOf: (glyph: VirtualGlyph) => number;
  /** the subset's id of a glyph that a composite names */
  readonly partId: (glyph: number) => number;
}

/** A list that goes on after `before`; parts of a composite follow it at once. */
function enterAfter(before: GlyphIds & Pick<CommonGlyphs, 'glyphs'>, font: SfntFont): Entered {
  const own: SubsetGlyph[] = [];
  const bySpelling = new Map<string, number>();
  const byPart = new Map<number, number>();
  const partId = (glyph: number) => before.byPart.get(glyph) ?? byPart.get(glyph)!;
  const isEntered = (glyph: number) => before.byPart.has(glyph) || byPart.has(glyph);
  const enter = (entry: SubsetGlyph): number => {
    const id = before.glyphs.length + own.push(entry);
    if (entry.spelling === '') byPart.set(entry.glyph, id);
    else bySpelling.set(entry.spelling, id);
    for (const glyph of font.partsOf(entry.glyph)) {
      if (!isEntered(glyph)) enter({ glyph, spelling: '', advance: 0 });
    }
    return id;
  };
  return {
    own,
    bySpelling,
    byPart,
    partId,
    idOf: (glyph) => {
      const { spelling } = glyph;
      return before.bySpelling.get(spelling) ?? bySpelling.get(spelling) ?? enter(glyph);
    },
  };
}
