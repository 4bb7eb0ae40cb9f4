/**
 * What must stand where, worked out from the layout's JSON and the dataset's view alone: no line of the layout engine is
 * used, so that the checker can find its faults.
 */
import type {
  PersonVariant,
  Printable,
  PrintableFields,
  PrintableView,
} from '#templates/datasets/printable.ts';
import type { CertificateLayout, GridCell, GridLayout } from '#templates/layoutSchema.ts';
import type { Marks } from '#templates/profileSchema.ts';
import type { Box } from './pageText.ts';

export interface ExpectedCell {
  /** 0-based front page */
  readonly page: number;
  readonly box: Box;
  readonly text: string;
  /** for the message of a failed check; never a value */
  readonly place: string;
}

export interface Choices {
  readonly omitted: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly marks: Marks;
}

/** Every cell of a grid form, on every page, with the words that must stand in it. */
export function expectedCells(layout: GridLayout, view: PrintableView, choices: Choices): ExpectedCell[] {
  const perPage = layout.persons?.perPage ?? 1;
  const pages = Math.max(1, Math.ceil(view.persons.length / perPage));
  return Array.from({ length: pages }, (_, page) => page).flatMap((page) => [
    ...cellsOf(layout, layout.header, 0, view.header, choices).map((cell) => ({ ...cell, page })),
    ...view.persons.slice(page * perPage, (page + 1) * perPage).flatMap((person, place) => {
      const { firstRow, rows, cells } = layout.persons!;
      const own = cells.filter(({ variant }) => !variant || variant === person.variant);
      const top = firstRow - 1 + place * rows;
      const running = page * perPage + place + 1;
      return cellsOf(layout, own, top, person.fields, choices, running).map((cell) => ({ ...cell, page }));
    }),
  ]);
}

function cellsOf(
  { grid }: GridLayout,
  cells: readonly GridCell[],
  top: number,
  fields: PrintableFields,
  choices: Choices,
  running = 0,
): Omit<ExpectedCell, 'page'>[] {
  return cells.flatMap((cell) => {
    const text = wordsIn(cell, fields, choices, running);
    if (text === undefined) return [];
    const [row, column, rows, columns] = cell.box;
    const box = {
      x: grid.leftPt + (column - 1) * grid.columnWidthPt,
      y: grid.topPt + (top + row - 1) * grid.rowHeightPt,
      widthPt: columns * grid.columnWidthPt,
      heightPt: rows * grid.rowHeightPt,
    };
    return [{ box, text, place: `${placeOf(cell)}${running > 0 ? ` of person ${running}` : ''}` }];
  });
}

const placeOf = ({ content }: GridCell): string =>
  'field' in content && content.field !== undefined ? `${content.kind} ${content.field}` : content.kind;

/** Undefined where the words depend on the rest of the sheet (備考) or there are none (pictures, white). */
function wordsIn({ content }: GridCell, fields: PrintableFields, choices: Choices, running: number) {
  switch (content.kind) {
    case 'label':
      return (content.field !== undefined && choices.labels[content.field]) || content.text;
    case 'field':
      return printedWords(content.field, fields[content.field], choices);
    case 'not-applicable':
      return choices.marks.notApplicable;
    case 'number':
      return String(running);
    case 'remarks':
    case 'image':
    case 'white':
      return undefined;
  }
}

/** The words of a field; throws when the dataset has no such field: a silent blank is never expected. */
export function printedWords(
  field: string,
  value: Printable | undefined,
  { omitted, marks }: Choices,
): string {
  if (omitted.includes(field)) return marks.omitted;
  if (!value) throw new RangeError(`the view holds no field ${field}`);
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'empty':
      return marks.empty;
    case 'not-applicable':
      return marks.notApplicable;
    case 'image':
      return '';
  }
}

/** Every field of the dataset's view that this layout prints, by block; used to find fields that no cell shows. */
export function fieldsPrinted(layout: CertificateLayout, variant: PersonVariant): ReadonlySet<string> {
  const cells =
    layout.form === 'grid'
      ? [
          ...layout.header,
          ...(layout.persons?.cells.filter((cell) => !cell.variant || cell.variant === variant) ?? []),
        ]
      : [...Object.values(layout.rows), ...layout.pageHead].flatMap((row) => row.cells);
  const items = [...layout.everyPage, ...layout.lastPage];
  return new Set(
    [...cells, ...items].flatMap(({ content }) =>
      (content.kind === 'field' || content.kind === 'image') && content.field !== undefined
        ? [content.field]
        : [],
    ),
  );
}
