/**
 * A layout: the sheet, its grid, what stands in each cell, and what stands around the grid. One file per layout:
 * layouts/<id>.json. Lengths are points (1/72 inch) from the upper left corner of the paper; boxes of the grid are
 * `[row, column, rows, columns]`, 1-based, persons' cells relative to their block.
 */
import { z } from 'zod';
import { datasetIds } from './datasets/catalogue.ts';
import { checkItems, type Issue } from './layoutChecks.ts';
import { checkFlow } from './layoutFlowChecks.ts';
import { checkGrid } from './layoutGridChecks.ts';
import { layoutId } from './profileSchema.ts';

const points = z.number().min(0).max(2000);
const count = z.number().int().min(1).max(200);
const gridBox = z.tuple([count, count, count, count]);

/** What a cell holds. */
export const cellContent = z.discriminatedUnion('kind', [
  /** fixed words; `field` names the field they stand for, so that a municipality may use its own label */
  z.strictObject({ kind: z.literal('label'), text: z.string().min(1).max(60), field: z.string().optional() }),
  z.strictObject({ kind: z.literal('field'), field: z.string() }),
  /** a field that holds a picture (印影), at its own size in the middle of the cell, never scaled */
  z.strictObject({ kind: z.literal('image'), field: z.string() }),
  z.strictObject({ kind: z.literal('not-applicable') }),
  /** running number of the person on this paper */
  z.strictObject({ kind: z.literal('number') }),
  /** 備考: not applicable, or the end mark after the last person of a full sheet */
  z.strictObject({ kind: z.literal('remarks') }),
  /** paper left white on purpose (beside a heading); never in place of a field */
  z.strictObject({ kind: z.literal('white') }),
]);
export type CellContent = z.infer<typeof cellContent>;

const align = z.enum(['left', 'center', 'right']).default('left');

export const gridCell = z.strictObject({
  box: gridBox,
  content: cellContent,
  /** only in the blocks of such persons; in all blocks when absent */
  variant: z.enum(['japanese', 'foreign']).optional(),
  sizePt: z.number().min(4).max(40).optional(),
  align,
});
export type GridCell = z.infer<typeof gridCell>;

/** What stands outside the grid. */
export const sheetItem = z.strictObject({
  content: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(120) }),
    /** the kind's printed title, or the dataset's own (非課税証明書) */
    z.strictObject({ kind: z.literal('title') }),
    /** a field of the dataset's header outside the grid */
    z.strictObject({ kind: z.literal('field'), field: z.string() }),
    z.strictObject({ kind: z.literal('issue-number') }),
    /** `{page}` and `{pages}` are replaced; full-width digits with `digits: full` */
    z.strictObject({
      kind: z.literal('page-number'),
      pattern: z.string().min(1).max(40).default('{page}／{pages}'),
      digits: z.enum(['half', 'full']).default('half'),
    }),
    z.strictObject({ kind: z.literal('statement') }),
    z.strictObject({ kind: z.literal('issue-date'), digits: z.enum(['half', 'full']).default('half') }),
    z.strictObject({ kind: z.literal('certifier') }),
    z.strictObject({ kind: z.literal('seal') }),
  ]),
  /** `[x, y, width, height]` */
  frame: z.tuple([points, points, points, points]),
  sizePt: z.number().min(4).max(40),
  align,
  underline: z.boolean().default(false),
});
export type SheetItem = z.infer<typeof sheetItem>;

const sheetFields = {
  id: layoutId,
  dataset: z.enum(datasetIds),
  paper: z.strictObject({ widthPt: points, heightPt: points }),
  text: z.strictObject({ sizePt: z.number().min(4).max(20), paddingPt: points }),
  /** stands once after the last entry; a form that is always full has none */
  endMark: z.string().min(1).max(20).optional(),
  everyPage: z.array(sheetItem),
  lastPage: z.array(sheetItem),
  /** `sheet` for what certifies nothing (領収書, 申請書): no statement, head or seal is asked for */
  purpose: z.enum(['certificate', 'sheet']).default('certificate'),
};

