/**
 * Content-stream operators (ISO 32000-1, 8.5 and 9.4) for text, rules and images, written directly from subset ids.
 * Coordinates of the layout (downwards) become PDF's (upwards) here. What is read stands in marked content with its id,
 * everything else is an artifact (ISO 32000-1, 14.7 and 14.8).
 */
import type { DocumentFonts } from './documentFonts.ts';
import type { Block, PlacedImage, Rule, TextRun } from './laidOut.ts';
import { round } from './layoutPlace.ts';

const HEX = Array.from({ length: 65_536 }, (_, id) => id.toString(16).padStart(4, '0'));

/**
 * Text objects for these runs; every glyph enters the subset of its font. Fonts change inside a run, on its baseline:
 * the next glyphs start where the last ended. Neighbours with one mark share one marked content; throws RangeError for a
 * mark that comes back, which no reader could resolve.
 */
export function textOperators(runs: readonly TextRun[], fonts: DocumentFonts, paperHeightPt: number): string {
  if (runs.length === 0) return '';
  const opened = new Set<number>();
  let mark: number | undefined | null = null;
  let resource = '';
  let sizePt = 0;
  let operators = 'BT\n';
  for (const run of runs) {
    if (run.mark !== mark) {
      if (run.mark !== undefined && opened.has(run.mark)) throw new RangeError('a mark is used twice');
      if (run.mark !== undefined) opened.add(run.mark);
      operators += `${mark === null ? '' : 'EMC\n'}${run.mark === undefined ? ARTIFACT : markedContent('P', run.mark)}`;
      ({ mark } = run);
    }
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
  return `${operators}EMC\nET\n`;
}

const ARTIFACT = '/Artifact BMC\n';
const markedContent = (tag: string, mark: number): string => `/${tag} <</MCID ${mark}>> BDC\n`;

/** Stroked lines, thin ones first so that frames lie over them. */
export function ruleOperators(rules: readonly Rule[], paperHeightPt: number): string {
  if (rules.length === 0) return '';
  const widths = [...new Set(rules.map(({ widthPt }) => widthPt))].sort((left, right) => left - right);
  const lines = widths.map((width) => {
    const paths = rules
      .filter(({ widthPt }) => widthPt === width)
      .map(({ from: [x1, y1], to: [x2, y2] }) => {
        return `${x1} ${round(paperHeightPt - y1)} m ${x2} ${round(paperHeightPt - y2)} l`;
      });
    return `${width} w\n${paths.join('\n')} S\n`;
  });
  return `${ARTIFACT}2 J\n${lines.join('')}EMC\n`;
}

/** Rules and labels of a block. */
export function blockOperators(block: Block, fonts: DocumentFonts, paperHeightPt: number): string {
  return ruleOperators(block.rules, paperHeightPt) + textOperators(block.texts, fonts, paperHeightPt);
}

/**
 * A picture paints every pixel that it touches (most devices; ISO 32000-1, 10.6.5 leaves it to them): a hair's breadth
 * inside the edges keeps a picture made of whole printer pixels to its own.
 */
export const HAIR_PT = 0.0012;

/** An image at its place, without interpolation. */
export function imageOperators(image: PlacedImage, resource: string, paperHeightPt: number): string {
  const [width, height] = [image.widthPt - 2 * HAIR_PT, image.heightPt - 2 * HAIR_PT].map(place);
  const y = place(paperHeightPt - image.y - image.heightPt + HAIR_PT);
  const matrix = `${width} 0 0 ${height} ${place(image.x + HAIR_PT)} ${y} cm`;
  return `${markedContent('Figure', image.mark)}q ${matrix} /${resource} Do Q\nEMC\n`;
}

/** A printer pixel is 0.12 pt; pictures made of whole pixels keep their edges. */
const place = (value: number): number => Math.round(value * 10_000) / 10_000;

/** 見本 across the page, in grey, under everything that is read. */
export function specimenOperators(
  fonts: DocumentFonts,
  paper: { widthPt: number; heightPt: number },
): string {
  const sizePt = paper.widthPt * SPECIMEN_SHARE;
  const glyphs = fonts.shape(SPECIMEN);
  const hex = glyphs.map((glyph) => HEX[fonts.idOf(glyph)]).join('');
  // from the lower left to the upper right, the word's middle in the middle of the page
  const [cos, sin] = [Math.SQRT1_2, Math.SQRT1_2];
  const [along, below] = [(glyphs.length * sizePt) / 2, sizePt * 0.38];
  const x = place(paper.widthPt / 2 - along * cos + below * sin);
  const y = place(paper.heightPt / 2 - along * sin - below * cos);
  const matrix = `${place(cos)} ${place(sin)} ${place(-sin)} ${place(cos)} ${x} ${y} Tm`;
  const face = glyphs[0]!.face.resource;
  return `${ARTIFACT}q 0.8 g BT /${face} ${round(sizePt)} Tf ${matrix} <${hex}> Tj ET Q\nEMC\n`;
}
const SPECIMEN = '見本';
const SPECIMEN_SHARE = 0.42;
