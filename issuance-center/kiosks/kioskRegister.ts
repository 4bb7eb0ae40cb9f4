/**
 * Which kiosks may call. The answer is looked up for every request: a revoked kiosk is out with its next call, whatever
 * connection it still holds.
 */
import type { KioskEnrolment } from '../contract/kioskApi.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { CenterKeys } from './centerKeys.ts';

export type Admission =
  | { readonly kind: 'admitted'; readonly kioskId: string }
  | { readonly kind: 'refused'; readonly reason: 'unknown' | 'revoked' };

/** `fingerprint`: SHA-256 of the client certificate's DER, hex. */
export async function admit(db: CenterDatabase, fingerprint: string): Promise<Admission> {
  const kiosk = await db
    .selectFrom('kiosk')
    .select(['id', 'revoked_at'])
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  if (!kiosk) return { kind: 'refused', reason: 'unknown' };
  return kiosk.revoked_at ? { kind: 'refused', reason: 'revoked' } : { kind: 'admitted', kioskId: kiosk.id };
}

/** Lower case words and digits, joined by single hyphens. */
export const KIOSK_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const KIOSK_ID_LENGTH = 64;

export interface EnrolDeps {
  readonly db: CenterDatabase;
  readonly keys: CenterKeys;
  readonly centerUrl: string;
  readonly now: number;
}

/**
 * Gives a kiosk its own certificate and returns all it needs. A kiosk enrolled again gets a new certificate and the old
 * one stops working. Throws RangeError for an id that is none.
 */
export async function enrolKiosk(deps: EnrolDeps, kioskId: string): Promise<KioskEnrolment> {
  if (!KIOSK_ID.test(kioskId) || kioskId.length > KIOSK_ID_LENGTH) {
    throw new RangeError('a kiosk id is of lower case letters, digits and single hyphens, at most 64');
  }
  const issued = await deps.keys.issueKioskCertificate(kioskId, deps.now);
  const enrolled = { fingerprint: issued.fingerprint, enrolled_at: new Date(deps.now), revoked_at: null };
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('kiosk')
      .values({ id: kioskId, ...enrolled })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(enrolled))
      .execute();
    await appendAudit(tx, deps.now, 'kiosk-enrolled', { kioskId, fingerprint: issued.fingerprint });
  });
  return {
    kioskId,
    centerUrl: deps.centerUrl,
    certificate: issued.certificate,
    privateKey: issued.privateKey,
    serverCa: deps.keys.caCertificate,
    manifestKey: deps.keys.manifestPublicKey,
  };
}

/** False when there is no such kiosk in service. */
export async function revokeKiosk(db: CenterDatabase, kioskId: string, now: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable('kiosk')
      .set({ revoked_at: new Date(now) })
      .where('id', '=', kioskId)
      .where('revoked_at', 'is', null)
      .returning('fingerprint')
      .executeTakeFirst();
    if (!revoked) return false;
    await appendAudit(tx, now, 'kiosk-revoked', { kioskId, fingerprint: revoked.fingerprint });
    return true;
  });
}
