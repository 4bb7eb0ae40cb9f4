/**
 * Signing in: the password, then a passkey or a one-time code. An unknown login, a wrong password and a locked account
 * cannot be told apart, and cost the same work.
 */
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase } from '../database/connect.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import { afterFailure, isLocked } from './lockout.ts';
import { isPasskeyAnswer } from './passkeys.ts';
import { isPassword } from './passwords.ts';
import { checkCode, judged, noteSuccess, type FactorCheck } from './secondFactor.ts';
import { endSession, noteConfirmed, openStaffSession, type OpenedSession, type Session } from './sessions.ts';

export type SignInFactor = 'passkey' | 'one-time-code';
export type FirstStep =
  | {
      readonly kind: 'second-factor';
      readonly session: OpenedSession;
      readonly factors: readonly SignInFactor[];
    }
  | { readonly kind: 'refused' };

export async function checkPassword(
  db: CenterDatabase,
  wanted: { readonly login: string; readonly password: string },
  now: number,
): Promise<FirstStep> {
  const login = wanted.login.trim().toLowerCase();
  const row = await db.selectFrom('staff').selectAll().where('login', '=', login).executeTakeFirst();
  const isActive = row?.state === 'active';
  const isRight = await isPassword(wanted.password, isActive ? row.password_hash : null);
  if (!row || !isActive || isLocked(row, now)) return { kind: 'refused' };
  if (!isRight) {
    await noteWrongPassword(db, row.id, now);
    return { kind: 'refused' };
  }
  const session = await openStaffSession(db, row.id, 'password', now);
  return { kind: 'second-factor', session, factors: await factorsOf(db, row.id) };
}

/** Counted under the row's lock: guesses at the same moment are as many failures as they are guesses. */
async function noteWrongPassword(db: CenterDatabase, staffId: string, now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('staff')
      .select(['municipality', 'failures', 'locks', 'locked_until'])
      .where('id', '=', staffId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (isLocked(row, now)) return;
    const next = afterFailure(row, now);
    await tx.updateTable('staff').set(next).where('id', '=', staffId).execute();
    const municipality = municipalityCode.parse(row.municipality);
    const locked = next.locked_until !== null;
    await appendAudit(tx, now, 'sign-in-refused', { municipality, staffId, step: 'password', locked });
  });
}

async function factorsOf(db: CenterDatabase, staffId: string): Promise<readonly SignInFactor[]> {
  const passkey = await db
    .selectFrom('staff_passkey')
    .select('credential_id')
    .where('staff_id', '=', staffId)
    .limit(1)
    .executeTakeFirst();
  const row = await db
    .selectFrom('staff')
    .select('one_time_secret')
    .where('id', '=', staffId)
    .executeTakeFirstOrThrow();
  return [
    ...(passkey ? (['passkey'] as const) : []),
    ...(row.one_time_secret ? (['one-time-code'] as const) : []),
  ];
}

type Answer = { readonly code: string } | { readonly passkey: Record<string, unknown> };

async function check(deps: ConsoleDeps, session: Session, answer: Answer, now: number): Promise<FactorCheck> {
  if ('code' in answer) return checkCode(deps, session, answer.code, now);
  return judged(deps.db, session, await isPasskeyAnswer(deps, session, answer.passkey, now), now);
}

export type SecondStep =
  | { readonly kind: 'signed-in'; readonly session: OpenedSession }
  | Exclude<FactorCheck, { readonly kind: 'right' }>;

/** Ends the half-way session and opens a full one under a new token. */
export async function finishSignIn(
  deps: ConsoleDeps,
  session: Session,
  answer: Answer,
  now: number,
): Promise<SecondStep> {
  const checked = await check(deps, session, answer, now);
  if (checked.kind !== 'right') return checked;
  const { staffId, municipality } = session;
  return deps.db.transaction().execute(async (tx): Promise<SecondStep> => {
    await noteSuccess(tx, staffId);
    await endSession(tx, session.tokenHash);
    const opened = await openStaffSession(tx, staffId, 'full', now);
    await appendAudit(tx, now, 'signed-in', { municipality, staffId, factor: checked.factor });
    return { kind: 'signed-in', session: opened };
  });
}

/** The second factor once more, before an act that weighs more. */
export async function confirmSignIn(
  deps: ConsoleDeps,
  session: Session,
  answer: Answer,
  now: number,
): Promise<FactorCheck> {
  const checked = await check(deps, session, answer, now);
  if (checked.kind !== 'right') return checked;
  const { staffId, municipality } = session;
  await deps.db.transaction().execute(async (tx) => {
    await noteSuccess(tx, staffId);
    await noteConfirmed(tx, session.tokenHash, now);
    await appendAudit(tx, now, 'sign-in-confirmed', { municipality, staffId, factor: checked.factor });
  });
  return checked;
}
