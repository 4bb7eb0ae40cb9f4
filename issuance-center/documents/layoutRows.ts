/** Rows of a form that flows: templates made ready once, then each row measured, and drawn where the page puts it. Pure. */
import type { PrintableFields } from '#templates/datasets/printable.ts';
import type { FlowCell, FlowLayout, FlowRow } from '#templates/layoutSchema.ts';
import type { Frame, Rule } from './laidOut.ts';
import type { Misfit, PageDraft, Picture, Place } from './layoutDraft.ts';
import { fitLines, fitText, LEADING, type Fit, type Measure } from './layoutFit.ts';
import { LabelDoesNotFitError } from './layoutFixed.ts';
import { pairCells, type Pairing } from './layoutPairs.ts';
import { frameRules, inset, linesFrom, rule, sizeOfPicture, type Fitted } from './layoutPlace.ts';
import { cellWords, type DocumentWords, type SheetWords } from './layoutWords.ts';

/** Room between the words and the box around them, em. */
const BOX_PADDING_EM = 0.5;

interface CellPlan {
  readonly cell: FlowCell;
  /** of one line, from the row's top */
  readonly frame: Frame;
  readonly sizePt: number;
  /** fixed words, fitted once */
  readonly fixed?: { readonly text: string; readonly fit: Fitted };
}

export interface RowTemplate {
  /** what its words are when they stand for themselves: a heading, the end mark */
  readonly name: 'heading' | 'end-mark';
  readonly row: FlowRow;
  readonly cells: readonly CellPlan[];
  readonly pairs: readonly Pairing[];
}

/** Throws LabelDoesNotFitError. */
export function compileRow(
  layout: FlowLayout,
  row: FlowRow,
  words: SheetWords,
  measure: Measure,
  name: RowTemplate['name'] = 'heading',
): RowTemplate {
  const cells = row.cells.map((cell): CellPlan => {
    const sizePt = cell.sizePt ?? layout.text.sizePt;
    const frame = lineFrame(layout, row, cell, sizePt);
    const text = fixedText(cell, words);
    if (text === undefined) return { cell, frame, sizePt };
    const fit = fitCell(text, { cell, frame, sizePt }, measure);
    if (fit.kind === 'does-not-fit') throw new LabelDoesNotFitError(fieldOf(cell) ?? text);
    return { cell, frame, sizePt, fixed: { text, fit } };
  });
  const positions = row.cells.map(({ content, columns: [column, columns] }) => ({
    content,
    row: 1,
    column,
    columns,
  }));
  return { name, row, cells, pairs: pairCells(positions) };
}

function lineFrame(layout: FlowLayout, row: FlowRow, cell: FlowCell, sizePt: number): Frame {
  const { leftPt, columnWidthPt } = layout.flow;
  const [first, count] = cell.columns;
  const frame = inset(
    {
      x: leftPt + (first - 1) * columnWidthPt,
      y: 0,
      widthPt: count * columnWidthPt,
      heightPt: row.heightPt,
    },
    layout.text.paddingPt,
  );
  if (!cell.boxed) return frame;
  const padding = sizePt * BOX_PADDING_EM;
  return { ...frame, x: frame.x + padding, widthPt: frame.widthPt - 2 * padding };
}

function fixedText({ content }: FlowCell, words: SheetWords): string | undefined {
  if (content.kind === 'not-applicable') return words.notApplicable;
  if (content.kind !== 'label') return undefined;
  return (content.field === undefined ? undefined : words.labels[content.field]) ?? content.text;
}

export const fieldOf = ({ content }: FlowCell): string | undefined =>
  'field' in content ? content.field : undefined;

function fitCell(text: string, { cell, frame, sizePt }: CellPlan, measure: Measure): Fit {
  return cell.maxLines > 1
    ? fitLines(text, frame.widthPt, cell.maxLines, sizePt, measure)
    : fitText(text, frame, sizePt, measure);
}

