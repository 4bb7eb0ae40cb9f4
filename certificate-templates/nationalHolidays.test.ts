import { describe, expect, it } from 'vitest';
import { addDays } from './civilTime.ts';
import { nationalHoliday } from './nationalHolidays.ts';
import { civilDate, type CivilDate } from './vocabulary.ts';

/** Every holiday of a year as the law gives it, in order. */
function holidaysOf(year: number): string[] {
  const found: string[] = [];
  for (let day = civilDate.parse(`${year}-01-01`); day.startsWith(String(year)); day = addDays(day, 1)) {
    const name = nationalHoliday(day);
    if (name) found.push(`${day.slice(5)} ${name}`);
  }
  return found;
}

describe('国民の祝日', () => {
  it('2026 has 18 days with a 国民の休日 between two holidays in September', () => {
    expect(holidaysOf(2026)).toEqual([
      '01-01 元日',
      '01-12 成人の日',
      '02-11 建国記念の日',
      '02-23 天皇誕生日',
      '03-20 春分の日',
      '04-29 昭和の日',
      '05-03 憲法記念日',
      '05-04 みどりの日',
      '05-05 こどもの日',
      '05-06 振替休日',
      '07-20 海の日',
      '08-11 山の日',
      '09-21 敬老の日',
      '09-22 国民の休日',
      '09-23 秋分の日',
      '10-12 スポーツの日',
      '11-03 文化の日',
      '11-23 勤労感謝の日',
    ]);
  });

  it('2024 has five substitute holidays, each on the day after a Sunday', () => {
    expect(holidaysOf(2024).filter((line) => line.endsWith('振替休日'))).toEqual([
      '02-12 振替休日',
      '05-06 振替休日',
      '08-12 振替休日',
      '09-23 振替休日',
      '11-04 振替休日',
    ]);
  });

  // announced or computed dates of the almanac
  it.each([
    [2022, 21, 23],
    [2023, 21, 23],
    [2024, 20, 22],
    [2025, 20, 23],
    [2026, 20, 23],
    [2027, 21, 23],
    [2028, 20, 22],
    [2029, 20, 23],
    [2030, 20, 23],
  ])('equinoxes of %i fall on March %i and September %i', (year, march, september) => {
    expect(nationalHoliday(`${year}-03-${march}` as CivilDate)).toBe('春分の日');
    expect(nationalHoliday(`${year}-09-${september}` as CivilDate)).toBe('秋分の日');
  });

  it('an ordinary day is none, and a year without a known law is refused', () => {
    expect(nationalHoliday(civilDate.parse('2026-11-20'))).toBeUndefined();
    expect(() => nationalHoliday(civilDate.parse('2021-07-22'))).toThrow(RangeError);
    expect(() => nationalHoliday(civilDate.parse('2100-01-01'))).toThrow(RangeError);
  });
});
