/**
 * Certificates that were made between the instant from which they should not have been and the arrival of the event that
 * says so (operations.md 7.1, incidents 5 to 7). Each becomes an alarm that stays open until its paper is accounted for.
 * What the event was is written nowhere: a protective measure must not show.
 */
import { sql } from 'kysely';
import type { IssueNumber, MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterTransaction } from '../database/connect.ts';
import { issuedToRegistered } from './lateRegistered.ts';
import type { FeedRow } from './parseLines.ts';

interface Ending {
  readonly residentId: string;
  /** milliseconds */
  readonly since: number;
  /** absent: whatever shows the resident */
  readonly kind?: string;
}

const SEAL_KIND = 'seal-registration-certificate';
export const LATE_FINDING = 'late';

/** From when nothing that shows the resident should have been issued; undefined for an event that ends nothing. */
function endingIn(row: FeedRow): Ending | undefined {
  const residentId = String(row.row['residentId'] ?? '');
  const since = row.effectiveAt!;
  switch (row.entity) {
    case 'seal':
      return row.op === 'end' || row.row['status'] === 'cancelled'
        ? { residentId, since, kind: SEAL_KIND }
        : undefined;
    case 'resident':
      return row.op === 'end' || row.row['status'] !== 'active' ? { residentId, since } : undefined;
    case 'restriction':
      return row.op === 'put' ? { residentId, since } : undefined;
    default:
      return undefined;
  }
}

export async function findLateIssues(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  rows: readonly FeedRow[],
  now: number,
): Promise<void> {
  for (const row of rows.filter(({ effectiveAt }) => effectiveAt! < now)) {
    const ending = endingIn(row);
    const numbers = [
      ...(ending ? await issuedOf(tx, municipality, ending) : []),
      ...(await issuedToRegistered(tx, municipality, row)),
    ];
    await noteLate(tx, [...new Set(numbers)], { since: row.effectiveAt!, now });
  }
}

async function issuedOf(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  { residentId, since, kind }: Ending,
): Promise<readonly IssueNumber[]> {
  const late = await tx
    .selectFrom('certificate')
    .innerJoin('certificate_subject', 'certificate_subject.issue_number', 'certificate.issue_number')
    .select('certificate.issue_number')
    .where('certificate_subject.resident_id', '=', residentId)
    .where('certificate.municipality', '=', municipality)
    .where('prepared_at', '>=', new Date(since))
    .where('state', '<>', 'void')
    .$if(kind !== undefined, (query) => query.where('certificate.kind', '=', kind!))
    .execute();
  return late.map(({ issue_number }) => issue_number as IssueNumber);
}

/** One alarm for each that has none yet, at the municipality that has issued it. */
async function noteLate(
  tx: CenterTransaction,
  numbers: readonly IssueNumber[],
  { since, now }: { readonly since: number; readonly now: number },
): Promise<void> {
  if (numbers.length === 0) return;
  const late = await tx
    .selectFrom('certificate')
    .select(['issue_number', 'kiosk_id', 'municipality'])
    .where('issue_number', 'in', numbers)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('late_issue')
            .select(sql`1`.as('one'))
            .whereRef('late_issue.issue_number', '=', 'certificate.issue_number'),
        ),
      ),
    )
    .orderBy('issue_number')
    .execute();
  for (const { issue_number, kiosk_id, municipality } of late) {
    const alarm = await tx
      .insertInto('alarm')
      .values({
        kiosk_id: null,
        municipality,
        finding: LATE_FINDING,
        issue_number,
        raised_at: new Date(now),
        closed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('late_issue')
      .values({
        municipality,
        issue_number,
        effective_at: new Date(since),
        found_at: new Date(now),
        alarm_id: alarm.id,
      })
      .execute();
    await appendAudit(tx, now, 'alarm-raised', {
      kioskId: kiosk_id,
      municipality: municipality as MunicipalityCode,
      finding: LATE_FINDING,
      issueNumber: issue_number,
    });
  }
}