/** What stands in one cell of one row. */
type CellContent =
  | { readonly kind: 'words'; readonly text: string; readonly fit: Fitted }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'white' };

/** A row whose height is known and whose place is not. */
export interface MeasuredRow {
  readonly template: RowTemplate;
  readonly contents: readonly CellContent[];
  readonly heightPt: number;
  readonly section: string;
  readonly person?: number;
  readonly keepWithNext: boolean;
}

/** The content of a row. */
export interface RowFilling {
  readonly fields: PrintableFields;
  readonly section: string;
  readonly person?: number;
  readonly keepWithNext?: boolean;
}

/** Fits every cell; a row grows by its one-line height with every line a cell needs. */
export function measureRow(
  template: RowTemplate,
  { fields, section, person, keepWithNext = false }: RowFilling,
  words: DocumentWords,
  measure: Measure,
): MeasuredRow | Misfit {
  let lines = 1;
  const contents: CellContent[] = [];
  for (const plan of template.cells) {
    const content = contentOf(plan, fields, person, words, measure);
    if (content.kind === 'does-not-fit') return { ...content, person };
    if (content.kind === 'words' && plan.cell.maxLines > 1) lines = Math.max(lines, content.fit.lines.length);
    contents.push(content);
  }
  return { template, contents, heightPt: template.row.heightPt * lines, section, person, keepWithNext };
}

function contentOf(
  plan: CellPlan,
  fields: PrintableFields,
  person: number | undefined,
  words: DocumentWords,
  measure: Measure,
): CellContent | Misfit {
  const { content } = plan.cell;
  if (plan.fixed) return { kind: 'words', ...plan.fixed };
  if (content.kind === 'white') return { kind: 'white' };
  const field = fieldOf(plan.cell);
  const filled =
    field === undefined
      ? { kind: 'text' as const, text: String(person ?? words.marks.notApplicable) }
      : cellWords(field, fields[field], words);
  if (filled.kind === 'image') {
    const { heightPt, widthPt } = sizeOfPicture(filled.image, filled.widthMm);
    if (heightPt > plan.frame.heightPt || widthPt > plan.frame.widthPt) return misfit(plan);
    return { kind: 'picture', picture: { ...filled, kind: 'picture' } };
  }
  const fit = fitCell(filled.text, plan, measure);
  return fit.kind === 'fits' ? { kind: 'words', text: filled.text, fit } : misfit(plan);
}

const misfit = ({ cell }: CellPlan): Misfit => ({
  kind: 'does-not-fit',
  field: fieldOf(cell) ?? cell.content.kind,
});

/** The field whose words made the row as high as it is. */
export function highestField({ template, contents }: MeasuredRow): string {
  const lines = contents.map((content) => (content.kind === 'words' ? content.fit.lines.length : 0));
  const { cell } = template.cells[lines.indexOf(Math.max(...lines))]!;
  return fieldOf(cell) ?? cell.content.kind;
}

/** Draws a row with its upper edge at `y`; `headings` are the words of column heads, for cells without a label. */
export function drawRow(
  row: MeasuredRow,
  y: number,
  layout: FlowLayout,
  draft: PageDraft,
  measure: Measure,
  headings: ReadonlyMap<string, string>,
): void {
  const marks = row.contents.map((content, index) =>
    drawCell(row.template.cells[index]!, content, row, y, layout, draft, measure),
  );
  draft.rule(...rowRules(row, y, layout));
  for (const { label, value } of row.template.pairs) readPair(row, label, value, marks, draft, headings);
}

