/**
 * 緊急停止: a municipality stops a kind or everything at once (operations.md 9, T13). Read with every question, so that a
 * stop counts from the next one on at every center process; lifted by a person, never by time.
 */
import type { CertificateKindId, MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { Stops } from './configuration.ts';
import type { StopReason } from './stopReasons.ts';

/** What is stopped now. */
export async function stopsOf(
  db: CenterDatabase | CenterTransaction,
  municipality: MunicipalityCode,
): Promise<Stops> {
  const rows = await db
    .selectFrom('service_stop')
    .select('kind')
    .where('municipality', '=', municipality)
    .where('lifted_at', 'is', null)
    .execute();
  return {
    all: rows.some(({ kind }) => kind === null),
    kinds: new Set(rows.flatMap(({ kind }) => kind ?? [])),
  };
}

export interface Stop {
  readonly municipality: MunicipalityCode;
  /** null: every kind */
  readonly kind: CertificateKindId | null;
  readonly reason: StopReason;
  readonly staffId: string;
}

/** False when exactly this is stopped already; then nothing changes. */
export function stopIssuing(db: CenterDatabase, stop: Stop, now: number): Promise<boolean> {
  const { municipality, kind, reason, staffId } = stop;
  return db.transaction().execute(async (tx) => {
    const stopped = await tx
      .insertInto('service_stop')
      .values({ municipality, kind, reason, stopped_by: staffId, stopped_at: new Date(now) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!stopped) return false;
    await appendAudit(tx, now, 'issuing-stopped', { municipality, kind, reason, staffId });
    return true;
  });
}

/** Lifts one stop of this municipality; false when there is none in force under the id. */
export function liftStop(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  id: number,
  staffId: string,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const lifted = await tx
      .updateTable('service_stop')
      .set({ lifted_at: new Date(now), lifted_by: staffId })
      .where('id', '=', id)
      .where('municipality', '=', municipality)
      .where('lifted_at', 'is', null)
      .returning('kind')
      .executeTakeFirst();
    if (!lifted) return false;
    await appendAudit(tx, now, 'stop-lifted', { municipality, kind: lifted.kind, staffId });
    return true;
  });
}
