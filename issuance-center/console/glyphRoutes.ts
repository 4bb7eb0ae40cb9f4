/**
 * Outlines of letters the page's font cannot show as registered, by blocks of sixteen characters; a municipality's own
 * (外字) by its code. Letters, never names: nothing is asked that tells whose name is looked at.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { GraphemeOutlines } from '#templates/graphemeOutline.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { answer } from './consoleAnswers.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import { sessionGuard } from './guard.ts';

const DAY_S = 24 * 60 * 60;
const block = z
  .string()
  .regex(/^[0-9a-f]{1,5}$/)
  .transform((text) => parseInt(text, 16));

export function glyphRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const preValidation = sessionGuard(deps, ['full']);
  const send = (outlines: GraphemeOutlines | undefined, reply: FastifyReply): FastifyReply => {
    if (!outlines) return answer(reply, 'missing');
    void reply.header('cache-control', `private, max-age=${DAY_S}`);
    return reply.send({ outlines });
  };
  typed.get(
    '/glyphs/:block.json',
    { preValidation, schema: { params: z.object({ block }) } },
    ({ params }, reply) => send(deps.glyphsOf(params.block), reply as unknown as FastifyReply),
  );
  typed.get(
    '/glyphs/:municipality/:block.json',
    { preValidation, schema: { params: z.object({ municipality: municipalityCode, block }) } },
    async (request, reply) => {
      const { municipality, block: wanted } = request.params;
      const own = request.staffSession!.municipality === municipality;
      const outlines = own ? await deps.privateGlyphsOf(municipality, wanted) : undefined;
      return send(outlines, reply as unknown as FastifyReply);
    },
  );
}
