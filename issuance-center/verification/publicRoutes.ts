/** The public interface, route by route: parse, ask, answer. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  certificateStatus,
  glyphBlock,
  lookUpFailure,
  publishedKeys,
  typedIssueNumber,
} from '../contract/verification.ts';
import { failure } from './publicAnswers.ts';
import type { PublicDeps } from './publicApp.ts';
import { nameOf, statusOf } from './status.ts';

const MINUTE_MS = 60_000;
const DAY_S = 24 * 60 * 60;
const failures = { 400: lookUpFailure, 404: lookUpFailure, 429: lookUpFailure, 500: lookUpFailure };

export function publicRoutes(app: FastifyInstance, deps: PublicDeps, lookUpsPerMinute: number): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/keys.json',
    { schema: { response: { 200: publishedKeys, ...failures } } },
    (_request, reply) => {
      void reply.header('cache-control', 'no-cache');
      return { version: 1 as const, keys: keysOf(deps) };
    },
  );
  typed.get(
    '/v1/certificates/:issueNumber',
    {
      config: { rateLimit: { max: lookUpsPerMinute, timeWindow: MINUTE_MS } },
      schema: {
        params: z.object({ issueNumber: z.string() }),
        response: { 200: certificateStatus, ...failures },
      },
    },
    async ({ params }, reply) => {
      const issueNumber = typedIssueNumber(params.issueNumber);
      if (!issueNumber) return reply.code(400).send(failure('not-a-number'));
      const answer = await statusOf(deps, issueNumber);
      deps.metrics.lookUps.inc({ answer: answer.status });
      return answer;
    },
  );
  typed.get(
    '/glyphs/:block.json',
    {
      schema: {
        params: z.object({ block: z.string().regex(/^[0-9a-f]{1,5}$/) }),
        response: { 200: glyphBlock, ...failures },
      },
    },
    async ({ params }, reply) => {
      const outlines = deps.glyphsOf(parseInt(params.block, 16));
      if (!outlines) return reply.code(404).send(failure('no-such-page'));
      void reply.header('cache-control', `public, max-age=${DAY_S}`);
      return { outlines };
    },
  );
}

/** Keys of municipalities that are served no more stay published: their paper lives on. */
function keysOf({ keys, templates }: PublicDeps) {
  return keys().map((key) => {
    const profile = templates.profiles.get(key.municipality)?.value;
    return { ...key, municipalityName: profile ? nameOf(profile) : key.municipality };
  });
}
