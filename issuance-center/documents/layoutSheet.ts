/**
 * A layout made ready for documents: everything that is the same on each of them (rules, labels) placed once, the cells
 * that change left as slots. Pure.
 */
import type { CellContent, GridCell, GridLayout, SheetItem } from '#templates/layoutSchema.ts';
import type { PersonVariant } from '#templates/datasets/printable.ts';
import { fitText, LEADING, type Fit, type Measure } from './layoutFit.ts';

/** Points from the upper left corner of the paper; `baseline` is the y of the writing line. */
export interface TextRun {
  readonly x: number;
  readonly baseline: number;
  readonly sizePt: number;
  readonly text: string;
}
export interface Rule {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly widthPt: number;
}
/** What never changes; the same object on every document of a sheet, so that its operators are written once. */
export interface Block {
  readonly texts: readonly TextRun[];
  readonly rules: readonly Rule[];
}
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly widthPt: number;
  readonly heightPt: number;
}
export type Align = 'left' | 'center' | 'right';
export interface Slot {
  readonly content: Exclude<CellContent, { kind: 'label' | 'not-applicable' | 'white' }>;
  readonly frame: Frame;
  readonly sizePt: number;
  readonly align: Align;
}
export interface PersonBlock {
  readonly block: Block;
  readonly slots: readonly Slot[];
}
export interface Sheet {
  readonly layout: GridLayout;
  readonly everyPage: Block;
  readonly lastPage: Block;
  readonly header: readonly Slot[];
  /** by place on the page, 0-based */
  readonly persons: readonly Readonly<Record<PersonVariant, PersonBlock>>[];
  /** by the first unused place: the frame of the unused area with the end mark */
  readonly unused: readonly Block[];
  /** every text of the blocks: what a subset starts with */
  readonly fixedTexts: readonly string[];
}

/** What a municipality prints differently on this layout. */
export interface SheetWords {
  /** by field of the dataset */
  readonly labels: Readonly<Record<string, string>>;
  readonly notApplicable: string;
}

/** A label that fits its cell in no way; `place` is the label's field or its fixed words. */
export class LabelDoesNotFitError extends Error {
  readonly place: string;
  constructor(place: string) {
    super(`the label of ${place} does not fit its cell`);
    this.name = 'LabelDoesNotFitError';
    this.place = place;
  }
}

/** Throws LabelDoesNotFitError; labels are templates, so this is a fault of a template and found at its test issue. */
export function compileSheet(layout: GridLayout, words: SheetWords, measure: Measure): Sheet {
  const persons = layout.persons!;
  const place = cellPlacer(layout, words, measure);
  const header = layout.header.map((cell) => place(cell, 0));
  const everyPage = itemsBlock(layout.everyPage, measure);
  const headerRules = gridRules(layout, layout.header, 0);
  const blocks = Array.from({ length: persons.perPage }, (_, index) => {
    const row = persons.firstRow - 1 + index * persons.rows;
    const blockOf = (variant: PersonVariant): PersonBlock => {
      const cells = persons.cells.filter((cell) => !cell.variant || cell.variant === variant);
      return toPersonBlock(
        cells.map((cell) => place(cell, row)),
        gridRules(layout, cells, row),
      );
    };
    return { japanese: blockOf('japanese'), foreign: blockOf('foreign') };
  });
  const headerBlock = toPersonBlock(header, headerRules);
  const sheet = {
    layout,
    everyPage: joinBlocks(everyPage, headerBlock.block),
    lastPage: itemsBlock(layout.lastPage, measure),
    header: headerBlock.slots,
    persons: blocks,
    unused: blocks.map((_, index) => unusedBlock(layout, index, measure)),
  };
  const all = [sheet.everyPage, sheet.lastPage, sheet.unused[0]!, blocks[0]!.japanese.block];
  const fixed = [...all, blocks[0]!.foreign.block].flatMap(({ texts }) => texts.map(({ text }) => text));
  return { ...sheet, fixedTexts: [...new Set(fixed)] };
}

interface PlacedCell {
  readonly texts: readonly TextRun[];
  readonly slot: Slot | undefined;
}

function cellPlacer(layout: GridLayout, words: SheetWords, measure: Measure) {
  const { paddingPt, sizePt: normalPt } = layout.text;
  return (cell: GridCell, row: number): PlacedCell => {
    const frame = inset(frameOf(layout, cell, row), paddingPt);
    const sizePt = cell.sizePt ?? normalPt;
    const { content } = cell;
    switch (content.kind) {
      case 'label': {
        const own = content.field === undefined ? undefined : words.labels[content.field];
        const text = own ?? content.text;
        return { texts: fixedText(text, frame, sizePt, cell.align, measure, content.field), slot: undefined };
      }
      case 'not-applicable':
        return {
          texts: fixedText(words.notApplicable, frame, sizePt, cell.align, measure),
          slot: undefined,
        };
      case 'white':
        return { texts: [], slot: undefined };
      case 'field':
      case 'image':
      case 'number':
      case 'remarks':
        return { texts: [], slot: { content, frame, sizePt, align: cell.align } };
    }
  };
}

function frameOf(layout: GridLayout, { box }: GridCell, rowOffset: number): Frame {
  const { grid } = layout;
  const [row, column, rows, columns] = box;
  return {
    x: grid.leftPt + (column - 1) * grid.columnWidthPt,
    y: grid.topPt + (rowOffset + row - 1) * grid.rowHeightPt,
    widthPt: columns * grid.columnWidthPt,
    heightPt: rows * grid.rowHeightPt,
  };
}

