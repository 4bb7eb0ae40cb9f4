import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemes } from './graphemes.ts';
import { fitLines, fitText } from './layoutFit.ts';

/** Every grapheme one em wide: sizes are easy to reckon. */
const measure = (text: string): number => graphemes(text).length;
const room = (widthPt: number, heightPt = 20) => ({ widthPt, heightPt });

describe('the fit rule of forms.md 11.4', () => {
  it('normal size, then smaller down to 60 %, then two lines, then refusal', () => {
    expect(fitText('あ'.repeat(10), room(100), 10, measure)).toEqual({
      kind: 'fits',
      sizePt: 10,
      lines: ['あ'.repeat(10)],
    });
    expect(fitText('あ'.repeat(12), room(100), 10, measure)).toMatchObject({
      sizePt: 8.3,
      lines: ['あ'.repeat(12)],
    });
    expect(fitText('あ'.repeat(16), room(100), 10, measure)).toMatchObject({
      sizePt: 6.2,
      lines: ['あ'.repeat(16)],
    });
    expect(fitText('あ'.repeat(18), room(100), 10, measure)).toMatchObject({
      sizePt: 9.4,
      lines: ['あ'.repeat(10), 'あ'.repeat(8)],
    });
    expect(fitText('あ'.repeat(32), room(100), 10, measure)).toMatchObject({ kind: 'fits' });
    expect(fitText('あ'.repeat(34), room(100), 10, measure)).toEqual({ kind: 'does-not-fit' });
  });

  it('a room too low for two lines at 60 % refuses', () => {
    expect(fitText('あ'.repeat(18), room(100, 12), 10, measure)).toEqual({ kind: 'does-not-fit' });
  });

  it('never loses or reorders a grapheme, whatever the text', () => {
    const text = fc.array(
      fc.constantFrom('渡', '邉\u{E0117}', '。', '「', '」', '　', ' ', 'A', 'か\u309A', 'ー'),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 1, max: 6 }),
        (parts, width, most) => {
          const whole = parts.join('');
          for (const fit of [
            fitText(whole, room(width), 10, measure),
            fitLines(whole, width, most, 10, measure),
          ]) {
            if (fit.kind === 'does-not-fit') continue;
            expect(fit.lines.join('')).toBe(whole);
            expect(fit.lines.flatMap((line) => graphemes(line))).toEqual(graphemes(whole));
            expect(fit.sizePt).toBeGreaterThanOrEqual(6 - 1e-9);
            for (const line of fit.lines) {
              expect(measure(line.replace(/[ \u3000]+$/, '')) * fit.sizePt).toBeLessThanOrEqual(width + 1e-6);
            }
          }
        },
      ),
    );
  });
});

describe('many lines', () => {
  const lines = (text: string, widthPt = 100, maxLines = 5) => {
    const fit = fitLines(text, widthPt, maxLines, 10, measure);
    return fit.kind === 'fits' ? fit.lines : fit.kind;
  };

  it('as many as are needed at the normal size', () => {
    expect(lines('あ'.repeat(25))).toEqual(['あ'.repeat(10), 'あ'.repeat(10), 'あ'.repeat(5)]);
  });

  it.each(['、', '。', '）', '」', '】', '々', 'ー'])('%s never begins a line', (mark) => {
    expect(lines(`${'あ'.repeat(10)}${mark}いい`)).toEqual(['あ'.repeat(9), `あ${mark}いい`]);
  });

  it.each(['（', '「', '【'])('%s never ends a line', (mark) => {
    expect(lines(`${'あ'.repeat(9)}${mark}いい`)).toEqual(['あ'.repeat(9), `${mark}いい`]);
  });

  it('a base stays with its selector and its marks', () => {
    const text = `${'あ'.repeat(9)}邉\u{E0117}か\u309A`;
    expect(lines(text)).toEqual([`${'あ'.repeat(9)}邉\u{E0117}`, 'か\u309A']);
  });

  it('a Latin word and a number stay whole while there is another place to break', () => {
    expect(lines('ああああああSAMPLE')).toEqual(['ああああああ', 'SAMPLE']);
    expect(lines('ABCDEFGHIJKLM')).toEqual(['ABCDEFGHIJ', 'KLM']);
  });

  it('a line ends after the space in its second half', () => {
    expect(lines('架空県みほん市　ハイツ')).toEqual(['架空県みほん市　', 'ハイツ']);
    expect(lines('架　空県みほん市見本台一')).toEqual(['架　空県みほん市見本', '台一']);
  });

  it('shrinks only when the lines do not suffice, and refuses below 60 %', () => {
    expect(fitLines('あ'.repeat(24), 100, 2, 10, measure)).toMatchObject({ kind: 'fits', sizePt: 8.3 });
    expect(fitLines('あ'.repeat(34), 100, 2, 10, measure)).toEqual({ kind: 'does-not-fit' });
  });
});
