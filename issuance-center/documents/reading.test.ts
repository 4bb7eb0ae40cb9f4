/** What is read of every sample in every municipality that prints it: every run once, every printed field once, no blank. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { datasets } from '#templates/datasets/catalogue.ts';
import { omittedFields } from '#templates/kindSchema.ts';
import type { PrintableFields, PrintableView } from '#templates/datasets/printable.ts';
import type { CertificateLayout } from '#templates/layoutSchema.ts';
import { loadTemplates, templatesDirectory } from '#templates/load.ts';
import { loadSamples } from '#templates/samples.ts';
import { openCertificateFont } from './font.ts';
import { loadFonts } from './fontFile.ts';
import type { LaidOutPage } from './laidOut.ts';
import { layOut } from './layout.ts';
import { compileSheet } from './layoutSheet.ts';
import type { DocumentWords } from './layoutWords.ts';

const templates = loadTemplates();
const { measure } = openCertificateFont(loadFonts());

const cases = [...loadSamples()].flatMap(([name, sample]) =>
  [...templates.profiles.values()].flatMap(({ value: profile }) => {
    const entry = profile.kinds.find(({ kind }) => kind === sample.kind);
    return entry ? [{ name, sample, profile, entry }] : [];
  }),
);
type Case = (typeof cases)[number];

function laidOut({ sample, profile, entry }: Case) {
  const kind = templates.kinds.get(sample.kind)!.value;
  const layout = templates.layouts.get(entry.layout)!.value;
  const omitted = omittedFields(
    kind,
    sample.include.filter((id) => entry.options.includes(id)),
  );
  const view = datasets[kind.dataset].view(sample.value, { omitted, labels: entry.labels });
  const words: DocumentWords = {
    marks: profile.marks,
    omitted,
    title: view.title ?? kind.printedTitle,
    issueNumber: `${profile.issueNumberLabel}　${sample.issueNumber}`,
    statement: entry.statements[sample.extent],
    issueDate: '令和8年11月21日',
    certifier: '架空県みほん市長　　見本　一郎',
    seal: { image: { width: 4, height: 4, rows: new Uint8Array() }, widthMm: 18, alt: '公印' },
  };
  const sheet = compileSheet(
    layout,
    { labels: entry.labels, notApplicable: profile.marks.notApplicable },
    measure,
  );
  const outcome = layOut(sheet, view, words, measure);
  if (outcome.kind !== 'laid-out') throw new Error(`${outcome.field} does not fit`);
  return { layout, view, words, pages: outcome.pages };
}

const withoutSpace = (text: string): string => text.replaceAll('　', '');
const runsOf = (page: LaidOutPage) => [...page.blocks.flatMap(({ texts }) => texts), ...page.texts];

/** The fields of the view that this layout prints on its pages, in the order they are read; repeated heads once a page. */
function printedFields(layout: CertificateLayout, view: PrintableView, pages: number): readonly string[] {
  const shown = (fields: PrintableFields, cells: readonly { content: { kind: string; field?: string } }[]) =>
    cells.flatMap(({ content }) =>
      (content.kind === 'field' || content.kind === 'image') && content.field! in fields
        ? [content.field!]
        : [],
    );
  const items = (place: 'everyPage' | 'lastPage') => shown(view.header, layout[place]);
  const around = [...Array.from({ length: pages }, () => items('everyPage')).flat(), ...items('lastPage')];
  if (layout.form === 'grid') {
    const header = Array.from({ length: pages }, () => shown(view.header, layout.header)).flat();
    const persons = view.persons.flatMap(({ fields, variant }) =>
      shown(
        fields,
        layout.persons!.cells.filter((cell) => !cell.variant || cell.variant === variant),
      ),
    );
    return [...around, ...header, ...persons];
  }
  const head = Array.from({ length: pages }, () =>
    layout.pageHead.flatMap(({ cells }) => shown(view.header, cells)),
  ).flat();
  return [
    ...around,
    ...head,
    ...view.flow.flatMap(({ row, fields }) => shown(fields, layout.rows[row]!.cells)),
  ];
}

