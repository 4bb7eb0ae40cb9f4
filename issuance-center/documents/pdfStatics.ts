/**
 * What all documents of a sheet have in common, made once: the first glyphs of their subsets, the operators of their
 * blocks and the tint. Kept as long as the sheet itself.
 */
import { deflateSync } from 'node:zlib';
import { commonFonts, documentFonts, type CommonFonts } from './documentFonts.ts';
import type { CertificateFont } from './font.ts';
import type { Block } from './laidOut.ts';
import { BACK_FIXED_TEXTS } from './paper/backPage.ts';
import type { Finish } from './paper/finish.ts';
import { drawTint, type Tint } from './paper/tint.ts';
import { tintStreams, type Paper, type TintStreams } from './paper/tintOperators.ts';
import { blockOperators } from './pdfContent.ts';

/** What the writer reads of a compiled sheet. */
export interface PdfSheet {
  readonly layout: { readonly paper: Paper };
  /** every text of the blocks: what a subset starts with */
  readonly fixedTexts: readonly string[];
}

export interface Statics {
  readonly common: CommonFonts;
  /** a block's operators, deflated */
  readonly zlibOf: (block: Block) => Uint8Array;
  readonly tint: () => TintStreams;
}

type BySheet = WeakMap<PdfSheet, Map<Finish['kind'], Statics>>;
/** Glyph ids are of the fonts they were made with: fonts that were opened again have statics of their own. */
const byFont = new WeakMap<CertificateFont, BySheet>();

/** An issued document has the words of its back in common too. */
export function staticsOf(font: CertificateFont, sheet: PdfSheet, finish: Finish['kind']): Statics {
  const bySheet: BySheet = byFont.get(font) ?? new WeakMap();
  byFont.set(font, bySheet);
  const ofSheet = bySheet.get(sheet) ?? new Map<Finish['kind'], Statics>();
  bySheet.set(sheet, ofSheet);
  const known = ofSheet.get(finish);
  if (known) return known;
  const made = makeStatics(font, sheet, finish);
  ofSheet.set(finish, made);
  return made;
}

function makeStatics(font: CertificateFont, sheet: PdfSheet, finish: Finish['kind']): Statics {
  const { paper } = sheet.layout;
  const common = commonFonts(font, [...sheet.fixedTexts, ...(finish === 'issued' ? BACK_FIXED_TEXTS : [])]);
  const fonts = documentFonts(font, common);
  const zlib = new Map<Block, Uint8Array>();
  let tint: TintStreams | undefined;
  return {
    common,
    zlibOf: (block) => {
      const ready =
        zlib.get(block) ?? deflateSync(Buffer.from(blockOperators(block, fonts, paper.heightPt), 'latin1'));
      zlib.set(block, ready);
      return ready;
    },
    tint: () => (tint ??= tintStreams(tintOf(font), paper)),
  };
}

const tints = new WeakMap<CertificateFont['faces'][number]['sfnt'], Tint>();

/** Drawn once a process from the main font (about 70 ms). */
function tintOf(font: CertificateFont): Tint {
  const { sfnt } = font.faces[0]!;
  const tint = tints.get(sfnt) ?? drawTint(sfnt);
  tints.set(sfnt, tint);
  return tint;
}
