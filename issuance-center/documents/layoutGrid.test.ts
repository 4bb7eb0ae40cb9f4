/** The grid form beyond the worked example of layout.test.ts: what is read, pages complete each, forms without persons. */
import { describe, expect, it } from 'vitest';
import { residentRecordDataset } from '#templates/datasets/residentRecordFields.ts';
import type { ResidentRecord } from '#templates/datasets/residentRecord.ts';
import type { PrintableView } from '#templates/datasets/printable.ts';
import type { GridCell, GridLayout } from '#templates/layoutSchema.ts';
import { loadTemplates } from '#templates/load.ts';
import { graphemes } from './graphemes.ts';
import type { LaidOutPage } from './laidOut.ts';
import { compileGrid, layOutGrid } from './layoutGrid.ts';
import type { DocumentWords } from './layoutWords.ts';
import { sampleHousehold } from './sampleHousehold.ts';

/** Half an em for Latin, one for the rest: near enough to the font for layouts that have room. */
const measure = (text: string): number =>
  graphemes(text).reduce((sum, grapheme) => sum + (/^[ -~]/.test(grapheme) ? 0.5 : 1), 0);
const { layouts } = loadTemplates();
const layoutOf = (id: string) => layouts.get(id)!.value as GridLayout;
const words: DocumentWords = {
  marks: { omitted: '【省略】', empty: '【空欄】', notApplicable: '＊＊＊' },
  omitted: ['individual-number'],
  title: '住　民　票',
  issueNumber: '発行番号　7K3M-9QXA-2B4C-D5EF',
  statement: 'この写しは、世帯全員の住民票の原本と相違ないことを証明する。',
  issueDate: '令和8年11月21日',
  certifier: '架空県みほん市長　　見本　一郎',
  seal: { image: { width: 4, height: 4, rows: new Uint8Array() }, widthMm: 20, alt: '公印' },
};

function pagesOf(layout: GridLayout, view: PrintableView, over: Partial<DocumentWords> = {}) {
  const sheet = compileGrid(layout, { labels: {}, notApplicable: '＊＊＊' }, measure);
  const outcome = layOutGrid(sheet, view, { ...words, ...over }, measure);
  if ('kind' in outcome) throw new Error(`${outcome.field} does not fit`);
  return outcome;
}
const viewOf = (record: ResidentRecord) =>
  residentRecordDataset.view(record, { omitted: words.omitted, labels: {} });
const runsOf = (page: LaidOutPage) => [...page.blocks.flatMap(({ texts }) => texts), ...page.texts];

const sixPersons: ResidentRecord = {
  ...sampleHousehold,
  persons: [1, 2, 3, 4, 5, 6].map((number) => ({ ...sampleHousehold.persons[(number - 1) % 4]!, number })),
};

const RESIDENT_LAYOUTS = [
  'resident-record-copy.household',
  'resident-record-copy.individual',
  'resident-record-items.household',
  'resident-record-items.individual',
];

describe.each(RESIDENT_LAYOUTS)('what is read on %s', (id) => {
  const layout = layoutOf(id);
  const { perPage } = layout.persons!;
  const view = viewOf(sixPersons);
  const pages = pagesOf(layout, view);

  it('every run and every picture has a mark of its own and is read exactly once', () => {
    expect(pages).toHaveLength(Math.ceil(6 / perPage));
    for (const page of pages) {
      const marks = [...runsOf(page), ...page.images].map(({ mark }) => mark!);
      expect(new Set(marks).size).toBe(marks.length);
      expect(Math.max(...marks)).toBeLessThan(page.markCount);
      const read = page.reading.flatMap((item) => item.marks);
      expect([...read].sort((a, b) => a - b)).toEqual([...marks].sort((a, b) => a - b));
    }
  });

  it('an item says what its runs say', () => {
    for (const page of pages) {
      const textOf = new Map(runsOf(page).map(({ mark, text }) => [mark, text]));
      for (const { role, label, value, marks } of page.reading) {
        if (role === 'figure') continue;
        expect(marks.map((mark) => textOf.get(mark)).join('')).toBe(label + value);
      }
    }
  });

  it('every field the layout prints is read exactly once for every person, never blank', () => {
    const printed = (variant: string) =>
      layout.persons!.cells.flatMap(({ content, variant: only }) =>
        content.kind === 'field' && (!only || only === variant) ? [content.field] : [],
      );
    pages.forEach((page, index) => {
      const persons = view.persons.slice(index * perPage, (index + 1) * perPage);
      persons.forEach((person, place) => {
        const items = page.reading.filter(({ section }) => section === String(index * perPage + place + 1));
        const fields = items.map(({ field }) => field).filter((field) => field in person.fields);
        expect(fields.sort()).toEqual([...printed(person.variant)].sort());
        for (const { field, label, value } of items) {
          expect(value).not.toBe('');
          if (field in person.fields) expect(label).not.toBe('');
          const content = person.fields[field];
          if (content?.kind === 'text' && field !== 'individual-number') expect(value).toBe(content.text);
        }
      });
    });
  });

  it('title, then header, then persons from top to bottom, then what certifies, then numbers', () => {
    const { reading } = pages.at(-1)!;
    const order = reading.map(({ field }) => field);
    expect(order.slice(0, 3)).toEqual(['title', 'address', 'householder-name']);
    expect(order.slice(-7)).toEqual([
      'statement',
      'issue-date',
      'certifier',
      'seal',
      'text',
      'issue-number',
      'page-number',
    ]);
    const first = reading.filter(({ section }) => section !== '').map(({ field }) => field);
    expect(first.indexOf('name')).toBeLessThan(first.indexOf('birth-date'));
    expect(first.indexOf('birth-date')).toBeLessThan(first.indexOf('previous-address'));
  });
});

