/**
 * 取消: a municipality stops vouching for a certificate (operations.md 7, T13), also for one whose kiosk has not yet said that
 * it printed. Who asks about a printed one from then on hears "withdrawn" and nothing else; the reason stays in the record
 * and the audit.
 */
import type { IssueNumber } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { WithdrawalReason } from './withdrawalReasons.ts';

export type Withdrawal =
  | { readonly kind: 'withdrawn' }
  /** since when; the first reason stays */
  | { readonly kind: 'withdrawn-before'; readonly at: Date; readonly reason: string }
  /** no such number, or it is void: there is nothing anybody could show */
  | { readonly kind: 'nothing-to-withdraw' };

/** Withdraws once; a repeated call changes nothing. The audit event stands or falls with it. */
export function withdrawCertificate(
  db: CenterDatabase,
  issueNumber: IssueNumber,
  reason: WithdrawalReason,
  now: number,
  /** staff id; by command the operator */
  staffId = 'operator',
): Promise<Withdrawal> {
  return db.transaction().execute(async (tx): Promise<Withdrawal> => {
    const row = await tx
      .selectFrom('certificate')
      .select(['state', 'municipality', 'withdrawn_at', 'withdrawn_reason'])
      .where('issue_number', '=', issueNumber)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.state === 'void') return { kind: 'nothing-to-withdraw' };
    if (row.withdrawn_at) {
      return { kind: 'withdrawn-before', at: row.withdrawn_at, reason: row.withdrawn_reason! };
    }
    await tx
      .updateTable('certificate')
      .set({ withdrawn_at: new Date(now), withdrawn_reason: reason })
      .where('issue_number', '=', issueNumber)
      .execute();
    const { municipality } = row;
    await appendAudit(tx, now, 'certificate-withdrawn', { issueNumber, municipality, reason, staffId });
    return { kind: 'withdrawn' };
  });
}
