/**
 * The layout engine: a view of a dataset on a sheet becomes positioned text, rules and images, page by page. Pure. Each
 * value fits its cell by the fit rule or the whole document is refused.
 */
import type { Marks } from '#templates/profileSchema.ts';
import type { Printable, PrintablePerson, PrintableView } from '#templates/datasets/printable.ts';
import type { SheetItem } from '#templates/layoutSchema.ts';
import { fitText, type Measure } from './layoutFit.ts';
import {
  frameOfItem,
  placeLines,
  underline,
  type Rule,
  type Align,
  type Block,
  type Frame,
  type Sheet,
  type Slot,
} from './layoutSheet.ts';
import type { TextRun } from './layoutSheet.ts';

export interface PlacedSeal extends Frame {
  readonly kind: 'seal';
}
export interface LaidOutPage {
  readonly blocks: readonly Block[];
  readonly texts: readonly TextRun[];
  readonly rules: readonly Rule[];
  readonly images: readonly PlacedSeal[];
}

/** What is printed beside the dataset. All texts are final: dates in wareki, names as they shall stand. */
export interface DocumentWords {
  readonly marks: Marks;
  /** fields of the dataset the resident did not ask for */
  readonly omitted: readonly string[];
  readonly title: string;
  readonly issueNumber: string;
  readonly statement: string;
  readonly issueDate: string;
  readonly certifier: string;
  readonly sealWidthMm: number;
  /** height / width of the seal image */
  readonly sealRatio: number;
}

export type LayoutOutcome =
  | { readonly kind: 'laid-out'; readonly pages: readonly LaidOutPage[] }
  /** `field` of the dataset or item of the sheet; `person` is the number in the record */
  | { readonly kind: 'does-not-fit'; readonly field: string; readonly person?: number };

/** Lays the view out; never throws for any text that `measure` can measure. */
export function layOut(
  sheet: Sheet,
  view: PrintableView,
  words: DocumentWords,
  measure: Measure,
): LayoutOutcome {
  const { perPage } = sheet.layout.persons!;
  const pageCount = Math.ceil(view.persons.length / perPage);
  const pages: LaidOutPage[] = [];
  for (let index = 0; index < pageCount; index += 1) {
    const page = composePage(sheet, view, words, measure, index, pageCount);
    if (page.kind === 'does-not-fit') return page;
    pages.push(page.page);
  }
  return { kind: 'laid-out', pages };
}

type Refusal = Extract<LayoutOutcome, { kind: 'does-not-fit' }>;
type PageOutcome = { readonly kind: 'page'; readonly page: LaidOutPage } | Refusal;

/** A text with its place, not yet fitted. */
interface Wanted {
  readonly field: string;
  readonly person?: number;
  readonly text: string;
  readonly frame: Frame;
  readonly sizePt: number;
  readonly align: Align;
}

function composePage(
  sheet: Sheet,
  view: PrintableView,
  words: DocumentWords,
  measure: Measure,
  index: number,
  pageCount: number,
): PageOutcome {
  const { layout } = sheet;
  const { perPage } = layout.persons!;
  const persons = view.persons.slice(index * perPage, (index + 1) * perPage);
  const last = index === pageCount - 1;
  const items = last ? [...layout.everyPage, ...layout.lastPage] : layout.everyPage;
  const wanted = [
    ...sheet.header.map((slot) => wantedIn(slot, words, view.header)),
    ...persons.flatMap((person, place) =>
      personTexts(sheet, person, place, index * perPage + place + 1, last && place === perPage - 1, words),
    ),
    ...items.flatMap((item) => itemText(item, words, `${index + 1}／${pageCount}`)),
  ];
  const texts: TextRun[] = [];
  for (const { text, frame, sizePt, align, field, person } of wanted) {
    const fit = fitText(text, frame, sizePt, measure);
    if (fit.kind === 'does-not-fit') return { kind: 'does-not-fit', field, person };
    texts.push(...placeLines(fit, frame, align, measure));
  }
  const rules = items
    .filter(({ underline }) => underline)
    .flatMap(({ content }) => texts.filter(({ text }) => content.kind === 'title' && text === words.title))
    .map((run) => underline(run, measure));
  const seals = items.filter(({ content }) => content.kind === 'seal').map((item) => placeSeal(item, words));
  if (seals.includes(undefined)) return { kind: 'does-not-fit', field: 'seal' };
  const images = seals.filter((seal) => seal !== undefined);
  return { kind: 'page', page: { blocks: blocksOf(sheet, persons, last), texts, rules, images } };
}