function drawCell(
  plan: CellPlan,
  content: CellContent,
  row: MeasuredRow,
  y: number,
  layout: FlowLayout,
  draft: PageDraft,
  measure: Measure,
): readonly number[] {
  if (content.kind === 'white') return [];
  const frame = { ...plan.frame, y: y + plan.frame.y };
  if (content.kind === 'picture') {
    const place: Place = { field: fieldOf(plan.cell) ?? '', person: row.person, frame, align: 'center' };
    return draft.picture(content.picture, place);
  }
  const { fit } = content;
  const many = plan.cell.maxLines > 1;
  const pitchPt = many ? row.template.row.heightPt : fit.sizePt * LEADING;
  const usedPt = fit.sizePt + (fit.lines.length - 1) * pitchPt;
  // in a table (cellRules) words stand in the middle of their cell, else on the first lines of the row
  const roomPt = row.template.row.cellRules
    ? row.heightPt - 1
    : frame.heightPt + (many ? usedPt - fit.sizePt : 0);
  const topPt = frame.y + (roomPt - usedPt) / 2;
  const { align } = plan.cell;
  const put = draft.put((mark) => linesFrom(fit, frame, align, measure, mark, { topPt, pitchPt }));
  if (plan.cell.boxed) draft.rule(...boxRules(fit, frame, plan, { topPt, usedPt }, layout, measure));
  return put;
}

/** A box around the words (除　籍), as wide as they are. */
function boxRules(
  { sizePt, lines }: Fitted,
  frame: Frame,
  { cell }: CellPlan,
  { topPt, usedPt }: { readonly topPt: number; readonly usedPt: number },
  { flow }: FlowLayout,
  measure: Measure,
): readonly Rule[] {
  const widest = Math.max(...lines.map((line) => measure(line))) * sizePt;
  const spare = frame.widthPt - widest;
  const before = { left: 0, center: spare / 2, right: spare }[cell.align];
  const padding = sizePt * BOX_PADDING_EM;
  const above = Math.min(2, Math.max(0.5, (frame.heightPt - sizePt) / 2));
  const box = {
    x: frame.x + before - padding,
    y: topPt - above,
    widthPt: widest + 2 * padding,
    heightPt: usedPt + 2 * above,
  };
  return frameRules(box, flow.ruleWidthPt);
}

function rowRules({ template, heightPt }: MeasuredRow, y: number, { flow }: FlowLayout): readonly Rule[] {
  const { ruleAbove, cellRules, cells } = template.row;
  const right = flow.leftPt + flow.columns * flow.columnWidthPt;
  const rules: Rule[] = [];
  if (ruleAbove !== 'none') {
    rules.push(
      rule([flow.leftPt, y], [right, y], ruleAbove === 'thin' ? flow.ruleWidthPt : flow.frameWidthPt),
    );
  }
  if (!cellRules) return rules;
  const edges = new Set(cells.flatMap(({ columns: [first, count] }) => [first - 1, first - 1 + count]));
  for (const edge of edges) {
    if (edge === 0 || edge === flow.columns) continue;
    const x = flow.leftPt + edge * flow.columnWidthPt;
    rules.push(rule([x, y], [x, y + heightPt], flow.ruleWidthPt));
  }
  return rules;
}

function readPair(
  row: MeasuredRow,
  label: number | undefined,
  value: number | undefined,
  marks: readonly (readonly number[])[],
  draft: PageDraft,
  headings: ReadonlyMap<string, string>,
): void {
  const { section } = row;
  const labelText = label === undefined ? undefined : textOf(row.contents[label]!);
  const labelMarks = label === undefined ? [] : marks[label]!;
  if (value === undefined) {
    const item = { section, label: '', value: labelText ?? '', field: row.template.name, marks: labelMarks };
    return draft.read({ role: 'paragraph', ...item });
  }
  const field = fieldOf(row.template.cells[value]!.cell);
  draft.read({
    role: row.contents[value]!.kind === 'picture' ? 'figure' : 'pair',
    section,
    label: labelText ?? (field === undefined ? undefined : headings.get(field)) ?? '',
    value: textOf(row.contents[value]!),
    field: field ?? row.template.cells[value]!.cell.content.kind,
    marks: [...labelMarks, ...marks[value]!],
  });
}

function textOf(content: CellContent): string {
  if (content.kind === 'words') return content.text;
  return content.kind === 'picture' ? content.picture.alt : '';
}
