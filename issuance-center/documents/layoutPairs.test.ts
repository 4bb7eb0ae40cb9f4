import { describe, expect, it } from 'vitest';
import type { CellContent } from '#templates/layoutSchema.ts';
import { pairCells, type PairedCell } from './layoutPairs.ts';

const cell = (row: number, column: number, content: CellContent, columns = 1): PairedCell => ({
  row,
  column,
  columns,
  content,
});
const label = (text: string, field?: string): CellContent => ({ kind: 'label', text, field });
const field = (name: string): CellContent => ({ kind: 'field', field: name });
const spare: CellContent = { kind: 'not-applicable' };

describe('labels and values', () => {
  it('belong together by field, wherever the label stands', () => {
    const cells = [
      cell(1, 1, label('所得', 'income')),
      cell(1, 2, label('税', 'tax')),
      cell(2, 1, field('income')),
      cell(2, 2, field('tax')),
    ];
    expect(pairCells(cells)).toEqual([
      { label: 0, value: 2 },
      { label: 1, value: 3 },
    ]);
  });

  it('else the label belongs to the value on its right, and only to that', () => {
    const cells = [cell(1, 1, label('給与'), 2), cell(1, 3, field('gross')), cell(1, 4, field('net'))];
    expect(pairCells(cells)).toEqual([
      { label: 0, value: 1 },
      { value: 2, label: undefined },
    ]);
  });

  it('two cells that do not apply are a pair, a third one is a value', () => {
    expect(pairCells([cell(1, 1, spare), cell(1, 2, spare), cell(1, 3, spare)])).toEqual([
      { label: 0, value: 1 },
      { label: undefined, value: 2 },
    ]);
  });

  it('a heading stands for itself, white paper for nothing', () => {
    expect(pairCells([cell(2, 1, { kind: 'white' }), cell(1, 1, label('所得'))])).toEqual([{ label: 1 }]);
  });

  it('are read from top to bottom, from left to right', () => {
    const cells = [cell(2, 1, field('c')), cell(1, 5, field('b')), cell(1, 1, field('a'))];
    expect(pairCells(cells).map(({ value }) => value)).toEqual([2, 1, 0]);
  });
});
