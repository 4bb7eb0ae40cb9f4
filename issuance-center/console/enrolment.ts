/** 登録: whoever holds the invitation chooses a password and a second factor, and is signed in. */
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { seal } from './consoleSecrets.ts';
import { stepOf } from './oneTimeCodes.ts';
import { hashPassword, passwordFault } from './passwords.ts';
import { makeRecoveryCodes, type Factor } from './secondFactor.ts';
import { endSessionsOf, hashOf, openStaffSession, type OpenedSession, type Session } from './sessions.ts';

export interface Invited {
  readonly staffId: string;
  readonly login: string;
  readonly displayName: string;
  readonly municipalityName: string;
}

/** Undefined for a link that is used, old or none. */
export async function invitedBy(
  db: CenterDatabase,
  token: string,
  now: number,
): Promise<Invited | undefined> {
  const row = await db
    .selectFrom('staff')
    .innerJoin('municipality', 'municipality.code', 'staff.municipality')
    .select(['staff.id', 'login', 'display_name', 'prefecture', 'name'])
    .where('invitation_hash', '=', hashOf(token))
    .where('invitation_until', '>', new Date(now))
    .where('state', '=', 'invited')
    .executeTakeFirst();
  return (
    row && {
      staffId: row.id,
      login: row.login,
      displayName: row.display_name,
      municipalityName: `${row.prefecture}${row.name}`,
    }
  );
}

export type ChosenPassword =
  | { readonly kind: 'chosen'; readonly session: OpenedSession }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly reason: string };

/** The link stays good until a second factor is there, so that a closed window loses nothing. */
export async function choosePassword(
  db: CenterDatabase,
  token: string,
  password: string,
  now: number,
): Promise<ChosenPassword> {
  const invited = await invitedBy(db, token, now);
  if (!invited) return { kind: 'missing' };
  const reason = passwordFault(password, invited.login);
  if (reason !== undefined) return { kind: 'refused', reason };
  const hash = await hashPassword(password);
  return db.transaction().execute(async (tx): Promise<ChosenPassword> => {
    const chosen = await tx
      .updateTable('staff')
      .set({ password_hash: hash })
      .where('id', '=', invited.staffId)
      .where('invitation_hash', '=', hashOf(token))
      .where('state', '=', 'invited')
      .returning('id')
      .executeTakeFirst();
    if (!chosen) return { kind: 'missing' };
    await endSessionsOf(tx, invited.staffId);
    return { kind: 'chosen', session: await openStaffSession(tx, invited.staffId, 'enrolment', now) };
  });
}

/** True when the code is the app's: the secret is kept from now on. */
export async function setOneTimeCode(
  tx: CenterTransaction,
  place: { readonly consoleKey: Buffer; readonly session: Pick<Session, 'staffId' | 'municipality'> },
  chosen: { readonly secret: Buffer; readonly code: string },
  now: number,
): Promise<boolean> {
  const { staffId, municipality } = place.session;
  const step = stepOf(chosen.secret, chosen.code, now, 0);
  if (step === undefined) return false;
  const one_time_secret = seal(place.consoleKey, staffId, chosen.secret);
  await tx
    .updateTable('staff')
    .set({ one_time_secret, one_time_step: step })
    .where('id', '=', staffId)
    .execute();
  await appendAudit(tx, now, 'one-time-code-set', { staffId, municipality });
  return true;
}

export interface Enrolled {
  readonly session: OpenedSession;
  readonly recoveryCodes: readonly string[];
}

/** From invited to active; the link is used up. Undefined when somebody else has just done it. */
export async function finishEnrolment(
  tx: CenterTransaction,
  session: Pick<Session, 'staffId' | 'municipality'>,
  factor: Factor,
  now: number,
): Promise<Enrolled | undefined> {
  const { staffId, municipality } = session;
  const active = await tx
    .updateTable('staff')
    .set({ state: 'active', invitation_hash: null, invitation_until: null })
    .where('id', '=', staffId)
    .where('state', '=', 'invited')
    .returning('id')
    .executeTakeFirst();
  if (!active) return undefined;
  await endSessionsOf(tx, staffId);
  await appendAudit(tx, now, 'staff-enrolled', { staffId, municipality, factor });
  const recoveryCodes = await makeRecoveryCodes(tx, session, now);
  return { session: await openStaffSession(tx, staffId, 'full', now), recoveryCodes };
}
