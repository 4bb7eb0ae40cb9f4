/**
 * Civil time in Japan (UTC+9, no summer time since 1951) and the Japanese calendar.
 * Pure: the instant is always an argument.
 */
import type { CivilDate } from './vocabulary.ts';

const JST_OFFSET_MS = 9 * 60 * 60 * 1000;

export interface CivilMoment {
  /** `YYYY-MM-DD` in Japan */
  readonly date: CivilDate;
  /** minutes since midnight in Japan, 0..1439 */
  readonly minuteOfDay: number;
  /** 0 = Sunday .. 6 = Saturday */
  readonly weekday: number;
}

/** What calendar and clock on the wall show in Japan at this instant (milliseconds since the epoch). */
export function civilMoment(instantMs: number): CivilMoment {
  const shifted = new Date(instantMs + JST_OFFSET_MS);
  return {
    date: shifted.toISOString().slice(0, 10) as CivilDate,
    minuteOfDay: shifted.getUTCHours() * 60 + shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  };
}

/** The instant at which this minute of this day begins in Japan; `minuteOfDay` may be 1440 (the next midnight). */
export function instantOf(date: CivilDate, minuteOfDay: number): number {
  return Date.parse(`${date}T00:00:00Z`) - JST_OFFSET_MS + minuteOfDay * 60_000;
}

/** The instant as ISO 8601 with Japan's offset, to the second: `2026-11-21T06:30:00+09:00`. */
export function japanIso(instantMs: number): string {
  return `${new Date(instantMs + JST_OFFSET_MS).toISOString().slice(0, 19)}+09:00`;
}

/** The civil date `days` later (earlier when negative). */
export function addDays(date: CivilDate, days: number): CivilDate {
  const instant = Date.parse(`${date}T00:00:00Z`) + days * 24 * 60 * 60 * 1000;
  return new Date(instant).toISOString().slice(0, 10) as CivilDate;
}

/** 0 = Sunday .. 6 = Saturday. */
export function weekdayOf(date: CivilDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** First days of the eras; the day of change belongs to the new era (元号法). */
const ERAS = [
  { name: '令和', from: '2019-05-01' },
  { name: '平成', from: '1989-01-08' },
  { name: '昭和', from: '1926-12-25' },
  { name: '大正', from: '1912-07-30' },
  { name: '明治', from: '1868-01-25' },
] as const;

/** `2026-11-21` as 令和8年11月21日, first year 元年, no zero padding. Throws RangeError before 1868-01-25. */
export function warekiDate(date: CivilDate): string {
  const era = ERAS.find(({ from }) => date >= from);
  if (!era) throw new RangeError('a date before 明治 has no era name here');
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const eraYear = year - Number(era.from.slice(0, 4)) + 1;
  return `${era.name}${eraYear === 1 ? '元' : eraYear}年${month}月${day}日`;
}

/** `1990-01-15` as 1990年1月15日, as residence cards write it. */
export function westernDate(date: CivilDate): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${year}年${month}月${day}日`;
}

/** Whole years reached on `today` (a birthday counts from its own day; 29 February is reached on 1 March in other years). */
export function ageOn(birth: CivilDate, today: CivilDate): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) >= birth.slice(5) ? years : years - 1;
}
