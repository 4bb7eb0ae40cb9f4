import { describe, expect, it } from 'vitest';
import {
  addDays,
  ageOn,
  civilMoment,
  instantOf,
  japanIso,
  warekiDate,
  weekdayOf,
  westernDate,
} from './civilTime.ts';
import { civilDate } from './vocabulary.ts';

const day = (text: string) => civilDate.parse(text);

describe('civil time in Japan', () => {
  it.each([
    ['2026-11-20T14:59:59.999Z', '2026-11-20', 1439, 5],
    ['2026-11-20T15:00:00.000Z', '2026-11-21', 0, 6],
    ['2026-11-20T21:30:00.000Z', '2026-11-21', 390, 6],
    ['2026-12-31T15:00:00.000Z', '2027-01-01', 0, 5],
    ['2024-02-28T15:00:00.000Z', '2024-02-29', 0, 4],
  ])('%s is %s, minute %i, weekday %i', (instant, date, minuteOfDay, weekday) => {
    expect(civilMoment(Date.parse(instant))).toEqual({ date, minuteOfDay, weekday });
  });

  it('a day and a minute become the instant again, midnight at the end included', () => {
    expect(new Date(instantOf(day('2026-11-21'), 390)).toISOString()).toBe('2026-11-20T21:30:00.000Z');
    expect(instantOf(day('2026-11-21'), 1440)).toBe(instantOf(day('2026-11-22'), 0));
    expect(japanIso(instantOf(day('2026-11-21'), 1380))).toBe('2026-11-21T23:00:00+09:00');
  });

  it('days are counted over leap days and years', () => {
    expect(addDays(day('2024-02-28'), 2)).toBe('2024-03-01');
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
    expect(weekdayOf(day('2026-11-21'))).toBe(6);
  });
});

describe('元号', () => {
  it.each([
    ['2026-11-21', '令和8年11月21日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2019-04-30', '平成31年4月30日'],
    ['1989-01-08', '平成元年1月8日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1912-07-29', '明治45年7月29日'],
    ['2024-02-29', '令和6年2月29日'],
  ])('%s is %s', (date, wareki) => {
    expect(warekiDate(day(date))).toBe(wareki);
  });

  it('refuses a day before 明治 rather than inventing an era', () => {
    expect(() => warekiDate(day('1868-01-24'))).toThrow(RangeError);
  });

  it('residence cards write the Western calendar', () => {
    expect(westernDate(day('1990-01-05'))).toBe('1990年1月5日');
  });
});

describe('age', () => {
  it.each([
    ['2011-11-22', '2026-11-21', 14],
    ['2011-11-21', '2026-11-21', 15],
    ['2012-02-29', '2027-02-28', 14],
    ['2012-02-29', '2027-03-01', 15],
    ['2012-02-29', '2028-02-29', 16],
  ])('born %s is, on %s, %i', (birth, today, years) => {
    expect(ageOn(day(birth), day(today))).toBe(years);
  });
});
