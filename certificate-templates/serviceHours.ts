/**
 * When a municipality issues a kind at stores (operations.md 3.1, 3.2). Maintenance windows count before the weekly
 * hours, closed days before them too; a national holiday has hours of its own. Pure: profile and instant are arguments.
 */
import { addDays, civilMoment, instantOf, japanIso, weekdayOf } from './civilTime.ts';
import { nationalHoliday } from './nationalHolidays.ts';
import {
  inForceOn,
  minutesOf,
  type ClosedDay,
  type MaintenanceWindow,
  type MunicipalityProfile,
  type ProfileKind,
  type WeeklyHours,
} from './profileSchema.ts';
import { noticeOf, type NoticeCode } from './notices/notices.ts';
import type { CertificateKindId, CivilDate } from './vocabulary.ts';

const OUTSIDE_HOURS = noticeOf('SERV-01');
const CLOSED_DAY = noticeOf('SERV-02');
const MAINTENANCE = noticeOf('SERV-03');
const NOT_OFFERED = noticeOf('SERV-04');
const NOT_STARTED = noticeOf('SERV-05');

const MINUTES_A_DAY = 24 * 60;
/** How far ahead an opening or a closing is looked for: no published stop is longer, and the search stays bounded. */
const HORIZON_DAYS = 62;

/** `closesAt` and `until` are instants, ISO 8601 in Japan's offset; null when none lies within 62 days. */
export type ServiceState =
  | { readonly kind: 'open'; readonly closesAt: string | null }
  | { readonly kind: 'closed'; readonly notice: NoticeCode; readonly until: string | null };

/** Minutes of one day, `from` inclusive, `to` exclusive. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether this municipality issues this kind at this instant (milliseconds since the epoch): open until `closesAt`, or
 * closed for the reason of the notice (SERV-01 hours, -02 closed day, -03 maintenance, -04 not offered, -05 not begun)
 * `until` issuing next begins.
 */
export function serviceState(
  profile: MunicipalityProfile,
  kind: CertificateKindId,
  instantMs: number,
): ServiceState {
  const entry = profile.kinds.find((candidate) => candidate.kind === kind);
  if (!entry) return { kind: 'closed', notice: NOT_OFFERED, until: null };
  const { date, minuteOfDay } = civilMoment(instantMs);
  const now = openIntervals(profile, entry, date).find((interval) => contains(interval, minuteOfDay));
  if (now) return { kind: 'open', closesAt: closingAfter(profile, entry, date, now) };
  return {
    kind: 'closed',
    notice: closedBecause(profile, entry, date, minuteOfDay),
    until: nextOpening(profile, entry, date, minuteOfDay),
  };
}

/** Whether it is issued at this instant, without the search for the end: what an idle screen asks about every municipality. */
export function isOpenAt(profile: MunicipalityProfile, entry: ProfileKind, instantMs: number): boolean {
  const { date, minuteOfDay } = civilMoment(instantMs);
  return openIntervals(profile, entry, date).some((interval) => contains(interval, minuteOfDay));
}

function closedBecause(
  profile: MunicipalityProfile,
  entry: ProfileKind,
  date: CivilDate,
  minuteOfDay: number,
): NoticeCode {
  const weekly = inForceOn(entry.hours, date)?.weekly;
  if (date < profile.serviceStartsOn || !weekly) return NOT_STARTED;
  const stopped = maintenanceOn(profile, entry.kind, date).some((stop) => contains(stop, minuteOfDay));
  if (stopped) return MAINTENANCE;
  if (profile.closedDays.some((closed) => isClosedOn(closed, date))) return CLOSED_DAY;
  return hoursOn(weekly, date) ? OUTSIDE_HOURS : CLOSED_DAY;
}

/** The minutes of a day in which the kind is issued, ascending, without overlap. */
function openIntervals(profile: MunicipalityProfile, entry: ProfileKind, date: CivilDate): Interval[] {
  const weekly = inForceOn(entry.hours, date)?.weekly;
  if (date < profile.serviceStartsOn || !weekly) return [];
  if (profile.closedDays.some((closed) => isClosedOn(closed, date))) return [];
  const hours = hoursOn(weekly, date);
  return hours ? maintenanceOn(profile, entry.kind, date).reduce(cutOut, [hours]) : [];
}

export function hoursOn(weekly: WeeklyHours, date: CivilDate): Interval | null {
  const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
  const hours = weekly[nationalHoliday(date) ? 'holiday' : weekdays[weekdayOf(date)]!];
  return hours && { from: minutesOf(hours.opens), to: minutesOf(hours.closes) };
}

export function isClosedOn(closed: ClosedDay, date: CivilDate): boolean {
  switch (closed.kind) {
    case 'date':
      return closed.on === date;
    case 'span':
      return closed.from <= date && date <= closed.to;
    case 'yearly': {
      const monthDay = date.slice(5);
      const crossesNewYear = closed.from > closed.to;
      if (crossesNewYear) return monthDay >= closed.from || monthDay <= closed.to;
      return closed.from <= monthDay && monthDay <= closed.to;
    }
  }
}

/** The part of every maintenance window of the kind that falls on this day. */
function maintenanceOn(profile: MunicipalityProfile, kind: CertificateKindId, date: CivilDate): Interval[] {
  return profile.maintenance
    .filter(({ kinds }) => kinds === 'all' || kinds.includes(kind))
    .map((window) => partOn(window, date))
    .filter(({ from, to }) => from < to);
}

function partOn(window: MaintenanceWindow, date: CivilDate): Interval {
  const minuteAt = (text: string) => {
    const day = text.slice(0, 10);
    if (day < date) return 0;
    return day > date ? MINUTES_A_DAY : minutesOf(text.slice(11));
  };
  return { from: minuteAt(window.from), to: minuteAt(window.to) };
}

function cutOut(open: readonly Interval[], stop: Interval): Interval[] {
  return open
    .flatMap(({ from, to }) => [
      { from, to: Math.min(to, stop.from) },
      { from: Math.max(from, stop.to), to },
    ])
    .filter(({ from, to }) => from < to);
}

function contains({ from, to }: Interval, minute: number): boolean {
  return from <= minute && minute < to;
}

/** The end of an open interval; one that reaches midnight goes on into the next day when that day opens at 00:00. */
function closingAfter(
  profile: MunicipalityProfile,
  entry: ProfileKind,
  date: CivilDate,
  interval: Interval,
): string | null {
  let current = interval;
  for (let ahead = 0; ahead < HORIZON_DAYS; ahead += 1) {
    const day = addDays(date, ahead);
    const next = openIntervals(profile, entry, addDays(day, 1)).find(({ from }) => from === 0);
    if (current.to < MINUTES_A_DAY || !next) return japanIso(instantOf(day, current.to));
    current = next;
  }
  return null;
}

function nextOpening(
  profile: MunicipalityProfile,
  entry: ProfileKind,
  date: CivilDate,
  minuteOfDay: number,
): string | null {
  const first = date < profile.serviceStartsOn ? profile.serviceStartsOn : date;
  for (let ahead = 0; ahead < HORIZON_DAYS; ahead += 1) {
    const day = addDays(first, ahead);
    const later = openIntervals(profile, entry, day).find(({ from }) => day > date || from > minuteOfDay);
    if (later) return japanIso(instantOf(day, later.from));
  }
  return null;
}
