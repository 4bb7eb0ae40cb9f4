/** The public interface, route by route: parse, ask, answer. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { GraphemeOutlines } from '#templates/graphemeOutline.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import {
  certificateStatus,
  glyphBlock,
  lookUpFailure,
  publishedKeys,
  typedIssueNumber,
} from '../contract/verification.ts';
import { failure } from './publicAnswers.ts';
import type { PublicDeps } from './publicApp.ts';
import { statusOf } from './status.ts';

const MINUTE_MS = 60_000;
const DAY_S = 24 * 60 * 60;
const failures = { 400: lookUpFailure, 404: lookUpFailure, 429: lookUpFailure, 500: lookUpFailure };

export function publicRoutes(app: FastifyInstance, deps: PublicDeps, lookUpsPerMinute: number): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/keys.json',
    { schema: { response: { 200: publishedKeys, ...failures } } },
    async (_request, reply) => {
      void reply.header('cache-control', 'no-cache');
      return { version: 1 as const, keys: await keysOf(deps) };
    },
  );
  app.get('/ca.pem', (_request, reply) => {
    void reply.header('cache-control', 'no-cache');
    void reply.header('content-disposition', 'attachment; filename="certificate-center-ca.pem"');
    return reply.type('application/x-pem-file').send(deps.caCertificate);
  });
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
  glyphRoutes(app, deps);
}

const block = z
  .string()
  .regex(/^[0-9a-f]{1,5}$/)
  .transform((text) => parseInt(text, 16));
const glyphAnswers = { 200: glyphBlock, ...failures };

function glyphRoutes(app: FastifyInstance, deps: PublicDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const answer = (outlines: GraphemeOutlines | undefined, reply: Pick<FastifyReply, 'code' | 'header'>) => {
    if (!outlines) {
      void reply.code(404);
      return failure('no-such-page');
    }
    void reply.header('cache-control', `public, max-age=${DAY_S}`);
    return { outlines };
  };
  typed.get(
    '/glyphs/:block.json',
    { schema: { params: z.object({ block }), response: glyphAnswers } },
    ({ params }, reply) => answer(deps.glyphsOf(params.block), reply as unknown as FastifyReply),
  );
  typed.get(
    '/glyphs/:municipality/:block.json',
    { schema: { params: z.object({ municipality: municipalityCode, block }), response: glyphAnswers } },
    async ({ params }, reply) =>
      answer(await deps.privateGlyphsOf(params.municipality, params.block), reply as unknown as FastifyReply),
  );
}

/** Keys of municipalities that are served no more stay published: their paper lives on. */
async function keysOf({ keys, names }: PublicDeps) {
  const known = new Map((await names()).map(({ municipality, name }) => [municipality, name]));
  return keys().map((key) => ({
    ...key,
    municipalityName: known.get(key.municipality) ?? key.municipality,
  }));
}
