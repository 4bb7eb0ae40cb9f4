import { beforeAll, describe, expect, it } from 'vitest';
import { codeMatrix } from '../../verification/codeMatrix.ts';
import { openCertificateFont } from '../font.ts';
import { loadFonts } from '../fontFile.ts';
import { createRenderer, type RenderOutcome } from '../renderer.ts';
import { backPage, CODES_TOP } from './backPage.ts';
import { issuedFinish, pictureOf, requestOf, testSeal, tool } from './paper.fixture.ts';
import { PLACE_PT, placeCodes } from './pageCodes.ts';
import { PIXEL_PT } from './tint.ts';

const font = openCertificateFont(loadFonts());
type Rendered = Extract<RenderOutcome, { kind: 'rendered' }>;
let render: (persons: number, specimen?: boolean) => Rendered;
beforeAll(async () => {
  const { sealer } = await testSeal();
  const renderer = createRenderer(font, { seal: sealer });
  render = (persons, specimen = false) => {
    const outcome = renderer(requestOf({ ...issuedFinish, specimen }, persons));
    if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
    return outcome;
  };
});

/** A document of two pages, tint, codes and seal included (issue 3). */
const MOST_BYTES = 120_000;

describe('an issued document', () => {
  it.each([
    [1, 2],
    [5, 4],
    [14, 8],
  ])('of %i persons has %i pages, each front followed by its back, and is sound', (persons, pages) => {
    const { bytes, pages: counted } = render(persons);
    expect(counted).toBe(pages);
    expect(tool('qpdf', ['--check'], bytes)).toMatch(/No syntax or stream encoding errors/);
    const fronts = pages / 2;
    for (let page = 1; page <= pages; page += 1) {
      const text = tool('pdftotext', ['-f', `${page}`, '-l', `${page}`], bytes, { after: ['-'] });
      const place = `${Math.ceil(page / 2)}／${fronts}`;
      expect(text.includes('うら'), `page ${page}`).toBe(page % 2 === 0);
      expect(text).toContain(place);
      expect(text).toContain('7K3M-9QXA-2B4C-D5EF');
    }
  });

  it('is small, and embeds every font it uses', () => {
    const { bytes } = render(4);
    console.log(`issued document of two pages: ${bytes.length} bytes`);
    expect(bytes.length).toBeLessThan(MOST_BYTES);
    const fonts = tool('pdffonts', [], bytes).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const line of fonts)
      expect(line).toMatch(/^[A-Z]{6}\+\S+\s+CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  it('says on its back whose it is, when, where to ask and how, in two languages', () => {
    const text = tool('pdftotext', ['-f', '2', '-layout'], render(1).bytes, { after: ['-'] });
    const words = ['架空県みほん市', '住民票の写し', '令和8年11月21日', issuedFinish.verificationUrl];
    for (const word of [...words, '確かめかた', 'verify this certificate']) expect(text).toContain(word);
    expect(text).not.toContain('渡邉');
  });

  it('is marked 見本 in grey on both sides only when it is a specimen', () => {
    const isMarked = (specimen: boolean) =>
      [1, 2].map((page) => {
        // one grey all over at the printer's resolution, where tint is black and white
        const { grey } = pictureOf(render(2, specimen).bytes, page, 600, [1500, 4500, 1500, 1000]);
        return grey.filter((value) => value > 0.7 && value < 0.82).length > 10_000;
      });
    expect(isMarked(true)).toEqual([true, true]);
    expect(isMarked(false)).toEqual([false, false]);
  });

  it('cannot be made without a seal', () => {
    expect(() => createRenderer(font)(requestOf(issuedFinish))).toThrow(/sealed/);
  });
});

describe('the codes on a back', () => {
  const payloads = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, n) =>
      codeMatrix(Uint8Array.from({ length: bytes }, (__, at) => (at * 7 + n) & 0xff)),
    );
  const LARGEST = 997;

  it('have modules of half a millimetre at least, on whole printer pixels, and a quiet zone of four', () => {
    for (const bytes of [100, 400, LARGEST]) {
      const [code] = payloads(1, bytes) as [ReturnType<typeof codeMatrix>];
      const [placed] = placeCodes([code], CODES_TOP, 595.28);
      const modulePt = placed!.frame.widthPt / code.size;
      expect(modulePt).toBeGreaterThanOrEqual((0.5 / 25.4) * 72);
      expect(modulePt / 0.12).toBeCloseTo(Math.round(modulePt / 0.12), 6);
      expect((placed!.frame.x - placed!.quiet.x) / modulePt).toBeCloseTo(4, 6);
    }
  });

  it('stand two rows of three on the paper, clear of each other and of every word', () => {
    const codes = payloads(6, LARGEST);
    const words = {
      ...issuedFinish,
      title: '住民票の写し',
      issueNumberLabel: '発行番号',
      issueNumber: '7K3M',
    };
    const day = requestOf(issuedFinish).issueDate;
    const { page, white } = backPage(
      { ...words, issueDate: day, page: 1, of: 1, codes },
      font.measure,
      595.28,
    );
    expect(page.images).toHaveLength(6);
    const [first, last] = [white[0]!, white[5]!];
    expect(first.x).toBeGreaterThan(20);
    expect(last.x + last.widthPt).toBeLessThan(595.28 - 20);
    expect(white[3]!.y - first.y).toBeCloseTo(PLACE_PT, 6);
    const baselines = [...page.blocks.flatMap(({ texts }) => texts), ...page.texts];
    for (const { baseline, sizePt } of baselines) {
      const above = baseline < first.y;
      expect(above || baseline - sizePt > last.y + last.heightPt).toBe(true);
    }
  });

  it('one too fine to be read back is refused', () => {
    expect(() => placeCodes(payloads(1, 1200), CODES_TOP, 595.28)).toThrow(RangeError);
  });

  it('stand on white: the tint keeps out of their quiet zones and begins right after them', () => {
    const { bytes } = render(4);
    const images = tool('pdfimages', ['-list', '-f', '2', '-l', '2'], bytes).split('\n').slice(2);
    const sides = images.map((line) => Number(line.trim().split(/\s+/)[3]));
    // the tile of the tint is there too
    const size = sides.find((side) => side < 200)!;
    const [placed] = placeCodes([{ size, rows: new Uint8Array(size * 25) }], CODES_TOP, 595.28);
    const px = (points: number) => Math.round(points / PIXEL_PT);
    const { frame, quiet } = placed!;
    const side = px(quiet.widthPt);
    const margin = px(frame.x - quiet.x);
    const [left, top] = [px(quiet.x), px(quiet.y)];
    const isWhite = (area: readonly [number, number, number, number]) =>
      pictureOf(bytes, 2, 600, area).grey.every((value) => value === 1);
    expect(isWhite([left, top, side, margin]), 'above').toBe(true);
    expect(isWhite([left, top, margin, side]), 'left').toBe(true);
    expect(isWhite([left, top + side - margin, side, margin]), 'below').toBe(true);
    expect(isWhite([left, top, side, margin + 1]), 'the modules begin').toBe(false);
    expect(isWhite([left, top - 8, side, 8]), 'the tint').toBe(false);
  });
});
