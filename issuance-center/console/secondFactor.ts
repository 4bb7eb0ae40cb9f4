/** One-time codes and recovery codes of an account, checked once each. */
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { unseal } from './consoleSecrets.ts';
import { AFTER_SUCCESS, afterFailure, isLocked } from './lockout.ts';
import { newRecoveryCodes, recoveryHash, stepOf } from './oneTimeCodes.ts';
import type { StaffMember } from './consoleRoute.ts';

export type Factor = 'passkey' | 'one-time-code' | 'recovery-code';
export type FactorCheck =
  | { readonly kind: 'right'; readonly factor: Factor }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked' };

interface Place {
  readonly db: CenterDatabase;
  readonly consoleKey: Buffer;
}

type Member = Pick<StaffMember, 'staffId' | 'municipality'>;

/** Checks a code of six digits or a recovery code; failures count towards the lock. */
export function checkCode(place: Place, member: Member, code: string, now: number): Promise<FactorCheck> {
  return place.db.transaction().execute(async (tx): Promise<FactorCheck> => {
    const row = await accountOf(tx, member.staffId);
    if (isLocked(row, now)) return { kind: 'locked' };
    const isRight = /^\d{6}$/.test(code)
      ? await useOneTimeCode(tx, place.consoleKey, row, code, now)
      : await useRecoveryCode(tx, member.staffId, code, now);
    const factor = /^\d{6}$/.test(code) ? 'one-time-code' : 'recovery-code';
    if (isRight) return { kind: 'right', factor };
    await noteFailure(tx, member, row, now);
    return { kind: 'wrong' };
  });
}

/** The answer of a passkey counts for the lock as a code does. */
export function judged(
  db: CenterDatabase,
  member: Member,
  isRight: boolean,
  now: number,
): Promise<FactorCheck> {
  return db.transaction().execute(async (tx): Promise<FactorCheck> => {
    const row = await accountOf(tx, member.staffId);
    if (isLocked(row, now)) return { kind: 'locked' };
    if (isRight) return { kind: 'right', factor: 'passkey' };
    await noteFailure(tx, member, row, now);
    return { kind: 'wrong' };
  });
}

export async function noteSuccess(tx: CenterDatabase | CenterTransaction, staffId: string): Promise<void> {
  await tx.updateTable('staff').set(AFTER_SUCCESS).where('id', '=', staffId).execute();
}

function accountOf(tx: CenterTransaction, staffId: string) {
  return tx.selectFrom('staff').selectAll().where('id', '=', staffId).forUpdate().executeTakeFirstOrThrow();
}
type Row = Awaited<ReturnType<typeof accountOf>>;

async function noteFailure(tx: CenterTransaction, member: Member, row: Row, now: number): Promise<void> {
  const next = afterFailure(row, now);
  await tx.updateTable('staff').set(next).where('id', '=', row.id).execute();
  const locked = next.locked_until !== null;
  const { staffId, municipality } = member;
  await appendAudit(tx, now, 'sign-in-refused', { staffId, municipality, step: 'second-factor', locked });
}

async function useOneTimeCode(
  tx: CenterTransaction,
  key: Buffer,
  row: Row,
  code: string,
  now: number,
): Promise<boolean> {
  if (!row.one_time_secret) return false;
  const step = stepOf(unseal(key, row.id, row.one_time_secret), code, now, row.one_time_step);
  if (step === undefined) return false;
  await tx.updateTable('staff').set({ one_time_step: step }).where('id', '=', row.id).execute();
  return true;
}

async function useRecoveryCode(
  tx: CenterTransaction,
  staffId: string,
  code: string,
  now: number,
): Promise<boolean> {
  const used = await tx
    .updateTable('staff_recovery_code')
    .set({ used_at: new Date(now) })
    .where('staff_id', '=', staffId)
    .where('hash', '=', recoveryHash(staffId, code))
    .where('used_at', 'is', null)
    .returning('hash')
    .executeTakeFirst();
  return used !== undefined;
}

/** New ones take the place of all earlier. */
export async function makeRecoveryCodes(
  tx: CenterTransaction,
  member: Member,
  now: number,
): Promise<readonly string[]> {
  const { staffId, municipality } = member;
  const codes = newRecoveryCodes();
  await tx.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute();
  await tx
    .insertInto('staff_recovery_code')
    .values(codes.map((code) => ({ staff_id: staffId, hash: recoveryHash(staffId, code), used_at: null })))
    .execute();
  await appendAudit(tx, now, 'recovery-codes-made', { staffId, municipality });
  return codes;
}