/** A form of fixed cells: a header, and blocks for persons where the form has them. */
const gridLayout = z.strictObject({
  form: z.literal('grid'),
  ...sheetFields,
  grid: z.strictObject({
    leftPt: points,
    topPt: points,
    columns: count,
    rows: count,
    columnWidthPt: points,
    rowHeightPt: points,
    /** thin rules between cells, thicker frame around a block */
    ruleWidthPt: points,
    frameWidthPt: points,
  }),
  header: z.array(gridCell),
  persons: z
    .strictObject({
      firstRow: count,
      rows: count,
      perPage: count,
      cells: z.array(gridCell).min(1),
    })
    .optional(),
  /** `each`: every page is complete with its own statement, date, head and seal (個人票) */
  certified: z.enum(['last-page', 'each-page']).default('last-page'),
});
export type GridLayout = z.infer<typeof gridLayout>;

/** A cell of a row of a flow: `columns` is `[first, count]`, 1-based. */
export const flowCell = z.strictObject({
  columns: z.tuple([count, count]),
  content: cellContent,
  sizePt: z.number().min(4).max(40).optional(),
  align,
  /** a box around the words (除　籍) */
  boxed: z.boolean().default(false),
  /** a long text goes on over so many lines at its normal size before it shrinks; the row grows with it */
  maxLines: z.number().int().min(1).max(40).default(1),
});
export type FlowCell = z.infer<typeof flowCell>;

export const flowRow = z.strictObject({
  /** of one line; the row grows by it with every line a cell needs */
  heightPt: z.number().min(4).max(200),
  cells: z.array(flowCell).min(1),
  /** a rule over the whole width above the row: of a table cell, or of a block */
  ruleAbove: z.enum(['none', 'thin', 'frame']).default('none'),
  /** thin rules between the cells of the row */
  cellRules: z.boolean().default(false),
});
export type FlowRow = z.infer<typeof flowRow>;

/** A form whose rows follow one another over as many pages as they need. */
const flowLayout = z.strictObject({
  form: z.literal('flow'),
  ...sheetFields,
  flow: z.strictObject({
    leftPt: points,
    topPt: points,
    /** rows end here on every page but the last, and here on the last, above statement and seal */
    bottomPt: points,
    lastBottomPt: points,
    columns: count,
    columnWidthPt: points,
    ruleWidthPt: points,
    frameWidthPt: points,
    /** a frame around the rows of a page, drawn down to where the rows end or to the bottom */
    frame: z.enum(['none', 'around-rows', 'to-bottom']).default('around-rows'),
    /** vertical rules over the whole frame, after these columns */
    verticals: z.array(count).default([]),
    /** where the end mark stands, as the last row of the last page; over the whole width when `columns` is absent */
    endMarkRow: z
      .strictObject({
        heightPt: z.number().min(4).max(200).default(16),
        columns: z.tuple([count, count]).optional(),
        align: z.enum(['left', 'center', 'right']).default('center'),
        ruleAbove: z.enum(['none', 'thin', 'frame']).default('none'),
      })
      .prefault({}),
  }),
  /** row templates by the dataset's row id */
  rows: z.record(z.string(), flowRow),
  /** rows printed again at the top of every page, from the dataset's header fields */
  pageHead: z.array(flowRow).default([]),
});
export type FlowLayout = z.infer<typeof flowLayout>;

const layoutFields = z.discriminatedUnion('form', [gridLayout, flowLayout]);
export type CertificateLayout = z.infer<typeof layoutFields>;

export const certificateLayout = layoutFields.superRefine((layout, context) => {
  const issue: Issue = (path, message) => context.addIssue({ code: 'custom', path: [...path], message });
  checkItems(layout, issue);
  if (layout.form === 'grid') checkGrid(layout, issue);
  else checkFlow(layout, issue);
});
