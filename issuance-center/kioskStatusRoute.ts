/** What a kiosk says of itself. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { CenterDeps } from './app.ts';
import { refusal } from './contract/kioskApi.ts';
import { kioskStatusRequest, kioskStatusResponse } from './contract/kioskStatus.ts';
import { noteStatus } from './kiosks/kioskStatus.ts';

const failures = { 400: refusal, 403: refusal, 429: refusal, 500: refusal, 503: refusal };

export function kioskStatusRoute(app: FastifyInstance, { db, clock }: CenterDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/kiosk-status',
    {
      schema: {
        summary: 'What the kiosk says of itself',
        body: kioskStatusRequest,
        response: { 200: kioskStatusResponse, ...failures },
      },
    },
    async ({ kioskId, body }) => {
      await noteStatus(db, kioskId, body, clock());
      return { kind: 'noted' as const };
    },
  );
}
