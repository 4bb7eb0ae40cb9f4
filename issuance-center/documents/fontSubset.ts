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
  /** id of a virtual glyph in this document, 1.. ; 0 is .notdef, never drawn */
  readonly idOf: (glyph: VirtualGlyph) => number;
  /** by id, from id 1 */
  readonly glyphs: readonly SubsetGlyph[];
  readonly encode: () => EncodedFont;
}

/** The first glyphs of every subset of a sheet, their records copied and deflated once. */
export interface CommonGlyphs {
  readonly glyphs: readonly SubsetGlyph[];
  readonly records: Records;
  readonly part: DeflatedPart;
}

/** Made once. */
const BEST_LEVEL = 9;

/** `.notdef` and these glyphs, in this order, each once. */
export function commonGlyphs(font: SfntFont, glyphs: readonly VirtualGlyph[]): CommonGlyphs {
  const entered = enterInto(font, []);
  for (const glyph of glyphs) entered.idOf(glyph);
  const records = copyRecords(font, [0, ...entered.glyphs.map(({ glyph }) => glyph)], entered.partId);
  return { glyphs: entered.glyphs, records, part: deflatePart(records.glyf, BEST_LEVEL) };
}

/** A subset that starts with the common glyphs. A grapheme has one glyph in one font: its spelling is the key. */
export function createFontSubset(font: SfntFont, common: CommonGlyphs): FontSubset {
  const entered = enterInto(font, common.glyphs);
  return {
    glyphs: entered.glyphs,
    idOf: entered.idOf,
    encode: () => {
      const own = entered.glyphs.slice(common.glyphs.length).map(({ glyph }) => glyph);
      return encodeFont(font, common, copyRecords(font, own, entered.partId), entered.glyphs);
    },
  };
}

interface Entered {
  readonly glyphs: SubsetGlyph[];
  readonly idOf: (glyph: VirtualGlyph) => number;
  /** the subset's id of a glyph that a composite names */
  readonly partId: (glyph: number) => number;
}

/** The subset's list and the ids in it; parts of a composite follow it at once. */
function enterInto(font: SfntFont, first: readonly SubsetGlyph[]): Entered {
  const glyphs = [...first];
  const ids = new Map<string, number>();
  const parts = new Map<number, number>();
  const remember = ({ spelling, glyph }: SubsetGlyph, id: number) => {
    if (spelling === '') parts.set(glyph, id);
    else ids.set(spelling, id);
  };
  first.forEach((entry, index) => remember(entry, index + 1));
  const enter = (entry: SubsetGlyph): number => {
    const id = glyphs.push(entry);
    remember(entry, id);
    for (const glyph of font.partsOf(entry.glyph)) {
      if (!parts.has(glyph)) enter({ glyph, spelling: '', advance: 0 });
    }
    return id;
  };
  return {
    glyphs,
    idOf: (glyph) => ids.get(glyph.spelling) ?? enter(glyph),
    partId: (glyph) => parts.get(glyph)!,
  };
}
