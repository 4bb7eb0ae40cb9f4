/** Words of a layout that stand on every one of its documents. */
import type { Frame, TextRun } from './laidOut.ts';
import { fitText, type Measure } from './layoutFit.ts';
import { placeLines, type Align } from './layoutPlace.ts';

/** A label that fits its cell in no way; `place` is the label's field or its fixed words. */
export class LabelDoesNotFitError extends Error {
  readonly place: string;
  constructor(place: string) {
    super(`the label of ${place} does not fit its cell`);
    this.name = 'LabelDoesNotFitError';
    this.place = place;
  }
}

/** Throws LabelDoesNotFitError; marks run from `firstMark` on. */
export function fixedRuns(
  text: string,
  { frame, sizePt, align }: { readonly frame: Frame; readonly sizePt: number; readonly align: Align },
  measure: Measure,
  firstMark: number,
  place: string = text,
): readonly TextRun[] {
  const fit = fitText(text, frame, sizePt, measure);
  if (fit.kind === 'does-not-fit') throw new LabelDoesNotFitError(place);
  return placeLines(fit, frame, align, measure, firstMark);
}
