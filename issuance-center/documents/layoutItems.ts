/** What stands outside the table in both forms: title, statement, date, head, seal, numbers. */
import type { PrintableFields } from '#templates/datasets/printable.ts';
import type { CertificateLayout, SheetItem } from '#templates/layoutSchema.ts';
import type { Block, Frame, ReadingItem } from './laidOut.ts';
import type { PageDraft, Place } from './layoutDraft.ts';
import type { Measure } from './layoutFit.ts';
import { labelsBeside } from './layoutPairs.ts';
import { readPicture, underline } from './layoutPlace.ts';
import { fixedRuns } from './layoutFixed.ts';
import { cellWords, withDigits, type DocumentWords } from './layoutWords.ts';

/** An item, and what is read when its words never change. */
interface ItemStep {
  readonly item: SheetItem;
  readonly fixed?: ReadingItem;
  /** of a field: the words on its left, which are read with it and not by themselves */
  readonly label?: ReadingItem;
}
/** Items of a page in reading order: those read before the table and those after it. */
export interface ItemPlan {
  readonly before: readonly ItemStep[];
  readonly after: readonly ItemStep[];
}
export interface SheetItems {
  readonly everyPage: Block;
  readonly lastPage: Block;
  /** on a page that is not certified */
  readonly inner: ItemPlan;
  /** on a page that carries statement, date, head and seal */
  readonly certified: ItemPlan;
  readonly markEnd: number;
}

/** Places the fixed words and orders the rest. Throws LabelDoesNotFitError. */
export function compileItems(layout: CertificateLayout, measure: Measure, firstMark: number): SheetItems {
  const every = fixedItems(layout.everyPage, measure, firstMark);
  const last = fixedItems(layout.lastPage, measure, every.markEnd);
  const middle = layout.paper.heightPt / 2;
  const opening = every.steps.filter((step) => opens(step, middle));
  const rest = every.steps.filter((step) => !opens(step, middle));
  const before = opening.toSorted((one, other) => rankBefore(one) - rankBefore(other));
  const inOrder = (steps: readonly ItemStep[]) =>
    steps.toSorted((one, other) => rankAfter(one) - rankAfter(other));
  // fixed words of the last page (この印は黒色です) belong to the seal, those of every page to the table
  const rankAfter = (step: ItemStep): number =>
    step.item.content.kind === 'text' && last.steps.includes(step)
      ? RANK.seal + 0.5
      : RANK[step.item.content.kind];
  return {
    everyPage: every.block,
    lastPage: last.block,
    inner: { before, after: inOrder(rest) },
    certified: { before, after: inOrder([...rest, ...last.steps]) },
    markEnd: last.markEnd,
  };
}

const RANK: Readonly<Record<SheetItem['content']['kind'], number>> = {
  title: 0,
  field: 1,
  text: 1,
  statement: 2,
  'issue-date': 3,
  certifier: 4,
  seal: 5,
  'issue-number': 6,
  'page-number': 7,
};

/** The title, and fields and words of the upper half of the sheet, are read before the table. */
function opens({ item: { content, frame } }: ItemStep, middle: number): boolean {
  if (content.kind === 'title') return true;
  return (content.kind === 'field' || content.kind === 'text') && frame[1] < middle;
}

const rankBefore = ({ item: { content, frame } }: ItemStep): number =>
  content.kind === 'title' ? -1 : frame[1] * 1000 + frame[0];

interface FixedItems {
  readonly steps: readonly ItemStep[];
  readonly block: Block;
  readonly markEnd: number;
}

function fixedItems(items: readonly SheetItem[], measure: Measure, firstMark: number): FixedItems {
  let markEnd = firstMark;
  const blocks: Block[] = [];
  const steps = items.map((item): ItemStep => {
    const { content } = item;
    if (content.kind !== 'text') return { item };
    const texts = fixedRuns(content.text, { ...item, frame: frameOfItem(item) }, measure, markEnd);
    markEnd += texts.length;
    blocks.push({ texts, rules: item.underline ? texts.map((run) => underline(run, measure)) : [] });
    const marks = texts.map(({ mark }) => mark!);
    const fixed: ReadingItem = {
      role: 'paragraph',
      section: '',
      label: '',
      value: content.text,
      field: 'text',
      marks,
    };
    return { item, fixed };
  });
  const block = {
    texts: blocks.flatMap(({ texts }) => texts),
    rules: blocks.flatMap(({ rules }) => rules),
  };
  return { steps: withLabels(items, steps), block, markEnd };
}

