import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCharacterFont } from '#templates/characterFont.ts';
import { readSfnt } from '#templates/sfnt.ts';
import { demoCharacterFont } from './demoCharacterFont.ts';
import { contourOf, FLAME } from './strokes.ts';
import { trueTypeFile, type SmallFont } from './trueTypeFile.ts';

const flame = { kind: 'simple', contours: FLAME.map(contourOf) } as const;
const blank = { kind: 'simple', contours: [] } as const;
const madeOf = (...glyphs: number[]) =>
  ({
    kind: 'composite',
    parts: glyphs.map((glyph) => ({ glyph, scale: 1, x: 0, y: 0 })),
    box: [0, 0, 1000, 880],
  }) as const;
const fontOf = (characters: SmallFont['characters'], outlines: SmallFont['outlines'] = [blank, flame]) =>
  trueTypeFile({ family: 'Test Characters', outlines, characters });

describe('the demo municipality’s 外字', () => {
  const shipped = readFileSync(
    new URL('../../certificate-templates/profiles/fonts/992020.ttf', import.meta.url),
  );

  it('are what the script draws: node --import tsx test/fonts/writeCharacterFont.ts', () => {
    expect(shipped.equals(demoCharacterFont())).toBe(true);
  });

  it('are three characters of private use, the last one made of three parts', () => {
    const font = readSfnt(readCharacterFont(shipped));
    expect(font.codePoints()).toEqual([0xe000, 0xe001, 0xe002]);
    expect(font.partsOf(font.glyphOf(0xe002))).toEqual([4]);
    expect(font.partsOf(font.glyphOf(0xe000))).toEqual([]);
    expect(font.glyphOf(0xe003)).toBe(0);
  });
});

describe('a municipality’s character font', () => {
  it('gives its bytes in shared memory', () => {
    const bytes = readCharacterFont(fontOf([[0xe000, 1]]));
    expect(bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(Buffer.from(bytes).equals(fontOf([[0xe000, 1]]))).toBe(true);
  });

  it('may have parts of parts, and one part in several characters', () => {
    const outlines = [blank, flame, madeOf(1), madeOf(2, 1), madeOf(2)];
    const points = [0xe000, 0xe001, 0xe002].map((point, index) => [point, index + 2] as const);
    expect(() => readCharacterFont(fontOf(points, outlines))).not.toThrow();
  });

  it.each([
    [
      'another character than of private use',
      fontOf([[0x6728, 1]]),
      '私用領域のほかの文字が入っています: U+6728',
    ],
    [
      'both',
      fontOf([
        [0x4e00, 1],
        [0xe000, 1],
      ]),
      '私用領域のほかの文字が入っています: U+4E00',
    ],
    [
      'a character that draws nothing',
      fontOf([[0xe000, 1]], [blank, blank]),
      '字形を描けない文字があります: U+E000',
    ],
    [
      'a character inside itself',
      fontOf(
        [
          [0xe000, 1],
          [0xe001, 2],
        ],
        [blank, flame, madeOf(2)],
      ),
      '字形を描けない文字があります: U+E001',
    ],
    [
      'characters inside each other, and one made of them',
      fontOf(
        [
          [0xe000, 1],
          [0xe001, 2],
          [0xe002, 3],
          [0xe003, 4],
        ],
        [blank, flame, madeOf(1, 3), madeOf(2), madeOf(3)],
      ),
      '字形を描けない文字があります: U+E001、U+E002、U+E003',
    ],
    [
      'a part that is not in the file',
      fontOf([[0xe000, 2]], [blank, flame, madeOf(1, 9)]),
      '字形を描けない文字があります: U+E000',
    ],
    ['no character', fontOf([[0xe000, 0]]), '文字が一つも入っていないフォントです'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000'), 'TrueTypeフォントとして読み取れません'],
    ['nothing', Buffer.alloc(0), 'TrueTypeフォントとして読み取れません'],
    ['half a font', demoCharacterFont().subarray(0, 700), 'TrueTypeフォントとして読み取れません'],
  ])('is refused when it has %s', (_, file, reason) => {
    expect(() => readCharacterFont(file)).toThrow(new RangeError(reason));
  });
});
