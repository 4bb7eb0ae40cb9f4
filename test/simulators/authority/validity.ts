/** Validity of card certificates (card.md 3.5): to a birthday, and always to the end of that day in Japan. */
import type { CivilDate } from '#templates/vocabulary.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const JST_OFFSET_MS = 9 * 60 * 60 * 1000;

/** 23:59:59 in Japan (14:59:59Z) of the civil day of this instant, moved by whole days. */
export function endOfDayInJapan(instantMs: number, days = 0): number {
  const day = Math.floor((instantMs + JST_OFFSET_MS) / DAY_MS) + days;
  return (day + 1) * DAY_MS - JST_OFFSET_MS - 1000;
}

/** 14:59:59Z of a civil date. */
export function endOfCivilDate(date: CivilDate): number {
  return Date.parse(`${date}T14:59:59Z`);
}

/** The same instant some years later or earlier; 29 February becomes 1 March where there is none. */
export function yearsLater(instantMs: number, years: number): number {
  const moved = new Date(instantMs);
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return moved.getTime();
}

/** End of the nth birthday after the civil day of `instantMs` (n may be 0 or less: birthdays already past or today). */
export function endOfBirthday(birthDate: CivilDate, instantMs: number, n: number): number {
  const year = new Date(instantMs + JST_OFFSET_MS).getUTCFullYear();
  const today = endOfDayInJapan(instantMs);
  const first = [0, 1].map((later) => birthdayIn(birthDate, year + later)).find((end) => end > today);
  if (first === undefined) throw new RangeError('a birthday comes within a year');
  const firstYear = new Date(first).getUTCFullYear();
  return birthdayIn(birthDate, firstYear + n - 1);
}

/** The civil date in Japan of an instant. */
export function civilDateOf(instantMs: number): CivilDate {
  return new Date(instantMs + JST_OFFSET_MS).toISOString().slice(0, 10) as CivilDate;
}

function birthdayIn(birthDate: CivilDate, year: number): number {
  const [, month = 1, day = 1] = birthDate.split('-').map(Number);
  return Date.UTC(year, month - 1, day, 14, 59, 59);
}
