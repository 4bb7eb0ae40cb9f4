/** A layout made ready for documents: everything that is the same on each of them placed once. Pure. */
import type { CertificateLayout } from '#templates/layoutSchema.ts';
import type { Measure } from './layoutFit.ts';
import { compileFlow, type FlowSheet } from './layoutFlow.ts';
import { compileGrid, type GridSheet } from './layoutGrid.ts';
import type { SheetWords } from './layoutWords.ts';

export type Sheet = GridSheet | FlowSheet;

/**
 * Throws LabelDoesNotFitError; labels are templates, so this is a fault of a template and found at its test issue.
 */
export function compileSheet(layout: CertificateLayout, words: SheetWords, measure: Measure): Sheet {
  return layout.form === 'grid' ? compileGrid(layout, words, measure) : compileFlow(layout, words, measure);
}
