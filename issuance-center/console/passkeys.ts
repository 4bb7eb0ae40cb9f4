/** Passkeys (WebAuthn) by @simplewebauthn/server: options, and what the library found when it checked the answer. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { CenterDatabase } from '../database/connect.ts';
import { noteChallenge, type Session } from './sessions.ts';

export interface PasskeyPlace {
  readonly db: CenterDatabase;
  /** e.g. https://console.example */
  readonly origin: string;
}

const RP_NAME = '証明書交付センター 管理画面';
const rpIdOf = (origin: string): string => new URL(origin).hostname;

function passkeysOf(db: CenterDatabase, staffId: string) {
  return db.selectFrom('staff_passkey').selectAll().where('staff_id', '=', staffId).execute();
}

/** What the browser is asked to make a new passkey with. */
export async function newPasskeyOptions(
  { db, origin }: PasskeyPlace,
  session: Session,
  account: { readonly login: string; readonly displayName: string },
): Promise<Record<string, unknown>> {
  const own = await passkeysOf(db, session.staffId);
  const options = await generateRegistrationOptions({
    rpName: RP_NAME,
    rpID: rpIdOf(origin),
    userName: account.login,
    userDisplayName: account.displayName,
    userID: new TextEncoder().encode(session.staffId),
    attestationType: 'none',
    excludeCredentials: own.map(({ credential_id }) => ({ id: credential_id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });
  await noteChallenge(db, session.tokenHash, options.challenge);
  return options as unknown as Record<string, unknown>;
}

/** Keeps the new passkey; false when the answer is not to this session's question. */
export async function addPasskey(
  { db, origin }: PasskeyPlace,
  session: Session,
  answer: { readonly response: Record<string, unknown>; readonly label: string },
  now: number,
): Promise<boolean> {
  if (session.challenge === null) return false;
  const verified = await verifyRegistrationResponse({
    response: answer.response as unknown as RegistrationResponseJSON,
    expectedChallenge: session.challenge,
    expectedOrigin: origin,
    expectedRPID: rpIdOf(origin),
    requireUserVerification: true,
  }).catch(() => undefined);
  await noteChallenge(db, session.tokenHash, null);
  if (!verified?.verified) return false;
  const { credential } = verified.registrationInfo;
  const added = await db
    .insertInto('staff_passkey')
    .values({
      credential_id: credential.id,
      staff_id: session.staffId,
      public_key: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: [...(credential.transports ?? [])],
      label: answer.label,
      created_at: new Date(now),
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('credential_id')
    .executeTakeFirst();
  return added !== undefined;
}

export async function passkeyQuestion(
  { db, origin }: PasskeyPlace,
  session: Session,
): Promise<Record<string, unknown>> {
  const own = await passkeysOf(db, session.staffId);
  const options = await generateAuthenticationOptions({
    rpID: rpIdOf(origin),
    userVerification: 'required',
    allowCredentials: own.map(({ credential_id, transports }) => ({
      id: credential_id,
      transports: transports as AuthenticatorTransport[],
    })),
  });
  await noteChallenge(db, session.tokenHash, options.challenge);
  return options as unknown as Record<string, unknown>;
}

/** True when a passkey of the session's own member answered its question; a question is answered once. */
export async function isPasskeyAnswer(
  { db, origin }: PasskeyPlace,
  session: Session,
  response: Record<string, unknown>,
  now: number,
): Promise<boolean> {
  const { challenge } = session;
  await noteChallenge(db, session.tokenHash, null);
  const id = response['id'];
  if (challenge === null || typeof id !== 'string') return false;
  const own = (await passkeysOf(db, session.staffId)).find(({ credential_id }) => credential_id === id);
  if (!own) return false;
  const verified = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpIdOf(origin),
    requireUserVerification: true,
    credential: {
      id: own.credential_id,
      publicKey: Uint8Array.from(own.public_key),
      counter: own.counter,
    },
  }).catch(() => undefined);
  if (!verified?.verified) return false;
  await db
    .updateTable('staff_passkey')
    .set({ counter: verified.authenticationInfo.newCounter, last_used_at: new Date(now) })
    .where('credential_id', '=', id)
    .execute();
  return true;
}
