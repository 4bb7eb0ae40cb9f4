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

/** Every word that stands in the layout's file: each must be drawable before anything is measured. */
export function fixedWords(layout: CertificateLayout): readonly string[] {
  const cells =
    layout.form === 'grid'
      ? [...layout.header, ...(layout.persons?.cells ?? [])]
      : [...layout.pageHead, ...Object.values(layout.rows)].flatMap((row) => row.cells);
  const contents = [...cells, ...layout.everyPage, ...layout.lastPage].map(({ content }) => content);
  const words = contents.flatMap((content) => ('text' in content ? [content.text] : []));
  return [...words, ...(layout.endMark === undefined ? [] : [layout.endMark])];
}
