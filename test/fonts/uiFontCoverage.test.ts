import { describe, expect, it } from 'vitest';
import coverage from '../../certificate-templates/uiFontCoverage.json' with { type: 'json' };
import { uiFontShows } from '#templates/uiFontCoverage.ts';
import { toRuns, uiFontCodePoints } from './uiFontFiles.ts';

describe('what the screens’ font shows', () => {
  const points = uiFontCodePoints();

  it('is what the package’s files hold; when the package changed: node --import tsx test/fonts/writeUiFontCoverage.ts', () => {
    expect(coverage.runs).toBe(toRuns(points));
  });

  it('is answered for every code point there is', () => {
    const shown = new Set(points);
    for (let point = 0; point <= 0x10ffff; point += 1) {
      if (uiFontShows(String.fromCodePoint(point)) !== shown.has(point))
        expect(point).toBe('answered wrongly');
    }
  });

  it.each([
    ['髙', true],
    ['﨑', true],
    ['渡', true],
    ['A', true],
    ['ヴ', true],
    ['𠮷', false],
    ['䶒', false],
    ['辻\u{E0103}', false],
    ['か\u309A', false],
    ['\u{E000}', false],
    ['', false],
  ])('%s: %s', (grapheme, expected) => {
    expect(uiFontShows(grapheme)).toBe(expected);
  });
});
