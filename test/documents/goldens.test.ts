/**
 * Every sample as a picture that a person has looked at beside the worked examples of the forms. A change of any form shows
 * here; `UPDATE_GOLDENS=1 npx vitest run test/documents/goldens.test.ts` draws them anew, to be looked at again.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { samplePrints, sheetPrints, type LayoutPrint } from '#center/documents/check/samplePrints.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { createRenderer, type RenderRequest } from '#center/documents/renderer.ts';
import { loadTemplates } from '#templates/load.ts';
import { loadSamples, loadSheetSamples } from '#templates/samples.ts';
import { difference, greyPages, readPng, writePng, type GreyPage } from './greyPage.ts';

const FOLDER = join(import.meta.dirname, 'goldens');
/** stem and page of a picture's name */
const PAGE = /^(.+)-\d+\.png$/;
/** Small enough to keep, large enough to see every rule and read every name. */
const DPI = 72;
/** A dot of タ that becomes ダ in the smallest print is two pixels; rounding of an edge is none (`difference`). */
const MOST_PIXELS = 1;
const updating = process.env.UPDATE_GOLDENS === '1';

const render = createRenderer(openCertificateFont(loadFonts()));

function pagesOf(request: RenderRequest) {
  const outcome = render(request);
  if (outcome.kind !== 'rendered') throw new Error(`refused: ${outcome.reason}`);
  return greyPages(outcome.bytes, DPI);
}

/** Each sample once for each layout that some municipality prints it with. */
function onePerLayout(prints: readonly LayoutPrint[]): readonly LayoutPrint[] {
  const seen = new Map(
    prints.map((print) => [`${print.sample}.${print.layout}`, print]).reverse() as [string, LayoutPrint][],
  );
  return [...seen.values()].reverse();
}

const templates = loadTemplates();
const prints = onePerLayout([
  ...samplePrints(templates, loadSamples()),
  ...sheetPrints(templates, loadSheetSamples()),
]);
const nameOf = ({ sample, layout }: LayoutPrint, page: number) =>
  `${sample}.${layout.split('.')[1]}-${page + 1}.png`;

const stemOf = (print: LayoutPrint) => nameOf(print, 0).replace(/-1\.png$/, '');

describe('the forms look as they did when they were looked at', () => {
  it.each(prints.map((print) => [stemOf(print), print] as const))('%s', (stem, print) => {
    const pages = pagesOf(print.request);
    if (updating) keep(stem, pages);
    const kept = readdirSync(FOLDER).filter((name) => PAGE.exec(name)?.[1] === stem);
    expect(kept.sort()).toEqual(pages.map((_, index) => nameOf(print, index)).sort());
    pages.forEach((page, index) => {
      const name = nameOf(print, index);
      expect(pixelsApart(page, readPng(join(FOLDER, name))), name).toBeLessThanOrEqual(MOST_PIXELS);
    });
  });

  it('no picture is left of a form that is not printed any more', () => {
    const stems = new Set(prints.map(stemOf));
    expect(readdirSync(FOLDER).filter((name) => !stems.has(PAGE.exec(name)?.[1] ?? ''))).toEqual([]);
  });
});

const pixelsApart = (left: GreyPage, right: GreyPage): number =>
  Math.round(difference(left, right) * left.grey.length);

/** Pages in place of those kept under this stem. */
function keep(stem: string, pages: readonly GreyPage[]): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) if (PAGE.exec(name)?.[1] === stem) rmSync(join(FOLDER, name));
  pages.forEach((page, index) => writePng(page, join(FOLDER, `${stem}-${index + 1}.png`)));
}

describe('the comparison itself', () => {
  const print = prints.find(({ sample }) => sample === 'resident-record-copy')!;
  const before = pagesOf(print.request)[0]!;
  const changed = (change: (persons: Record<string, string>[]) => void): GreyPage => {
    const value = structuredClone(print.request.dataset.value) as { persons: Record<string, string>[] };
    change(value.persons);
    return pagesOf({ ...print.request, dataset: { ...print.request.dataset, value } })[0]!;
  };

  it.each([
    ['a name', (persons: Record<string, string>[]) => (persons[2]!.name = '渡邉\u{E0117}　湯葵')],
    ['one figure of a date', (persons: Record<string, string>[]) => (persons[0]!.notifiedOn = '2014-04-02')],
    [
      'a dot of a reading',
      (persons: Record<string, string>[]) => (persons[2]!.furigana = 'ワタナベ　ヒナダ'),
    ],
  ])('sees %s change', (_what, change) => {
    expect(pixelsApart(before, changed(change))).toBeGreaterThan(MOST_PIXELS);
  });

  it('sees nothing where nothing changed', () => {
    expect(
      pixelsApart(
        before,
        changed(() => undefined),
      ),
    ).toBe(0);
  });
});
