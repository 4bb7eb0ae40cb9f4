/** 緊急停止, and lifting it. */
import { isChannelStop } from '../../configuration/stopReasons.ts';
import { liftStop, stopIssuing } from '../../configuration/stops.ts';
import * as contract from '../../contract/console/configuration.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute } from '../consoleRoute.ts';

export function stopRoutes({ db, configuration }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/stops',
      act: 'stop-issuing',
      summary: 'Stop a kind, a channel of applications, or everything, from the next question on',
      body: contract.stopRequest,
      answer: contract.done,
      handle: async ({ staff, body, now }) => {
        const { kind } = body;
        if (kind !== null && !isChannelStop(kind) && !configuration.common.kinds.has(kind)) {
          throw new ConsoleRefusal('faults', 'この証明書はありません', [
            { path: 'kind', reason: 'この証明書はありません' },
          ]);
        }
        const stopped = await stopIssuing(db, { ...staff, ...body }, now);
        if (!stopped) throw new ConsoleRefusal('not-now', 'もう止めてあります');
        return { kind: 'done' as const };
      },
    }),
    consoleRoute({
      method: 'DELETE',
      path: '/api/stops/:id',
      act: 'lift-stop',
      confirm: true,
      summary: 'Begin issuing again',
      params: contract.stopId,
      answer: contract.done,
      handle: async ({ staff, params, now }) => {
        const lifted = await liftStop(db, staff.municipality, params.id, staff.staffId, now);
        if (!lifted) throw new ConsoleRefusal('missing', '');
        return { kind: 'done' as const };
      },
    }),
  ];
}
