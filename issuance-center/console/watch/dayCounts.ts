/** 作成数, 納付数, 印刷数 of one day, by kind, hour and kiosk. */
import { sql } from 'kysely';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { ReportCounts } from '../../contract/console/reports.ts';
import type { Watch } from '../../contract/console/watch.ts';
import type { CenterDatabase } from '../../database/connect.ts';

interface Row extends ReportCounts {
  readonly kind: string;
  readonly kioskId: string;
  readonly hour: number;
}

export async function dayCounts(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  day: CivilDate,
  labelOf: (kind: string) => string,
): Promise<Pick<Watch, 'total' | 'byKind' | 'byHour' | 'byKiosk'>> {
  const hour = sql<number>`extract(hour from prepared_at at time zone 'Asia/Tokyo')::int`;
  const rows: Row[] = await db
    .selectFrom('certificate')
    .select(['kind', 'kiosk_id as kioskId', hour.as('hour')])
    .select([
      sql<number>`count(*)::int`.as('made'),
      sql<number>`(count(*) filter (where paid > 0 or refunded > 0))::int`.as('paid'),
      sql<number>`(count(*) filter (where state = 'printed'))::int`.as('printed'),
      sql<number>`(count(*) filter (where state = 'void'))::int`.as('void'),
      sql<number>`(count(*) filter (where state = 'prepared'))::int`.as('open'),
    ])
    .where('municipality', '=', municipality)
    .where('issue_date', '=', day)
    .groupBy(['kind', 'kiosk_id', hour])
    .execute();
  const names = (of: (row: Row) => string) => [...new Set(rows.map(of))].sort();
  return {
    total: sum(rows),
    byKind: names(({ kind }) => kind).map((kind) => ({
      kind,
      label: labelOf(kind),
      ...sum(rows.filter((row) => row.kind === kind)),
    })),
    byHour: Array.from({ length: 24 }, (_, at) => ({
      hour: at,
      ...sum(rows.filter((row) => row.hour === at)),
    })),
    byKiosk: names(({ kioskId }) => kioskId).map((kioskId) => ({
      kioskId,
      ...sum(rows.filter((row) => row.kioskId === kioskId)),
    })),
  };
}

function sum(rows: readonly ReportCounts[]): ReportCounts {
  const of = (field: keyof ReportCounts) => rows.reduce((total, row) => total + row[field], 0);
  return { made: of('made'), paid: of('paid'), printed: of('printed'), void: of('void'), open: of('open') };
}
