import { describe, expect, it } from 'vitest';
import type { PrintableRow, PrintableView } from '#templates/datasets/printable.ts';
import type { FlowCell, FlowLayout, FlowRow, SheetItem } from '#templates/layoutSchema.ts';
import { graphemes } from './graphemes.ts';
import type { LaidOutPage } from './laidOut.ts';
import { compileFlow, layOutFlow } from './layoutFlow.ts';
import { LabelDoesNotFitError } from './layoutFixed.ts';
import type { DocumentWords } from './layoutWords.ts';

const measure = (text: string): number => graphemes(text).length;

const cell = (
  columns: [number, number],
  content: FlowCell['content'],
  more: Partial<FlowCell> = {},
): FlowCell => ({
  columns,
  content,
  align: 'left',
  boxed: false,
  maxLines: 1,
  ...more,
});
const row = (cells: FlowCell[], more: Partial<FlowRow> = {}): FlowRow => ({
  heightPt: 20,
  cells,
  ruleAbove: 'none',
  cellRules: false,
  ...more,
});
const item = (content: SheetItem['content'], y: number): SheetItem => ({
  content,
  frame: [50, y, 400, 20],
  sizePt: 10,
  align: 'left',
  underline: false,
});

/** Ten rows of 20 pt a page, five on the last; columns of 10 pt, label in 1-10, value in 11-50. */
const layout: FlowLayout = {
  form: 'flow',
  id: 'test.flow',
  dataset: 'family-register',
  purpose: 'certificate',
  paper: { widthPt: 600, heightPt: 800 },
  text: { sizePt: 10, paddingPt: 0 },
  endMark: '以下余白',
  everyPage: [
    item({ kind: 'issue-number' }, 600),
    item({ kind: 'page-number', pattern: '（{pages}の{page}）', digits: 'full' }, 40),
    item({ kind: 'title' }, 60),
  ],
  lastPage: [
    { ...item({ kind: 'seal' }, 500), frame: [450, 500, 70, 70] },
    item({ kind: 'statement' }, 500),
    item({ kind: 'certifier' }, 540),
    item({ kind: 'issue-date', digits: 'full' }, 520),
    item({ kind: 'text', text: 'この印は黒色です' }, 570),
  ],
  flow: {
    leftPt: 50,
    topPt: 100,
    bottomPt: 300,
    lastBottomPt: 200,
    columns: 50,
    columnWidthPt: 10,
    ruleWidthPt: 0.4,
    frameWidthPt: 1,
    frame: 'around-rows',
    verticals: [10],
    endMarkRow: { heightPt: 20, align: 'center', ruleAbove: 'none' },
  },
  rows: {
    pair: row([
      cell([1, 10], { kind: 'label', text: '出　　生', field: 'value' }),
      cell([11, 40], { kind: 'field', field: 'value' }, { maxLines: 3 }),
    ]),
    heading: row([cell([1, 10], { kind: 'label', text: '身分事項' })], { ruleAbove: 'thin' }),
    removed: row([cell([1, 10], { kind: 'label', text: '除籍' }, { boxed: true })]),
    table: row(
      [cell([1, 10], { kind: 'field', field: 'value' }), cell([11, 40], { kind: 'not-applicable' })],
      {
        cellRules: true,
      },
    ),
    picture: row([cell([1, 10], { kind: 'image', field: 'value' })]),
  },
  pageHead: [],
};

const words: DocumentWords = {
  marks: { omitted: '【省略】', empty: '【空欄】', notApplicable: '＊＊＊' },
  omitted: [],
  title: '全部事項証明',
  issueNumber: '発行番号　0123',
  statement: 'これは証明である。',
  issueDate: '令和8年11月21日',
  certifier: '架空県みほん市長　　見本　一郎',
  seal: { image: { width: 4, height: 4, rows: new Uint8Array() }, widthMm: 20, alt: '公印' },
};

const pair = (text: string, more: Partial<PrintableRow> = {}): PrintableRow => ({
  row: 'pair',
  fields: { value: { kind: 'text', text } },
  ...more,
});
const many = (count: number, keepWithNext: (n: number) => boolean = () => false): PrintableRow[] =>
  Array.from({ length: count }, (_, index) =>
    pair(`値${index + 1}`, { keepWithNext: keepWithNext(index + 1) }),
  );

