/** Certificates of one municipality, without anybody's data. */
import { sql } from 'kysely';
import { civilDate, type IssueNumber, type MunicipalityCode } from '#templates/vocabulary.ts';
import type { z } from 'zod';
import type { issuedQuery, IssuedDetail, IssuedRow } from '../../contract/console/issued.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import { exceptionsOf, exceptionWords, type Ended } from '../../issuing/reconciliation.ts';
import { alarmWords } from '../watch/alarmWords.ts';

const SHOWN = 500;
type LabelOf = (kind: string) => string;

const COLUMNS = ['issue_number', 'kind', 'kiosk_id', 'prepared_at', 'state', 'withdrawn_at', 'fee'] as const;
type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function rowsOf(db: CenterDatabase, municipality: MunicipalityCode, wanted: z.output<typeof issuedQuery>) {
  const { number, day, kind, kiosk, state } = wanted;
  return db
    .selectFrom('certificate')
    .select(COLUMNS)
    .where('municipality', '=', municipality)
    .$if(number !== undefined, (query) =>
      query.where(sql<boolean>`starts_with(issue_number, ${number!.toUpperCase()})`),
    )
    .$if(day !== undefined, (query) => query.where('issue_date', '=', day!))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .$if(kiosk !== undefined, (query) => query.where('kiosk_id', '=', kiosk!))
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .orderBy('prepared_at', 'desc')
    .limit(SHOWN + 1)
    .execute();
}

const shown = (row: Row, labelOf: LabelOf): IssuedRow => ({
  issueNumber: row.issue_number as IssueNumber,
  kind: row.kind,
  label: labelOf(row.kind),
  kioskId: row.kiosk_id,
  at: row.prepared_at.toISOString(),
  state: row.state,
  withdrawn: row.withdrawn_at !== null,
  fee: row.fee,
});

export async function issuedRows(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  wanted: z.output<typeof issuedQuery>,
  labelOf: LabelOf,
): Promise<{ readonly certificates: IssuedRow[]; readonly more: boolean }> {
  const rows = await rowsOf(db, municipality, wanted);
  return {
    certificates: rows.slice(0, SHOWN).map((row) => shown(row, labelOf)),
    more: rows.length > SHOWN,
  };
}

/** What a kiosk made around an instant, oldest first: the first attempt and its neighbours. */
export async function nearbyRows(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  around: { readonly kioskId: string; readonly at: number },
  labelOf: LabelOf,
): Promise<IssuedRow[]> {
  const HOUR_MS = 3_600_000;
  const rows = await db
    .selectFrom('certificate')
    .select(COLUMNS)
    .where('municipality', '=', municipality)
    .where('kiosk_id', '=', around.kioskId)
    .where('prepared_at', '>=', new Date(around.at - HOUR_MS))
    .where('prepared_at', '<=', new Date(around.at + HOUR_MS))
    .orderBy('prepared_at')
    .limit(SHOWN)
    .execute();
  return rows.map((row) => shown(row, labelOf));
}

/** Numbers about which a kiosk has said two different things. */
export async function conflicting(
  db: CenterDatabase,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (numbers.length === 0) return new Set();
  const rows = await sql<{ number: string }>`
    select distinct (fields::jsonb)->>'issueNumber' as number from audit_event
    where type = 'settlement-conflict' and (fields::jsonb)->>'issueNumber' = any(${numbers}::text[])`.execute(
    db,
  );
  return new Set(rows.rows.map(({ number }) => number));
}

export const endedOf = (
  row: {
    state: Ended['state'];
    fee: number;
    pages: number;
    paid: number | null;
    refunded: number | null;
    sheets: number | null;
    overdue_at: Date | null;
  },
  hasConflict: boolean,
): Ended => ({ ...row, isOverdue: row.overdue_at !== null, hasConflict });

/** Undefined for a number of nobody's or another municipality's. */
export async function issuedDetailOf(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  number: IssueNumber,
  labelOf: LabelOf,
): Promise<IssuedDetail | undefined> {
  const row = await db
    .selectFrom('certificate')
    .selectAll()
    .where('issue_number', '=', number)
    .where('municipality', '=', municipality)
    .executeTakeFirst();
  if (!row) return undefined;
  const alarms = await db
    .selectFrom('alarm')
    .select(['id', 'finding', 'closed_at'])
    .where('issue_number', '=', number)
    .where('municipality', '=', municipality)
    .orderBy('id')
    .execute();
  const ended = endedOf(row, (await conflicting(db, [number])).has(number));
  return {
    ...shown(row, labelOf),
    issueDate: civilDate.parse(row.issue_date),
    verifiableUntil: civilDate.parse(row.verifiable_until),
    pages: row.pages,
    paid: row.paid,
    refunded: row.refunded,
    sheets: row.sheets,
    settledAt: row.settled_at?.toISOString() ?? null,
    overdueAt: row.overdue_at?.toISOString() ?? null,
    voidReason: row.void_reason,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    withdrawnReason: row.withdrawn_reason,
    exceptions: exceptionsOf(ended).map((exception) => exceptionWords[exception]),
    alarms: alarms.map(({ id, finding, closed_at }) => ({
      id,
      words: alarmWords(finding),
      open: closed_at === null,
    })),
  };
}
