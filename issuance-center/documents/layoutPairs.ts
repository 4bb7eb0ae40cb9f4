/**
 * Which label belongs to which value: what a screen reader says in one breath, and what the signed data on the back
 * names. Pure; asked once per layout.
 */
import type { CellContent, SheetItem } from '#templates/layoutSchema.ts';

/** A cell of a block or of a row; positions are 1-based grid squares. */
export interface PairedCell {
  readonly content: CellContent;
  readonly row: number;
  readonly column: number;
  readonly columns: number;
}

/** Indexes into the cells: a label with its value, a value without a label, or words that stand for themselves. */
export interface Pairing {
  readonly label?: number;
  readonly value?: number;
  /** a label on the left of the label, which names the value with it (算出所得割額 before 市民税) */
  readonly heading?: Heading;
}
export interface Heading {
  readonly cell: number;
  /** it is read with the first of the values it names */
  readonly isFirst: boolean;
}

const isLabel = ({ content }: PairedCell): boolean => content.kind === 'label';
const isValue = ({ content }: PairedCell): boolean => content.kind !== 'label' && content.kind !== 'white';
const fieldOf = ({ content }: PairedCell): string | undefined =>
  'field' in content ? content.field : undefined;

const isSpare = ({ content }: PairedCell): boolean => content.kind === 'not-applicable';
const isRightOf = (cell: PairedCell, label: PairedCell): boolean =>
  cell.row === label.row && cell.column === label.column + label.columns;

type Belongs = (label: PairedCell, cell: PairedCell) => boolean;
const ofOneField: Belongs = (label, cell) =>
  isLabel(label) && isValue(cell) && fieldOf(label) !== undefined && fieldOf(label) === fieldOf(cell);
const sideBySide: Belongs = (label, cell) => isLabel(label) && isValue(cell) && isRightOf(cell, label);
const bothNotApplicable: Belongs = (label, cell) => isSpare(label) && isSpare(cell) && isRightOf(cell, label);

/**
 * Every cell but white ones in exactly one pairing, in reading order: from top to bottom, from left to right, a label
 * where its value stands. A label belongs to the value of its field, else to the value on its right. Two cells that do
 * not apply (＊＊＊ ＊＊＊) are a label and its value as well. A label without a value on the left of labels with theirs is
 * their heading.
 */
export function pairCells(cells: readonly PairedCell[]): readonly Pairing[] {
  const labelOf = new Map<number, number>();
  const taken = new Set<number>();
  for (const belongs of [ofOneField, sideBySide, bothNotApplicable]) {
    cells.forEach((label, index) => {
      if (taken.has(index)) return;
      const value = cells.findIndex((cell, at) => at !== index && !taken.has(at) && belongs(label, cell));
      if (value < 0) return;
      labelOf.set(value, index);
      taken.add(index).add(value);
    });
  }
  const headings = headingsOf(cells, labelOf);
  const labels = new Set([...labelOf.values(), ...[...headings.values()].map(({ cell }) => cell)]);
  return cells
    .map((cell, index) => ({ cell, index }))
    .filter(({ cell, index }) => cell.content.kind !== 'white' && !labels.has(index))
    .sort((one, other) => one.cell.row - other.cell.row || one.cell.column - other.cell.column)
    .map(({ cell, index }) =>
      isLabel(cell)
        ? { label: index }
        : { label: labelOf.get(index), value: index, ...headingOf(headings.get(index)) },
    );
}

const headingOf = (heading: Heading | undefined): Pick<Pairing, 'heading'> => (heading ? { heading } : {});

/**
 * By value. A heading names the pairs that follow it in its row without a gap, as far as their labels are only half a
 * name: one that has its value's field is a whole one.
 */
function headingsOf(
  cells: readonly PairedCell[],
  labelOf: ReadonlyMap<number, number>,
): ReadonlyMap<number, Heading> {
  const headings = new Map<number, Heading>();
  const valueOf = new Map([...labelOf].map(([value, label]) => [label, value]));
  const halfNamed = (from: PairedCell): number | undefined => {
    const label = cells.findIndex((cell) => isLabel(cell) && isRightOf(cell, from));
    const value = valueOf.get(label);
    if (value === undefined || !isRightOf(cells[value]!, cells[label]!)) return undefined;
    return ofOneField(cells[label]!, cells[value]!) ? undefined : value;
  };
  cells.forEach((heading, cell) => {
    if (!isLabel(heading) || valueOf.has(cell)) return;
    let value = halfNamed(heading);
    for (let isFirst = true; value !== undefined; isFirst = false) {
      headings.set(value, { cell, isFirst });
      value = halfNamed(cells[value]!);
    }
  });
  return headings;
}

/** What is read and signed as the label. */
export const nameOf = (...labels: readonly string[]): string =>
  labels.filter((label) => label !== '').join('　');

/** A frame edge may be rounded away from its neighbour's by so much. */
const BESIDE_PT = 1;

/** For each field outside the table the words directly on its left, by place among the items: 合計金額 for the sum. */
export function labelsBeside(items: readonly SheetItem[]): ReadonlyMap<number, number> {
  const pairs = items.flatMap(({ content, frame }, index): [number, number][] => {
    if (content.kind !== 'field') return [];
    const label = items.findIndex((item) => item.content.kind === 'text' && isBeside(item.frame, frame));
    return label < 0 ? [] : [[index, label]];
  });
  return new Map(pairs);
}

function isBeside(words: SheetItem['frame'], field: SheetItem['frame']): boolean {
  const [x, y, widthPt, heightPt] = words;
  const middle = y + heightPt / 2;
  return Math.abs(x + widthPt - field[0]) < BESIDE_PT && middle > field[1] && middle < field[1] + field[3];
}
