/** Cells of a grid made ready: labels and rules placed once, the cells that change left as slots, all in reading order. */
import type { CellContent, GridCell, GridLayout } from '#templates/layoutSchema.ts';
import type { Block, Frame, ReadingItem } from './laidOut.ts';
import type { Measure } from './layoutFit.ts';
import { fixedRuns } from './layoutFixed.ts';
import { nameOf, pairCells } from './layoutPairs.ts';
import { inset, type Align } from './layoutPlace.ts';
import { frameOf, gridRules } from './layoutRules.ts';
import { fixedText, type SheetWords } from './layoutWords.ts';

export interface Slot {
  readonly content: Exclude<CellContent, { kind: 'label' | 'not-applicable' | 'white' }>;
  /** with room kept off the rules, for words */
  readonly frame: Frame;
  /** the whole cell, for pictures */
  readonly cell: Frame;
  readonly sizePt: number;
  readonly align: Align;
}

/** One step of the reading order. */
export type CellStep =
  | { readonly kind: 'fixed'; readonly item: ReadingItem }
  | {
      readonly kind: 'slot';
      readonly slot: Slot;
      readonly label: string;
      readonly labelMarks: readonly number[];
    };

export interface CompiledCells {
  readonly block: Block;
  readonly steps: readonly CellStep[];
  /** marks of the block run from the first one given to below this */
  readonly markEnd: number;
}

/** A cell's fixed words with their marks; empty for a slot. */
interface FixedWords {
  readonly text: string;
  readonly texts: Block['texts'];
}
const NO_WORDS: FixedWords = { text: '', texts: [] };

/** Throws LabelDoesNotFitError. `rowOffset` is the number of grid rows above the cells' first. */
export function compileCells(
  layout: GridLayout,
  cells: readonly GridCell[],
  rowOffset: number,
  words: SheetWords,
  measure: Measure,
  firstMark: number,
): CompiledCells {
  let markEnd = firstMark;
  const fixed = cells.map((cell): FixedWords => {
    const text = fixedText(cell.content, words);
    if (text === undefined) return NO_WORDS;
    const place = {
      frame: textFrame(layout, cell, rowOffset),
      sizePt: sizeOf(layout, cell),
      align: cell.align,
    };
    const texts = fixedRuns(text, place, measure, markEnd, placeName(cell.content, text));
    markEnd += texts.length;
    return { text, texts };
  });
  const steps = pairCells(cells.map(positionOf)).map(({ label, value, heading }): CellStep => {
    const own = label === undefined ? NO_WORDS : fixed[label]!;
    const labelWords = heading ? headed(fixed[heading.cell]!, heading.isFirst, own) : own;
    const valueWords = value === undefined ? NO_WORDS : fixed[value]!;
    const cell = value === undefined ? undefined : cells[value]!;
    const slot = cell && slotOf(layout, cell, rowOffset);
    if (slot) return { kind: 'slot', slot, label: labelWords.text, labelMarks: marksOf(labelWords) };
    return { kind: 'fixed', item: fixedItem(labelWords, cell && valueWords) };
  });
  const texts = fixed.flatMap((each) => each.texts);
  return { block: { texts, rules: gridRules(layout, cells, rowOffset) }, steps, markEnd };
}

/** A label with its heading before it; whose words are read once. */
const headed = (heading: FixedWords, isFirst: boolean, own: FixedWords): FixedWords => ({
  text: nameOf(heading.text, own.text),
  texts: isFirst ? [...heading.texts, ...own.texts] : own.texts,
});

const placeName = (content: CellContent, text: string): string =>
  (content.kind === 'label' ? content.field : undefined) ?? text;

const positionOf = ({ content, box: [row, column, , columns] }: GridCell) => ({
  content,
  row,
  column,
  columns,
});

const marksOf = ({ texts }: FixedWords): readonly number[] => texts.map(({ mark }) => mark!);

/** A heading without a value stands for itself; ＊＊＊ without a label is a value. */
function fixedItem(label: FixedWords, value: FixedWords | undefined): ReadingItem {
  const marks = [...marksOf(label), ...(value ? marksOf(value) : [])];
  return value
    ? { role: 'pair', section: '', label: label.text, value: value.text, field: 'not-applicable', marks }
    : { role: 'paragraph', section: '', label: '', value: label.text, field: 'heading', marks };
}

function slotOf(layout: GridLayout, cell: GridCell, rowOffset: number): Slot | undefined {
  const { content, align } = cell;
  if (content.kind === 'label' || content.kind === 'not-applicable' || content.kind === 'white')
    return undefined;
  return {
    content,
    frame: textFrame(layout, cell, rowOffset),
    cell: frameOf(layout, cell, rowOffset),
    sizePt: sizeOf(layout, cell),
    align,
  };
}

const sizeOf = (layout: GridLayout, cell: GridCell): number => cell.sizePt ?? layout.text.sizePt;
const textFrame = (layout: GridLayout, cell: GridCell, rowOffset: number): Frame =>
  inset(frameOf(layout, cell, rowOffset), layout.text.paddingPt);
