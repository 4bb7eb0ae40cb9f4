/** A form whose rows flow over as many pages as they need: compiled once, then measured, cut into pages, drawn. Pure. */
import type { PrintableRow, PrintableView } from '#templates/datasets/printable.ts';
import type { FlowLayout, FlowRow } from '#templates/layoutSchema.ts';
import type { LaidOutPage, Rule } from './laidOut.ts';
import { createDraft, type Misfit } from './layoutDraft.ts';
import type { Measure } from './layoutFit.ts';
import { compileItems, drawItems, type SheetItems } from './layoutItems.ts';
import { cutIntoPages, heightOf, type PageRooms } from './layoutPages.ts';
import { frameRules, rule } from './layoutPlace.ts';
import { drawRow } from './layoutRowDrawing.ts';
import {
  compileRow,
  fieldOf,
  highestField,
  measureRow,
  type MeasuredRow,
  type RowFilling,
  type RowTemplate,
} from './layoutRows.ts';
import type { DocumentWords, SheetWords } from './layoutWords.ts';

export interface FlowSheet {
  readonly form: 'flow';
  readonly layout: FlowLayout;
  readonly items: SheetItems;
  readonly pageHead: readonly RowTemplate[];
  readonly rows: ReadonlyMap<string, RowTemplate>;
  readonly endMark: RowTemplate | undefined;
  /** words of the column heads by field: what names a cell that has no label beside it */
  readonly headings: ReadonlyMap<string, string>;
  /** every text of the blocks and labels: what a subset starts with */
  readonly fixedTexts: readonly string[];
}

/** Throws LabelDoesNotFitError. */
export function compileFlow(layout: FlowLayout, words: SheetWords, measure: Measure): FlowSheet {
  const items = compileItems(layout, measure, 0);
  const compile = (row: FlowRow, name?: RowTemplate['name']) => compileRow(layout, row, words, measure, name);
  const pageHead = layout.pageHead.map((row) => compile(row));
  const rows = new Map(Object.entries(layout.rows).map(([id, row]) => [id, compile(row)]));
  const endMark =
    layout.endMark === undefined ? undefined : compile(endMarkRow(layout, layout.endMark), 'end-mark');
  const templates = [...pageHead, ...rows.values(), ...(endMark ? [endMark] : [])];
  const labels = templates.flatMap(({ cells }) => cells.flatMap(({ fixed }) => (fixed ? [fixed.text] : [])));
  const around = [items.everyPage, items.lastPage].flatMap(({ texts }) => texts.map(({ text }) => text));
  const fixedTexts = [...new Set([...around, ...labels])];
  return {
    form: 'flow',
    layout,
    items,
    pageHead,
    rows,
    endMark,
    headings: headingsOf(templates),
    fixedTexts,
  };
}

/** The end mark as the last row, in the columns the layout gives it. */
function endMarkRow({ flow }: FlowLayout, text: string): FlowRow {
  const { heightPt, columns, align, ruleAbove } = flow.endMarkRow;
  return {
    heightPt,
    cells: [
      {
        columns: columns ?? [1, flow.columns],
        content: { kind: 'label', text },
        align,
        boxed: false,
        maxLines: 1,
      },
    ],
    ruleAbove,
    cellRules: false,
  };
}

/** Labels that name a field of another row: column heads. */
function headingsOf(templates: readonly RowTemplate[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { cells, pairs } of templates) {
    for (const { label, value } of pairs) {
      if (label === undefined || value !== undefined) continue;
      const field = fieldOf(cells[label]!.cell);
      if (field !== undefined) found.set(field, cells[label]!.fixed!.text);
    }
  }
  return found;
}

interface WantedRow {
  readonly template: RowTemplate;
  readonly filling: RowFilling;
}
const NOTHING: RowFilling = { fields: {}, section: '' };

