import { describe, expect, it } from 'vitest';
import { agoWords, durationWords } from './words.ts';

describe('how long ago', () => {
  it.each([
    [0, '0分'],
    [59, '59分'],
    [60, '1時間'],
    [95, '1時間35分'],
    [26 * 60, '26時間'],
    [48 * 60, '2日'],
    [20_160, '14日'],
  ])('%s minutes are %s', (minutes, words) => expect(durationWords(minutes)).toBe(words));

  it('counts from the instant, and a clock a little behind says now', () => {
    const now = Date.parse('2026-11-20T10:00:00+09:00');
    expect(agoWords('2026-11-20T00:57:30Z', now)).toBe('2分前');
    expect(agoWords('2026-11-20T01:00:30Z', now)).toBe('たったいま');
  });
});
