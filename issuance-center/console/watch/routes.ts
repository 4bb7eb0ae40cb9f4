/** 監視: one day of the municipality on one page, and closing an alarm. */
import { civilMoment } from '#templates/civilTime.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import * as contract from '../../contract/console/watch.ts';
import { closeAlarm, openAlarms } from '../../issuing/alarms.ts';
import { exceptionsOf, exceptionWords } from '../../issuing/reconciliation.ts';
import { overdueApplications } from '../applications/queue.ts';
import { openStops } from '../configuration/overview.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute } from '../consoleRoute.ts';
import { conflicting, endedOf } from '../issued/certificates.ts';
import { labelsOf } from '../issued/routes.ts';
import { refusalCounts } from '../reports/reportRows.ts';
import { alarmWords } from './alarmWords.ts';
import { dayCounts } from './dayCounts.ts';
import { feedStates } from './feedStates.ts';
import { kiosksOf } from './kiosks.ts';

const NOT_CLOSED = {
  unsettled: '証明書が、まだ印刷とも取り消しとも決まっていません。紙の行方が決まってから閉じてください',
  'printed-after-all': '印刷された証明書です。紙がどうなったかをえらんでください',
} as const;

export function watchRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/watch',
      act: 'view-watch',
      summary: 'One day: counts, exceptions, refusals, feeds, kiosks, alarms, stops',
      query: contract.watchQuery,
      answer: contract.watch,
      handle: ({ staff, query, now }) =>
        watchOf(deps, staff.municipality, query.day ?? civilMoment(now).date, now),
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/alarms/:id/closing',
      act: 'close-alarm',
      summary: "Close an alarm, the first attempt's output accounted for",
      params: contract.alarmId,
      body: contract.closeAlarmRequest,
      answer: contract.done,
      handle: async ({ staff, params, body, now }) => {
        const { municipality, staffId } = staff;
        const closing = await closeAlarm(deps.db, { ...params, ...body, municipality, by: staffId }, now);
        if (closing.kind === 'missing') throw new ConsoleRefusal('missing', '');
        if (closing.kind === 'refused') throw new ConsoleRefusal('not-now', NOT_CLOSED[closing.reason]);
        return { kind: 'done' as const };
      },
    }),
  ];
}

async function watchOf(
  deps: ConsoleDeps,
  municipality: MunicipalityCode,
  day: CivilDate,
  now: number,
): Promise<contract.Watch> {
  const { db, configuration } = deps;
  const inForce = await configuration.inForce(db, municipality, now);
  const alarms = await openAlarms(db, municipality);
  const cases = await db
    .selectFrom('wrong_certificate_case')
    .select(['id', 'number', 'opened_at'])
    .where('municipality', '=', municipality)
    .where('closed_at', 'is', null)
    .orderBy('number')
    .execute();
  return {
    day,
    ...(await dayCounts(db, municipality, day, labelsOf(deps))),
    exceptions: await exceptionsOn(deps, municipality, day),
    refusals: await refusalCounts(db, municipality, day),
    feeds: await feedStates(db, municipality, inForce?.profile, now),
    kiosks: await kiosksOf(db, municipality, now),
    alarms: alarms.map((alarm) => ({
      id: alarm.id,
      kioskId: alarm.kiosk_id,
      words: alarmWords(alarm.finding),
      issueNumber: alarm.issue_number,
      raisedAt: alarm.raised_at.toISOString(),
    })),
    stops: (await openStops({ db }, municipality)).map((stop) => ({
      ...stop,
      label: stop.kind === null ? 'すべての証明書' : labelsOf(deps)(stop.kind),
    })),
    openCases: cases.map(({ id, number, opened_at }) => ({ id, number, openedAt: opened_at.toISOString() })),
    overdueApplications: await overdueApplications(db, municipality, now),
  };
}

async function exceptionsOn(
  deps: ConsoleDeps,
  municipality: MunicipalityCode,
  day: CivilDate,
): Promise<contract.Watch['exceptions']> {
  const rows = await deps.db
    .selectFrom('certificate')
    .select([
      'issue_number',
      'kind',
      'kiosk_id',
      'prepared_at',
      'state',
      'fee',
      'pages',
      'paid',
      'refunded',
      'sheets',
      'overdue_at',
    ])
    .where('municipality', '=', municipality)
    .where('issue_date', '=', day)
    .orderBy('prepared_at')
    .execute();
  const conflicts = await conflicting(
    deps.db,
    rows.map(({ issue_number }) => issue_number),
  );
  const labelOf = labelsOf(deps);
  return rows.flatMap((row) => {
    const found = exceptionsOf(endedOf(row, conflicts.has(row.issue_number)));
    if (found.length === 0) return [];
    return [
      {
        issueNumber: row.issue_number,
        label: labelOf(row.kind),
        kioskId: row.kiosk_id,
        at: row.prepared_at.toISOString(),
        words: found.map((exception) => exceptionWords[exception]),
      },
    ];
  });
}
