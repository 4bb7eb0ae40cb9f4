/** 見本: on the screen, and printed at a kiosk. */
import { civilMoment } from '#templates/civilTime.ts';
import { readVersion } from '../../configuration/municipalTemplates.ts';
import { composeSpecimen, drawingFaults } from '../../configuration/specimen.ts';
import { cancelTestIssue, requestTestIssue } from '../../configuration/testIssues.ts';
import * as contract from '../../contract/console/configuration.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute } from '../consoleRoute.ts';
import { staffNames } from '../staffAccounts.ts';
import { versionRow } from './versionViews.ts';

export function specimenRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [previewRoute(deps), ...testIssueRoutes(deps)];
}

function previewRoute({ db, configuration, render, verificationUrl }: ConsoleDeps): ConsoleRoute {
  return consoleRoute({
    method: 'POST',
    path: '/api/versions/:number/preview',
    act: 'view-configuration',
    summary: "A sample person's certificate by this version, as PDF marked 見本",
    params: contract.versionNumber,
    body: contract.previewRequest,
    handle: async ({ staff, params, body, now, reply }) => {
      const row = await versionRow(db, staff.municipality, params.number);
      const read = await readVersion(db, configuration.common, staff.municipality, row.profile);
      if (read.kind === 'faults') throw new ConsoleRefusal('faults', '直すところがあります', read.faults);
      const today = civilMoment(now).date;
      const { serviceStartsOn } = read.profile;
      const issueDate = body.issueDate ?? (today < serviceStartsOn ? serviceStartsOn : today);
      const composed = composeSpecimen({ ...read, verificationUrl }, { ...body, issueDate });
      if (composed.kind === 'faults') throw new ConsoleRefusal('faults', '見本を作れません', composed.faults);
      const drawn = await render(composed.request);
      if (drawn.kind === 'refused')
        throw new ConsoleRefusal('faults', '見本を作れません', drawingFaults(drawn));
      return reply.type('application/pdf').send(Buffer.from(drawn.bytes));
    },
  });
}

function testIssueRoutes({ db, configuration }: ConsoleDeps): readonly ConsoleRoute[] {
  return [
    consoleRoute({
      method: 'POST',
      path: '/api/versions/:number/test-issues',
      act: 'test-issue',
      summary: 'Ask a kiosk for a printed specimen',
      params: contract.versionNumber,
      body: contract.testIssueRequest,
      answer: contract.testIssueId,
      handle: async ({ staff, params, body, now }) => {
        await versionRow(db, staff.municipality, params.number);
        const { municipality, staffId } = staff;
        const wish = { municipality, staffId, version: params.number, ...body };
        const id = await requestTestIssue(db, wish, now);
        if (!id) {
          const reason = '見本か機械の番号がちがいます';
          throw new ConsoleRefusal('faults', reason, [{ path: 'kioskId', reason }]);
        }
        return { id };
      },
    }),
    consoleRoute({
      method: 'GET',
      path: '/api/test-issues',
      act: 'view-configuration',
      summary: 'Specimens asked for, newest first',
      answer: contract.testIssues,
      handle: async ({ staff, now }) => {
        const rows = await db
          .selectFrom('test_issue')
          .selectAll()
          .where('municipality', '=', staff.municipality)
          .orderBy('requested_at', 'desc')
          .limit(100)
          .execute();
        const nameOf = await staffNames(db, staff.municipality);
        return {
          testIssues: rows.map((row) => ({
            id: row.id,
            version: row.version,
            kioskId: row.kiosk_id,
            kind: row.kind,
            label: configuration.common.kinds.get(row.kind)?.value.label ?? row.kind,
            state: row.state === 'waiting' && row.expires_at.getTime() <= now ? 'expired' : row.state,
            requestedBy: nameOf(row.requested_by),
            requestedAt: row.requested_at.toISOString(),
            endedAt: row.ended_at?.toISOString() ?? null,
          })),
        };
      },
    }),
    consoleRoute({
      method: 'DELETE',
      path: '/api/test-issues/:id',
      act: 'test-issue',
      summary: 'Take back what no kiosk has fetched',
      params: contract.testIssueId,
      answer: contract.done,
      handle: async ({ staff, params, now }) => {
        const cancelled = await cancelTestIssue(db, staff.municipality, params.id, now);
        if (!cancelled) throw new ConsoleRefusal('missing', '');
        return { kind: 'done' as const };
      },
    }),
  ];
}
