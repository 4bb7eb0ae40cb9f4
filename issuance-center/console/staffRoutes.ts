/** 職員 and 監査記録 of the own municipality. */
import { sql } from 'kysely';
import { instantOf } from '#templates/civilTime.ts';
import * as contract from '../contract/console/staff.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute } from './consoleRoute.ts';
import { isLocked } from './lockout.ts';
import { done } from '../contract/console/session.ts';
import {
  changeRoles,
  disableStaff,
  inviteAgain,
  inviteStaff,
  staffNames,
  type Invitation,
  type StaffChange,
} from './staffAccounts.ts';

export function staffRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [...listRoutes(deps), ...inviteRoutes(deps), ...changeRoutes(deps), auditRoute(deps)];
}

function listRoutes({ db }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/staff',
      act: 'manage-staff',
      summary: 'Accounts of the municipality',
      answer: contract.staffList,
      handle: async ({ staff, now }) => {
        const rows = await db
          .selectFrom('staff')
          .selectAll()
          .where('municipality', '=', staff.municipality)
          .orderBy('login')
          .execute();
        return {
          staff: rows.map((row) => ({
            staffId: row.id,
            login: row.login,
            displayName: row.display_name,
            roles: row.roles,
            state: row.state,
            locked: isLocked(row, now),
            createdAt: row.created_at.toISOString(),
          })),
        };
      },
    }),
  ];
}

const linkOf = (origin: string, { staffId, token, until }: Invitation) => ({
  staffId,
  link: `${origin}/enrol#${token}`,
  until: until.toISOString(),
});

function inviteRoutes({ db, origin }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/staff',
      act: 'manage-staff',
      confirm: true,
      summary: 'Invite a colleague',
      body: contract.inviteRequest,
      answer: contract.inviteAnswer,
      handle: async ({ staff, body, now }) => {
        const person = { ...body, municipality: staff.municipality, by: staff.staffId };
        const invitation = await db.transaction().execute((tx) => inviteStaff(tx, person, now));
        if (!invitation) {
          const reason = 'このログイン名は使われています。ほかの名前にしてください';
          throw new ConsoleRefusal('faults', reason, [{ path: 'login', reason }]);
        }
        return linkOf(origin, invitation);
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/staff/:staffId/invitation',
      act: 'manage-staff',
      confirm: true,
      summary: 'A new link; password and second factors are gone',
      params: contract.staffId,
      answer: contract.inviteAnswer,
      handle: async ({ staff, params, now }) => {
        const act = { municipality: staff.municipality, staffId: params.staffId, by: staff.staffId };
        const again = await inviteAgain(db, act, now);
        if (again.kind !== 'invited') throw refusalOf(again);
        return linkOf(origin, again.invitation);
      },
    }),
  ];
}

function changeRoutes({ db }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'PUT',
      path: '/api/staff/:staffId/roles',
      act: 'manage-staff',
      confirm: true,
      summary: 'Other roles; the member signs in again',
      params: contract.staffId,
      body: contract.rolesRequest,
      answer: done,
      handle: async ({ staff, params, body, now }) => {
        const act = { municipality: staff.municipality, staffId: params.staffId, by: staff.staffId };
        return settled(await changeRoles(db, act, body.roles, now));
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/staff/:staffId/disable',
      act: 'manage-staff',
      confirm: true,
      summary: 'The account is closed at once',
      params: contract.staffId,
      answer: done,
      handle: async ({ staff, params, now }) => {
        const act = { municipality: staff.municipality, staffId: params.staffId, by: staff.staffId };
        return settled(await disableStaff(db, act, now));
      },
    }),
  ];
}

function settled(change: StaffChange): { kind: 'done' } {
  if (change.kind !== 'changed') throw refusalOf(change);
  return { kind: 'done' };
}

const NOT_NOW = {
  'own-account': '自分の役割や状態は変えられません。ほかの管理者に頼んでください',
  'last-administrator': '管理者が一人もいなくなります。先に、ほかの職員を管理者にしてください',
} as const;

function refusalOf(change: StaffChange): ConsoleRefusal {
  if (change.kind === 'not-now') return new ConsoleRefusal('not-now', NOT_NOW[change.reason]);
  return new ConsoleRefusal('missing', '');
}

const PAGE = 100;
/** Fields that say who did it. */
const ACTORS = ['staffId', 'by'] as const;

/** Events that name this municipality. What a resident's visit did carries opaque ids only. */
function auditRoute({ db }: ConsoleDeps): ConsoleRoute {
  return consoleRoute({
    method: 'GET',
    path: '/api/audit',
    act: 'view-audit',
    summary: 'What was done, newest first',
    query: contract.auditQuery,
    answer: contract.auditPage,
    handle: async ({ staff, query }) => {
      const rows = await db
        .selectFrom('audit_event')
        .select(['seq', 'at', 'type', 'fields'])
        .where(sql<boolean>`(fields::jsonb)->>'municipality' = ${staff.municipality}`)
        .$if(query.type !== undefined, (where) => where.where('type', '=', query.type!))
        .$if(query.before !== undefined, (where) => where.where('seq', '<', query.before!))
        .$if(query.day !== undefined, (where) =>
          where
            .where('at', '>=', new Date(instantOf(query.day!, 0)).toISOString())
            .where('at', '<', new Date(instantOf(query.day!, 1440)).toISOString()),
        )
        .orderBy('seq', 'desc')
        .limit(PAGE + 1)
        .execute();
      const nameOf = await staffNames(db, staff.municipality);
      return {
        events: rows.slice(0, PAGE).map(({ seq, at, type, fields }) => {
          const parsed = JSON.parse(fields) as Record<string, unknown>;
          const actor = ACTORS.map((field) => parsed[field]).findLast((value) => typeof value === 'string');
          const { municipality: _own, ...shown } = parsed;
          return { seq, at, type, by: nameOf((actor as string | undefined) ?? null), fields: shown };
        }),
        more: rows.length > PAGE,
      };
    },
  });
}
