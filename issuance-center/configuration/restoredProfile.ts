/**
 * An earlier version brought back. Settings without a date are as they were then; of values with a day (fees, hours, heads,
 * seals …) what has begun stays as it was certified and charged, and the earlier value counts again from tomorrow. Works on
 * any JSON: an earlier version need not be complete. Pure.
 */
import type { CivilDate } from '#templates/vocabulary.ts';

type Json = Record<string, unknown>;
interface Dated {
  readonly from: string;
}

/** The profile's lists of `{ from, ... }`, and those of each of its kinds. */
const DATED = ['head', 'seal', 'commission'];
const DATED_OF_A_KIND = ['fees', 'hours', 'taxYears'];

/** `earlier` over `current`, as of `today`; `earlier` itself when nothing that has begun differs. */
export function restoredProfile(current: Json, earlier: Json, today: CivilDate, tomorrow: CivilDate): Json {
  if (typeof current['serviceStartsOn'] !== 'string' || current['serviceStartsOn'] > today) return earlier;
  const days = { today, tomorrow };
  const kinds = (earlier['kinds'] as Json[] | undefined)?.map((entry) => {
    const now = (current['kinds'] as Json[] | undefined)?.find(({ kind }) => kind === entry['kind']);
    return now ? withHistory(now, entry, DATED_OF_A_KIND, days) : entry;
  });
  const whole = withHistory(current, earlier, DATED, days);
  return { ...whole, serviceStartsOn: current['serviceStartsOn'], ...(kinds && { kinds }) };
}

interface Days {
  readonly today: CivilDate;
  readonly tomorrow: CivilDate;
}

function withHistory(current: Json, earlier: Json, lists: readonly string[], days: Days): Json {
  const merged = lists.flatMap((list): [string, unknown][] => {
    const [now, then] = [current[list], earlier[list]];
    return isDated(now) && isDated(then) ? [[list, listWithHistory(now, then, days)]] : [];
  });
  return { ...earlier, ...Object.fromEntries(merged) };
}

const isDated = (list: unknown): list is readonly Dated[] =>
  Array.isArray(list) && list.every((entry) => typeof (entry as Partial<Dated> | null)?.from === 'string');

function listWithHistory(now: readonly Dated[], then: readonly Dated[], { today, tomorrow }: Days) {
  const begun = now.filter(({ from }) => from <= today);
  const later = then.filter(({ from }) => from > tomorrow);
  const back = then.findLast(({ from }) => from <= tomorrow);
  if (!back || sameValue(back, begun.at(-1))) return [...begun, ...later];
  return [...begun, { ...back, from: tomorrow }, ...later];
}

function sameValue({ from: _from, ...left }: Dated, other: Dated | undefined): boolean {
  if (!other) return false;
  const { from: _other, ...right } = other;
  return JSON.stringify(left) === JSON.stringify(right);
}
