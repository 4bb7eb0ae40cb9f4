/** A form of fixed cells: compiled once for all of its documents, then filled page by page. Pure. */
import type {
  PersonVariant,
  PrintableFields,
  PrintablePerson,
  PrintableView,
} from '#templates/datasets/printable.ts';
import type { GridCell, GridLayout } from '#templates/layoutSchema.ts';
import type { Block, LaidOutPage, ReadingItem } from './laidOut.ts';
import { compileCells, type CellStep, type CompiledCells, type Slot } from './layoutCells.ts';
import { createDraft, type Misfit, type PageDraft } from './layoutDraft.ts';
import type { Measure } from './layoutFit.ts';
import { fixedRuns } from './layoutFixed.ts';
import { compileItems, drawItems, type SheetItems } from './layoutItems.ts';
import { frameRules, readPicture } from './layoutPlace.ts';
import { frameOf } from './layoutRules.ts';
import { cellWords, type CellWords, type DocumentWords, type SheetWords } from './layoutWords.ts';

/** Blocks keep their identity from document to document: their operators are written once. */
export interface GridSheet {
  readonly form: 'grid';
  readonly layout: GridLayout;
  readonly items: SheetItems;
  /** fixed words of every page, header and items; its rules */
  readonly everyPage: Block;
  readonly header: readonly CellStep[];
  /** by place on the page, 0-based */
  readonly persons: readonly Readonly<Record<PersonVariant, CompiledCells>>[];
  /** by the first unused place: the frame of the unused area with the end mark */
  readonly unused: readonly UnusedArea[];
  /** by the number of persons on a page: where the marks of its blocks end */
  readonly markEnds: readonly number[];
  /** every text of the blocks: what a subset starts with */
  readonly fixedTexts: readonly string[];
}
interface UnusedArea {
  readonly block: Block;
  readonly items: readonly ReadingItem[];
}

/**
 * Marks of the blocks: items, header and end mark first, then place after place on the page; the two variants of a place
 * share theirs, since one of them stands there. Throws LabelDoesNotFitError.
 */
export function compileGrid(layout: GridLayout, words: SheetWords, measure: Measure): GridSheet {
  const items = compileItems(layout, measure, 0);
  const header = compileCells(layout, layout.header, 0, words, measure, items.markEnd);
  const { perPage, rows, firstRow, cells } = layout.persons ?? {
    perPage: 0,
    rows: 0,
    firstRow: 1,
    cells: [],
  };
  const unused = Array.from({ length: perPage }, (_, index) =>
    unusedArea(layout, index, measure, header.markEnd),
  );
  const markEnds = [header.markEnd + (unused[0]?.block.texts.length ?? 0)];
  const persons = Array.from({ length: perPage }, (_, index) => {
    const blockOf = (variant: PersonVariant): CompiledCells => {
      const own = cells.filter((cell) => !cell.variant || cell.variant === variant);
      return compileCells(layout, own, firstRow - 1 + index * rows, words, measure, markEnds[index]!);
    };
    const place = { japanese: blockOf('japanese'), foreign: blockOf('foreign') };
    markEnds.push(Math.max(place.japanese.markEnd, place.foreign.markEnd));
    return place;
  });
  const everyPage = joinBlocks(items.everyPage, header.block);
  const first = persons[0] ? [persons[0].japanese.block, persons[0].foreign.block] : [];
  const fixed = [everyPage, items.lastPage, ...(unused[0] ? [unused[0].block] : []), ...first];
  const fixedTexts = [...new Set(fixed.flatMap(({ texts }) => texts.map(({ text }) => text)))];
  return {
    form: 'grid',
    layout,
    items,
    everyPage,
    header: header.steps,
    persons,
    unused,
    markEnds,
    fixedTexts,
  };
}

const joinBlocks = (...blocks: readonly Block[]): Block => ({
  texts: blocks.flatMap(({ texts }) => texts),
  rules: blocks.flatMap(({ rules }) => rules),
});

/** Everything below the last person: one frame, the end mark in its first row. */
function unusedArea(
  layout: GridLayout,
  firstUnused: number,
  measure: Measure,
  firstMark: number,
): UnusedArea {
  const { grid, text, endMark } = layout;
  const persons = layout.persons!;
  const top = persons.firstRow - 1 + firstUnused * persons.rows;
  const box: GridCell['box'] = [1, 1, 1, grid.columns];
  const frame = frameOf(layout, { box }, top);
  const rows = (persons.perPage - firstUnused) * persons.rows;
  const rules = frameRules({ ...frame, heightPt: rows * grid.rowHeightPt }, grid.frameWidthPt);
  if (endMark === undefined) return { block: { texts: [], rules }, items: [] };
  const texts = fixedRuns(endMark, { frame, sizePt: text.sizePt, align: 'center' }, measure, firstMark);
  const marks = texts.map(({ mark }) => mark!);
  const item = { section: '', label: '', value: endMark, field: 'end-mark', marks };
  return { block: { texts, rules }, items: [{ role: 'paragraph', ...item }] };
}

