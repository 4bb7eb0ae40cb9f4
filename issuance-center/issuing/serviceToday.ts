/** What the idle screen says: is anything issued now, and between which hours today. */
import type { z } from 'zod';
import { civilMoment, weekdayOf } from '#templates/civilTime.ts';
import { nationalHoliday } from '#templates/nationalHolidays.ts';
import { inForceOn, type MunicipalityProfile } from '#templates/profileSchema.ts';
import { isOpenAt, serviceState } from '#templates/serviceHours.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
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
  const open = profiles.some((profile) => profile.kinds.some((entry) => isOpenAt(profile, entry, now)));
  return {
    open,
    hoursToday: hoursOn(profiles, civilMoment(now).date),
    notice: open ? null : soonest(profiles, now),
  };
}

/** Why it is closed: the reason of whatever opens first. */
function soonest(profiles: readonly MunicipalityProfile[], now: number) {
  let first: { readonly notice: NoticeCode; readonly until: string } | undefined;
  for (const profile of profiles) {
    for (const { kind } of profile.kinds) {
      const state = serviceState(profile, kind, now);
      if (state.kind === 'open') continue;
      const until = state.until ?? '9999';
      if (!first || until < first.until) first = { notice: state.notice, until };
    }
  }
  return first?.notice ?? null;
}

/** e.g. 6:30〜23:00; empty when the day has no hours. Stops inside the day are told by the notice, when they happen. */
function hoursOn(profiles: readonly MunicipalityProfile[], date: CivilDate): string {
  const day = nationalHoliday(date) ? 'holiday' : WEEKDAYS[weekdayOf(date)]!;
  const hours = profiles
    .flatMap((profile) => profile.kinds)
    .flatMap((entry) => inForceOn(entry.hours, date)?.weekly[day] ?? []);
  if (hours.length === 0) return '';
  const opens = hours.reduce((least, entry) => (entry.opens < least ? entry.opens : least), '24:00');
  const closes = hours.reduce((most, entry) => (entry.closes > most ? entry.closes : most), '00:00');
  return `${opens.replace(/^0/, '')}〜${closes}`;
}
