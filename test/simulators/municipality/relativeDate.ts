/**
 * Dates of the demo data that must keep their meaning whenever the demo runs: `@today`, `@today-14y`, `@today+10d`.
 * Everything else is a plain civil date.
 */
import { addDays } from '#templates/civilTime.ts';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';

const RELATIVE = /^@today(?:([+-]\d+)([dy]))?$/;

/** The civil date a text of the demo data means on `today`. Throws ZodError for anything that is no date. */
export function resolveDate(text: string, today: CivilDate): CivilDate {
  const match = RELATIVE.exec(text);
  if (!match) return civilDate.parse(text);
  const [, amount, unit] = match;
  if (amount === undefined) return today;
  return unit === 'y' ? addYears(today, Number(amount)) : addDays(today, Number(amount));
}

/** 29 February becomes 28 February in a year without it. */
function addYears(date: CivilDate, years: number): CivilDate {
  const moved = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  return civilDate.safeParse(moved).data ?? civilDate.parse(moved.replace(/29$/, '28'));
}

/** The same structure with every relative date in it resolved. */
export function resolveDates(value: unknown, today: CivilDate): unknown {
  if (typeof value === 'string') return value.startsWith('@today') ? resolveDate(value, today) : value;
  if (Array.isArray(value)) return value.map((item) => resolveDates(item, today));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveDates(item, today)]));
}
