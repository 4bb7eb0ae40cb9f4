/** 自分のアカウント: who one is, second factors, password, signing out everywhere. */
import { appendAudit } from '../audit/chain.ts';
import * as contract from '../contract/console/session.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import {
  consoleRoute,
  ConsoleRefusal,
  type ConsoleRoute,
  type OwnSession,
  type StaffMember,
} from './consoleRoute.ts';
import { setOneTimeCode } from './enrolment.ts';
import { addPasskey, newPasskeyOptions } from './passkeys.ts';
import { hashPassword, isPassword, passwordFault } from './passwords.ts';
import { makeRecoveryCodes } from './secondFactor.ts';
import { endSessionsOf, noteChallenge, type Session } from './sessions.ts';
import { offerSecret, ownNames } from './signInRoutes.ts';
import { z } from 'zod';

const act = 'use-own-account' as const;
const DONE = { kind: 'done' as const };
const NOT_CONFIRMED = '確認できませんでした。もう一度試してください';

const asSession = (staff: StaffMember, session: OwnSession): Session => ({
  ...staff,
  ...session,
  stage: 'full',
});

export function accountRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [...lookRoutes(deps), ...passkeyRoutes(deps), ...codeRoutes(deps), ...passwordRoutes(deps)];
}

function lookRoutes({ db, configuration }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/me',
      act,
      summary: 'Who is signed in',
      answer: contract.me,
      handle: async ({ staff, session, now }) => {
        const names = await configuration.names();
        const own = names.find(({ municipality }) => municipality === staff.municipality);
        return {
          ...(await ownNames({ db }, staff.staffId)),
          staffId: staff.staffId,
          roles: [...staff.roles],
          municipality: staff.municipality,
          municipalityName: own?.name ?? staff.municipality,
          csrf: session.csrf,
          now: new Date(now).toISOString(),
        };
      },
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/account',
      act,
      summary: 'Own second factors',
      answer: contract.account,
      handle: async ({ staff: { staffId } }) => {
        const passkeys = await db
          .selectFrom('staff_passkey')
          .selectAll()
          .where('staff_id', '=', staffId)
          .execute();
        const row = await db
          .selectFrom('staff')
          .select('one_time_secret')
          .where('id', '=', staffId)
          .executeTakeFirst();
        const left = await db
          .selectFrom('staff_recovery_code')
          .select('hash')
          .where('staff_id', '=', staffId)
          .where('used_at', 'is', null)
          .execute();
        return {
          passkeys: passkeys.map((key) => ({
            id: key.credential_id,
            label: key.label,
            createdAt: key.created_at.toISOString(),
            lastUsedAt: key.last_used_at?.toISOString() ?? null,
          })),
          oneTimeCode: Boolean(row?.one_time_secret),
          recoveryCodesLeft: left.length,
        };
      },
    }),
  ];
}

function passkeyRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db } = deps;
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/account/passkey-question',
      act,
      confirm: true,
      summary: 'What a new passkey is made with',
      answer: contract.passkeyOptions,
      handle: async ({ staff, session }) => {
        const own = asSession(staff, session);
        return { options: await newPasskeyOptions(deps, own, await ownNames(deps, staff.staffId)) };
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/account/passkeys',
      act,
      confirm: true,
      summary: 'Keep a new passkey',
      body: contract.namedPasskey,
      answer: contract.done,
      handle: async ({ staff, session, body, now }) => {
        if (!(await addPasskey(deps, asSession(staff, session), body, now))) {
          throw new ConsoleRefusal('faults', NOT_CONFIRMED);
        }
        const { staffId, municipality } = staff;
        await appendAudit(db, now, 'passkey-added', { staffId, municipality });
        return DONE;
      },
    }),
    consoleRoute({
      method: 'DELETE',
      path: '/api/account/passkeys/:id',
      act,
      confirm: true,
      summary: 'Forget a passkey; the last second factor stays',
      params: contract.passkeyId,
      answer: contract.done,
      handle: async ({ staff, params, now }) => {
        await removePasskey(deps, staff, params.id, now);
        return DONE;
      },
    }),
  ];
}

