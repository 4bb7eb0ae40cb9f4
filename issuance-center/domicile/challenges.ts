/** Challenges of applications: each for one municipality, one channel and, at a kiosk, one session; redeemed once. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { ApplicationChannel } from '../contract/domicileApplication.ts';
import type { CenterDatabase } from '../database/connect.ts';
import { notTaken, type ApplicationNotTaken } from './applicationReasons.ts';

const CHALLENGE_BYTES = 32;
/**
 * Not shorter on the internet: the challenge is in the bytes that are signed, so that it is given before the signature
 * password (6-16 letters) and the PIN are typed, each with tries left over and a consent of its own at the home agent.
 * Not longer anywhere: a kiosk's session ends after 15 minutes.
 */
export const APPLICATION_CHALLENGE_MS = 10 * 60_000;
/** Forgotten a day later. */
const KEPT_MS = 24 * 60 * 60_000;

/** Where an application is made: both null on the internet. */
export interface ApplicationPlace {
  readonly channel: ApplicationChannel;
  readonly kioskId: string | null;
  readonly sessionId: string | null;
}

export interface GivenChallenge {
  readonly challengeId: string;
  readonly challenge: Buffer;
  readonly expiresAt: Date;
}

export async function giveChallenge(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  { channel, kioskId, sessionId }: ApplicationPlace,
  now: number,
): Promise<GivenChallenge> {
  const row = {
    id: randomUUID(),
    challenge: randomBytes(CHALLENGE_BYTES),
    municipality,
    channel,
    kiosk_id: kioskId,
    session_id: sessionId,
    expires_at: new Date(now + APPLICATION_CHALLENGE_MS),
    used_at: null,
  };
  await db.insertInto('domicile_challenge').values(row).execute();
  return { challengeId: row.id, challenge: row.challenge, expiresAt: row.expires_at };
}

export type Redeemed =
  | { readonly kind: 'redeemed'; readonly challenge: Buffer; readonly municipality: MunicipalityCode }
  | ApplicationNotTaken;

/** One statement: of two calls with one challenge, however close, at most one passes. */
export async function redeemApplicationChallenge(
  db: CenterDatabase,
  id: string,
  { channel, kioskId, sessionId }: ApplicationPlace,
  now: number,
): Promise<Redeemed> {
  const redeemed = await db
    .updateTable('domicile_challenge')
    .set({ used_at: new Date(now) })
    .where('id', '=', id)
    .where('channel', '=', channel)
    .where('kiosk_id', 'is not distinct from', kioskId)
    .where('session_id', 'is not distinct from', sessionId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date(now))
    .returning(['challenge', 'municipality'])
    .executeTakeFirst();
  if (redeemed) {
    const { challenge, municipality } = redeemed;
    return { kind: 'redeemed', challenge, municipality: municipality as MunicipalityCode };
  }
  const known = await db
    .selectFrom('domicile_challenge')
    .select('used_at')
    .where('id', '=', id)
    .where('channel', '=', channel)
    .where('kiosk_id', 'is not distinct from', kioskId)
    .where('session_id', 'is not distinct from', sessionId)
    .executeTakeFirst();
  if (!known) return notTaken('challenge-unknown');
  return notTaken(known.used_at ? 'challenge-used' : 'challenge-expired');
}

export async function forgetOldChallenges(db: CenterDatabase, now: number): Promise<void> {
  await db
    .deleteFrom('domicile_challenge')
    .where('expires_at', '<', new Date(now - KEPT_MS))
    .execute();
}
