/**
 * The checker: what another program reads from each certificate is held against the dataset, cell by cell. It knows the
 * layout's JSON and the dataset's view, and nothing of the layout engine.
 */
import { describe, expect, it } from 'vitest';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { createRenderer, type RenderRequest } from '#center/documents/renderer.ts';
import { samplePrints, type SamplePrint } from '#center/documents/check/samplePrints.ts';
import { datasets } from '#templates/datasets/catalogue.ts';
import { warekiDate } from '#templates/civilTime.ts';
import type { SheetItem } from '#templates/layoutSchema.ts';
import { loadTemplates } from '#templates/load.ts';
import { loadSamples } from '#templates/samples.ts';
import { fieldsPrinted } from './expectedCells.ts';
import { findings, layoutOf } from './findings.ts';
import { textIn, withoutSpace, wordsOf, type Word } from './pageText.ts';

const templates = loadTemplates();
const render = createRenderer(openCertificateFont(loadFonts()));
const prints = samplePrints(templates, loadSamples());

function printed(request: RenderRequest): readonly (readonly Word[])[] {
  const outcome = render(request);
  if (outcome.kind !== 'rendered') throw new Error(`refused: ${outcome.reason}`);
  return wordsOf(outcome.bytes);
}

const named = prints.map((print) => [`${print.sample} in ${print.municipality}`, print] as const);

describe.each(named)('%s', (_name, { request }: SamplePrint) => {
  const pages = printed(request);
  const layout = layoutOf(request);

  it('says every item of the dataset in its cell, in order, and no cell is blank', () => {
    expect(findings(request, pages)).toEqual([]);
  });

  it('carries title, issue number and page n of N on every page', () => {
    const view = datasets[request.dataset.id].view(request.dataset.value, request);
    pages.forEach((words, index) => {
      const said = (kind: SheetItem['content']['kind']) => inItems(layout.everyPage, kind, words);
      expect(said('title')[0]).toContain(withoutSpace(view.title ?? request.printedTitle));
      expect(said('issue-number')[0]).toContain(`${request.issueNumberLabel}${request.issueNumber}`);
      const half = said('page-number').map((text) => text.normalize('NFKC'));
      expect([`${index + 1}/${pages.length}`, `(${pages.length}の${index + 1})`]).toContain(half[0]);
    });
  });

  it('is certified where it must be: statement, date, head, 「この印は黒色です」', () => {
    const certified = layout.form === 'grid' && layout.certified === 'each-page' ? pages : pages.slice(-1);
    const { title, name } = request.certifier!;
    for (const words of certified) {
      const said = (kind: SheetItem['content']['kind']) => inItems(layout.lastPage, kind, words);
      expect(said('statement')).toEqual([withoutSpace(request.statement!)]);
      expect(said('issue-date').map((text) => text.normalize('NFKC'))).toEqual([
        warekiDate(request.issueDate),
      ]);
      expect(said('certifier')).toEqual([withoutSpace(title + name)]);
      expect(said('text')).toContain('この印は黒色です');
    }
    const others = pages.filter((words) => !certified.includes(words));
    const statements = others.flatMap((words) => inItems(layout.lastPage, 'statement', words));
    expect(statements.filter((text) => text.includes('証明'))).toEqual([]);
  });
});

/** What stands in the frames of the items of one kind outside the grid. */
function inItems(
  items: readonly SheetItem[],
  kind: SheetItem['content']['kind'],
  words: readonly Word[],
): string[] {
  return items
    .filter(({ content }) => content.kind === kind)
    .map(({ frame: [x, y, widthPt, heightPt] }) =>
      textIn(words, { x, y: y - 2, widthPt, heightPt: heightPt + 4 }),
    );
}

describe('a layout prints', () => {
  it.each([...templates.layouts.values()].map(({ value }) => [value.id, value] as const))(
    '%s: every field its dataset has, or leaves it out on purpose',
    (_id, layout) => {
      const { headerFields, personFields, rows } = datasets[layout.dataset];
      const known = new Set([...headerFields, ...personFields, ...Object.values(rows).flat()]);
      const shown = new Set([...fieldsPrinted(layout, 'japanese'), ...fieldsPrinted(layout, 'foreign')]);
      const left = [...known].filter((field) => !shown.has(field)).sort();
      expect(left).toEqual(LEFT_OUT[layout.id] ?? []);
    },
  );
});

/** Fields a form has no place for, by law or by design; everything else must be printed. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  // both are rows of their own (head, head-name); the fields are for the signed data and other layouts
  'family-register.standard': ['domicile', 'head-of-register'],
  // 所得証明書: the same without tax amounts (forms.md 8)
  'income-certificate.standard': [
    'adjustment-credit-municipal',
    'adjustment-credit-prefectural',
    'annual-tax',
    'computed-levy-municipal',
    'computed-levy-prefectural',
    'dividend-credit-municipal',
    'dividend-credit-prefectural',
    'donation-credit-municipal',
    'donation-credit-prefectural',
    'flat-reduction-municipal',
    'flat-reduction-prefectural',
    'foreign-tax-credit-municipal',
    'foreign-tax-credit-prefectural',
    'forest-environment-tax',
    'housing-loan-credit-municipal',
    'housing-loan-credit-prefectural',
    'income-levy-municipal',
    'income-levy-prefectural',
    'per-capita-levy-municipal',
    'per-capita-levy-prefectural',
    'separate-tax-base',
    'tax-base',
  ],
};

describe('the checker itself', () => {
  const print = prints.find(({ sample }) => sample === 'resident-record-copy')!;
  const pages = printed(print.request);
  const changed = (change: (words: Word[]) => Word[]) => [change([...pages[0]!]), ...pages.slice(1)];

  it('misses no word that is gone, no word that moved, no other word', () => {
    expect(findings(print.request, pages)).toEqual([]);
    const index = pages[0]!.findIndex(({ text }) => text.includes('ワタナベ'));
    expect(
      findings(
        print.request,
        changed((words) => words.toSpliced(index, 1)),
      ),
    ).not.toEqual([]);
    const moved = (word: Word): Word => ({ ...word, yMin: word.yMin + 40, yMax: word.yMax + 40 });
    expect(
      findings(
        print.request,
        changed((words) => words.with(index, moved(words[index]!))),
      ),
    ).not.toEqual([]);
    const other = (word: Word): Word => ({ ...word, text: 'ワタナヘ' });
    expect(
      findings(
        print.request,
        changed((words) => words.with(index, other(words[index]!))),
      ),
    ).not.toEqual([]);
  });

  it('follows rows: a line of a 戸籍 that is gone or out of order is found', () => {
    const register = prints.find(({ sample }) => sample === 'family-register-full')!;
    const own = printed(register.request);
    expect(findings(register.request, own)).toEqual([]);
    const at = own[0]!.findIndex(({ text }) => text.includes('婚姻日'));
    expect(findings(register.request, [own[0]!.toSpliced(at, 1), ...own.slice(1)])).not.toEqual([]);
    const swapped = own[0]!.map((word, index) =>
      index === at
        ? { ...word, text: own[0]![at + 1]!.text }
        : index === at + 1
          ? { ...word, text: own[0]![at]!.text }
          : word,
    );
    expect(findings(register.request, [swapped, ...own.slice(1)])).not.toEqual([]);
  });
});
