/**
 * When a municipality takes 本籍地証明書利用登録申請, apart from issuing (operations.md 5, Stops), and until when it wants to have
 * decided. Pure.
 */
import { addDays, civilMoment, instantOf, japanIso, weekdayOf } from './civilTime.ts';
import { nationalHoliday } from './nationalHolidays.ts';
import { noticeOf, type NoticeCode } from './notices/notices.ts';
import { inForceOn, minutesOf, type MunicipalityProfile } from './profileSchema.ts';
import { hoursOn, isClosedOn } from './serviceHours.ts';
import type { CivilDate } from './vocabulary.ts';

const NONE_TAKEN = noticeOf('APPL-01');
const CLOSED_NOW = noticeOf('APPL-02');
/** How far ahead the next opening is looked for. */
const HORIZON_DAYS = 62;

export type ApplicationsState =
  | { readonly kind: 'open' }
  /** `until`: instant at which applications are taken again, ISO 8601 in Japan's offset; null: not known */
  | { readonly kind: 'closed'; readonly notice: NoticeCode; readonly until: string | null };

/** Whether applications are taken on this channel at the instant `now` (milliseconds). */
export function applicationsState(
  profile: MunicipalityProfile,
  channel: 'kiosk' | 'internet',
  now: number,
): ApplicationsState {
  const { date, minuteOfDay } = civilMoment(now);
  const hours = profile.domicile?.[channel];
  if (!profile.domicile || !hours) return { kind: 'closed', notice: NONE_TAKEN, until: null };
  const isOpen = minutesOpen(profile, channel, date).some(
    ({ from, to }) => from <= minuteOfDay && minuteOfDay < to,
  );
  if (isOpen) return { kind: 'open' };
  return { kind: 'closed', notice: CLOSED_NOW, until: nextOpening(profile, channel, date, minuteOfDay) };
}

interface Minutes {
  readonly from: number;
  readonly to: number;
}

function minutesOpen(
  profile: MunicipalityProfile,
  channel: 'kiosk' | 'internet',
  date: CivilDate,
): readonly Minutes[] {
  const service = profile.domicile!;
  const weekly = inForceOn(service[channel]!.hours, date)?.weekly;
  if (date < service.startsOn || !weekly) return [];
  if (profile.closedDays.some((closed) => isClosedOn(closed, date))) return [];
  const hours = hoursOn(weekly, date);
  if (!hours) return [];
  return service[channel]!.maintenance.reduce<readonly Minutes[]>(
    (open, { from, to }) => open.flatMap((minutes) => without(minutes, partOn(from, to, date))),
    [hours],
  );
}

/** The minutes of the day between two `YYYY-MM-DDTHH:MM`. */
function partOn(from: string, to: string, date: CivilDate): Minutes {
  const minuteOn = (moment: string): number => {
    const day = moment.slice(0, 10);
    if (day !== date) return day < date ? 0 : 24 * 60;
    return minutesOf(moment.slice(11));
  };
  return { from: minuteOn(from), to: minuteOn(to) };
}

function without(open: Minutes, stop: Minutes): readonly Minutes[] {
  if (stop.from >= stop.to) return [open];
  return [
    { from: open.from, to: Math.min(open.to, stop.from) },
    { from: Math.max(open.from, stop.to), to: open.to },
  ].filter(({ from, to }) => from < to);
}

function nextOpening(
  profile: MunicipalityProfile,
  channel: 'kiosk' | 'internet',
  date: CivilDate,
  minuteOfDay: number,
): string | null {
  for (let ahead = 0; ahead <= HORIZON_DAYS; ahead += 1) {
    const day = addDays(date, ahead);
    const open = minutesOpen(profile, channel, day).find(({ from }) => ahead > 0 || from > minuteOfDay);
    if (open) return japanIso(instantOf(day, open.from));
  }
  return null;
}

const BUSINESS_DAYS = 5;

/** The fifth business day after the day of arrival: no Saturday, Sunday, holiday, or day on which the municipality is closed. */
export function decideBy(
  { closedDays }: Pick<MunicipalityProfile, 'closedDays'>,
  receivedOn: CivilDate,
): CivilDate {
  let day = receivedOn;
  for (let counted = 0; counted < BUSINESS_DAYS;) {
    day = addDays(day, 1);
    const isWeekend = [0, 6].includes(weekdayOf(day));
    const isOff = isWeekend || nationalHoliday(day) || closedDays.some((closed) => isClosedOn(closed, day));
    if (!isOff) counted += 1;
  }
  return day;
}
