import { describe, expect, it } from 'vitest';
import type { CellContent } from '#templates/layoutSchema.ts';
import type { SheetItem } from '#templates/layoutSchema.ts';
import { labelsBeside, pairCells, type PairedCell } from './layoutPairs.ts';

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

  it('a label before labels of half a name is the heading of their values, up to a gap or a whole name', () => {
    const cells = [
      cell(1, 1, label('算出所得割額'), 8),
      cell(1, 9, label('市民税', 'municipal-tax'), 3),
      cell(1, 12, field('levy-municipal'), 5),
      cell(1, 17, label('県民税', 'prefectural-tax'), 3),
      cell(1, 20, field('levy-prefectural'), 5),
      cell(1, 25, label('寡婦', 'widow'), 8),
      cell(1, 33, field('widow'), 4),
    ];
    expect(pairCells(cells)).toEqual([
      { label: 1, value: 2, heading: { cell: 0, isFirst: true } },
      { label: 3, value: 4, heading: { cell: 0, isFirst: false } },
      { label: 5, value: 6 },
    ]);
    const apart = cells.map((each, index) => (index === 3 ? { ...each, row: 2 } : each));
    expect(pairCells(apart)[0]).toEqual({ label: 1, value: 2, heading: { cell: 0, isFirst: true } });
    expect(pairCells(apart).filter(({ heading }) => heading)).toHaveLength(1);
  });

  it('a label that has a value is no heading', () => {
    const cells = [cell(1, 1, label('年度')), cell(1, 2, field('year')), cell(1, 3, label('税'), 2)];
    expect(pairCells([...cells, cell(1, 5, field('tax'))])).toEqual([
      { label: 0, value: 1 },
      { label: 2, value: 3 },
    ]);
  });
});

describe('words beside a field outside the table', () => {
  const item = (content: SheetItem['content'], frame: SheetItem['frame']): SheetItem => ({
    content,
    frame,
    sizePt: 10,
    align: 'left',
    underline: false,
  });
  const total = item({ kind: 'field', field: 'total' }, [257.64, 88, 150, 30]);
  const words = (frame: SheetItem['frame']) => item({ kind: 'text', text: '合計金額' }, frame);

  it('directly on its left are its label', () => {
    expect([...labelsBeside([words([187.64, 92, 70, 24]), total])]).toEqual([[1, 0]]);
  });

  it.each([
    ['above', [187.64, 60, 70, 24]],
    ['below', [187.64, 120, 70, 24]],
    ['with a gap', [177.64, 92, 70, 24]],
    ['on its right', [407.64, 92, 70, 24]],
  ] as const)('%s they stand for themselves', (_, frame) => {
    expect(labelsBeside([words([...frame]), total]).size).toBe(0);
  });

  it('a number or a date takes none', () => {
    const date = item({ kind: 'issue-number' }, [257.64, 88, 150, 30]);
    expect(labelsBeside([words([187.64, 92, 70, 24]), date]).size).toBe(0);
  });
});
