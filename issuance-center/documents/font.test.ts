import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import * as fontkit from 'fontkit';
import { describe, expect, it } from 'vitest';
import { readCharacterFont } from '#templates/characterFont.ts';
import { templatesDirectory } from '#templates/load.ts';
import { openCertificateFont, withCharacterFont } from './font.ts';
import { FontUnavailableError, loadFontBytes, loadFonts, MAIN_FONT } from './fontFile.ts';
import { commonGlyphs, createFontSubset } from './fontSubset.ts';
import { graphemes } from './graphemes.ts';

const files = loadFonts();
const bytes = files.main;
const font = openCertificateFont(files);
const main = font.faces[0]!.sfnt;
const characters = JSON.parse(
  readFileSync(new URL('../../test/fixtures/characters.json', import.meta.url), 'utf8'),
) as { char: string; mj: string }[];
const shaper = fontkit.create(new Uint8Array(bytes)) as {
  layout: (text: string) => { glyphs: { id: number; name: string; advanceWidth: number }[] };
};

describe('the font file', () => {
  it('is refused when it is absent, naming the package', () => {
    expect(() => loadFonts('/nowhere/ipamjm.ttf')).toThrow(FontUnavailableError);
    expect(() => loadFonts('/nowhere/ipamjm.ttf')).toThrow(/fonts-ipamj-mincho/);
  });

  it('is refused when it is another font', () => {
    expect(() => loadFonts(new URL(import.meta.url).pathname)).toThrow(/is not the IPAmjMincho/);
    expect(() => loadFontBytes({ ...MAIN_FONT, sha256: '0'.repeat(64) })).toThrow(FontUnavailableError);
  });
});

describe('shaping', () => {
  it.each(characters)('$char draws glyph $mj and keeps its spelling', ({ char, mj }) => {
    const [glyph, ...others] = font.shape(char);
    expect(others).toEqual([]);
    expect(glyph!.spelling).toBe(char);
    expect(shaper.layout(char).glyphs[0]!.name).toBe(mj.toLowerCase());
    expect(glyph!.glyph).toBe(shaper.layout(char).glyphs[0]!.id);
  });

  it('draws what the full shaper draws, over names and labels', () => {
    const corpus = [
      ...characters.map(({ char }) => `渡${char}　太郎`),
      '氏名の振り仮名',
      'ワタナベ　タロウ',
      "SAMPLE MARIA O'NEIL-SMITH",
      '架空県みほん市見本台三丁目12番34－567号　みほんハイツ',
      'カ\u309Aか\u309A',
      '技術・人文知識・国際業務',
      '【省略】【空欄】＊＊＊',
    ];
    for (const text of corpus) {
      const expected = shaper.layout(text).glyphs;
      expect(font.shape(text).map(({ glyph }) => glyph)).toEqual(expected.map(({ id }) => id));
      expect(font.measure(text)).toBeCloseTo(
        expected.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) / 2048,
        6,
      );
    }
  });

  it('knows all 11,474 variation sequences of the font, with the glyphs the full shaper draws', () => {
    const sequences = main.sequences().map(([base, selector]) => ({
      text: String.fromCodePoint(base, selector),
      glyph: main.glyphOfSequence(base, selector),
    }));
    expect(sequences).toHaveLength(11_474);
    for (const { text, glyph } of sequences.filter((_, index) => index % 10 === 0)) {
      expect(shaper.layout(text).glyphs[0]!.id).toBe(glyph);
    }
  });

  it('keeps two spellings of one glyph apart', () => {
    const [plain] = font.shape('辻');
    const [variant] = font.shape('辻\u{E0103}');
    expect(variant!.glyph).toBe(plain!.glyph);
    expect(variant!.spelling).not.toBe(plain!.spelling);
    const subset = createFontSubset(main, commonGlyphs(main, []));
    expect([subset.idOf(plain!), subset.idOf(variant!), subset.idOf(plain!)]).toEqual([1, 2, 1]);
  });

  it('never names the text it cannot draw', () => {
    expect(() => font.shape('見本　\u{E000}')).toThrow(/^the text holds a character that cannot be drawn$/);
  });
});

