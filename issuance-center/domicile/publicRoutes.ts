/**
 * 本籍地の利用登録 on the internet: the same bodies as at a kiosk, for whoever asks. No cookie and nothing else that a browser
 * would send by itself; what proves an application is in its signatures. JSON only: no form of another site can be posted.
 */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { noticeOf } from '#templates/notices/notices.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import * as contract from '../contract/domicileApplication.ts';
import type { Refusal } from '../contract/kioskApi.ts';
import { lookUpFailure } from '../contract/verification.ts';
import { TooManyLookUps } from '../verification/publicAnswers.ts';
import type { ApplicationPlace } from './challenges.ts';
import { challengeFor, formOf, municipalitiesTaking } from './form.ts';
import { applicationWith } from './statuses.ts';
import { takeApplication, type TakingDeps } from './takeApplication.ts';

/** Undefined while the center is starting. */
export type ApplyingDeps = () => TakingDeps | undefined;

const INTERNET: ApplicationPlace & { readonly channel: 'internet' } = {
  channel: 'internet',
  kioskId: null,
  sessionId: null,
};
const failures = { 400: lookUpFailure, 404: lookUpFailure, 429: lookUpFailure, 500: lookUpFailure };
const UNKNOWN: Refusal = { kind: 'refused', notice: noticeOf('APPL-08') };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** From one address: a family at one computer. Each application costs two questions to the authority. */
const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: MINUTE_MS } });
/** About one number, from wherever: nobody finds a birth date by trying them all. */
const QUESTIONS_ABOUT_ONE_NUMBER = 20;
/** A signed application is about 10 kB. */
const APPLICATION_BYTES = 48 * 1024;

export function publicApplicationRoutes(app: FastifyInstance, applying: ApplyingDeps): void {
  // the other type that Fastify reads by itself, and a form of another site can send
  app.removeContentTypeParser('text/plain');
  const ready = (): TakingDeps => {
    const deps = applying();
    if (!deps) throw new Error('an application came while the center is starting');
    return deps;
  };
  formRoutes(app, ready);
  submitRoute(app, ready);
  statusRoute(app, ready);
}

type Ready = () => TakingDeps;

function formRoutes(app: FastifyInstance, ready: Ready): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/api/apply/municipalities',
    { config: perMinute(60), schema: { response: { 200: contract.domicileMunicipalities, ...failures } } },
    async () => {
      const deps = ready();
      return { municipalities: await municipalitiesTaking(deps, 'internet', deps.clock()) };
    },
  );
  typed.get(
    '/api/apply/form',
    {
      config: perMinute(60),
      schema: {
        querystring: z.strictObject({ municipality: municipalityCode }),
        response: { 200: contract.domicileForm, ...failures },
      },
    },
    ({ query }) => formOf(ready(), query.municipality, 'internet', ready().clock()),
  );
  typed.post(
    '/api/apply/challenges',
    {
      config: perMinute(10),
      schema: {
        body: contract.applicationChallengeRequest,
        response: { 200: contract.applicationChallenge, ...failures },
      },
    },
    ({ body }) => challengeFor(ready(), body.municipality, INTERNET, ready().clock()),
  );
}

function submitRoute(app: FastifyInstance, ready: Ready): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/apply/applications',
    {
      bodyLimit: APPLICATION_BYTES,
      config: perMinute(6),
      schema: {
        body: contract.signedApplication,
        response: { 200: contract.submitApplicationResponse, ...failures },
      },
    },
    ({ body }) => takeApplication(ready(), { ...INTERNET, application: body, sessionFingerprint: null }),
  );
}

function statusRoute(app: FastifyInstance, ready: Ready): void {
  const limitOfNumber = app.createRateLimit({
    max: QUESTIONS_ABOUT_ONE_NUMBER,
    timeWindow: HOUR_MS,
    keyGenerator: ({ body }) => (body as z.infer<typeof contract.statusQuery>).applicationNumber,
  });
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/apply/status',
    {
      config: perMinute(10),
      schema: { body: contract.statusQuery, response: { 200: contract.statusResponse, ...failures } },
    },
    async (request) => {
      const limit = await limitOfNumber(request);
      // told alike whether the number exists or not
      if (!limit.isAllowed && limit.isExceeded) throw new TooManyLookUps();
      const deps = ready();
      const { applicationNumber, birthDate } = request.body;
      const application = await applicationWith(deps, applicationNumber, birthDate);
      const found = application !== undefined;
      await appendAudit(deps.db, deps.clock(), 'application-status-asked', { found, channel: 'internet' });
      return application ? { kind: 'status' as const, application } : UNKNOWN;
    },
  );
}
