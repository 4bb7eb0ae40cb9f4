/**
 * What a reviewer of forms looks for (forms.md 15), point by point, on complete documents as a kiosk receives them: front,
 * back, seal. Read with poppler's tools, as anybody could.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { samplePrints, type SamplePrint } from '#center/documents/check/samplePrints.ts';
import { openCertificateFont } from '#center/documents/font.ts';
import { loadFonts } from '#center/documents/fontFile.ts';
import { issuedFinish, testSeal } from '#center/documents/paper/paper.fixture.ts';
import { createRenderer, type Renderer, type RenderRequest } from '#center/documents/renderer.ts';
import { datasets } from '#templates/datasets/catalogue.ts';
import { taxation } from '#templates/datasets/taxation.ts';
import { loadTemplates } from '#templates/load.ts';
import { loadSamples } from '#templates/samples.ts';
import { findings } from './findings.ts';
import { greyPages, type GreyPage } from './greyPage.ts';
import { wordsOf, withoutSpace, type Word } from './pageText.ts';

const prints = samplePrints(loadTemplates(), loadSamples());
const named = (sample: string): RenderRequest => prints.find((print) => print.sample === sample)!.request;
/** Each sample as its first municipality issues it. */
const firsts = [...new Map([...prints].reverse().map((print) => [print.sample, print])).values()].reverse();

let render: Renderer;
beforeAll(async () => {
  const { sealer } = await testSeal();
  render = createRenderer(openCertificateFont(loadFonts()), { seal: sealer });
});

function issued(request: RenderRequest, kindId = 'resident-record-copy'): Uint8Array {
  const outcome = render({ ...request, finish: { ...issuedFinish, kindId } });
  if (outcome.kind !== 'rendered') throw new Error(`refused: ${outcome.reason}`);
  return outcome.bytes;
}

/** 非課税証明書 is named by its dataset, everything else by its kind. */
const titleOf = ({ request }: SamplePrint): string =>
  datasets[request.dataset.id].view(request.dataset.value, request).title ?? request.printedTitle;

function onFile<Result>(pdf: Uint8Array, act: (file: string, folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'checklist-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    return act(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const tool = (pdf: Uint8Array, command: string, ...before: string[]): string =>
  onFile(pdf, (file) => execFileSync(command, [...before, file], { encoding: 'utf8' }));
const rawText = (pdf: Uint8Array): string =>
  onFile(pdf, (file) => execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }));

describe.each(firsts.map((print) => [print.sample, print] as const))('%s', (_sample, print: SamplePrint) => {
  it('1: A4 portrait, front and back, every page with title, issue number and n of N; certified on its last front', () => {
    const pdf = issued(print.request, print.request.dataset.id);
    const info = tool(pdf, 'pdfinfo', '-f', '1', '-l', '99');
    const sizes = [...info.matchAll(/^Page\s+\d+ size:\s+(\S+) x (\S+) pts \(A4\)/gm)];
    const pages = Number(/^Pages:\s+(\d+)/m.exec(info)![1]);
    expect(sizes).toHaveLength(pages);
    expect(sizes.every(([, width, height]) => Number(width) < Number(height))).toBe(true);
    expect(pages % 2).toBe(0);
    // one or two fronts with their backs: 120 KB at most (issue 3)
    if (pages <= 4) expect(pdf.length).toBeLessThan(120_000);
    const texts = rawText(pdf).split('\f').slice(0, -1).map(withoutSpace);
    expect(texts).toHaveLength(pages);
    expect(texts.every((text) => text.includes(print.request.issueNumber))).toBe(true);
    texts.forEach((text, index) => {
      const [page, of] = [Math.floor(index / 2) + 1, pages / 2];
      const isBack = index % 2 === 1;
      const places = isBack ? [`${page}/${of}うら`] : [`${page}/${of}`, `(${of}の${page})`];
      const read = text.normalize('NFKC');
      expect(
        places.filter((place) => read.includes(place)),
        `page ${index + 1}`,
      ).not.toEqual([]);
      expect(text, `page ${index + 1}`).toContain(
        withoutSpace(isBack ? print.request.title : titleOf(print)),
      );
    });
    expect(texts.at(-2)).toContain('この印は黒色です');
  });

  it('2: no blank cell: every item stands in its place, or 【空欄】, the omit mark or ＊＊＊', () => {
    const fronts = wordsOf(issued(print.request)).filter((_, index) => index % 2 === 0);
    expect(findings(print.request, fronts)).toEqual([]);
  });

  it('8: only embedded subsets of fonts', () => {
    const fonts = tool(issued(print.request), 'pdffonts').trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts)
      expect(font).toMatch(/^[A-Z]{6}\+\S+\s+CID TrueType\s+Identity-H\s+yes yes yes/);
  });
});

describe('3: 住民票, 連記式', () => {
  it('four persons fill a page, five make two; a foreign resident has the items of law', () => {
    const fronts = (sample: string) => wordsOf(issued(named(sample))).length / 2;
    expect([fronts('resident-record-copy'), fronts('resident-record-copy.five-persons')]).toEqual([1, 2]);
    const text = withoutSpace(rawText(issued(named('resident-record-copy'))));
    for (const item of ['国籍・地域', '在留資格', '在留期間等', '在留期間の満了の日', '在留カード等の番号']) {
      expect(text).toContain(item);
    }
  });
});

