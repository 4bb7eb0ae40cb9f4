/**
 * The layout engine: a view of a dataset on a sheet becomes positioned text, rules and images, page by page. Pure. Each
 * value fits its cell by the fit rule or the whole document is refused.
 */
import type { PrintableView } from '#templates/datasets/printable.ts';
import type { LaidOutPage } from './laidOut.ts';
import type { Misfit } from './layoutDraft.ts';
import type { Measure } from './layoutFit.ts';
import { layOutFlow } from './layoutFlow.ts';
import { layOutGrid } from './layoutGrid.ts';
import type { Sheet } from './layoutSheet.ts';
import type { DocumentWords } from './layoutWords.ts';

export type LayoutOutcome =
  | { readonly kind: 'laid-out'; readonly pages: readonly LaidOutPage[] }
  /** `field` of the dataset or item of the sheet; `person` is the number in the record */
  | Misfit;

/**
 * Lays the view out; never throws for any text that `measure` can measure. Throws RangeError when the view lacks a field
 * the layout prints, or the words lack what certifies the document.
 */
export function layOut(
  sheet: Sheet,
  view: PrintableView,
  words: DocumentWords,
  measure: Measure,
): LayoutOutcome {
  const pages =
    sheet.form === 'grid' ? layOutGrid(sheet, view, words, measure) : layOutFlow(sheet, view, words, measure);
  return 'kind' in pages ? pages : { kind: 'laid-out', pages };
}
