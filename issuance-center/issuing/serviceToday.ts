/** What the idle screen says: is anything issued now, and between which hours today. */
import type { z } from 'zod';
import { civilMoment, weekdayOf } from '#templates/civilTime.ts';
import { nationalHoliday } from '#templates/nationalHolidays.ts';
import { inForceOn, type MunicipalityProfile } from '#templates/profileSchema.ts';
import { serviceState, type ServiceState } from '#templates/serviceHours.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { serviceResponse } from '../contract/kioskApi.ts';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

type Service = z.infer<typeof serviceResponse>;
type OfEveryKiosk = Omit<Service, 'kioskId' | 'now'>;

const MINUTE_MS = 60_000;
const answered = new WeakMap<object, { readonly minute: number; readonly answer: OfEveryKiosk }>();

/**
 * Over all municipalities and kinds: open when one of them is; the hours reach from the first opening to the last closing.
 * Worked out once a minute for the same profiles: nothing in them is finer than a minute.
 */
export function serviceToday(
  profiles: readonly MunicipalityProfile[],
  kioskId: string,
  now: number,
): Service {
  const minute = Math.floor(now / MINUTE_MS);
  const known = answered.get(profiles);
  const answer = known?.minute === minute ? known.answer : ofEveryKiosk(profiles, now);
  answered.set(profiles, { minute, answer });
  return { kioskId, now: new Date(now).toISOString(), ...answer };
}

function ofEveryKiosk(profiles: readonly MunicipalityProfile[], now: number): OfEveryKiosk {
  const states = profiles.flatMap((profile) =>
    profile.kinds.map(({ kind }) => serviceState(profile, kind, now)),
  );
  const open = states.some(({ kind }) => kind === 'open');
  return {
    open,
    hoursToday: hoursOn(profiles, civilMoment(now).date),
    notice: open ? null : soonest(states),
  };
}

/** Why it is closed: the reason of whatever opens first. */
function soonest(states: readonly ServiceState[]) {
  const closed = states.flatMap((state) => (state.kind === 'closed' ? [state] : []));
  const [first] = closed.sort((left, right) => (left.until ?? '9999').localeCompare(right.until ?? '9999'));
  return first?.notice ?? null;
}

/** e.g. 6:30〜23:00; empty when the day has no hours. Stops inside the day are told by the notice, when they happen. */
function hoursOn(profiles: readonly MunicipalityProfile[], date: CivilDate): string {
  const day = nationalHoliday(date) ? 'holiday' : WEEKDAYS[weekdayOf(date)]!;
  const hours = profiles
    .flatMap((profile) => profile.kinds)
    .flatMap((entry) => inForceOn(entry.hours, date)?.weekly[day] ?? []);
  if (hours.length === 0) return '';
  const opens = hours.map((entry) => entry.opens).sort()[0]!;
  const closes = hours
    .map((entry) => entry.closes)
    .sort()
    .at(-1)!;
  return `${opens.replace(/^0/, '')}〜${closes}`;
}
