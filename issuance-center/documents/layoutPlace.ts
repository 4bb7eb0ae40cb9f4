/** Where lines of text, rules and pictures stand. Pure geometry in points, downwards from the upper left corner. */
import type { PrintableImage } from '#templates/datasets/printable.ts';
import type { Frame, ReadPicture, Rule, TextRun } from './laidOut.ts';
import { LEADING, type Fit, type Measure } from './layoutFit.ts';

export type Align = 'left' | 'center' | 'right';

/** Height of the em box above the writing line, in em; IPAmj明朝 has ascent 0.88, descent 0.12. */
export const ASCENT = 0.88;

/** Lines that fit, ready to be drawn. */
export type Fitted = Extract<Fit, { kind: 'fits' }>;

/** Two decimals of a point: finer than any printer, short in the file, the same on every machine. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** Keeps text off the rules: half a point above and below, less at the sides of a single column. */
export function inset(frame: Frame, paddingPt: number): Frame {
  const padding = Math.min(paddingPt, frame.widthPt / 12);
  return {
    x: frame.x + padding,
    y: frame.y + 0.5,
    widthPt: frame.widthPt - 2 * padding,
    heightPt: frame.heightPt - 1,
  };
}

/** The lines of a fit as runs with marks from `firstMark` on, the whole centred vertically in its frame. */
export function placeLines(
  fit: Fitted,
  frame: Frame,
  align: Align,
  measure: Measure,
  firstMark: number,
): readonly TextRun[] {
  const { sizePt, lines } = fit;
  const heightPt = sizePt * (1 + (lines.length - 1) * LEADING);
  return linesFrom(fit, frame, align, measure, firstMark, {
    topPt: frame.y + (frame.heightPt - heightPt) / 2,
    pitchPt: sizePt * LEADING,
  });
}

/** The same with the first em box at `topPt` and the next ones `pitchPt` below each other. */
export function linesFrom(
  { sizePt, lines }: Fitted,
  frame: Frame,
  align: Align,
  measure: Measure,
  firstMark: number,
  { topPt, pitchPt }: { readonly topPt: number; readonly pitchPt: number },
): readonly TextRun[] {
  return lines.map((text, index) => {
    const spare = align === 'left' ? 0 : frame.widthPt - measure(text) * sizePt;
    return {
      x: round(frame.x + (align === 'center' ? spare / 2 : spare)),
      baseline: round(topPt + sizePt * ASCENT + index * pitchPt),
      sizePt: round(sizePt),
      text,
      mark: firstMark + index,
    };
  });
}

export function underline({ x, baseline, sizePt, text }: TextRun, measure: Measure): Rule {
  const y = round(baseline + sizePt * 0.2);
  return { from: [x, y], to: [round(x + measure(text) * sizePt), y], widthPt: 0.8 };
}

export const rule = (
  from: readonly [number, number],
  to: readonly [number, number],
  widthPt: number,
): Rule => ({
  from: [round(from[0]), round(from[1])],
  to: [round(to[0]), round(to[1])],
  widthPt,
});

/** Four rules around an area. */
export function frameRules({ x, y, widthPt, heightPt }: Frame, penPt: number): readonly Rule[] {
  const [right, bottom] = [x + widthPt, y + heightPt];
  return [
    rule([x, y], [right, y], penPt),
    rule([right, y], [right, bottom], penPt),
    rule([right, bottom], [x, bottom], penPt),
    rule([x, bottom], [x, y], penPt),
  ];
}

const POINTS_PER_MM = 72 / 25.4;

/** A picture of the dataset as the signed data takes it over. */
export const readPicture = (image: PrintableImage, widthMm: number): ReadPicture => ({
  widthMm,
  heightMm: widthMm * (image.height / image.width),
  image,
});

/** Size in points of a picture printed so wide, in millimetres: never scaled to anything else. */
export function sizeOfPicture(
  image: { readonly width: number; readonly height: number },
  widthMm: number,
): { readonly widthPt: number; readonly heightPt: number } {
  const widthPt = widthMm * POINTS_PER_MM;
  return { widthPt, heightPt: widthPt * (image.height / image.width) };
}
