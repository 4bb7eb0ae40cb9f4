/** Rows of a form that flows: templates made ready once, then each row measured. Pure. */
import type { PrintableFields } from '#templates/datasets/printable.ts';
import type { FlowCell, FlowLayout, FlowRow } from '#templates/layoutSchema.ts';
import type { Frame } from './laidOut.ts';
import type { Misfit, Picture } from './layoutDraft.ts';
import { fitLines, fitText, type Fit, type Measure } from './layoutFit.ts';
import { LabelDoesNotFitError } from './layoutFixed.ts';
import { pairCells, type Pairing } from './layoutPairs.ts';
import { inset, sizeOfPicture, type Fitted } from './layoutPlace.ts';
import { cellWords, fixedText, type DocumentWords, type SheetWords } from './layoutWords.ts';

/** Room between the words and the box around them, em. */
export const BOX_PADDING_EM = 0.5;

export interface CellPlan {
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
    const text = fixedText(cell.content, words);
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

export const fieldOf = ({ content }: FlowCell): string | undefined =>
  'field' in content ? content.field : undefined;

function fitCell(text: string, { cell, frame, sizePt }: CellPlan, measure: Measure): Fit {
  return cell.maxLines > 1
    ? fitLines(text, frame.widthPt, cell.maxLines, sizePt, measure)
    : fitText(text, frame, sizePt, measure);
}

/** What stands in one cell of one row. */
export type RowCell =
  | { readonly kind: 'words'; readonly text: string; readonly fit: Fitted }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'white' };

/** A row whose height is known and whose place is not. */
export interface MeasuredRow {
  readonly template: RowTemplate;
  readonly contents: readonly RowCell[];
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
  const contents: RowCell[] = [];
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
): RowCell | Misfit {
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