describe('4: 戸籍', () => {
  const fronts = () =>
    wordsOf(issued(named('family-register-full.four-pages'))).filter((_, index) => index % 2 === 0);

  it('digits are full-width wherever the register speaks, and the end is marked once', () => {
    const inFrame = fronts().map((words) => words.filter(({ yMin }) => yMin > 54 && yMin < 717));
    const text = inFrame.flat().map((word) => word.text);
    expect(text.filter((word) => /[0-9]/.test(word))).toEqual([]);
    expect(text.filter((word) => word === '以下余白')).toHaveLength(1);
  });

  it('no 身分事項 stands alone at the foot of a page', () => {
    for (const words of fronts()) {
      const rows = words.filter(({ yMin }) => yMin > 54 && yMin < 717).sort((a, b) => b.yMin - a.yMin);
      expect(rows[0]!.text).not.toBe('身分事項');
      expect(rows[0]!.text).not.toBe('戸籍に記録されている者');
    }
  });

  it('who has left is in a box: upright rules on both sides of 除　籍, and nowhere about 身分事項', () => {
    const pdf = issued(named('family-register-full'));
    const words = wordsOf(pdf)[2]!;
    const page = greyPages(pdf, DPI)[2]!;
    const [left, right] = ['除', '籍'].map((sign) => words.find(({ text }) => text === sign)!);
    expect(hasUprightRule(page, left!.xMin - 10, left!)).toBe(true);
    expect(hasUprightRule(page, right!.xMax, right!)).toBe(true);
    const heading = words.find(({ text }) => text === '身分事項')!;
    expect(hasUprightRule(page, heading.xMax, heading)).toBe(false);
  });
});

const DPI = 144;

/** An unbroken dark column within ten points to the right of `x`, as tall as the word. */
function hasUprightRule({ width, grey }: GreyPage, x: number, { yMin, yMax }: Word): boolean {
  const pixel = (points: number) => Math.round((points * DPI) / 72);
  const rows = Array.from({ length: pixel(yMax - yMin) }, (_, row) => pixel(yMin) + row);
  const columns = Array.from({ length: pixel(10) }, (_, column) => pixel(x) + column);
  return columns.some((column) => rows.every((row) => grey[row * width + column]! < 128));
}

describe('5: 附票', () => {
  it('the given name alone where 本籍・筆頭者 is shown, the full name where it is omitted', () => {
    const [shown, omitted] = ['family-register-address-copy.domicile', 'family-register-address-copy'].map(
      (sample) => withoutSpace(rawText(issued(named(sample)))),
    );
    expect(shown).toContain('名大介');
    expect(shown).not.toContain('氏名例示大介');
    expect(omitted).toContain('【省略】');
    expect(omitted).toContain('太郎');
  });
});

describe('6: 印影', () => {
  it('is placed at its own resolution, never scaled or resampled', () => {
    const { dataset } = named('seal-registration-certificate');
    const list = tool(
      issued(named('seal-registration-certificate')),
      'pdfimages',
      '-list',
      '-f',
      '1',
      '-l',
      '1',
    );
    const images = list
      .trim()
      .split('\n')
      .slice(2)
      .map((line) => line.trim().split(/\s+/));
    const dpi = images.map((columns) => Number(columns[12]));
    expect(JSON.stringify(dataset.value)).toContain('600');
    expect(dpi).toContain(600);
  });
});

describe('7: tax', () => {
  it('what does not add up, or lacks the address of 1 January, is no dataset', () => {
    const value = named('taxation-certificate').dataset.value as Record<string, unknown>;
    expect(taxation.safeParse(value).success).toBe(true);
    const text = JSON.stringify(value).replace('118900', '118800');
    expect(text).not.toBe(JSON.stringify(value));
    expect(taxation.safeParse(JSON.parse(text)).success).toBe(false);
    expect(taxation.safeParse({ ...value, addressOnAssessmentDay: undefined }).success).toBe(false);
  });

  it('who has moved since is certified at the address of 1 January', () => {
    const request = named('taxation-certificate');
    const addressOnAssessmentDay = '架空県みほん市例示町一丁目1番1号';
    const value = { ...(request.dataset.value as object), addressOnAssessmentDay };
    const text = withoutSpace(rawText(issued({ ...request, dataset: { ...request.dataset, value } })));
    expect(text).toContain(addressOnAssessmentDay);
    expect(text).not.toContain('みほんハイツ');
  });
});

describe('8: characters', () => {
  it('each name is read back with its variation selector; an unknown sequence is refused', () => {
    const request = named('resident-record-copy');
    expect(withoutSpace(rawText(issued(request)))).toContain('渡邉\u{E0117}太郎');
    const value = JSON.parse(
      JSON.stringify(request.dataset.value).replaceAll('邉\u{E0117}', '邉\u{E0100}'),
    ) as unknown;
    const outcome = render({ ...request, dataset: { ...request.dataset, value } });
    expect(outcome).toMatchObject({ kind: 'refused', codePoints: ['U+9089', 'U+E0100'] });
  });
});

describe('9 and 10: the file', () => {
  it('the same input gives the same bytes', () => {
    const request = named('family-register-full');
    expect(Buffer.from(issued(request)).equals(Buffer.from(issued(request)))).toBe(true);
  });

  it('the seal is valid, and one changed byte is found', () => {
    const pdf = Buffer.from(issued(named('taxation-certificate')));
    const says = (bytes: Buffer) =>
      onFile(bytes, (file) => spawnSync('pdfsig', [file], { encoding: 'utf8' }).stdout);
    expect(says(pdf)).toContain('Signature is Valid.');
    const changed = Buffer.from(pdf);
    const at = changed.indexOf('/Title') + 12;
    changed[at] = changed[at]! ^ 1;
    expect(says(changed)).toContain('Digest Mismatch.');
  });
});