describe.each(cases)('$name in $profile.name', (each) => {
  const { layout, view, words, pages } = laidOut(each);

  it('every run and picture has a mark of its own on its page and is read exactly once, as it stands', () => {
    for (const page of pages) {
      const textOf = new Map(runsOf(page).map(({ mark, text }) => [mark, text]));
      const marks = [...textOf.keys(), ...page.images.map(({ mark }) => mark)] as number[];
      expect(textOf.size).toBe(runsOf(page).length);
      expect(page.reading.flatMap((item) => item.marks).sort()).toEqual([...marks].sort());
      expect(Math.max(...marks)).toBeLessThan(page.markCount);
      for (const { role, label, value, marks: own } of page.reading) {
        const said = withoutSpace(own.map((mark) => textOf.get(mark) ?? '').join(''));
        if (role === 'figure') continue;
        // a heading over several values is read with the first one and named with each
        expect(withoutSpace(label + value).endsWith(said)).toBe(true);
        expect(said.endsWith(withoutSpace(value))).toBe(true);
      }
    }
  });

  it('every field the layout prints is read exactly once, and nothing is blank', () => {
    const read = pages.flatMap(({ reading }) => reading);
    const known = new Set(printedFields(layout, view, pages.length));
    const fields = read.map(({ field }) => field).filter((field) => known.has(field));
    expect([...fields].sort()).toEqual([...printedFields(layout, view, pages.length)].sort());
    for (const { value } of read) expect(value.trim()).not.toBe('');
  });

  it('every page begins with its title and ends with its numbers; every certified one has all that certifies', () => {
    pages.forEach(({ reading }, index) => {
      const fields = reading.map(({ field }) => field);
      expect(reading[0]).toMatchObject({ role: 'title', value: words.title });
      expect(fields.slice(-2)).toEqual(['issue-number', 'page-number']);
      const certified =
        index === pages.length - 1 || (layout.form === 'grid' && layout.certified === 'each-page');
      for (const field of ['statement', 'issue-date', 'certifier', 'seal']) {
        expect(fields.filter((name) => name === field)).toHaveLength(certified ? 1 : 0);
      }
    });
  });
});

describe('what a label names', () => {
  const read = (name: string) => {
    const found = cases.find((each) => each.name === name)!;
    return laidOut(found).pages.flatMap(({ reading }) => reading);
  };

  it('課税証明書: each amount of tax has the name of its line and of its column', () => {
    const items = read('taxation-certificate');
    const labels = new Map(items.map(({ field, label }) => [field, label]));
    expect(labels.get('computed-levy-municipal')).toBe('算出所得割額　市民税');
    expect(labels.get('computed-levy-prefectural')).toBe('算出所得割額　県民税');
    expect(labels.get('per-capita-levy-prefectural')).toBe('均等割額　県民税');
    // the next column has names of its own
    expect(labels.get('widow')).toBe('本人該当　寡婦');
    expect(labels.get('salary-revenue')).toBe('給与収入');
    // no heading of a line is left over, those of the blocks are
    const alone = items.filter(({ field }) => field === 'heading').map(({ value }) => value);
    expect(alone).toEqual([
      '収入・所得の金額（円）',
      '所得から差し引かれる金額（所得控除、円）',
      '課税標準額（円）',
      '扶養親族等・本人該当',
      '税額控除・税額（円）',
      '年税額（円）',
    ]);
  });

  it('領収書: the sum has the words on its left as its name', () => {
    const layout = templates.layouts.get('receipt.standard')!.value;
    const path = `${templatesDirectory}samples/sheets/receipt.json`;
    const { value } = JSON.parse(readFileSync(path, 'utf8')) as { value: unknown };
    const view = datasets.receipt.view(value, { omitted: [], labels: {} });
    const marks = { omitted: '【省略】', empty: '【空欄】', notApplicable: '＊＊＊' };
    const words = {
      marks,
      omitted: [],
      title: '領　収　書',
      issueNumber: '取扱番号　1',
      issueDate: '令和8年11月21日',
    };
    const sheet = compileSheet(layout, { labels: {}, notApplicable: marks.notApplicable }, measure);
    const outcome = layOut(sheet, view, words, measure);
    if (outcome.kind !== 'laid-out') throw new Error(outcome.field);
    const [page] = outcome.pages;
    const total = page!.reading.find(({ field }) => field === 'total')!;
    expect(total).toMatchObject({ role: 'pair', label: '合計金額' });
    const said = runsOf(page!).filter(({ mark }) => total.marks.includes(mark!));
    expect(said.map(({ text }) => text)).toEqual(['合計金額', total.value]);
    expect(page!.reading.map(({ value: printed }) => printed)).not.toContain('合計金額');
  });
});
