import { describe, expect, it } from 'vitest';
import { csvText } from './csv.ts';
import { compareBy, listQuery, listState, narrowed, type Column } from './listState.ts';

interface Row {
  readonly name: string;
  readonly count: number | null;
}
const columns: readonly Column<Row>[] = [
  { id: 'name', label: '名前', value: ({ name }) => name },
  { id: 'count', label: '数', value: ({ count }) => count },
  { id: 'act', label: '操作', value: () => null, isOnlyShown: true },
];
const rows: readonly Row[] = [
  { name: '第10版', count: 3 },
  { name: '第2版', count: null },
  { name: 'ＡＢＣ', count: 20 },
];
const sorted = (sort: string) => [...rows].sort(compareBy(columns, sort)).map(({ name }) => name);

describe('a list by its address', () => {
  it('numbers are sorted as numbers, also within words; nothing comes last both ways', () => {
    expect(sorted('count')).toEqual(['第10版', 'ＡＢＣ', '第2版']);
    expect(sorted('-count')).toEqual(['ＡＢＣ', '第10版', '第2版']);
    expect(sorted('name').slice(-2)).toEqual(['第2版', '第10版']);
    expect(sorted('-nothing')).toEqual(rows.map(({ name }) => name));
  });

  it('every word must be there, whatever its width; a choice keeps one value', () => {
    const words = (text: string, only = {}) =>
      narrowed(rows, columns, { ...listState({}, '', undefined), words: text, only }).length;
    expect([words('abc'), words('第 10'), words('第 20'), words('')]).toEqual([1, 1, 0, 3]);
    expect(words('', { count: '3' })).toBe(1);
  });

  it('two lists of one page do not disturb each other', () => {
    const query = { 'kinds-sort': '-fee', 'kinds-page': '2', q: '住民票', 'kinds-only.state': '休み' };
    const kinds = listState(query, 'kinds', undefined);
    expect(kinds).toMatchObject({
      sort: '-fee',
      page: 2,
      words: '',
      only: { state: '休み' },
      isNarrowed: true,
    });
    expect(listState(query, '', 'at')).toMatchObject({ sort: 'at', page: 1, words: '住民票' });
    expect(listQuery('kinds', { page: 1, only: { state: '' } })).toEqual({
      'kinds-page': undefined,
      'kinds-only.state': undefined,
    });
    expect(listState({ page: 'x' }, '', undefined).page).toBe(1);
  });
});

describe('the CSV file', () => {
  it('opens in a spreadsheet as it is: mark, line ends, quotes, and no formula', async () => {
    const text = await csvText(columns, [
      { name: '=1+1', count: 1 },
      { name: 'a,"b"', count: null },
    ]);
    expect(text.startsWith('\uFEFF名前,数\r\n')).toBe(true);
    expect(text).toContain("'=1+1,1\r\n");
    expect(text).toContain('"a,""b""",\r\n');
  });
});
