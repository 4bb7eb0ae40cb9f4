/**
 * Which label belongs to which value: what a screen reader says in one breath, and what the signed data on the back
 * names. Pure; asked once per layout.
 */
import type { CellContent } from '#templates/layoutSchema.ts';

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
 * not apply (＊＊＊ ＊＊＊) are a label and its value as well.
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
  const labels = new Set(labelOf.values());
  return cells
    .map((cell, index) => ({ cell, index }))
    .filter(({ cell, index }) => cell.content.kind !== 'white' && !labels.has(index))
    .sort((one, other) => one.cell.row - other.cell.row || one.cell.column - other.cell.column)
    .map(({ cell, index }) =>
      isLabel(cell) ? { label: index } : { label: labelOf.get(index), value: index },
    );
}