describe('個人票', () => {
  it.each(['resident-record-copy.individual', 'resident-record-items.individual'])(
    '%s: one person a page, each page complete with its own statement, date, head and seal',
    (id) => {
      const pages = pagesOf(layoutOf(id), viewOf(sampleHousehold));
      expect(pages).toHaveLength(sampleHousehold.persons.length);
      pages.forEach((page, index) => {
        const texts = page.texts.map(({ text }) => text);
        for (const text of [words.statement!, words.issueDate, words.certifier!, words.issueNumber]) {
          expect(texts.filter((each) => each === text)).toHaveLength(1);
        }
        expect(texts).toContain(`${index + 1}／4`);
        expect(texts).toContain(sampleHousehold.persons[index]!.name);
        expect(page.images.map(({ kind }) => kind)).toEqual(['seal']);
        expect(page.reading.filter(({ value }) => value === '以下余白')).toHaveLength(1);
        expect(page.reading.filter(({ value }) => value === 'この印は黒色です')).toHaveLength(1);
        const others = sampleHousehold.persons.filter((_, at) => at !== index);
        for (const { furigana } of others) if (furigana) expect(texts).not.toContain(furigana);
      });
    },
  );
});

describe('a form without persons', () => {
  const cell = (box: GridCell['box'], content: GridCell['content']): GridCell => ({
    box,
    content,
    align: 'left',
  });
  const form: GridLayout = {
    ...layoutOf('resident-record-copy.household'),
    persons: undefined,
    grid: {
      ...layoutOf('resident-record-copy.household').grid,
      topPt: 60,
      rows: 8,
      columns: 4,
      columnWidthPt: 100,
      rowHeightPt: 20,
    },
    header: [
      cell([1, 1, 6, 1], { kind: 'image', field: 'imprint' }),
      cell([1, 2, 2, 1], { kind: 'label', text: '氏名', field: 'name' }),
      cell([1, 3, 2, 2], { kind: 'field', field: 'name' }),
      cell([3, 2, 4, 3], { kind: 'white' }),
      cell([7, 1, 2, 1], { kind: 'label', text: '備考' }),
      cell([7, 2, 2, 3], { kind: 'remarks' }),
    ],
  };
  const imprint = (widthMm: number) =>
    ({
      kind: 'image',
      image: { width: 10, height: 12, rows: new Uint8Array() },
      widthMm,
      alt: '印影',
    }) as const;
  const view = (widthMm: number): PrintableView => ({
    header: { imprint: imprint(widthMm), name: { kind: 'text', text: '見本　一郎' } },
    persons: [],
    flow: [],
  });

  it('is one page; the picture stands in the middle of its cell at its own size', () => {
    const [page, ...others] = pagesOf(form, view(25)) as [LaidOutPage];
    expect(others).toEqual([]);
    const placed = page.images.find(({ kind }) => kind === 'picture')!;
    expect((placed.widthPt / 72) * 25.4).toBeCloseTo(25, 9);
    expect((placed.heightPt / 72) * 25.4).toBeCloseTo(30, 9);
    expect(placed.x + placed.widthPt / 2).toBeCloseTo(form.grid.leftPt + 50, 6);
    expect(placed.y + placed.heightPt / 2).toBeCloseTo(60 + 60, 6);
    expect(page.reading.map(({ role, label, value }) => [role, label, value])).toContainEqual([
      'figure',
      '',
      '印影',
    ]);
  });

  it('a picture larger than its cell is refused, never scaled', () => {
    const sheet = compileGrid(form, { labels: {}, notApplicable: '＊＊＊' }, measure);
    const misfit = { kind: 'does-not-fit', field: 'imprint', person: undefined };
    expect(layOutGrid(sheet, view(36), words, measure)).toEqual(misfit);
    expect(
      layOutGrid(
        sheet,
        {
          ...view(20),
          header: {
            ...view(20).header,
            imprint: { ...imprint(30), image: { width: 10, height: 15, rows: new Uint8Array() } },
          },
        },
        words,
        measure,
      ),
    ).toEqual(misfit);
  });

  it('the end mark stands in 備考, and the rules leave white cells open', () => {
    const [page] = pagesOf(form, view(25)) as [LaidOutPage];
    expect(page.reading.find(({ label }) => label === '備考')).toMatchObject({ value: '以下余白' });
    const [block] = page.blocks;
    const { leftPt, frameWidthPt, ruleWidthPt } = form.grid;
    const right = leftPt + 400;
    const vertical = block!.rules.filter(({ from, to }) => from[0] === to[0]);
    expect(vertical).toContainEqual({ from: [right, 60], to: [right, 100], widthPt: frameWidthPt });
    expect(vertical).toContainEqual({ from: [right, 180], to: [right, 220], widthPt: frameWidthPt });
    expect(vertical).toContainEqual({
      from: [leftPt + 100, 60],
      to: [leftPt + 100, 100],
      widthPt: ruleWidthPt,
    });
    expect(vertical).toContainEqual({
      from: [leftPt + 100, 100],
      to: [leftPt + 100, 180],
      widthPt: frameWidthPt,
    });
  });

  it('what was not asked for leaves its mark instead of the picture', () => {
    const [page] = pagesOf(form, view(25), { omitted: ['imprint'] }) as [LaidOutPage];
    expect(page.images.map(({ kind }) => kind)).toEqual(['seal']);
    expect(page.texts.map(({ text }) => text)).toContain('【省略】');
  });
});
