/**
 * Alarms: of the kiosk's check before printing, and of certificates found to have been made too late. One open alarm of a
 * kiosk stops that municipality on that kiosk, through every later success, until a person has accounted for the first
 * attempt's output and closes it (operations.md 7, T9 and T10).
 */
import type { z } from 'zod';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { alarmRequest } from '../contract/kioskApi.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { whyNotAccounted, type CertificateState, type Output } from './accounted.ts';

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

/** Of one municipality those that stop it or are about it, else all. */
export function openAlarms(
  db: CenterDatabase | CenterTransaction,
  municipality?: MunicipalityCode,
): Promise<OpenAlarm[]> {
  return db
    .selectFrom('alarm')
    .select(['id', 'kiosk_id', 'municipality', 'finding', 'issue_number', 'raised_at'])
    .where('closed_at', 'is', null)
    .$if(municipality !== undefined, (query) => query.where('municipality', '=', municipality!))
    .orderBy('id')
    .execute();
}

export type Closing =
  | { readonly kind: 'closed' }
  | { readonly kind: 'missing' }
  /** the certificate concerned may still be printed, or has been, whatever was said */
  | { readonly kind: 'refused'; readonly reason: 'unsettled' | 'printed-after-all' };

export interface ClosingAct {
  readonly id: number;
  /** a municipality closes its own; absent: the operator of the center */
  readonly municipality?: MunicipalityCode;
  readonly output: Output;
  /** staff id, or `operator` */
  readonly by: string;
}

/** Closes an open alarm once the output is accounted for. */
export function closeAlarm(db: CenterDatabase, act: ClosingAct, now: number): Promise<Closing> {
  return db.transaction().execute(async (tx): Promise<Closing> => {
    const alarm = await tx
      .selectFrom('alarm')
      .selectAll()
      .where('id', '=', act.id)
      .where('closed_at', 'is', null)
      .$if(act.municipality !== undefined, (query) => query.where('municipality', '=', act.municipality!))
      .forUpdate()
      .executeTakeFirst();
    if (!alarm) return { kind: 'missing' };
    const reason = whyNotAccounted(await concernedStates(tx, alarm), act.output);
    if (reason) return { kind: 'refused', reason };
    await tx
      .updateTable('alarm')
      .set({ closed_at: new Date(now), closed_by: act.by, accounted: act.output })
      .where('id', '=', act.id)
      .execute();
    const { kiosk_id: kioskId, municipality } = alarm;
    await appendAudit(tx, now, 'alarm-closed', {
      kioskId,
      municipality,
      alarm: act.id,
      output: act.output,
      staffId: act.by,
    });
    return { kind: 'closed' };
  });
}

/** The certificate the alarm names; without one, everything the kiosk had in hand when it was raised. */
async function concernedStates(
  tx: CenterTransaction,
  alarm: Pick<OpenAlarm, 'issue_number' | 'kiosk_id' | 'municipality' | 'raised_at'>,
): Promise<readonly CertificateState[]> {
  const { issue_number, kiosk_id, municipality, raised_at } = alarm;
  const rows = await tx
    .selectFrom('certificate')
    .select('state')
    .$if(issue_number !== null, (query) => query.where('issue_number', '=', issue_number!))
    .$if(issue_number === null, (query) =>
      query
        .where('kiosk_id', '=', kiosk_id ?? '')
        .where('prepared_at', '<=', raised_at)
        .where('state', '=', 'prepared')
        .$if(municipality !== null, (own) => own.where('municipality', '=', municipality!)),
    )
    .execute();
  return rows.map(({ state }) => state);
}
