/**
 * 国民の祝日 by law (国民の祝日に関する法律, as in force since 2022), with 振替休日 and 国民の休日. Pure.
 * The two equinox days are announced every February for the next year; the formula is the usual approximation of the
 * National Astronomical Observatory's almanac, right for 1980..2099.
 */
import { addDays, weekdayOf } from './civilTime.ts';
import type { CivilDate } from './vocabulary.ts';

/** The law as implemented: before 2022 the Olympic year's exceptions would apply, after 2099 the formula ends. */
const FIRST_YEAR = 2022;
const LAST_YEAR = 2099;
const SUNDAY = 0;
const MONDAY = 1;

const FIXED: Readonly<Record<string, string>> = {
  '01-01': '元日',
  '02-11': '建国記念の日',
  '02-23': '天皇誕生日',
  '04-29': '昭和の日',
  '05-03': '憲法記念日',
  '05-04': 'みどりの日',
  '05-05': 'こどもの日',
  '08-11': '山の日',
  '11-03': '文化の日',
  '11-23': '勤労感謝の日',
};

/** ハッピーマンデー: month and which Monday of it. */
const NTH_MONDAY = [
  { month: 1, nth: 2, name: '成人の日' },
  { month: 7, nth: 3, name: '海の日' },
  { month: 9, nth: 3, name: '敬老の日' },
  { month: 10, nth: 2, name: 'スポーツの日' },
] as const;

/** Hours of weeks ahead are asked for with every offer; there are some 28,000 days. */
const known = new Map<CivilDate, string | undefined>();

/**
 * The name of the national holiday on this day in Japan, 振替休日 and 国民の休日 included; undefined on other days.
 * Throws RangeError outside 2022..2099.
 */
export function nationalHoliday(date: CivilDate): string | undefined {
  const year = Number(date.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new RangeError(`national holidays are known for ${FIRST_YEAR}..${LAST_YEAR}, not ${year}`);
  }
  if (!known.has(date)) known.set(date, namedHoliday(date) ?? substituteHoliday(date) ?? dayBetween(date));
  return known.get(date);
}

function namedHoliday(date: CivilDate): string | undefined {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const fixed = FIXED[date.slice(5)];
  if (fixed) return fixed;
  const nthOfMonth = Math.ceil(day / 7);
  const monday = NTH_MONDAY.find((rule) => rule.month === month && rule.nth === nthOfMonth);
  if (monday && weekdayOf(date) === MONDAY) return monday.name;
  if (month === 3 && day === equinoxDay(year, 20.8431)) return '春分の日';
  if (month === 9 && day === equinoxDay(year, 23.2488)) return '秋分の日';
  return undefined;
}

/** Day of March or September; `base` is the instant of the 1980 equinox in days of the month. */
function equinoxDay(year: number, base: number): number {
  const years = year - 1980;
  return Math.floor(base + 0.242194 * years - Math.floor(years / 4));
}

/** 振替休日 (§3(2)): after a holiday on a Sunday, the next day that is not itself a holiday. */
function substituteHoliday(date: CivilDate): string | undefined {
  let before = addDays(date, -1);
  while (namedHoliday(before)) {
    if (weekdayOf(before) === SUNDAY) return '振替休日';
    before = addDays(before, -1);
  }
  return undefined;
}

/** 国民の休日 (§3(3)): a day between two holidays. */
function dayBetween(date: CivilDate): string | undefined {
  return namedHoliday(addDays(date, -1)) && namedHoliday(addDays(date, 1)) ? '国民の休日' : undefined;
}
