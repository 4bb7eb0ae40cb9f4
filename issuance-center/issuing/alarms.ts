/**
 * Alarms of the kiosk's check before printing. One open alarm stops that municipality on that kiosk, through every later
 * success, until a person has accounted for it and closes it (operations.md 7, T9 and T10).
 */
import type { z } from 'zod';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { alarmRequest } from '../contract/kioskApi.ts';
import type { CenterDatabase } from '../database/connect.ts';

/** Stores the alarm, open. One without a municipality stops all of them on the kiosk. */
export async function raiseAlarm(
  db: CenterDatabase,
  kioskId: string,
  { finding, issueNumber, municipality }: z.infer<typeof alarmRequest>,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('alarm')
      .values({
        kiosk_id: kioskId,
        municipality,
        finding,
        issue_number: issueNumber,
        raised_at: new Date(now),
      })
      .execute();
    await appendAudit(tx, now, 'alarm-raised', { kioskId, municipality, finding, issueNumber });
  });
}

/** Whether an open alarm stops this municipality on this kiosk. */
export async function isStopped(
  db: CenterDatabase,
  kioskId: string,
  municipality: MunicipalityCode,
): Promise<boolean> {
  const open = await db
    .selectFrom('alarm')
    .select('id')
    .where('kiosk_id', '=', kioskId)
    .where('closed_at', 'is', null)
    .where((where) => where.or([where('municipality', 'is', null), where('municipality', '=', municipality)]))
    .executeTakeFirst();
  return open !== undefined;
}

export interface OpenAlarm {
  readonly id: number;
  /** null: of the municipality's registers */
  readonly kiosk_id: string | null;
  readonly municipality: string | null;
  readonly finding: string;
  readonly issue_number: string | null;
  readonly raised_at: Date;
}

export function openAlarms(db: CenterDatabase): Promise<OpenAlarm[]> {
  return db
    .selectFrom('alarm')
    .select(['id', 'kiosk_id', 'municipality', 'finding', 'issue_number', 'raised_at'])
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** False when there is no such open alarm. */
export function closeAlarm(db: CenterDatabase, id: number, now: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const closed = await tx
      .updateTable('alarm')
      .set({ closed_at: new Date(now) })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .returning('kiosk_id')
      .executeTakeFirst();
    if (!closed) return false;
    await appendAudit(tx, now, 'alarm-closed', { kioskId: closed.kiosk_id, alarm: id });
    return true;
  });
}
