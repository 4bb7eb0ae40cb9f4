/**
 * Content-stream operators (ISO 32000-1, 8.5 and 9.4) for text, rules and images, written directly from subset ids.
 * Coordinates of the layout (downwards) become PDF's (upwards) here.
 */
import type { DocumentFonts } from './documentFonts.ts';
import type { Block, Frame, Rule, TextRun } from './laidOut.ts';
import { round } from './layoutPlace.ts';

/** Resource names of a page's images begin so; a font brings its own. */
export const IMAGE_RESOURCE = 'Im';

const HEX = Array.from({ length: 65_536 }, (_, id) => id.toString(16).padStart(4, '0'));

/**
 * Text objects for these runs; every glyph enters the subset of its font. Fonts change inside a run, on its baseline:
 * the next glyphs start where the last ended.
 */
export function textOperators(runs: readonly TextRun[], fonts: DocumentFonts, paperHeightPt: number): string {
  let resource = '';
  let sizePt = 0;
  let operators = 'BT\n';
  for (const run of runs) {
    let hex = '';
    operators += `1 0 0 1 ${run.x} ${round(paperHeightPt - run.baseline)} Tm\n`;
    for (const glyph of fonts.shape(run.text)) {
      if (glyph.face.resource !== resource || run.sizePt !== sizePt) {
        if (hex !== '') operators += `<${hex}> Tj\n`;
        hex = '';
        ({ resource } = glyph.face);
        ({ sizePt } = run);
        operators += `/${resource} ${sizePt} Tf\n`;
      }
      hex += HEX[fonts.idOf(glyph)];
    }
    operators += `<${hex}> Tj\n`;
  }
  return `${operators}ET`;
}

/** Stroked lines, thin ones first so that frames lie over them. */
export function ruleOperators(rules: readonly Rule[], paperHeightPt: number): string {
  const widths = [...new Set(rules.map(({ widthPt }) => widthPt))].sort((left, right) => left - right);
  const lines = widths.map((width) => {
    const paths = rules
      .filter(({ widthPt }) => widthPt === width)
      .map(({ from: [x1, y1], to: [x2, y2] }) => {
        return `${x1} ${round(paperHeightPt - y1)} m ${x2} ${round(paperHeightPt - y2)} l`;
      });
    return `${width} w\n${paths.join('\n')} S`;
  });
  return `2 J\n${lines.join('\n')}`;
}

/** Rules and labels of a block. */
export function blockOperators(block: Block, fonts: DocumentFonts, paperHeightPt: number): string {
  return `${ruleOperators(block.rules, paperHeightPt)}\n${textOperators(block.texts, fonts, paperHeightPt)}`;
}

/** A page's image at its place, without interpolation. */
export function imageOperators(frame: Frame, index: number, paperHeightPt: number): string {
  const y = round(paperHeightPt - frame.y - frame.heightPt);
  return `q ${round(frame.widthPt)} 0 0 ${round(frame.heightPt)} ${round(frame.x)} ${y} cm /${IMAGE_RESOURCE}${index} Do Q`;
}
