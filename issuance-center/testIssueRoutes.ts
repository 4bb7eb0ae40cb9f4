/** 見本の印刷 on the kiosk API: parse, call, answer. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';
import type { CenterDeps } from './app.ts';
import { endTestIssue, fetchTestIssue, waitingTestIssues } from './configuration/testIssues.ts';
import { refusal } from './contract/kioskApi.ts';
import * as contract from './contract/testIssue.ts';

const withId = z.object({ id: z.uuid() });
const failures = { 400: refusal, 403: refusal, 429: refusal, 500: refusal, 503: refusal };

export function testIssueRoutes(app: FastifyInstance, deps: CenterDeps): void {
  const { db, clock, configuration, render, manifestKey, fronts } = deps;
  const { common } = configuration;
  const drawing = { db, common, render, manifestKey, verificationUrl: fronts.verificationUrl };
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/test-issues',
    {
      schema: {
        summary: 'Specimens that wait for this kiosk',
        response: { 200: contract.testIssuesResponse, ...failures },
      },
    },
    async ({ kioskId }) => {
      const rows = await waitingTestIssues(db, kioskId, clock());
      const items = rows.map((row) => ({
        id: row.id,
        municipality: municipalityCode.parse(row.municipality),
        municipalityName: `${row.prefecture}${row.name}`,
        kind: row.kind,
        label: common.kinds.get(row.kind)?.value.label ?? row.kind,
        requestedAt: row.requested_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
      }));
      return { kind: 'test-issues' as const, items };
    },
  );
  typed.post(
    '/v1/test-issues/:id/document',
    {
      schema: {
        summary: 'Fetch a specimen, once',
        params: withId,
        response: { 200: contract.specimenResponse, ...failures },
      },
    },
    async ({ kioskId, params }) => {
      const answer = await fetchTestIssue(drawing, kioskId, params.id, clock());
      if (answer.kind === 'not-there') return answer;
      return { ...answer, document: Buffer.from(answer.document).toString('base64') };
    },
  );
  typed.post(
    '/v1/test-issues/:id/outcome',
    {
      schema: {
        summary: 'What became of the paper (idempotent)',
        params: withId,
        body: contract.testIssueOutcomeRequest,
        response: { 200: contract.testIssueOutcomeResponse, ...failures },
      },
    },
    async ({ kioskId, params, body }) => {
      const noted = await endTestIssue(db, kioskId, params.id, body.outcome, clock());
      return { kind: noted ? ('noted' as const) : ('unknown-test-issue' as const) };
    },
  );
}
