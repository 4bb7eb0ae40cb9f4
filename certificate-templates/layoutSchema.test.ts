/** Each fault of a layout is named in Japanese, with the place in its file: municipal staff read it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { certificateLayout } from './layoutSchema.ts';
import { templatesDirectory } from './load.ts';

type Json = Record<string, unknown>;
type Edit = (layout: Json) => void;

const read = (id: string): Json =>
  JSON.parse(readFileSync(`${templatesDirectory}layouts/${id}.json`, 'utf8')) as Json;

/** `path: message` of every fault after an edit. */
function faultsOf(id: string, edit: Edit): readonly string[] {
  const layout = read(id);
  edit(layout);
  const parsed = certificateLayout.safeParse(layout);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const list = (of: unknown, key: string): Json[] => (of as Record<string, Json[]>)[key]!;
const part = (of: unknown, key: string): Json => (of as Record<string, Json>)[key]!;
const without =
  (place: string, kind: string): Edit =>
  (layout) => {
    layout[place] = list(layout, place).filter(({ content }) => (content as Json).kind !== kind);
  };

const GRID = 'resident-record-copy.household';
const FLOW = 'family-register-address-copy.standard';
const SHEET = 'receipt.standard';

const cellsOf = (layout: Json): Json[] => list(layout.persons, 'cells');
const rowCells = (layout: Json, row: string): Json[] => list(part(layout.rows, row), 'cells');

describe('a grid', () => {
  it.each<[string, Edit, string]>([
    [
      'two cells in one place',
      (layout) => (cellsOf(layout)[3]!.box = [1, 7, 1, 18]),
      'persons.cells.3.box: 日本人の欄：1行7列でほかの欄と重なっています',
    ],
    [
      'a cell left out',
      (layout) => cellsOf(layout).splice(3, 1),
      'persons.cells: 外国人住民の欄：どの欄にも属さない升目が 6 個あります（わざと空けるところは white と書いてください）',
    ],
    [
      'a cell outside',
      (layout) => (cellsOf(layout)[4]!.box = [1, 31, 1, 11]),
      'persons.cells.4.box: 日本人の欄：欄が表からはみ出しています',
    ],
    [
      'a field of nobody',
      (layout) => (cellsOf(layout)[2]!.content = { kind: 'field', field: 'income' }),
      'persons.cells.2: データセット resident-record のここで使える項目に income はありません',
    ],
    [
      'blocks longer than the grid',
      (layout) => (part(layout, 'persons').perPage = 5),
      'persons: 人の欄が表の行数より長くなっています',
    ],
    [
      'a number in the header',
      (layout) => (list(layout, 'header')[1]!.content = { kind: 'number' }),
      'header.1.content: 番号は人の欄にだけ書けます',
    ],
    [
      'a variant in the header',
      (layout) => (list(layout, 'header')[1]!.variant = 'foreign'),
      'header.1.variant: 見出し部は人ごとに変わらないため variant は書けません',
    ],
    [
      'a form without persons that does not tile',
      (layout) => delete layout.persons,
      'header: どの欄にも属さない升目が 2040 個あります（わざと空けるところは white と書いてください）',
    ],
    [
      'pages complete each without persons',
      (layout) => {
        delete layout.persons;
        layout.certified = 'each-page';
      },
      'certified: 人の欄のない様式に each-page は指定できません',
    ],
    [
      'a margin too small',
      (layout) => (part(layout, 'grid').leftPt = 20),
      'grid: 表が用紙の端から10mm以上離れていません',
    ],
    [
      'an item at the edge',
      (layout) => (list(layout, 'everyPage')[0]!.frame = [10, 10, 100, 20]),
      'everyPage.0.frame: 用紙の端から10mm以上離れていません',
    ],
    [
      'an unknown field beside the table',
      (layout) => (list(layout, 'everyPage')[0]!.content = { kind: 'field', field: 'name' }),
      'everyPage.0.content: データセット resident-record のここで使える項目に name はありません',
    ],
    ...(
      [
        ['everyPage', 'title', 'すべてのページ（everyPage）に証明書名（title）がありません'],
        ['everyPage', 'issue-number', 'すべてのページ（everyPage）に発行番号（issue-number）がありません'],
        ['everyPage', 'page-number', 'すべてのページ（everyPage）にページ番号（page-number）がありません'],
        ['lastPage', 'statement', '最後のページ（lastPage）に認証文（statement）がありません'],
        ['lastPage', 'issue-date', '最後のページ（lastPage）に発行日（issue-date）がありません'],
        ['lastPage', 'certifier', '最後のページ（lastPage）に職名と氏名（certifier）がありません'],
        ['lastPage', 'seal', '最後のページ（lastPage）に公印（seal）がありません'],
      ] as const
    ).map(([place, kind, message]): [string, Edit, string] => [
      `no ${kind}`,
      without(place, kind),
      `${place}: ${message}`,
    ]),
  ])('%s', (_what, edit, fault) => expect(faultsOf(GRID, edit)).toContain(fault));

  it('white cells close what is left open on purpose', () => {
    const tiled: Edit = (layout) => {
      delete layout.persons;
      list(layout, 'header').push(
        { box: [1, 1, 2, 40], content: { kind: 'white' } },
        { box: [5, 1, 49, 40], content: { kind: 'white' } },
      );
    };
    expect(faultsOf(GRID, tiled)).toEqual([]);
  });
});

describe('a flow', () => {
  it.each<[string, Edit, string]>([
    [
      'a row of the dataset not drawn',
      (layout) => delete part(layout, 'rows').address,
      'rows: データセット family-register-address の行 address の様式がありません',
    ],
    [
      'a row of nobody',
      (layout) =>
        (part(layout, 'rows').income = {
          heightPt: 10,
          cells: [{ columns: [1, 5], content: { kind: 'label', text: 'x' } }],
        }),
      'rows.income: データセット family-register-address に行 income はありません',
    ],
    [
      'a field of another row',
      (layout) => (rowCells(layout, 'address')[1]!.content = { kind: 'field', field: 'birth-date' }),
      'rows.address.cells.1: データセット family-register-address のここで使える項目に birth-date はありません',
    ],
    [
      'two cells in one place',
      (layout) => (rowCells(layout, 'address')[1]!.columns = [1, 5]),
      'rows.address.cells.1: 1列でほかの欄と重なっています',
    ],
    [
      'a cell outside',
      (layout) => (rowCells(layout, 'address')[1]!.columns = [40, 2]),
      'rows.address.cells.1: 欄が表の右端からはみ出しています',
    ],
    [
      'remarks',
      (layout) => (rowCells(layout, 'address')[1]!.content = { kind: 'remarks' }),
      'rows.address.cells.1: 備考欄（remarks）は行の様式には書けません',
    ],
    [
      'a field of a row in the repeated head',
      (layout) =>
        (list(list(layout, 'pageHead')[0], 'cells')[1]!.content = { kind: 'field', field: 'address' }),
      'pageHead.0.cells.1: データセット family-register-address のここで使える項目に address はありません',
    ],
    [
      'a statement under the rows',
      (layout) => (list(layout, 'lastPage')[0]!.frame = [60, 300, 400, 15]),
      'lastPage.0.frame: 行を印字する範囲と重なっています',
    ],
    [
      'a page number under the rows',
      (layout) => (list(layout, 'everyPage')[2]!.frame = [60, 300, 400, 15]),
      'everyPage.2.frame: 行を印字する範囲と重なっています',
    ],
    [
      'a last page longer than the others',
      (layout) => (part(layout, 'flow').lastBottomPt = 730),
      'flow.lastBottomPt: 最後のページの行の下端（lastBottomPt）は、topPt より下、bottomPt 以上の高さにしてください',
    ],
    [
      'a vertical outside',
      (layout) => (part(layout, 'flow').verticals = [40]),
      'flow.verticals.0: 縦線が表の外にあります',
    ],
    [
      'an end mark outside',
      (layout) => (part(layout, 'flow').endMarkRow = { columns: [30, 20] }),
      'flow.endMarkRow: 以下余白などの終わりの印が表の右端からはみ出しています',
    ],
    [
      'a head as high as the page',
      (layout) =>
        list(layout, 'pageHead').push(
          ...Array.from({ length: 4 }, () => ({ ...list(layout, 'pageHead')[0]!, heightPt: 200 })),
        ),
      'pageHead: 各ページの見出し行で表がいっぱいになり、行を印字する場所がありません',
    ],
    ['no seal', without('lastPage', 'seal'), 'lastPage: 最後のページ（lastPage）に公印（seal）がありません'],
  ])('%s', (_what, edit, fault) => expect(faultsOf(FLOW, edit)).toContain(fault));
});

describe('a sheet that certifies nothing', () => {
  it('needs no statement, date, head or seal', () => {
    expect(faultsOf(SHEET, (layout) => (layout.lastPage = []))).toEqual([]);
  });

  it('still says which page of which number it is', () => {
    expect(faultsOf(SHEET, (layout) => (layout.everyPage = []))).toEqual([
      'everyPage: すべてのページ（everyPage）に発行番号（issue-number）がありません',
      'everyPage: すべてのページ（everyPage）にページ番号（page-number）がありません',
    ]);
  });
});