/** The pages, or what fits in no way. */
export function layOutGrid(
  sheet: GridSheet,
  view: PrintableView,
  words: DocumentWords,
  measure: Measure,
): readonly LaidOutPage[] | Misfit {
  const perPage = sheet.layout.persons?.perPage ?? 1;
  const pageCount = Math.max(1, Math.ceil(view.persons.length / perPage));
  const pages: LaidOutPage[] = [];
  for (let index = 0; index < pageCount; index += 1) {
    const persons = sheet.layout.persons ? view.persons.slice(index * perPage, (index + 1) * perPage) : [];
    const page = composePage({ sheet, view, words, measure, persons, index, pageCount });
    if ('kind' in page) return page;
    pages.push(page);
  }
  return pages;
}

interface PageWanted {
  readonly sheet: GridSheet;
  readonly view: PrintableView;
  readonly words: DocumentWords;
  readonly measure: Measure;
  readonly persons: readonly PrintablePerson[];
  readonly index: number;
  readonly pageCount: number;
}

function composePage(wanted: PageWanted): LaidOutPage | Misfit {
  const { sheet, view, words, measure, persons, index, pageCount } = wanted;
  const { layout } = sheet;
  const perPage = sheet.persons.length;
  const certified = layout.certified === 'each-page' || index === pageCount - 1;
  const plan = certified ? sheet.items.certified : sheet.items.inner;
  const place = { page: index + 1, pages: pageCount };
  const draft = createDraft(measure, sheet.markEnds[persons.length]!);

  drawItems(plan.before, draft, words, view.header, place, measure);
  const spare = layout.endMark ?? words.marks.notApplicable;
  drawCells(sheet.header, draft, words, {
    section: '',
    fields: view.header,
    number: '',
    remarks: layout.persons ? words.marks.notApplicable : spare,
  });
  persons.forEach((person, at) => {
    const endsForm = certified && at === perPage - 1;
    const number = String(index * perPage + at + 1);
    const remarks = endsForm ? spare : words.marks.notApplicable;
    const { fields, number: inRecord } = person;
    drawCells(stepsOf(sheet, person, at), draft, words, {
      section: number,
      fields,
      number,
      remarks,
      inRecord,
    });
  });
  const unused = sheet.unused[persons.length];
  unused?.items.forEach((item) => draft.read(item));
  drawItems(plan.after, draft, words, view.header, place, measure);
  return draft.misfit() ?? draft.finish(blocksOf(sheet, persons, certified));
}

const stepsOf = (sheet: GridSheet, person: PrintablePerson, at: number): readonly CellStep[] =>
  sheet.persons[at]![person.variant].steps;

function blocksOf(
  sheet: GridSheet,
  persons: readonly PrintablePerson[],
  certified: boolean,
): readonly Block[] {
  const unused = sheet.unused[persons.length];
  return [
    sheet.everyPage,
    ...persons.map((person, at) => sheet.persons[at]![person.variant].block),
    ...(unused ? [unused.block] : []),
    ...(certified ? [sheet.items.lastPage] : []),
  ];
}

/** What fills the slots of a block. */
interface Filling {
  readonly section: string;
  readonly fields: PrintableFields;
  readonly number: string;
  readonly remarks: string;
  readonly inRecord?: number;
}

function drawCells(
  steps: readonly CellStep[],
  draft: PageDraft,
  words: DocumentWords,
  filling: Filling,
): void {
  const { section } = filling;
  for (const step of steps) {
    if (step.kind === 'fixed') draft.read({ ...step.item, section });
    else drawSlot(step.slot, step.label, step.labelMarks, draft, words, filling);
  }
}

function drawSlot(
  slot: Slot,
  label: string,
  labelMarks: readonly number[],
  draft: PageDraft,
  words: DocumentWords,
  filling: Filling,
): void {
  const { content, align, sizePt, frame } = slot;
  const field = 'field' in content ? content.field : content.kind;
  const { section, inRecord: person } = filling;
  const filled = wordsIn(slot, words, filling);
  if (filled.kind === 'image') {
    const place = { field, person, frame: slot.cell, align: 'center' } as const;
    const marks = draft.picture({ ...filled, kind: 'picture' }, place);
    return draft.read({
      role: 'figure',
      section,
      label,
      value: filled.alt,
      field,
      marks: [...labelMarks, ...marks],
      picture: readPicture(filled.image, filled.widthMm),
    });
  }
  const marks = draft.write(filled.text, sizePt, { field, person, frame, align });
  const role = content.kind === 'number' ? 'paragraph' : 'pair';
  draft.read({ role, section, label, value: filled.text, field, marks: [...labelMarks, ...marks] });
}

function wordsIn({ content }: Slot, words: DocumentWords, filling: Filling): CellWords {
  switch (content.kind) {
    case 'number':
      return { kind: 'text', text: filling.number };
    case 'remarks':
      return { kind: 'text', text: filling.remarks };
    case 'field':
    case 'image':
      return cellWords(content.field, filling.fields[content.field], words);
  }
}