/** Keeps text off the rules: half a point above and below, less at the sides of a single column. */
function inset(frame: Frame, paddingPt: number): Frame {
  const padding = Math.min(paddingPt, frame.widthPt / 12);
  return {
    x: frame.x + padding,
    y: frame.y + 0.5,
    widthPt: frame.widthPt - 2 * padding,
    heightPt: frame.heightPt - 1,
  };
}

const toPersonBlock = (cells: readonly PlacedCell[], rules: readonly Rule[]): PersonBlock => ({
  block: { texts: cells.flatMap(({ texts }) => texts), rules },
  slots: cells.flatMap(({ slot }) => (slot ? [slot] : [])),
});

const joinBlocks = (...blocks: readonly Block[]): Block => ({
  texts: blocks.flatMap(({ texts }) => texts),
  rules: blocks.flatMap(({ rules }) => rules),
});

function fixedText(
  text: string,
  frame: Frame,
  sizePt: number,
  align: Align,
  measure: Measure,
  place: string = text,
): readonly TextRun[] {
  const fit = fitText(text, frame, sizePt, measure);
  if (fit.kind === 'does-not-fit') throw new LabelDoesNotFitError(place);
  return placeLines(fit, frame, align, measure);
}

/** Height of the em box above the writing line, in em; IPAmj明朝 has ascent 0.88, descent 0.12. */
const ASCENT = 0.88;

/** The lines of a fit as runs, the whole centred vertically in its frame. */
export function placeLines(
  fit: Extract<Fit, { kind: 'fits' }>,
  frame: Frame,
  align: Align,
  measure: Measure,
): readonly TextRun[] {
  const { sizePt, lines } = fit;
  const heightPt = sizePt * (1 + (lines.length - 1) * LEADING);
  const top = frame.y + (frame.heightPt - heightPt) / 2;
  return lines.map((text, index) => {
    const spare = align === 'left' ? 0 : frame.widthPt - measure(text) * sizePt;
    return {
      x: round(frame.x + (align === 'center' ? spare / 2 : spare)),
      baseline: round(top + sizePt * (ASCENT + index * LEADING)),
      sizePt: round(sizePt),
      text,
    };
  });
}

function itemsBlock(items: readonly SheetItem[], measure: Measure): Block {
  const blocks = items.map((item): Block => {
    if (item.content.kind !== 'text') return { texts: [], rules: [] };
    const texts = fixedText(item.content.text, frameOfItem(item), item.sizePt, item.align, measure);
    return { texts, rules: item.underline ? texts.map((run) => underline(run, measure)) : [] };
  });
  return joinBlocks(...blocks);
}

export function frameOfItem({ frame: [x, y, widthPt, heightPt] }: SheetItem): Frame {
  return { x, y, widthPt, heightPt };
}

export function underline({ x, baseline, sizePt, text }: TextRun, measure: Measure): Rule {
  const y = round(baseline + sizePt * 0.2);
  return { from: [x, y], to: [round(x + measure(text) * sizePt), y], widthPt: 0.8 };
}

/** Everything below the last person: one frame, the end mark in its first row. */
function unusedBlock(layout: GridLayout, firstUnused: number, measure: Measure): Block {
  const { grid, text } = layout;
  const persons = layout.persons!;
  const top = persons.firstRow - 1 + firstUnused * persons.rows;
  const rows = (persons.perPage - firstUnused) * persons.rows;
  const box: GridCell = {
    box: [1, 1, 1, grid.columns],
    content: { kind: 'not-applicable' },
    align: 'center',
  };
  const frame = frameOf(layout, box, top);
  return {
    texts: fixedText(layout.endMark!, frame, text.sizePt, 'center', measure),
    rules: frameRules({ ...frame, heightPt: rows * grid.rowHeightPt }, grid.frameWidthPt),
  };
}

/** Thin rules between the cells, each drawn once, and a thicker frame around them all. */
function gridRules(layout: GridLayout, cells: readonly GridCell[], rowOffset: number): readonly Rule[] {
  const frames = cells.map((cell) => frameOf(layout, cell, rowOffset));
  const x = Math.min(...frames.map((frame) => frame.x));
  const y = Math.min(...frames.map((frame) => frame.y));
  const right = Math.max(...frames.map((frame) => frame.x + frame.widthPt));
  const bottom = Math.max(...frames.map((frame) => frame.y + frame.heightPt));
  const inner = frames.flatMap((frame): Rule[] => {
    const farX = frame.x + frame.widthPt;
    const farY = frame.y + frame.heightPt;
    const widthPt = layout.grid.ruleWidthPt;
    return [
      ...(farX < right - 0.01 ? [rule([farX, frame.y], [farX, farY], widthPt)] : []),
      ...(farY < bottom - 0.01 ? [rule([frame.x, farY], [farX, farY], widthPt)] : []),
    ];
  });
  const outer = { x, y, widthPt: right - x, heightPt: bottom - y };
  return [...inner, ...frameRules(outer, layout.grid.frameWidthPt)];
}

function frameRules({ x, y, widthPt, heightPt }: Frame, penPt: number): readonly Rule[] {
  const [right, bottom] = [x + widthPt, y + heightPt];
  return [
    rule([x, y], [right, y], penPt),
    rule([right, y], [right, bottom], penPt),
    rule([right, bottom], [x, bottom], penPt),
    rule([x, bottom], [x, y], penPt),
  ];
}

const rule = (from: readonly [number, number], to: readonly [number, number], widthPt: number): Rule => ({
  from: [round(from[0]), round(from[1])],
  to: [round(to[0]), round(to[1])],
  widthPt,
});

/** Two decimals of a point: finer than any printer, short in the file, the same on every machine. */
export const round = (value: number): number => Math.round(value * 100) / 100;
