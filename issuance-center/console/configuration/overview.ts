/** What is in force now, kind by kind, as the first page of 証明書の種類 shows it. */
import { civilMoment, weekdayOf } from '#templates/civilTime.ts';
import { feeOn } from '#templates/fees.ts';
import { nationalHoliday } from '#templates/nationalHolidays.ts';
import { noticeByCode } from '#templates/notices/notices.ts';
import { inForceOn, type ProfileKind } from '#templates/profileSchema.ts';
import { serviceState } from '#templates/serviceHours.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { InForce } from '../../configuration/configuration.ts';
import type { Overview, Stop } from '../../contract/console/configuration.ts';
import type { StopReason } from '../../configuration/stopReasons.ts';
import { staffNames } from '../staffAccounts.ts';
import { versionSummaries, type ViewDeps } from './versionViews.ts';

export async function overviewOf(
  deps: ViewDeps,
  municipality: MunicipalityCode,
  now: number,
): Promise<Overview> {
  const inForce = await deps.configuration.inForce(deps.db, municipality, now);
  const names = await deps.configuration.names();
  return {
    municipality,
    municipalityName: names.find((entry) => entry.municipality === municipality)?.name ?? municipality,
    inForce: inForce?.version ?? null,
    startsOn: inForce?.profile.serviceStartsOn ?? null,
    kinds: inForce ? inForce.profile.kinds.map((entry) => kindOf(inForce, entry, now)) : [],
    stops: await openStops(deps, municipality),
    versions: await versionSummaries(deps, municipality, now),
  };
}

function kindOf(
  { profile, templates, stops }: InForce,
  entry: ProfileKind,
  now: number,
): Overview['kinds'][number] {
  const { date } = civilMoment(now);
  const state = serviceState(profile, entry.kind, now);
  const stopped = stops.all || stops.kinds.has(entry.kind);
  return {
    kind: entry.kind,
    label: templates.kinds.get(entry.kind)?.value.label ?? entry.kind,
    fee: feeOn(profile, entry.kind, date) ?? null,
    hoursToday: hoursOn(entry, date),
    layout: entry.layout,
    closed: stopped ? '緊急停止中' : state.kind === 'closed' ? noticeByCode(state.notice).title.ja : null,
  };
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

function hoursOn(entry: ProfileKind, date: CivilDate): string {
  const day = nationalHoliday(date) ? 'holiday' : DAYS[weekdayOf(date)]!;
  const hours = inForceOn(entry.hours, date)?.weekly[day];
  return hours ? `${hours.opens}〜${hours.closes}` : '休み';
}

export async function openStops(
  { db }: Pick<ViewDeps, 'db'>,
  municipality: MunicipalityCode,
): Promise<Stop[]> {
  const rows = await db
    .selectFrom('service_stop')
    .selectAll()
    .where('municipality', '=', municipality)
    .where('lifted_at', 'is', null)
    .orderBy('id')
    .execute();
  const nameOf = await staffNames(db, municipality);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    reason: row.reason as StopReason,
    stoppedBy: nameOf(row.stopped_by),
    stoppedAt: row.stopped_at.toISOString(),
  }));
}