function outcomeOf(
  flow: readonly PrintableRow[],
  change: Partial<FlowLayout> = {},
  over: Partial<DocumentWords> = {},
) {
  const sheet = compileFlow({ ...layout, ...change }, { labels: {}, notApplicable: '＊＊＊' }, measure);
  const header = { domicile: { kind: 'text', text: '架空県みほん市' } } as const;
  const view: PrintableView = { header, persons: [], flow };
  return layOutFlow(sheet, view, { ...words, ...over }, measure);
}

function pagesOf(...wanted: Parameters<typeof outcomeOf>): readonly LaidOutPage[] {
  const outcome = outcomeOf(...wanted);
  if ('kind' in outcome) throw new Error(`${outcome.field} does not fit`);
  return outcome;
}
const textsOf = (page: LaidOutPage): readonly string[] => page.texts.map(({ text }) => text);
const valuesOf = (page: LaidOutPage): readonly string[] =>
  textsOf(page).filter((text) => text.startsWith('値'));
const runOf = (page: LaidOutPage, text: string) => page.texts.find((run) => run.text === text)!;

describe('rows flow over pages', () => {
  it('one page, with everything that certifies it', () => {
    const [page, ...others] = pagesOf(many(4)) as [LaidOutPage];
    expect(others).toEqual([]);
    expect(valuesOf(page)).toHaveLength(4);
    for (const text of ['（１の１）', '令和８年１１月２１日', 'これは証明である。', '以下余白']) {
      expect(textsOf(page)).toContain(text);
    }
    expect(page.images).toHaveLength(1);
  });

  it('rows that leave no room for statement and seal: one page more', () => {
    const pages = pagesOf(many(5));
    expect(pages.map((page) => valuesOf(page).length)).toEqual([4, 1]);
    expect(pages.map((page) => textsOf(page)[0])).toEqual(['全部事項証明', '全部事項証明']);
    expect(textsOf(pages[0]!)).toContain('（２の１）');
    expect(textsOf(pages[1]!)).toContain('（２の２）');
  });

  it('statement, date, head, seal and end mark stand on the last page alone', () => {
    const [first, last] = pagesOf(many(12)) as [LaidOutPage, LaidOutPage];
    for (const text of ['これは証明である。', '以下余白', '令和８年１１月２１日']) {
      expect(textsOf(first)).not.toContain(text);
      expect(textsOf(last)).toContain(text);
    }
    expect([first.images.length, last.images.length]).toEqual([0, 1]);
    expect([first.blocks.length, last.blocks.length]).toEqual([1, 2]);
  });

  it('a heading never stands alone at the foot of a page', () => {
    const rows = [...many(9), { row: 'heading', fields: {}, keepWithNext: true }, ...many(2)];
    const pages = pagesOf(rows);
    expect(textsOf(pages[0]!)).not.toContain('身分事項');
    expect(textsOf(pages[1]!)).toContain('身分事項');
    expect(valuesOf(pages[1]!)).toEqual(['値1', '値2']);
  });

  it('repeated rows stand at the top of every page', () => {
    const head = row([
      cell([1, 10], { kind: 'label', text: '本　　籍', field: 'domicile' }),
      cell([11, 40], { kind: 'field', field: 'domicile' }),
    ]);
    for (const page of pagesOf(many(12), { pageHead: [head] })) {
      expect(runOf(page, '架空県みほん市').baseline).toBeCloseTo(100 + 5 + 8.8, 6);
      expect(page.reading.find(({ field }) => field === 'domicile')).toMatchObject({
        role: 'pair',
        label: '本　　籍',
        value: '架空県みほん市',
      });
    }
  });
});

