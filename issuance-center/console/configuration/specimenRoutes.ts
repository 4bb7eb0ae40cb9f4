/** 見本: on the screen, and printed at a kiosk. */
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import { readVersion } from '../../configuration/municipalTemplates.ts';
import { composeSpecimen, dayShown, drawingFaults, type SpecimenWish } from '../../configuration/specimen.ts';
import { cancelTestIssue, requestTestIssue } from '../../configuration/testIssues.ts';
import * as contract from '../../contract/console/configuration.ts';
import type { RenderRequest } from '../../documents/renderer.ts';
import type { ConsoleDeps } from '../consoleDeps.ts';
import { consoleRoute, ConsoleRefusal, type ConsoleRoute } from '../consoleRoute.ts';
import { staffNames } from '../staffAccounts.ts';
import { versionRow } from './versionViews.ts';

export function specimenRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  return [previewRoute(deps), ...testIssueRoutes(deps)];
}

/** Throws what keeps this version from showing a specimen. */
async function composed(
  { db, configuration, verificationUrl }: ConsoleDeps,
  { municipality, profile }: { readonly municipality: string; readonly profile: string },
  wish: Omit<SpecimenWish, 'issueDate'> & { readonly issueDate?: CivilDate },
  now: number,
): Promise<RenderRequest> {
  const read = await readVersion(db, configuration.common, municipality as MunicipalityCode, profile);
  if (read.kind === 'faults') throw new ConsoleRefusal('faults', '直すところがあります', read.faults);
  const issueDate = wish.issueDate ?? dayShown(read.profile, now);
  const specimen = composeSpecimen({ ...read, verificationUrl }, { ...wish, issueDate });
  if (specimen.kind === 'faults') throw new ConsoleRefusal('faults', '見本を作れません', specimen.faults);
  return specimen.request;
}

function previewRoute(deps: ConsoleDeps): ConsoleRoute {
  const { db, render } = deps;
  return consoleRoute({
    method: 'POST',
    path: '/api/versions/:number/preview',
    act: 'view-configuration',
    summary: "A sample person's certificate by this version, as PDF marked 見本",
    params: contract.versionNumber,
    body: contract.previewRequest,
    handle: async ({ staff, params, body, now, reply }) => {
      const row = await versionRow(db, staff.municipality, params.number);
      const drawn = await render(await composed(deps, row, body, now));
      if (drawn.kind === 'refused')
        throw new ConsoleRefusal('faults', '見本を作れません', drawingFaults(drawn));
      return reply.type('application/pdf').send(Buffer.from(drawn.bytes));
    },
  });
}

function testIssueRoutes(deps: ConsoleDeps): readonly ConsoleRoute[] {
  const { db, configuration } = deps;
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
        const row = await versionRow(db, staff.municipality, params.number);
        if (row.state === 'rejected' || row.state === 'withdrawn') {
          throw new ConsoleRefusal('not-now', 'この版は使われません。印刷する版をえらび直してください');
        }
        // whoever goes to the kiosk should not find out there that nothing can be drawn
        await composed(deps, row, body, now);
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
            digest: row.profile_digest,
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
        const cancelled = await cancelTestIssue(db, staff, params.id, now);
        if (!cancelled) throw new ConsoleRefusal('missing', '');
        return { kind: 'done' as const };
      },
    }),
  ];
}
