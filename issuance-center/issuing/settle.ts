/**
 * How a certificate ends: printed or void, once. Both calls are idempotent, because the kiosk repeats them until they are
 * acknowledged; the other end state is a conflict and changes nothing. What reaches neither in time is flagged, since
 * made, paid and printed must be reconciled (operations.md 1, row 2).
 */
import type { z } from 'zod';
import type { IssueNumber } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { confirmRequest, settleResponse, voidRequest } from '../contract/kioskApi.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';

export type Settlement = z.infer<typeof settleResponse>;

interface Target {
  readonly kioskId: string;
  readonly issueNumber: IssueNumber;
  readonly now: number;
}

/** The kiosk has printed it. A kiosk knows its own certificates only. */
export function confirmPrinted(
  db: CenterDatabase,
  target: Target,
  { paid, sheets }: z.infer<typeof confirmRequest>,
): Promise<Settlement> {
  return settle(db, target, 'printed', async (tx) => {
    await setState(tx, target, { state: 'printed', paid, sheets });
    const { issueNumber, kioskId, now } = target;
    await appendAudit(tx, now, 'certificate-printed', { issueNumber, kioskId, paid, sheets });
  });
}

/** It will not be printed, and what had been taken is given back. */
export function voidCertificate(
  db: CenterDatabase,
  target: Target,
  { reason, refunded }: z.infer<typeof voidRequest>,
): Promise<Settlement> {
  return settle(db, target, 'void', async (tx) => {
    await setState(tx, target, { state: 'void', refunded, void_reason: reason });
    const { issueNumber, kioskId, now } = target;
    await appendAudit(tx, now, 'certificate-voided', { issueNumber, kioskId, reason, refunded });
  });
}

async function settle(
  db: CenterDatabase,
  { kioskId, issueNumber, now }: Target,
  wanted: 'printed' | 'void',
  act: (tx: CenterTransaction) => Promise<void>,
): Promise<Settlement> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('certificate')
      .select('state')
      .where('issue_number', '=', issueNumber)
      .where('kiosk_id', '=', kioskId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { kind: 'unknown-issue-number' } as const;
    if (row.state === wanted) return { kind: 'settled', state: wanted } as const;
    if (row.state === 'prepared') {
      await act(tx);
      return { kind: 'settled', state: wanted } as const;
    }
    const { state } = row;
    await appendAudit(tx, now, 'settlement-conflict', { issueNumber, kioskId, wanted, state });
    return { kind: 'conflict', state } as const;
  });
}

async function setState(
  tx: CenterTransaction,
  { issueNumber, now }: Target,
  end: {
    state: 'printed' | 'void';
    paid?: number;
    sheets?: number;
    refunded?: number;
    void_reason?: string;
  },
): Promise<void> {
  await tx
    .updateTable('certificate')
    .set({ ...end, settled_at: new Date(now) })
    .where('issue_number', '=', issueNumber)
    .execute();
}

export interface RepeatedRequest {
  readonly kioskId: string;
  readonly sessionId: string;
  readonly requestId: string;
}

/** True when the session has used this request id before; what that call made is void from now on, unless printed. */
export function voidRepeated(db: CenterDatabase, request: RepeatedRequest, now: number): Promise<boolean> {
  const { kioskId, sessionId, requestId } = request;
  return db.transaction().execute(async (tx) => {
    const earlier = await tx
      .selectFrom('certificate')
      .select(['issue_number', 'state'])
      .where('session_id', '=', sessionId)
      .where('request_id', '=', requestId)
      .where('kiosk_id', '=', kioskId)
      .forUpdate()
      .executeTakeFirst();
    if (!earlier) return false;
    if (earlier.state !== 'prepared') return true;
    const issueNumber = earlier.issue_number as IssueNumber;
    await setState(
      tx,
      { kioskId, issueNumber, now },
      { state: 'void', refunded: 0, void_reason: 'request-repeated' },
    );
    const reason = 'request-repeated';
    await appendAudit(tx, now, 'certificate-voided', { issueNumber, kioskId, reason, refunded: 0 });
    return true;
  });
}

/** Flags every certificate that expired without being printed or void; returns how many are newly flagged. */
export function flagOverdue(db: CenterDatabase, now: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const overdue = await tx
      .updateTable('certificate')
      .set({ overdue_at: new Date(now) })
      .where('state', '=', 'prepared')
      .where('overdue_at', 'is', null)
      .where('expires_at', '<', new Date(now))
      .returning(['issue_number', 'kiosk_id'])
      .execute();
    for (const { issue_number, kiosk_id } of overdue) {
      await appendAudit(tx, now, 'certificate-overdue', { issueNumber: issue_number, kioskId: kiosk_id });
    }
    return overdue.length;
  });
}
