/** Draws a measured row where its page puts it: words, boxes, pictures, rules, and what is read. */
import type { FlowLayout } from '#templates/layoutSchema.ts';
import type { Frame, Rule } from './laidOut.ts';
import type { PageDraft, Place } from './layoutDraft.ts';
import { LEADING, type Measure } from './layoutFit.ts';
import { nameOf, type Pairing } from './layoutPairs.ts';
import { frameRules, linesFrom, readPicture, rule, type Fitted } from './layoutPlace.ts';
import { BOX_PADDING_EM, fieldOf, type CellPlan, type MeasuredRow, type RowCell } from './layoutRows.ts';

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
  for (const pairing of row.template.pairs) readPair(row, pairing, marks, draft, headings);
}

function drawCell(
  plan: CellPlan,
  content: RowCell,
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
  { label, value, heading }: Pairing,
  marks: readonly (readonly number[])[],
  draft: PageDraft,
  headings: ReadonlyMap<string, string>,
): void {
  const { section } = row;
  const headingText = heading ? textOf(row.contents[heading.cell]!) : '';
  const labelText = label === undefined ? undefined : nameOf(headingText, textOf(row.contents[label]!));
  const headingMarks = heading?.isFirst ? marks[heading.cell]! : [];
  const labelMarks = [...headingMarks, ...(label === undefined ? [] : marks[label]!)];
  if (value === undefined) {
    const item = { section, label: '', value: labelText ?? '', field: row.template.name, marks: labelMarks };
    return draft.read({ role: 'paragraph', ...item });
  }
  const field = fieldOf(row.template.cells[value]!.cell);
  const content = row.contents[value]!;
  const isPicture = content.kind === 'picture';
  draft.read({
    role: isPicture ? 'figure' : 'pair',
    section,
    label: labelText ?? (field === undefined ? undefined : headings.get(field)) ?? '',
    value: textOf(content),
    field: field ?? row.template.cells[value]!.cell.content.kind,
    marks: [...labelMarks, ...marks[value]!],
    ...(isPicture && { picture: readPicture(content.picture.image, content.picture.widthMm) }),
  });
}

function textOf(content: RowCell): string {
  if (content.kind === 'words') return content.text;
  return content.kind === 'picture' ? content.picture.alt : '';
}