async function removePasskey(
  { db }: ConsoleDeps,
  staff: StaffMember,
  id: string,
  now: number,
): Promise<void> {
  const { staffId, municipality } = staff;
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('staff')
      .select('one_time_secret')
      .where('id', '=', staffId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const all = await tx
      .selectFrom('staff_passkey')
      .select('credential_id')
      .where('staff_id', '=', staffId)
      .execute();
    if (!all.some(({ credential_id }) => credential_id === id)) throw new ConsoleRefusal('missing', '');
    if (all.length === 1 && !row.one_time_secret) {
      throw new ConsoleRefusal(
        'not-now',
        'これを消すとログインできなくなります。先に、ほかの方法を足してください',
      );
    }
    await tx
      .deleteFrom('staff_passkey')
      .where('credential_id', '=', id)
      .where('staff_id', '=', staffId)
      .execute();
    await appendAudit(tx, now, 'passkey-removed', { staffId, municipality });
  });
}

function codeRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db, consoleKey } = deps;
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/account/code-question',
      act,
      confirm: true,
      summary: 'A secret for a code app',
      answer: contract.oneTimeSetUp,
      handle: ({ staff, session }) => offerSecret(deps, asSession(staff, session)),
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/account/code',
      act,
      confirm: true,
      summary: 'Keep the secret, proven by its first code',
      body: z.object({ code: contract.oneTimeCode }),
      answer: contract.done,
      handle: async ({ staff, session, body, now }) => {
        const secret = Buffer.from(session.challenge ?? '', 'base64url');
        const place = { consoleKey, session: staff };
        const isSet =
          secret.length > 0 &&
          (await db.transaction().execute((tx) => setOneTimeCode(tx, place, { secret, ...body }, now)));
        if (!isSet)
          throw new ConsoleRefusal('faults', NOT_CONFIRMED, [{ path: 'code', reason: NOT_CONFIRMED }]);
        await noteChallenge(db, session.tokenHash, null);
        return DONE;
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/account/recovery-codes',
      act,
      confirm: true,
      summary: 'New recovery codes; the earlier ones are good no longer',
      answer: contract.recoveryCodes,
      handle: async ({ staff, now }) => ({
        recoveryCodes: [...(await db.transaction().execute((tx) => makeRecoveryCodes(tx, staff, now)))],
      }),
    }),
  ];
}

function passwordRoutes({ db }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/account/password',
      act,
      confirm: true,
      summary: 'Another password; every other session ends',
      body: contract.passwordChange,
      answer: contract.done,
      handle: async ({ staff, session, body, now }) => {
        const { staffId, municipality } = staff;
        const row = await db
          .selectFrom('staff')
          .select(['login', 'password_hash'])
          .where('id', '=', staffId)
          .executeTakeFirstOrThrow();
        const wrong = !(await isPassword(body.current, row.password_hash));
        const reason = wrong ? 'いまのパスワードがちがいます' : passwordFault(body.password, row.login);
        if (reason)
          throw new ConsoleRefusal('faults', reason, [{ path: wrong ? 'current' : 'password', reason }]);
        const password_hash = await hashPassword(body.password);
        await db.transaction().execute(async (tx) => {
          await tx.updateTable('staff').set({ password_hash }).where('id', '=', staffId).execute();
          await endSessionsOf(tx, staffId, session.tokenHash);
          await appendAudit(tx, now, 'password-changed', { staffId, municipality });
        });
        return DONE;
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/account/sign-out-everywhere',
      act,
      summary: "Ends every session of one's own",
      answer: contract.done,
      handle: async ({ staff: { staffId, municipality }, now }) => {
        await db.transaction().execute(async (tx) => {
          await endSessionsOf(tx, staffId);
          await appendAudit(tx, now, 'signed-out', { staffId, municipality, everywhere: true });
        });
        return DONE;
      },
    }),
  ];
}
