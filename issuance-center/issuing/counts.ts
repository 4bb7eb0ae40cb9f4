/** 作成数, 納付数, 印刷数 per kiosk, municipality, kind and day: three numbers that must agree, or somebody looks (operations.md 1). */
import { sql } from 'kysely';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { CenterDatabase } from '../database/connect.ts';

export interface DailyCount {
  readonly kioskId: string;
  readonly municipality: string;
  readonly kind: string;
  readonly made: number;
  /** money was taken, given back or not */
  readonly paid: number;
  readonly printed: number;
  readonly void: number;
  /** neither printed nor void */
  readonly open: number;
}

/** Counts by issue date. */
export function countsOf(db: CenterDatabase, date: CivilDate): Promise<DailyCount[]> {
  return db
    .selectFrom('certificate')
    .select([
      'kiosk_id as kioskId',
      'municipality',
      'kind',
      sql<number>`count(*)`.as('made'),
      sql<number>`count(*) filter (where paid > 0 or refunded > 0)`.as('paid'),
      sql<number>`count(*) filter (where state = 'printed')`.as('printed'),
      sql<number>`count(*) filter (where state = 'void')`.as('void'),
      sql<number>`count(*) filter (where state = 'prepared')`.as('open'),
    ])
    .where('issue_date', '=', date)
    .groupBy(['kiosk_id', 'municipality', 'kind'])
    .orderBy('kiosk_id')
    .orderBy('municipality')
    .orderBy('kind')
    .execute();
}