describe('the subset', () => {
  it('is a sound font with the records of the original, whatever part of it was prepared before', () => {
    const label = font.shape('氏名の振り仮名');
    const name = font.shape('渡邉\u{E0117}　太郎名');
    const subset = createFontSubset(main, commonGlyphs(main, [...label, ...label]));
    for (const glyph of name) subset.idOf(glyph);
    const glyphs = [...subset.common.glyphs, ...subset.own];
    expect(glyphs.map(({ spelling }) => spelling).join('')).toBe('氏名の振り仮渡邉\u{E0117}　太郎');
    const { compressed, length } = subset.encode();
    const file = inflateSync(compressed); // checks Adler-32
    expect(file.length).toBe(length);
    expect(wordSum(file), 'checkSumAdjustment makes the whole sum this').toBe(0xb1b0afba);
    const copy = fontkit.create(file) as {
      getGlyph: (id: number) => { path: { toSVG: () => string }; advanceWidth: number };
    };
    const original = shaper as unknown as typeof copy;
    glyphs.forEach(({ glyph }, index) => {
      expect(copy.getGlyph(index + 1).path.toSVG()).toBe(original.getGlyph(glyph).path.toSVG());
      expect(copy.getGlyph(index + 1).advanceWidth).toBe(original.getGlyph(glyph).advanceWidth);
    });
  });
});

interface PathReader {
  readonly getGlyph: (id: number) => { readonly path: { readonly toSVG: () => string } };
}

describe('a composite glyph', () => {
  const file = readFileSync(`${templatesDirectory}profiles/fonts/992020.ttf`);
  const own = withCharacterFont(font, { digest: '', bytes: readCharacterFont(file) });
  const [made] = own.shape('\ue002');
  const { sfnt } = made!.face;
  const part = sfnt.partsOf(made!.glyph)[0]!;

  it.each([
    ['in the document', [], '\ue000\ue002\ue001'],
    ['in what all documents of a sheet have', own.shape('\ue002'), '\ue000\ue001'],
    ['in both: the part is there once', own.shape('\ue002'), '\ue002\ue000'],
  ] as const)('is copied with its parts: %s', (_, common, text) => {
    const subset = createFontSubset(sfnt, commonGlyphs(sfnt, common));
    for (const glyph of own.shape(text)) subset.idOf(glyph);
    const glyphs = [...subset.common.glyphs, ...subset.own];
    expect(glyphs.filter(({ glyph }) => glyph === part).map(({ spelling }) => spelling)).toEqual(['']);
    const [copy, original] = [inflateSync(subset.encode().compressed), file].map(
      (bytes) => fontkit.create(bytes) as PathReader,
    ) as [PathReader, PathReader];
    glyphs.forEach(({ glyph }, index) => {
      expect(copy.getGlyph(index + 1).path.toSVG()).toBe(original.getGlyph(glyph).path.toSVG());
    });
    expect(copy.getGlyph(subset.idOf(made!)).path.toSVG()).not.toBe('');
  });
});

describe('canDraw, the question at the register’s door', () => {
  it('accepts every character of the list', () => {
    for (const { char } of characters) expect(font.canDraw(`見本${char}`)).toEqual({ kind: 'drawable' });
  });

  it.each([
    ['an Adobe-Japan1 sequence', '邉\u{E0100}', ['U+9089', 'U+E0100']],
    ['a private use character', '見\uE000本', ['U+E000']],
    ['a private use character of plane 16', '\u{100000}', ['U+100000']],
    [
      'an Adobe-Japan1 sequence that Noto Serif JP and HanaMinA would draw',
      '辻\u{E0101}',
      ['U+8FBB', 'U+E0101'],
    ],
    ['a zero-width joiner', '見\u200D本', ['U+898B', 'U+200D']],
    ['a mark the font cannot place', 'e\u0301', ['U+0065', 'U+0301']],
    ['a selector without a base', '\u{E0103}', ['U+E0103']],
    ['a line break', '見本\n', ['U+000A']],
    ['two selectors', '辻\u{E0103}\u{E0103}', ['U+8FBB', 'U+E0103']],
    ['an unassigned code point', '\u{2FFFD}', ['U+2FFFD']],
    ['an unpaired surrogate', '見\uD842本', ['U+D842']],
    ['a letter made to be invisible', '見\u3164本', ['U+3164']],
    ['Hangul, which no font here has', '한', ['U+D55C']],
  ])('refuses %s with its code points', (_what, text, codePoints) => {
    expect(font.canDraw(text)).toEqual({ kind: 'undrawable', codePoints });
  });
});

describe('graphemes', () => {
  const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
  it('are the segmenter’s, whichever way they are found', () => {
    const texts = [
      ...characters.map(({ char }) => `${char}あ${char}`),
      'か\u309Aきﾞ',
      'e\u0301',
      '渡邉\u{E0117}　太郎',
      'ｶﾞ',
      '',
    ];
    for (const text of texts) {
      expect(graphemes(text)).toEqual(Array.from(segmenter.segment(text), ({ segment }) => segment));
    }
  });
});

function wordSum(file: Buffer): number {
  let sum = 0;
  for (let at = 0; at < file.length; at += 4) sum = (sum + file.readUInt32BE(at)) >>> 0;
  return sum;
}
