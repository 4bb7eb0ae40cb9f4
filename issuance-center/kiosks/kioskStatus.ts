/** The last word of each kiosk about itself, and when it was heard of. */
import type { KioskStatus } from '../contract/kioskStatus.ts';
import type { CenterDatabase } from '../database/connect.ts';

const SEEN_INTERVAL_MS = 60_000;

/** At most one write a minute and kiosk. */
export async function noteSeen(db: CenterDatabase, kioskId: string, now: number): Promise<void> {
  await db
    .updateTable('kiosk')
    .set({ last_seen_at: new Date(now) })
    .where('id', '=', kioskId)
    .where((where) =>
      where.or([
        where('last_seen_at', 'is', null),
        where('last_seen_at', '<', new Date(now - SEEN_INTERVAL_MS)),
      ]),
    )
    .execute();
}

export async function noteStatus(
  db: CenterDatabase,
  kioskId: string,
  status: KioskStatus,
  now: number,
): Promise<void> {
  const row = {
    at: new Date(now),
    reader: status.reader,
    printer: status.printer,
    printer_reasons: status.printerReasons,
    payment: status.payment,
    out_of_service: status.outOfService,
    unsettled: status.unsettled,
    build: status.build,
    clock_difference_ms: Date.parse(status.now) - now,
  };
  await db
    .insertInto('kiosk_status')
    .values({ kiosk_id: kioskId, ...row })
    .onConflict((conflict) => conflict.column('kiosk_id').doUpdateSet(row))
    .execute();
  await noteSeen(db, kioskId, now);
}
