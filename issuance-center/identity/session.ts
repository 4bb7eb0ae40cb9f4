/**
 * Sessions and their challenges. A challenge belongs to one kiosk and one session, lives shortly and is redeemed by one
 * statement: two requests with the same challenge, however close, cannot both pass.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { ResidentId } from '#templates/datasets/residentRegister.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { IdentityReason } from './reasons.ts';

const CHALLENGE_BYTES = 32;
/** The PIN may be typed three times in between. */
export const CHALLENGE_LIFETIME_MS = 3 * 60_000;
/** From the start of a visit to its last certificate; the kiosk's own time-outs are far shorter. */
export const SESSION_LIFETIME_MS = 15 * 60_000;

export interface OpenedSession {
  readonly sessionId: string;
  readonly challenge: Buffer;
  readonly expiresAt: Date;
}

/** Opens a session of this kiosk. */
export async function openSession(db: CenterDatabase, kioskId: string, now: number): Promise<OpenedSession> {
  const session = {
    id: randomUUID(),
    kiosk_id: kioskId,
    challenge: randomBytes(CHALLENGE_BYTES),
    challenge_expires_at: new Date(now + CHALLENGE_LIFETIME_MS),
    expires_at: new Date(now + SESSION_LIFETIME_MS),
  };
  await db.insertInto('session').values(session).execute();
  return { sessionId: session.id, challenge: session.challenge, expiresAt: session.challenge_expires_at };
}

export type Redeemed =
  | { readonly kind: 'redeemed'; readonly challenge: Buffer }
  | { readonly kind: 'refused'; readonly reason: IdentityReason };

/** Redeems the session's challenge once and for all. The caller must not have looked at it before. */
export async function redeemChallenge(
  db: CenterDatabase,
  kioskId: string,
  sessionId: string,
  now: number,
): Promise<Redeemed> {
  const redeemed = await db
    .updateTable('session')
    .set({ challenge_used_at: new Date(now) })
    .where('id', '=', sessionId)
    .where('kiosk_id', '=', kioskId)
    .where('challenge_used_at', 'is', null)
    .where('challenge_expires_at', '>', new Date(now))
    .returning('challenge')
    .executeTakeFirst();
  if (redeemed) return { kind: 'redeemed', challenge: redeemed.challenge };
  const session = await db
    .selectFrom('session')
    .select('challenge_used_at')
    .where('id', '=', sessionId)
    .where('kiosk_id', '=', kioskId)
    .executeTakeFirst();
  if (!session) return { kind: 'refused', reason: 'session-unknown' };
  return { kind: 'refused', reason: session.challenge_used_at ? 'challenge-used' : 'challenge-expired' };
}

export interface SessionHolder {
  readonly residentId: ResidentId;
  readonly holderFingerprint: string;
  readonly cardRegisteredOn: CivilDate;
}

/** Binds the session to the one resident it will ever serve. */
export async function bindSession(
  tx: CenterTransaction,
  sessionId: string,
  holder: SessionHolder,
): Promise<void> {
  await tx
    .updateTable('session')
    .set({
      resident_id: holder.residentId,
      holder_fingerprint: holder.holderFingerprint,
      card_registered_on: holder.cardRegisteredOn,
    })
    .where('id', '=', sessionId)
    .where('resident_id', 'is', null)
    .executeTakeFirstOrThrow();
}

export interface AuthenticatedSession extends SessionHolder {
  readonly sessionId: string;
  readonly kioskId: string;
  /** of the registers when an offer was made last (`RegisterSnapshot.revisions`); null before the first */
  readonly offeredRevisions: string | null;
}

/** The session when it is this kiosk's, authenticated and not over; else undefined. */
export async function authenticatedSession(
  db: CenterDatabase | CenterTransaction,
  kioskId: string,
  sessionId: string,
  now: number,
): Promise<AuthenticatedSession | undefined> {
  const row = await db
    .selectFrom('session')
    .select(['resident_id', 'holder_fingerprint', 'card_registered_on', 'offered_revisions'])
    .where('id', '=', sessionId)
    .where('kiosk_id', '=', kioskId)
    .where('expires_at', '>', new Date(now))
    .executeTakeFirst();
  if (!row?.resident_id || !row.holder_fingerprint || !row.card_registered_on) return undefined;
  return {
    sessionId,
    kioskId,
    residentId: row.resident_id as ResidentId,
    holderFingerprint: row.holder_fingerprint,
    cardRegisteredOn: row.card_registered_on as CivilDate,
    offeredRevisions: row.offered_revisions,
  };
}

/** Notes which state of the registers the session's resident is shown. */
export async function noteOffer(
  db: CenterDatabase,
  { sessionId, kioskId }: Pick<AuthenticatedSession, 'sessionId' | 'kioskId'>,
  revisions: string,
): Promise<void> {
  await db
    .updateTable('session')
    .set({ offered_revisions: revisions })
    .where('id', '=', sessionId)
    .where('kiosk_id', '=', kioskId)
    .execute();
}

/** Sessions are kept this long after their end, to look into a visit of the same day. */
const SESSION_KEPT_MS = 24 * 60 * 60_000;

/** Forgets who visited, a day after the session ended. */
export async function forgetOldSessions(db: CenterDatabase, now: number): Promise<void> {
  await db
    .deleteFrom('session')
    .where('expires_at', '<', new Date(now - SESSION_KEPT_MS))
    .execute();
}
