/** What a report is made of, counted by the database. A restriction never shows: refusals are told by their notice. */
import { sql } from 'kysely';
import { addDays, instantOf } from '#templates/civilTime.ts';
import { noticeByCode, type NoticeCode } from '#templates/notices/notices.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import type { ReportPeriod } from '../../contract/console/reports.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import { daysOf, type CertificateGroup, type NoticeCount } from './report.ts';

export function certificateGroups(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  period: ReportPeriod,
): Promise<CertificateGroup[]> {
  const days = daysOf(period);
  const hour = sql<number>`extract(hour from prepared_at at time zone 'Asia/Tokyo')::int`;
  const wasPaid = sql<boolean>`coalesce(paid, 0) > 0 or coalesce(refunded, 0) > 0`;
  return db
    .selectFrom('certificate')
    .innerJoin('kiosk', 'kiosk.id', 'certificate.kiosk_id')
    .select(['kind', 'state', 'chain'])
    .select(sql<CivilDate>`issue_date`.as('day'))
    .select(hour.as('hour'))
    .select(wasPaid.as('wasPaid'))
    .select(sql<number>`count(*)::int`.as('count'))
    .select(sql<number>`sum(case when state = 'printed' then coalesce(paid, 0) else 0 end)::int`.as('fees'))
    .where('municipality', '=', municipality)
    .where('issue_date', '>=', days[0]!)
    .where('issue_date', '<=', days.at(-1)!)
    .groupBy(['issue_date', hour, 'kind', 'state', 'chain', wasPaid])
    .orderBy('issue_date')
    .execute();
}

/** Refused questions by the notice the resident saw: offers refused or withheld, certificates refused. */
export async function refusalCounts(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  period: ReportPeriod,
): Promise<NoticeCount[]> {
  const days = daysOf(period);
  const from = new Date(instantOf(days[0]!, 0)).toISOString();
  const to = new Date(instantOf(addDays(days.at(-1)!, 1), 0)).toISOString();
  const rows = await sql<{ notice: string; count: number }>`
    with event as (
      select type, fields::jsonb as fields from audit_event
      where (fields::jsonb)->>'municipality' = ${municipality} and at >= ${from} and at < ${to}
        and type in ('offer-made', 'certificate-refused'))
    select notice, count(*)::int as count from (
      select fields->>'notice' as notice from event where type = 'certificate-refused'
      union all
      select withheld->>'notice' from event, jsonb_array_elements(fields->'withheld') withheld
        where type = 'offer-made') refused
    group by notice order by count desc, notice`.execute(db);
  return rows.rows.map(({ notice, count }) => ({
    notice,
    words: noticeByCode(notice as NoticeCode).title.ja,
    count,
  }));
}
