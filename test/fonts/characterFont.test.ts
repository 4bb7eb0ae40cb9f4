import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCharacterFont } from '#templates/characterFont.ts';
import { readSfnt } from '#templates/sfnt.ts';
import { demoCharacterFont } from './demoCharacterFont.ts';
import { contourOf, FLAME } from './strokes.ts';
import { trueTypeFile, type SmallFont } from './trueTypeFile.ts';

const flame = { kind: 'simple', contours: FLAME.map(contourOf) } as const;
const blank = { kind: 'simple', contours: [] } as const;
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
      '字形のない文字があります: U+E000',
    ],
    ['no character', fontOf([[0xe000, 0]]), '文字が一つも入っていないフォントです'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000'), 'TrueTypeフォントとして読み取れません'],
    ['nothing', Buffer.alloc(0), 'TrueTypeフォントとして読み取れません'],
    ['half a font', demoCharacterFont().subarray(0, 700), 'TrueTypeフォントとして読み取れません'],
  ])('is refused when it has %s', (_, file, reason) => {
    expect(() => readCharacterFont(file)).toThrow(new RangeError(reason));
  });
});