describe('cells of a row', () => {
  it('a long text goes on over lines, and the row grows with it', () => {
    const [page] = pagesOf([pair('う'.repeat(90)), pair('値')]) as [LaidOutPage];
    const lines = page.texts.filter(({ text }) => text.includes('う'));
    expect(lines.map(({ text }) => text.length)).toEqual([40, 40, 10]);
    expect(lines.map(({ baseline }) => baseline)).toEqual([113.8, 133.8, 153.8]);
    expect(runOf(page, '値').baseline).toBe(173.8);
    expect(page.reading.find(({ value }) => value.startsWith('う'))!.marks).toHaveLength(4);
  });

  it('shrinks when the lines do not suffice, and is refused when that does not suffice', () => {
    const [page] = pagesOf([pair('あ'.repeat(130))]) as [LaidOutPage];
    expect(page.texts.find(({ text }) => text.includes('あ'))!.sizePt).toBe(9);
    const person = 3;
    expect(outcomeOf([pair('あ'.repeat(300), { person })])).toEqual({
      kind: 'does-not-fit',
      field: 'value',
      person,
    });
  });

  it('words on two lines stay inside a cell of one line', () => {
    const [page] = pagesOf([
      { row: 'table', fields: { value: { kind: 'text', text: '二'.repeat(17) } } },
    ]) as [LaidOutPage];
    const lines = page.texts.filter(({ text }) => text.startsWith('二'));
    expect(lines).toHaveLength(2);
    for (const { baseline } of lines) expect(baseline).toBeLessThan(120);
  });

  it('a row too high for any page is refused with its field', () => {
    const tall = row([cell([1, 5], { kind: 'field', field: 'value' }, { maxLines: 40 })], { heightPt: 20 });
    const rows = { ...layout.rows, pair: tall };
    expect(outcomeOf([pair('あ'.repeat(60))], { rows })).toMatchObject({
      kind: 'does-not-fit',
      field: 'value',
    });
  });

  it('a box is drawn around the words', () => {
    const [page] = pagesOf([{ row: 'removed', fields: {} }]) as [LaidOutPage];
    const run = runOf(page, '除籍');
    const box = page.rules.filter(({ from, to }) => from[1] === to[1] && from[1] > 100 && from[1] < 120);
    expect(box.map(({ from: [x], to: [far] }) => Math.abs(far - x))).toEqual([30, 30]);
    for (const { from, to } of box) {
      expect(Math.min(from[0], to[0])).toBeLessThan(run.x);
      expect(Math.max(from[0], to[0])).toBeGreaterThan(run.x + 20);
    }
  });

  it('omit mark, empty mark and ＊＊＊ stand where nothing does', () => {
    const empty = pair('', { fields: { value: { kind: 'empty' } } });
    const [page] = pagesOf([empty, { row: 'table', fields: { value: { kind: 'not-applicable' } } }]) as [
      LaidOutPage,
    ];
    expect(textsOf(page).filter((text) => text === '＊＊＊')).toHaveLength(2);
    expect(textsOf(page)).toContain('【空欄】');
    const [without] = pagesOf([pair('値')], {}, { omitted: ['value'] }) as [LaidOutPage];
    expect(textsOf(without)).toContain('【省略】');
    expect(textsOf(without)).not.toContain('値');
  });

  it('a picture is placed at its own size or refused, never scaled', () => {
    const image = (widthMm: number): PrintableRow => ({
      row: 'picture',
      fields: {
        value: {
          kind: 'image',
          image: { width: 8, height: 8, rows: new Uint8Array() },
          widthMm,
          alt: '印影',
        },
      },
    });
    const [page] = pagesOf([image(6)]) as [LaidOutPage];
    const placed = page.images.find(({ kind }) => kind === 'picture')!;
    expect((placed.widthPt / 72) * 25.4).toBeCloseTo(6, 6);
    expect((placed.heightPt / 72) * 25.4).toBeCloseTo(6, 6);
    expect(page.reading).toContainEqual(
      expect.objectContaining({ role: 'figure', value: '印影', field: 'value', marks: [placed.mark] }),
    );
    expect(outcomeOf([image(8)])).toMatchObject({ kind: 'does-not-fit', field: 'value' });
  });

  it('a view without the field or the row of the layout is a fault, not a blank', () => {
    expect(() => outcomeOf([pair('x', { fields: {} })])).toThrow(/no field value/);
    expect(() => outcomeOf([pair('x', { row: 'nobody' })])).toThrow(/no row nobody/);
  });
});

