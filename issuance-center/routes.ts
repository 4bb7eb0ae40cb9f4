/** The kiosk API, route by route: parse, call, answer. What is decided is decided in identity/ and issuing/. */
import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { issueNumber, municipalityCode } from '#templates/vocabulary.ts';
import type { CenterDeps } from './app.ts';
import * as contract from './contract/kioskApi.ts';
import { domicileRoutes } from './domicile/kioskRoutes.ts';
import { authenticate } from './identity/authenticate.ts';
import { openSession } from './identity/session.ts';
import { raiseAlarm } from './issuing/alarms.ts';
import { offer } from './issuing/offer.ts';
import { prepare } from './issuing/prepare.ts';
import { makeReceipt } from './issuing/receipt.ts';
import { answerOf } from './issuing/refusal.ts';
import { serviceToday } from './issuing/serviceToday.ts';
import { confirmPrinted, voidCertificate } from './issuing/settle.ts';
import { kioskStatusRoute } from './kioskStatusRoute.ts';
import { noteSeen } from './kiosks/kioskStatus.ts';
import { testIssueRoutes } from './testIssueRoutes.ts';

const withSession = z.object({ sessionId: contract.sessionId });
const withIssueNumber = z.object({ issueNumber });
/** answers of every route outside its own 200 */
const failures = {
  400: contract.refusal,
  403: contract.refusal,
  429: contract.refusal,
  500: contract.refusal,
  503: contract.refusal,
};

export function kioskRoutes(app: FastifyInstance, deps: CenterDeps): void {
  identityRoutes(app, deps);
  issuingRoutes(app, deps);
  receiptRoutes(app, deps);
  settlementRoutes(app, deps);
  testIssueRoutes(app, deps);
  domicileRoutes(app, deps);
  kioskStatusRoute(app, deps);
}

function identityRoutes(app: FastifyInstance, deps: CenterDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/sessions',
    {
      schema: {
        summary: 'Open a session and get a challenge',
        response: { 200: contract.openSessionResponse, ...failures },
      },
    },
    async (request) => {
      const opened = await openSession(deps.db, request.kioskId, deps.clock());
      return {
        kind: 'opened' as const,
        sessionId: opened.sessionId,
        challenge: opened.challenge.toString('base64'),
        expiresAt: opened.expiresAt.toISOString(),
      };
    },
  );
  typed.post(
    '/v1/sessions/:sessionId/authentication',
    {
      schema: {
        summary: 'Prove who holds the card',
        params: withSession,
        body: contract.authenticateRequest,
        response: { 200: contract.authenticateResponse, ...failures },
      },
    },
    async ({ kioskId, params, body }) => {
      const answer = await authenticate(deps, {
        kioskId,
        sessionId: params.sessionId,
        certificate: Buffer.from(body.certificate, 'base64'),
        signature: Buffer.from(body.signature, 'base64'),
      });
      deps.metrics.authentications.inc({ outcome: answer.kind === 'refused' ? answer.notice : answer.kind });
      return answer;
    },
  );
}

function issuingRoutes(app: FastifyInstance, deps: CenterDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/service',
    {
      schema: {
        summary: 'Hours and stops of today',
        response: { 200: contract.serviceResponse, ...failures },
      },
    },
    async (request) => {
      const now = deps.clock();
      await noteSeen(deps.db, request.kioskId, now);
      return serviceToday(await deps.configuration.everyProfile(now), request.kioskId, now);
    },
  );
  typed.get(
    '/v1/sessions/:sessionId/offer',
    {
      schema: {
        summary: 'What this resident can be issued now',
        params: withSession,
        querystring: z.object({ municipality: municipalityCode }),
        response: { 200: contract.offerResponse, ...failures },
      },
    },
    async ({ kioskId, params, query }) => {
      const { municipality } = query;
      const answer = await offer(deps, { kioskId, sessionId: params.sessionId, municipality });
      if (answer.kind === 'refused') return answerOf(answer);
      return { kind: 'offer' as const, municipality, kinds: [...answer.kinds] };
    },
  );
  typed.post(
    '/v1/sessions/:sessionId/certificates',
    {
      schema: {
        summary: 'Make one certificate',
        params: withSession,
        body: contract.prepareRequest,
        response: { 200: contract.prepareResponse, ...failures },
      },
    },
    async ({ kioskId, params, body }) => {
      const answer = await prepare(deps, { kioskId, sessionId: params.sessionId, ...body });
      const { municipality, kind } = body.certificate;
      const outcome = answer.kind === 'refused' ? answer.notice : answer.kind;
      deps.metrics.preparations.inc({ municipality, kind, outcome });
      if (answer.kind === 'refused') return answerOf(answer);
      const document = Buffer.from(answer.document).toString('base64');
      return { kind: 'prepared' as const, manifest: answer.manifest, document };
    },
  );
}

function receiptRoutes(app: FastifyInstance, deps: CenterDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/v1/sessions/:sessionId/receipt',
    {
      schema: {
        summary: 'A receipt of what was printed and paid in this session',
        params: withSession,
        body: contract.receiptRequest,
        response: { 200: contract.receiptResponse, ...failures },
      },
    },
    async ({ kioskId, params, body }) => {
      const answer = await makeReceipt(deps, { kioskId, sessionId: params.sessionId, ...body });
      if (answer.kind === 'refused') return answerOf(answer);
      const { kind, document, pages } = answer;
      return { kind, document: Buffer.from(document).toString('base64'), pages };
    },
  );
}

function settlementRoutes(app: FastifyInstance, deps: CenterDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/v1/certificates/:issueNumber/confirmation',
    {
      schema: {
        summary: 'The certificate is printed (idempotent)',
        params: withIssueNumber,
        body: contract.confirmRequest,
        response: { 200: contract.settleResponse, ...failures },
      },
    },
    async ({ kioskId, params, body }) => {
      const answer = await confirmPrinted(deps.db, { kioskId, ...params, now: deps.clock() }, body);
      if (answer.kind === 'settled') deps.metrics.settlements.inc({ state: answer.state });
      return answer;
    },
  );
  typed.post(
    '/v1/certificates/:issueNumber/void',
    {
      schema: {
        summary: 'The certificate will not be printed (idempotent)',
        params: withIssueNumber,
        body: contract.voidRequest,
        response: { 200: contract.settleResponse, ...failures },
      },
    },
    async ({ kioskId, params, body }) => {
      const answer = await voidCertificate(deps.db, { kioskId, ...params, now: deps.clock() }, body);
      if (answer.kind === 'settled') deps.metrics.settlements.inc({ state: answer.state });
      return answer;
    },
  );
  typed.post(
    '/v1/alarms',
    {
      schema: {
        summary: 'The check before printing failed',
        body: contract.alarmRequest,
        response: { 200: contract.alarmResponse, ...failures },
      },
    },
    async ({ kioskId, body }) => {
      await raiseAlarm(deps.db, kioskId, body, deps.clock());
      deps.metrics.alarms.inc({ finding: body.finding });
      return { kind: 'raised' as const };
    },
  );
}
