/** 本籍地の利用登録 on the kiosk API: parse, call, answer. The session's card has been authenticated. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { noticeOf } from '#templates/notices/notices.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import type { CenterDeps } from '../app.ts';
import * as contract from '../contract/domicileApplication.ts';
import { refusal, sessionId, type Refusal } from '../contract/kioskApi.ts';
import { authenticatedSession, type AuthenticatedSession } from '../identity/session.ts';
import { withdrawApplication } from './applications.ts';
import { challengeFor, formOf, municipalitiesTaking } from './form.ts';
import { applicationNumbered, applicationsOf } from './statuses.ts';
import { takeApplication } from './takeApplication.ts';

const withSession = z.object({ sessionId });
const withNumber = z.object({ sessionId, number: contract.applicationNumber });
const failures = { 400: refusal, 403: refusal, 429: refusal, 500: refusal, 503: refusal };
const NOT_AUTHENTICATED: Refusal = { kind: 'refused', notice: noticeOf('AUTH-02') };
const NOT_NOW: Refusal = { kind: 'refused', notice: noticeOf('APPL-10') };
const places = z.union([contract.domicileMunicipalities, refusal]);

export function domicileRoutes(app: FastifyInstance, deps: CenterDeps): void {
  formRoutes(app, deps);
  applicationRoutes(app, deps);
}

const sessionOf = (
  { db, clock }: CenterDeps,
  kioskId: string,
  id: string,
): Promise<AuthenticatedSession | undefined> => authenticatedSession(db, kioskId, id, clock());

function formRoutes(app: FastifyInstance, deps: CenterDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.get(
    '/v1/sessions/:sessionId/domicile/municipalities',
    {
      schema: {
        summary: 'Municipalities that take applications for 本籍地 certificates',
        params: withSession,
        response: { 200: places, ...failures },
      },
    },
    async ({ kioskId, params }) => {
      if (!(await sessionOf(deps, kioskId, params.sessionId))) return NOT_AUTHENTICATED;
      return { municipalities: await municipalitiesTaking(deps, 'kiosk', deps.clock()) };
    },
  );
  typed.get(
    '/v1/sessions/:sessionId/domicile/form',
    {
      schema: {
        summary: 'What the form of one municipality needs',
        params: withSession,
        querystring: z.object({ municipality: municipalityCode }),
        response: { 200: contract.domicileForm, ...failures },
      },
    },
    async ({ kioskId, params, query }) => {
      if (!(await sessionOf(deps, kioskId, params.sessionId))) return NOT_AUTHENTICATED;
      return formOf(deps, query.municipality, 'kiosk', deps.clock());
    },
  );
  typed.post(
    '/v1/sessions/:sessionId/domicile/challenges',
    {
      schema: {
        summary: 'A challenge for one application',
        params: withSession,
        body: contract.applicationChallengeRequest,
        response: { 200: contract.applicationChallenge, ...failures },
      },
    },
    async ({ kioskId, params, body }) => {
      if (!(await sessionOf(deps, kioskId, params.sessionId))) return NOT_AUTHENTICATED;
      const place = { channel: 'kiosk' as const, kioskId, sessionId: params.sessionId };
      return challengeFor(deps, body.municipality, place, deps.clock());
    },
  );
}

function applicationRoutes(app: FastifyInstance, deps: CenterDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const under = '/v1/sessions/:sessionId/domicile/applications';
  typed.post(
    under,
    {
      schema: {
        summary: 'Hand in a signed application, once',
        params: withSession,
        body: contract.signedApplication,
        response: { 200: contract.submitApplicationResponse, ...failures },
      },
    },
    async ({ kioskId, params, body }) => {
      const session = await sessionOf(deps, kioskId, params.sessionId);
      if (!session) return NOT_AUTHENTICATED;
      return takeApplication(deps, {
        channel: 'kiosk',
        kioskId,
        sessionId: params.sessionId,
        application: body,
        sessionFingerprint: session.holderFingerprint,
      });
    },
  );
  typed.get(
    under,
    {
      schema: {
        summary: 'Applications of the card of this session',
        params: withSession,
        response: { 200: contract.applicationsResponse, ...failures },
      },
    },
    async ({ kioskId, params }) => {
      const session = await sessionOf(deps, kioskId, params.sessionId);
      if (!session) return NOT_AUTHENTICATED;
      const applications = [...(await applicationsOf(deps, session.holderFingerprint))];
      return { kind: 'applications' as const, applications };
    },
  );
  typed.post(
    `${under}/:number/withdrawal`,
    {
      schema: {
        summary: 'Take an application back',
        params: withNumber,
        response: { 200: contract.withdrawalResponse, ...failures },
      },
    },
    async ({ kioskId, params }) => {
      const session = await sessionOf(deps, kioskId, params.sessionId);
      if (!session) return NOT_AUTHENTICATED;
      const { holderFingerprint } = session;
      const now = deps.clock();
      if (!(await withdrawApplication(deps.db, params.number, holderFingerprint, 'kiosk', now)))
        return NOT_NOW;
      return { kind: 'withdrawn' as const, application: await applicationNumbered(deps, params.number) };
    },
  );
}