describe('rules', () => {
  it('a frame around the rows, and a vertical through it', () => {
    const [page] = pagesOf(many(3)) as [LaidOutPage];
    const bottom = 100 + 3 * 20 + 20;
    expect(page.rules).toContainEqual({ from: [150, 100], to: [150, bottom], widthPt: 0.4 });
    expect(page.rules).toContainEqual({ from: [550, bottom], to: [50, bottom], widthPt: 1 });
  });

  it('down to the bottom of each page when the layout says so', () => {
    const [first, last] = pagesOf(many(12), { flow: { ...layout.flow, frame: 'to-bottom' } }) as [
      LaidOutPage,
      LaidOutPage,
    ];
    expect(first.rules).toContainEqual({ from: [550, 300], to: [50, 300], widthPt: 1 });
    expect(last.rules).toContainEqual({ from: [550, 200], to: [50, 200], widthPt: 1 });
  });

  it('above a row, and between the cells of a table row', () => {
    const value = { kind: 'text', text: '値' } as const;
    const [page] = pagesOf([
      pair('値'),
      { row: 'heading', fields: {} },
      { row: 'table', fields: { value } },
    ]) as [LaidOutPage];
    expect(page.rules).toContainEqual({ from: [50, 120], to: [550, 120], widthPt: 0.4 });
    expect(page.rules).toContainEqual({ from: [150, 140], to: [150, 160], widthPt: 0.4 });
  });
});

describe('what is read', () => {
  it('title first, rows in order under their section, then statement, date, head, seal, note, numbers', () => {
    const [page] = pagesOf([{ row: 'heading', fields: {}, section: '太郎' }, pair('値', { person: 2 })]) as [
      LaidOutPage,
    ];
    expect(page.reading.map(({ section, label, value }) => [section, label, value])).toEqual([
      ['', '', '全部事項証明'],
      ['太郎', '', '身分事項'],
      ['2', '出　　生', '値'],
      ['', '', '以下余白'],
      ['', '', 'これは証明である。'],
      ['', '', '令和８年１１月２１日'],
      ['', '', '架空県みほん市長　　見本　一郎'],
      ['', '', '公印'],
      ['', '', 'この印は黒色です'],
      ['', '', '発行番号　0123'],
      ['', '', '（１の１）'],
    ]);
  });

  it('every run and picture has a mark of its own, and is read exactly once', () => {
    for (const page of pagesOf(many(12))) {
      const runs = [...page.blocks.flatMap(({ texts }) => texts), ...page.texts];
      const marks = [...runs.map(({ mark }) => mark!), ...page.images.map(({ mark }) => mark)];
      expect(new Set(marks).size).toBe(marks.length);
      expect(Math.max(...marks)).toBeLessThan(page.markCount);
      expect(page.reading.flatMap(({ marks: read }) => read).sort()).toEqual([...marks].sort());
    }
  });

  it('a column head names the cells below it', () => {
    const head = row([cell([1, 10], { kind: 'label', text: '課税額', field: 'value' })]);
    const value = { kind: 'text', text: '203,200' } as const;
    const [page] = pagesOf([{ row: 'table', fields: { value } }], { pageHead: [head] }) as [LaidOutPage];
    expect(page.reading.find(({ value: read }) => read === '203,200')!.label).toBe('課税額');
    expect(page.reading.filter(({ value: read }) => read === '課税額')).toHaveLength(1);
  });
});

describe('what a layout cannot do', () => {
  it('a label that fits its cell in no way', () => {
    const rows = {
      ...layout.rows,
      heading: row([cell([1, 2], { kind: 'label', text: '身分事項と長い見出し' })]),
    };
    expect(() => pagesOf([], { rows })).toThrow(LabelDoesNotFitError);
  });

  it('certify without statement or seal', () => {
    expect(() => pagesOf(many(1), {}, { seal: undefined })).toThrow(RangeError);
    expect(() => pagesOf(many(1), {}, { statement: undefined })).toThrow(RangeError);
  });

  it('a sheet that asks for neither needs neither', () => {
    const [page] = pagesOf(
      many(1),
      { lastPage: [], purpose: 'sheet' },
      { seal: undefined, statement: undefined },
    ) as [LaidOutPage];
    expect(page.images).toEqual([]);
  });
});
