/** 報告: counts, settlement and refusals of a day or a month, on the screen and as files. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { inForceOn } from '#templates/profileSchema.ts';
import * as contract from '../../contract/console/reports.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, type ConsoleRoute } from '../consoleRoute.ts';
import { makeReport } from './report.ts';
import { tablesCsv, tablesPdf } from './reportFiles.ts';
import { certificateGroups, refusalCounts } from './reportRows.ts';
import { periodWords, reportTables } from './reportTable.ts';

export function reportRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/reports',
      act: 'view-reports',
      summary: 'Counts, settlement and refusals of a day or a month',
      query: contract.reportQuery,
      answer: contract.report,
      handle: ({ staff, query, now }) => reportOf(deps, staff.municipality, query.period, now),
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/reports/file',
      act: 'view-reports',
      summary: 'The same as CSV or PDF',
      query: contract.reportFileQuery,
      handle: async ({ staff, query, now, reply }) => {
        const report = await reportOf(deps, staff.municipality, query.period, now);
        const heading = await headingOf(deps, staff.municipality, query.period, now);
        const isCsv = query.format === 'csv';
        const tables = reportTables(report);
        const bytes = isCsv
          ? tablesCsv(heading, tables)
          : await tablesPdf(heading, tables, { fontPath: deps.fontPath, createdAt: now });
        return reply
          .type(isCsv ? 'text/csv; charset=utf-8' : 'application/pdf')
          .header('content-disposition', `attachment; filename="report-${query.period}.${query.format}"`)
          .send(bytes);
      },
    }),
  ];
}

async function reportOf(
  { db, configuration }: ConsoleDeps,
  municipality: MunicipalityCode,
  period: contract.ReportPeriod,
  now: number,
): Promise<contract.Report> {
  const inForce = await configuration.inForce(db, municipality, now);
  return makeReport({
    period,
    groups: await certificateGroups(db, municipality, period),
    refusals: await refusalCounts(db, municipality, period),
    commissionOn: (day) => (inForce ? (inForceOn(inForce.profile.commission, day)?.yen ?? 0) : 0),
    labelOf: (kind) => configuration.common.kinds.get(kind)?.value.label ?? kind,
  });
}

async function headingOf(
  { configuration }: ConsoleDeps,
  municipality: MunicipalityCode,
  period: contract.ReportPeriod,
  now: number,
): Promise<readonly string[]> {
  const names = await configuration.names();
  const name = names.find((entry) => entry.municipality === municipality)?.name ?? municipality;
  const made = new Date(now).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' });
  return [`コンビニ交付の報告　${name}`, `期間　${periodWords(period)}（${period}）`, `作成　${made}`];
}
