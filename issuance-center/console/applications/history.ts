/** What was done with one application, from the audit: the newest first. */
import { sql } from 'kysely';
import type { ApplicationDetail } from '../../contract/console/applications.ts';
import type { CenterDatabase } from '../../database/connect.ts';

const SHOWN = 200;
const WORDS: Readonly<Record<string, string>> = {
  'application-received': '申請を受け付けた',
  'application-withdrawn': '申請者が取り下げた',
  'application-expired': '期限が切れた',
  'application-taken': '確認をはじめた',
  'application-released': '受付にもどした',
  'application-shown': '申請を見た',
  'application-searched': 'ほかの戸籍をさがした',
  'application-asked': '申請者に聞いた',
  'application-accepted': '登録した',
  'application-refused': '却下した',
  'registration-ended': '登録が終わった',
};

export async function historyOf(
  db: CenterDatabase,
  number: string,
  nameOf: (id: string | null) => string | null,
): Promise<ApplicationDetail['history']> {
  const { rows } = await sql<{ at: string; type: string; by: string | null }>`
    select at, type, (fields::jsonb)->>'staffId' as by from audit_event
    where (fields::jsonb)->>'application' = ${number}
      and (type like 'application-%' or type = 'registration-ended')
    order by seq desc limit ${SHOWN}`.execute(db);
  return rows.map(({ at, type, by }) => ({ at, words: WORDS[type] ?? type, by: nameOf(by) }));
}
