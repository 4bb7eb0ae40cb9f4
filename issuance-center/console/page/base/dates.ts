/** Days and instants as staff read and type them. Pure. */
import { civilMoment, warekiDate, weekdayOf, westernDate } from '#templates/civilTime.ts';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';

const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const;
const ERAS: Readonly<Record<string, number>> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
};

/** 令和8年11月20日（金） */
export const dayWords = (day: CivilDate): string => `${warekiDate(day)}（${WEEKDAYS[weekdayOf(day)]}）`;
/** 2026年11月20日, as help beside a Japanese date */
export const westernWords = westernDate;

/** 10:05 in Japan */
export function timeWords(instant: string | number): string {
  const { minuteOfDay } = civilMoment(typeof instant === 'number' ? instant : Date.parse(instant));
  return minuteWords(minuteOfDay);
}

export const minuteWords = (minuteOfDay: number): string =>
  `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;

export const dayOf = (instant: string | number): CivilDate =>
  civilMoment(typeof instant === 'number' ? instant : Date.parse(instant)).date;

/** 令和8年11月20日 10:05 */
export const instantWords = (instant: string | number): string =>
  `${warekiDate(dayOf(instant))} ${timeWords(instant)}`;

/**
 * A day as people type it: 令和8年11月20日, R8.11.20, 2026-11-20, 2026/11/20, 20261120; half or full width. Undefined when
 * it is none.
 */
export function typedDay(text: string): CivilDate | undefined {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  const eight = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  const western = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain);
  const era = /^(令和|平成|昭和|[RHS])(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain);
  if (era) {
    const [, name, year, month, day] = era;
    return dayFrom(ERAS[name!]! + (year === '元' ? 1 : Number(year)), month!, day!);
  }
  const found = eight ?? western;
  return found ? dayFrom(Number(found[1]), found[2]!, found[3]!) : undefined;
}

function dayFrom(year: number, month: string, day: string): CivilDate | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = civilDate.safeParse(text);
  return parsed.success ? parsed.data : undefined;
}

/** A time of day as people type it: 9, 9:00, 930, 0930, ９時３０分, 24:00. Undefined when it is none. */
export function typedTime(text: string): string | undefined {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '');
  const found = /^(\d{1,2})(?:[:時](\d{1,2})?分?)?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain);
  if (!found) return undefined;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  if (minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return undefined;
  return minuteWords(hours * 60 + minutes);
}

/** Whole yen or another whole number as people type it: 1,200, １２００, 1200円. Undefined when it is none. */
export function typedNumber(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[\s,、円]/g, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined;
}

/** 21.5 as well as 21. */
export function typedDecimal(text: string): number | undefined {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '');
  return /^\d{1,6}(\.\d{1,3})?$/.test(plain) ? Number(plain) : undefined;
}

/** 1,200円 */
export const yenWords = (yen: number): string => `${yen.toLocaleString('ja-JP')}円`;
