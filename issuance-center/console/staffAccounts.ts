/** Accounts of a municipality's staff: invited by a link that is good once, enrolled by themselves, changed by an administrator. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { Role } from './permissions.ts';
import { AFTER_SUCCESS } from './lockout.ts';
import { endSessionsOf, hashOf, newToken } from './sessions.ts';

/** A day: a letter or a call between administrator and colleague. */
export const INVITATION_MS = 24 * 60 * 60_000;

export interface Invitation {
  readonly staffId: string;
  /** goes into the link, is kept nowhere */
  readonly token: string;
  readonly until: Date;
}

export interface NewStaff {
  readonly municipality: MunicipalityCode;
  readonly login: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** staff id of the administrator, or `operator` */
  readonly by: string;
}

/** Undefined when the login is taken, in whatever municipality. */
export async function inviteStaff(
  tx: CenterTransaction,
  { municipality, login, displayName, roles, by }: NewStaff,
  now: number,
): Promise<Invitation | undefined> {
  const invitation = { staffId: randomUUID(), token: newToken(), until: new Date(now + INVITATION_MS) };
  const added = await tx
    .insertInto('staff')
    .values({
      id: invitation.staffId,
      municipality,
      login,
      display_name: displayName,
      roles: [...roles],
      state: 'invited',
      password_hash: null,
      one_time_secret: null,
      invitation_hash: hashOf(invitation.token),
      invitation_until: invitation.until,
      created_at: new Date(now),
      created_by: by,
      locked_until: null,
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return undefined;
  const { staffId } = invitation;
  await appendAudit(tx, now, 'staff-invited', { municipality, staffId, by, roles: [...roles] });
  return invitation;
}

export type StaffChange =
  | { readonly kind: 'changed' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-now'; readonly reason: 'own-account' | 'last-administrator' };

export interface StaffAct {
  readonly municipality: MunicipalityCode;
  readonly staffId: string;
  /** who does it */
  readonly by: string;
}

/** Changes of one municipality's accounts stand in one order, so that two can never take away its last administrator. */
async function accountIn(tx: CenterTransaction, { municipality, staffId }: StaffAct) {
  await tx.selectFrom('municipality').select('code').where('code', '=', municipality).forUpdate().execute();
  return tx
    .selectFrom('staff')
    .selectAll()
    .where('id', '=', staffId)
    .where('municipality', '=', municipality)
    .executeTakeFirst();
}

async function isLastAdministrator(
  tx: CenterTransaction,
  { municipality, staffId }: StaffAct,
): Promise<boolean> {
  const other = await tx
    .selectFrom('staff')
    .select('id')
    .where('municipality', '=', municipality)
    .where('id', '<>', staffId)
    .where('state', '=', 'active')
    .where(sql<boolean>`'administrator' = any(roles)`)
    .executeTakeFirst();
  return other === undefined;
}

export function changeRoles(
  db: CenterDatabase,
  act: StaffAct,
  roles: readonly Role[],
  now: number,
): Promise<StaffChange> {
  return changeAccount(db, act, roles.includes('administrator'), async (tx) => {
    await tx
      .updateTable('staff')
      .set({ roles: [...roles] })
      .where('id', '=', act.staffId)
      .execute();
    await endSessionsOf(tx, act.staffId);
    await appendAudit(tx, now, 'staff-roles-changed', { ...act, roles: [...roles] });
  });
}

export function disableStaff(db: CenterDatabase, act: StaffAct, now: number): Promise<StaffChange> {
  return changeAccount(db, act, false, async (tx) => {
    const change = { state: 'disabled' as const, invitation_hash: null, invitation_until: null };
    await tx.updateTable('staff').set(change).where('id', '=', act.staffId).execute();
    await endSessionsOf(tx, act.staffId);
    await appendAudit(tx, now, 'staff-disabled', act);
  });
}

/** `staysAdministrator`: nobody is left out by the change. */
function changeAccount(
  db: CenterDatabase,
  act: StaffAct,
  staysAdministrator: boolean,
  change: (tx: CenterTransaction) => Promise<void>,
): Promise<StaffChange> {
  return db.transaction().execute(async (tx): Promise<StaffChange> => {
    const row = await accountIn(tx, act);
    if (!row) return { kind: 'missing' };
    if (act.by === act.staffId) return { kind: 'not-now', reason: 'own-account' };
    const isAdministrator = row.state === 'active' && row.roles.includes('administrator');
    if (isAdministrator && !staysAdministrator && (await isLastAdministrator(tx, act))) {
      return { kind: 'not-now', reason: 'last-administrator' };
    }
    await change(tx);
    return { kind: 'changed' };
  });
}

export type Reinvited = StaffChange | { readonly kind: 'invited'; readonly invitation: Invitation };

/**
 * A new link: for who was disabled, lost the second factor, or let the first link grow old. Password, passkeys and codes
 * are gone; whoever enrols again is the member from then on.
 */
export function inviteAgain(db: CenterDatabase, act: StaffAct, now: number): Promise<Reinvited> {
  return db.transaction().execute(async (tx): Promise<Reinvited> => {
    const row = await accountIn(tx, act);
    if (!row) return { kind: 'missing' };
    if (act.by === act.staffId) return { kind: 'not-now', reason: 'own-account' };
    const isAdministrator = row.state === 'active' && row.roles.includes('administrator');
    if (isAdministrator && act.by !== 'operator' && (await isLastAdministrator(tx, act))) {
      return { kind: 'not-now', reason: 'last-administrator' };
    }
    const invitation = { staffId: act.staffId, token: newToken(), until: new Date(now + INVITATION_MS) };
    await forgetFactors(tx, act.staffId);
    await tx
      .updateTable('staff')
      .set({
        state: 'invited',
        password_hash: null,
        one_time_secret: null,
        invitation_hash: hashOf(invitation.token),
        invitation_until: invitation.until,
        ...AFTER_SUCCESS,
      })
      .where('id', '=', act.staffId)
      .execute();
    await endSessionsOf(tx, act.staffId);
    await appendAudit(tx, now, 'staff-invited', { ...act, roles: row.roles });
    return { kind: 'invited', invitation };
  });
}

async function forgetFactors(tx: CenterTransaction, staffId: string): Promise<void> {
  await tx.deleteFrom('staff_passkey').where('staff_id', '=', staffId).execute();
  await tx.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute();
}

/** Display names by staff id, for a municipality's own pages. */
export async function staffNames(
  db: CenterDatabase,
  municipality: MunicipalityCode,
): Promise<(id: string | null) => string | null> {
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'display_name'])
    .where('municipality', '=', municipality)
    .execute();
  const names = new Map(rows.map(({ id, display_name }) => [id, display_name]));
  return (id) => (id === null ? null : id === 'operator' ? '運用者' : (names.get(id) ?? '（ほかの人）'));
}