/** The pages, or what fits in no way. Throws RangeError for a row the layout does not draw. */
export function layOutFlow(
  sheet: FlowSheet,
  view: PrintableView,
  words: DocumentWords,
  measure: Measure,
): readonly LaidOutPage[] | Misfit {
  const { pageHead, endMark } = sheet;
  const wanted: readonly WantedRow[] = [
    ...pageHead.map((template) => ({ template, filling: { fields: view.header, section: '' } })),
    ...(endMark ? [{ template: endMark, filling: NOTHING }] : []),
    ...view.flow.map((row) => ({ template: templateOf(sheet, row), filling: fillingOf(row) })),
  ];
  const measured: MeasuredRow[] = [];
  for (const { template, filling } of wanted) {
    const row = measureRow(template, filling, words, measure);
    if ('kind' in row) return row;
    measured.push(row);
  }
  const head = measured.slice(0, pageHead.length);
  const end = measured.slice(pageHead.length, pageHead.length + (endMark ? 1 : 0));
  const cut = cutIntoPages(measured.slice(head.length + end.length), roomsOf(sheet.layout, head, end));
  if (cut.kind === 'too-high') {
    return { kind: 'does-not-fit', field: highestField(cut.item), person: cut.item.person };
  }
  const last = cut.pages.length - 1;
  const pages: LaidOutPage[] = [];
  for (const [index, rows] of cut.pages.entries()) {
    const page = { sheet, view, words, measure, head, rows: index === last ? [...rows, ...end] : rows };
    const composed = composePage(page, index, cut.pages.length);
    if ('kind' in composed) return composed;
    pages.push(composed);
  }
  return pages;
}

function templateOf(sheet: FlowSheet, { row }: PrintableRow): RowTemplate {
  const template = sheet.rows.get(row);
  if (!template) throw new RangeError(`the layout draws no row ${row}`);
  return template;
}

const fillingOf = ({ fields, section, person, keepWithNext }: PrintableRow): RowFilling => ({
  fields,
  section: section ?? (person === undefined ? '' : String(person)),
  person,
  keepWithNext,
});

function roomsOf({ flow }: FlowLayout, head: readonly MeasuredRow[], end: readonly MeasuredRow[]): PageRooms {
  const top = flow.topPt + heightOf(head);
  return { roomPt: flow.bottomPt - top, lastRoomPt: flow.lastBottomPt - top, endPt: heightOf(end) };
}

interface PageWanted {
  readonly sheet: FlowSheet;
  readonly view: PrintableView;
  readonly words: DocumentWords;
  readonly measure: Measure;
  readonly head: readonly MeasuredRow[];
  readonly rows: readonly MeasuredRow[];
}

function composePage(wanted: PageWanted, index: number, pageCount: number): LaidOutPage | Misfit {
  const { sheet, view, words, measure, head, rows } = wanted;
  const { items, layout } = sheet;
  const last = index === pageCount - 1;
  const plan = last ? items.certified : items.inner;
  const place = { page: index + 1, pages: pageCount };
  const draft = createDraft(measure, items.markEnd);
  drawItems(plan.before, draft, words, view.header, place, measure);
  let y = layout.flow.topPt;
  for (const row of [...head, ...rows]) {
    drawRow(row, y, layout, draft, measure, sheet.headings);
    y += row.heightPt;
  }
  draft.rule(...tableRules(layout, y, last));
  drawItems(plan.after, draft, words, view.header, place, measure);
  return draft.misfit() ?? draft.finish(last ? [items.everyPage, items.lastPage] : [items.everyPage]);
}

/** The frame, and the vertical rules that go through it. */
function tableRules({ flow }: FlowLayout, rowsEnd: number, last: boolean): readonly Rule[] {
  const { leftPt, topPt, columns, columnWidthPt, frame, verticals } = flow;
  const bottom = frame === 'to-bottom' ? (last ? flow.lastBottomPt : flow.bottomPt) : rowsEnd;
  if (bottom <= topPt) return [];
  const box = { x: leftPt, y: topPt, widthPt: columns * columnWidthPt, heightPt: bottom - topPt };
  return [
    ...verticals.map((column) => {
      const x = leftPt + column * columnWidthPt;
      return rule([x, topPt], [x, bottom], flow.ruleWidthPt);
    }),
    ...(frame === 'none' ? [] : frameRules(box, flow.frameWidthPt)),
  ];
}
