/** 台帳の連携: how the registers stand, what differs, and the clients that may feed them. */
import * as contract from '../../contract/console/registers.ts';
import { enrolFeedClient, revokeFeedClient } from '../../registers/door/feedClients.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute } from '../consoleRoute.ts';
import { staffNames } from '../staffAccounts.ts';
import { differencePage, differencesCsv } from './differences.ts';
import { standingsOf } from './standings.ts';

export function registersRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [...standingRoutes(deps), ...differenceRoutes(deps), ...clientRoutes(deps)];
}

function standingRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/registers',
      act: 'view-registers',
      summary: 'How every register stands',
      answer: contract.registerList,
      handle: async ({ staff, now }) => ({
        registers: [...(await standingsOf(deps, staff.municipality, now))],
        clients: (await clientRows(deps, staff.municipality)).filter(({ revoked_at }) => !revoked_at).length,
      }),
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/registers/:register',
      act: 'view-registers',
      summary: 'How one register stands, with the faults of the last refused file',
      params: contract.oneRegister,
      answer: contract.registerStanding,
      handle: async ({ staff, params, now }) => {
        const all = await standingsOf(deps, staff.municipality, now);
        return all.find(({ register }) => register === params.register)!;
      },
    }),
  ];
}

function differenceRoutes({ db }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/registers/:register/differences',
      act: 'view-differences',
      summary: 'Rows that differ from the source, by its own keys',
      params: contract.listedRegister,
      query: contract.differencesQuery,
      answer: contract.differenceList,
      handle: ({ staff, params, query }) =>
        differencePage(db, { ...params, municipality: staff.municipality }, query.page),
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/registers/:register/differences.csv',
      act: 'view-differences',
      summary: 'All of them as CSV',
      params: contract.listedRegister,
      handle: async ({ staff, params, reply }) => {
        const place = { ...params, municipality: staff.municipality };
        void reply.header('content-disposition', `attachment; filename="differences-${params.register}.csv"`);
        return reply.type('text/csv; charset=utf-8').send(differencesCsv(db, place));
      },
    }),
  ];
}

const clientRows = ({ db }: ConsoleDeps, municipality: string) =>
  db
    .selectFrom('feed_client')
    .select(['id', 'enrolled_at', 'enrolled_by', 'revoked_at', 'last_used_at'])
    .where('municipality', '=', municipality)
    .orderBy('id')
    .execute();

function clientRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db, keys, feedUrl } = deps;
  return [
    consoleRoute({
      method: 'GET',
      path: '/api/feed-clients',
      act: 'manage-feed',
      summary: 'Who may feed the registers',
      answer: contract.feedClientList,
      handle: async ({ staff }) => {
        const nameOf = await staffNames(db, staff.municipality);
        const rows = await clientRows(deps, staff.municipality);
        return {
          clients: rows.map((row) => ({
            clientId: row.id,
            enrolledAt: row.enrolled_at.toISOString(),
            enrolledBy: nameOf(row.enrolled_by) ?? '',
            revokedAt: row.revoked_at?.toISOString() ?? null,
            lastUsedAt: row.last_used_at?.toISOString() ?? null,
          })),
        };
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/feed-clients',
      act: 'manage-feed',
      confirm: true,
      summary: 'A certificate for a client: the file is given once',
      body: contract.enrolRequest,
      answer: contract.enrolAnswer,
      handle: async ({ staff, body, now }) => {
        const { clientId, replace } = body;
        const known = (await clientRows(deps, staff.municipality)).find(({ id }) => id === clientId);
        if (known && !known.revoked_at && !replace) {
          const reason = 'この名前の機械は、もう登録されています。ほかの名前にしてください';
          throw new ConsoleRefusal('faults', reason, [{ path: 'clientId', reason }]);
        }
        const client = { municipality: staff.municipality, clientId };
        const credential = await enrolFeedClient({ db, keys, feedUrl, now }, client, staff.staffId);
        if (!credential) throw new ConsoleRefusal('missing', '');
        return credential;
      },
    }),
    consoleRoute({
      method: 'POST',
      path: '/api/feed-clients/:id/revocation',
      act: 'manage-feed',
      confirm: true,
      summary: 'Refused from its next call on',
      params: contract.clientParams,
      answer: contract.done,
      handle: async ({ staff, params, now }) => {
        const client = { municipality: staff.municipality, clientId: params.id };
        if (!(await revokeFeedClient(db, client, staff.staffId, now)))
          throw new ConsoleRefusal('missing', '');
        return { kind: 'done' as const };
      },
    }),
  ];
}
