/** Kiosks that serve this municipality's people, and what is wrong with them. */
import { noticeByCode, type NoticeCode } from '#templates/notices/notices.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { Watch } from '../../contract/console/watch.ts';
import type { CenterDatabase } from '../../database/connect.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A kiosk asks for the idle screen every few minutes, at night too. */
const SILENT_MS = 30 * 60_000;
const CLOCK_LIMIT_MS = 60_000;

/** Those with a certificate of the municipality within a month. */
function kioskRows(db: CenterDatabase, municipality: MunicipalityCode, now: number) {
  return db
    .selectFrom('kiosk')
    .leftJoin('kiosk_status as status', 'status.kiosk_id', 'kiosk.id')
    .selectAll('status')
    .select(['kiosk.id', 'kiosk.store', 'kiosk.chain', 'kiosk.last_seen_at', 'kiosk.revoked_at'])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('certificate')
          .select('issue_number')
          .whereRef('certificate.kiosk_id', '=', 'kiosk.id')
          .where('certificate.municipality', '=', municipality)
          .where('prepared_at', '>', new Date(now - 30 * DAY_MS)),
      ),
    )
    .orderBy('kiosk.id')
    .execute();
}
type Row = Awaited<ReturnType<typeof kioskRows>>[number];

export async function kiosksOf(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  now: number,
): Promise<Watch['kiosks']> {
  const rows = await kioskRows(db, municipality, now);
  return rows.map((row) => ({
    kioskId: row.id,
    store: row.store,
    chain: row.chain,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    build: row.build,
    troubles: [...troublesOf(row, now)],
  }));
}

function troublesOf(row: Row, now: number): readonly string[] {
  const silentFor = row.last_seen_at ? now - row.last_seen_at.getTime() : 0;
  const isFaulty = (state: string | null) => state === 'fault' || state === 'absent';
  return [
    ...(row.revoked_at ? ['登録が取り消されています'] : []),
    ...(silentFor > SILENT_MS ? [`${Math.floor(silentFor / 60_000)}分、連絡がありません`] : []),
    ...(row.out_of_service
      ? [`止まっています：${noticeByCode(row.out_of_service as NoticeCode).title.ja}`]
      : []),
    ...(isFaulty(row.reader) ? ['カードの読み取り台が使えません'] : []),
    ...(isFaulty(row.printer)
      ? [`印刷できません（${(row.printer_reasons ?? []).join('、') || '理由不明'}）`]
      : []),
    ...(isFaulty(row.payment) ? ['お金の機械が使えません'] : []),
    ...((row.unsettled ?? 0) > 0 ? [`終わっていない取り引きが${row.unsettled}件あります`] : []),
    ...(Math.abs(row.clock_difference_ms ?? 0) > CLOCK_LIMIT_MS ? ['時計がずれています'] : []),
  ];
}