function withLabels(items: readonly SheetItem[], steps: readonly ItemStep[]): readonly ItemStep[] {
  const labels = labelsBeside(items);
  const taken = new Set(labels.values());
  return steps
    .map((step, index) => ({ ...step, label: steps[labels.get(index) ?? -1]?.fixed }))
    .filter((_, index) => !taken.has(index));
}

function frameOfItem({ frame: [x, y, widthPt, heightPt] }: SheetItem): Frame {
  return { x, y, widthPt, heightPt };
}

export interface PageOfPages {
  /** 1-based */
  readonly page: number;
  readonly pages: number;
}

/** Draws the items and tells what is read. Throws RangeError for a certifying item without its words. */
export function drawItems(
  steps: readonly ItemStep[],
  draft: PageDraft,
  words: DocumentWords,
  header: PrintableFields,
  place: PageOfPages,
  measure: Measure,
): void {
  for (const { item, fixed, label } of steps) {
    if (fixed) draft.read(fixed);
    else if (item.content.kind === 'seal') drawSeal(item, draft, words);
    else if (item.content.kind === 'field') drawField(item, item.content.field, label, draft, words, header);
    else drawWords(item, draft, textOf(item.content, words, place), measure);
  }
}

type WordsContent = Exclude<SheetItem['content'], { kind: 'text' | 'seal' | 'field' }>;

function textOf(
  content: Exclude<SheetItem['content'], { kind: 'seal' | 'field' }>,
  words: DocumentWords,
  { page, pages }: PageOfPages,
): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'title':
      return words.title;
    case 'issue-number':
      return words.issueNumber;
    case 'page-number': {
      const text = content.pattern.replace('{page}', String(page)).replace('{pages}', String(pages));
      return withDigits(text, content.digits);
    }
    case 'statement':
      return required(words.statement, content.kind);
    case 'issue-date':
      return withDigits(words.issueDate, content.digits);
    case 'certifier':
      return required(words.certifier, content.kind);
  }
}

function required<Value>(value: Value | undefined, item: string): Value {
  if (value === undefined) throw new RangeError(`the sheet prints a ${item} and the request has none`);
  return value;
}

const placeOf = (item: SheetItem, field: string): Place => ({
  field,
  frame: frameOfItem(item),
  align: item.align,
});

function drawWords(item: SheetItem, draft: PageDraft, value: string, measure: Measure): void {
  const field = item.content.kind as WordsContent['kind'];
  const marks = draft.write(value, item.sizePt, placeOf(item, field));
  const run = draft.lastRun();
  if (item.underline && marks.length > 0 && run) draft.rule(underline(run, measure));
  draft.read({
    role: field === 'title' ? 'title' : 'paragraph',
    section: '',
    label: '',
    value,
    field,
    marks,
  });
}

function drawSeal(item: SheetItem, draft: PageDraft, words: DocumentWords): void {
  const seal = required(words.seal, 'seal');
  const marks = draft.picture({ kind: 'seal', ...seal }, placeOf(item, 'seal'));
  draft.read({ role: 'figure', section: '', label: '', value: seal.alt, field: 'seal', marks });
}

function drawField(
  item: SheetItem,
  field: string,
  beside: ReadingItem | undefined,
  draft: PageDraft,
  words: DocumentWords,
  header: PrintableFields,
): void {
  const content = cellWords(field, header[field], words);
  const label = beside?.value ?? '';
  const labelMarks = beside?.marks ?? [];
  const place = placeOf(item, field);
  if (content.kind === 'image') {
    const marks = draft.picture({ ...content, kind: 'picture' }, place);
    const picture = readPicture(content.image, content.widthMm);
    const figure = { role: 'figure', section: '', label, value: content.alt, field } as const;
    return draft.read({ ...figure, marks: [...labelMarks, ...marks], picture });
  }
  const marks = [...labelMarks, ...draft.write(content.text, item.sizePt, place)];
  draft.read({ role: 'pair', section: '', label, value: content.text, field, marks });
}
