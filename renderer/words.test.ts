import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadWords, momentText, yenText } from './words.ts';
import type { Say } from './words.ts';

const say: Say = (key, values) => i18next.t(key, values ?? {});
beforeAll(loadWords);

describe('times and money in words', () => {
  it.each([
    ['2026-11-21T06:30:00+09:00', '11月21日（土） 午前6時30分'],
    ['2026-11-20T21:30:00Z', '11月21日（土） 午前6時30分'],
    ['2026-11-20T12:00:00+09:00', '11月20日（金） 午後0時'],
    ['2026-11-20T23:05:00+09:00', '11月20日（金） 午後11時5分'],
    ['2027-01-01T00:00:00+09:00', '1月1日（金） 午前0時'],
  ])('says %s as %s', (instant, words) => {
    expect(momentText(say, instant)).toBe(words);
  });
  it('groups thousands of yen', () => {
    expect(yenText(say, 12_300)).toBe('12,300円');
  });
});