function blocksOf(sheet: Sheet, persons: readonly PrintablePerson[], last: boolean): readonly Block[] {
  const full = persons.length === sheet.layout.persons!.perPage;
  return [
    sheet.everyPage,
    ...persons.map((person, place) => sheet.persons[place]![person.variant].block),
    ...(full ? [] : [sheet.unused[persons.length]!]),
    ...(last ? [sheet.lastPage] : []),
  ];
}

function personTexts(
  sheet: Sheet,
  person: PrintablePerson,
  place: number,
  running: number,
  endsSheet: boolean,
  words: DocumentWords,
): readonly Wanted[] {
  const special = {
    number: String(running),
    remarks: endsSheet ? sheet.layout.endMark! : words.marks.notApplicable,
  };
  return sheet.persons[place]![person.variant].slots.map((slot) =>
    slot.content.kind === 'field' || slot.content.kind === 'image'
      ? { ...wantedIn(slot, words, person.fields), person: person.number }
      : { ...slot, field: slot.content.kind, text: special[slot.content.kind] },
  );
}

function wantedIn(slot: Slot, words: DocumentWords, fields: Readonly<Record<string, Printable>>): Wanted {
  const field = slot.content.kind === 'field' ? slot.content.field : slot.content.kind;
  return { ...slot, field, text: cellText(field, fields[field], words) };
}

/** The words of a cell; never blank (forms.md 1.2). Throws for a field the dataset's view does not hold. */
export function cellText(
  field: string,
  value: Printable | undefined,
  { omitted, marks }: Pick<DocumentWords, 'omitted' | 'marks'>,
): string {
  if (omitted.includes(field)) return marks.omitted;
  if (!value) throw new RangeError(`the dataset has no field ${field}`);
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'empty':
      return marks.empty;
    case 'not-applicable':
      return marks.notApplicable;
    case 'image':
      return value.alt;
  }
}

function itemText(item: SheetItem, words: DocumentWords, pageNumber: string): readonly Wanted[] {
  const { content, sizePt, align } = item;
  const wanted = (text: string): readonly Wanted[] => [
    { field: content.kind, text, frame: frameOfItem(item), sizePt, align },
  ];
  switch (content.kind) {
    case 'text': // in the block of the sheet
    case 'seal':
      return [];
    case 'title':
      return wanted(words.title);
    case 'field':
      return wanted(content.field);
    case 'issue-number':
      return wanted(words.issueNumber);
    case 'page-number':
      return wanted(pageNumber);
    case 'statement':
      return wanted(words.statement);
    case 'issue-date':
      return wanted(words.issueDate);
    case 'certifier':
      return wanted(words.certifier);
  }
}

const POINTS_PER_MM = 72 / 25.4;

/** The seal at its own size, in millimetres, never scaled to fit; undefined when its frame is too small. */
function placeSeal(item: SheetItem, { sealWidthMm, sealRatio }: DocumentWords): PlacedSeal | undefined {
  const frame = frameOfItem(item);
  const widthPt = sealWidthMm * POINTS_PER_MM;
  const heightPt = widthPt * sealRatio;
  if (widthPt > frame.widthPt || heightPt > frame.heightPt) return undefined;
  return {
    kind: 'seal',
    x: frame.x + frame.widthPt - widthPt,
    y: frame.y + (frame.heightPt - heightPt) / 2,
    widthPt,
    heightPt,
  };
}
