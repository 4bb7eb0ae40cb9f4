/** The doors in front of the table of routes: signing in, enrolling, confirming, out again. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import QRCode from 'qrcode';
import { z } from 'zod';
import { appendAudit } from '../audit/chain.ts';
import * as contract from '../contract/console/session.ts';
import { answer } from './consoleAnswers.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import { clearSession, setSession } from './cookies.ts';
import { choosePassword, finishEnrolment, invitedBy, setOneTimeCode } from './enrolment.ts';
import { originGuard, sessionGuard } from './guard.ts';
import { newSecret, secretForApp } from './oneTimeCodes.ts';
import { addPasskey, newPasskeyOptions, passkeyQuestion } from './passkeys.ts';
import { endSession, noteChallenge, type Session } from './sessions.ts';
import { checkPassword, confirmSignIn, finishSignIn } from './signIn.ts';

/** Guessing a password over the network is slow enough already; this keeps the machine free for others. */
const SIGN_INS_PER_MINUTE = 20;
const WRONG_PASSWORD = 'ログイン名かパスワードがちがいます。続けてまちがえると、しばらく使えなくなります';
const WRONG_FACTOR = '確認できませんでした。もう一度試してください';
const LOCKED = '続けてまちがえたため、しばらく使えません。時間をおくか、管理者に連絡してください';
const NO_INVITATION = 'この招待は使えません。管理者に、もう一度招待してもらってください';

export function signInRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  passwordRoute(app, deps);
  factorRoutes(app, deps);
  confirmRoutes(app, deps);
  invitationRoutes(app, deps);
  enrolmentRoutes(app, deps);
}

const failures = Object.fromEntries(
  [400, 401, 403, 404, 409, 422, 429, 500].map((status) => [status, contract.consoleFailure]),
) as Record<400 | 401 | 403 | 404 | 409 | 422 | 429 | 500, typeof contract.consoleFailure>;
const limited = (deps: ConsoleDeps) => ({
  rateLimit: { max: deps.callsPerMinute ?? SIGN_INS_PER_MINUTE, timeWindow: 60_000 },
});

function passwordRoute(app: FastifyInstance, deps: ConsoleDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/sign-in/password',
    {
      config: limited(deps),
      preValidation: originGuard(deps),
      schema: { body: contract.passwordRequest, response: { 200: contract.passwordAnswer, ...failures } },
    },
    async ({ body }, reply) => {
      const step = await checkPassword(deps.db, body, deps.clock());
      if (step.kind === 'refused')
        return answer(reply as unknown as FastifyReply, 'faults', WRONG_PASSWORD) as never;
      setSession(reply as unknown as FastifyReply, deps.origin, step.session);
      return { kind: 'second-factor' as const, csrf: step.session.csrf, factors: [...step.factors] };
    },
  );
}

function refuseFactor(reply: unknown, kind: 'wrong' | 'locked'): never {
  return answer(reply as FastifyReply, 'faults', kind === 'locked' ? LOCKED : WRONG_FACTOR) as never;
}

function factorRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const preValidation = sessionGuard(deps, ['password']);
  const finish = async (session: Session, given: Parameters<typeof finishSignIn>[2], reply: unknown) => {
    const step = await finishSignIn(deps, session, given, deps.clock());
    if (step.kind !== 'signed-in') return refuseFactor(reply, step.kind);
    setSession(reply as FastifyReply, deps.origin, step.session);
    return { kind: 'signed-in' as const };
  };
  typed.post(
    '/api/sign-in/passkey-question',
    { preValidation, schema: { response: { 200: contract.passkeyOptions, ...failures } } },
    async (request) => ({ options: await passkeyQuestion(deps, request.staffSession!) }),
  );
  typed.post(
    '/api/sign-in/passkey',
    {
      config: limited(deps),
      preValidation,
      schema: { body: contract.passkeyRequest, response: { 200: contract.factorAnswer, ...failures } },
    },
    (request, reply) => finish(request.staffSession!, { passkey: request.body.response }, reply),
  );
  typed.post(
    '/api/sign-in/code',
    {
      config: limited(deps),
      preValidation,
      schema: { body: contract.codeRequest, response: { 200: contract.factorAnswer, ...failures } },
    },
    (request, reply) => finish(request.staffSession!, { code: request.body.code }, reply),
  );
  typed.post(
    '/api/sign-out',
    {
      preValidation: sessionGuard(deps, ['full', 'password']),
      schema: { response: { 200: contract.done, ...failures } },
    },
    async (request, reply) => {
      const { tokenHash, staffId, municipality, stage } = request.staffSession!;
      await endSession(deps.db, tokenHash);
      if (stage === 'full') {
        await appendAudit(deps.db, deps.clock(), 'signed-out', { staffId, municipality, everywhere: false });
      }
      clearSession(reply as unknown as FastifyReply, deps.origin);
      return { kind: 'done' as const };
    },
  );
}

function confirmRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const preValidation = sessionGuard(deps, ['full']);
  const confirm = async (session: Session, given: Parameters<typeof confirmSignIn>[2], reply: unknown) => {
    const checked = await confirmSignIn(deps, session, given, deps.clock());
    return checked.kind === 'right' ? { kind: 'done' as const } : refuseFactor(reply, checked.kind);
  };
  typed.post(
    '/api/confirm/passkey-question',
    { preValidation, schema: { response: { 200: contract.passkeyOptions, ...failures } } },
    async (request) => ({ options: await passkeyQuestion(deps, request.staffSession!) }),
  );
  typed.post(
    '/api/confirm/passkey',
    {
      config: limited(deps),
      preValidation,
      schema: { body: contract.passkeyRequest, response: { 200: contract.done, ...failures } },
    },
    (request, reply) => confirm(request.staffSession!, { passkey: request.body.response }, reply),
  );
  typed.post(
    '/api/confirm/code',
    {
      config: limited(deps),
      preValidation,
      schema: { body: contract.codeRequest, response: { 200: contract.done, ...failures } },
    },
    (request, reply) => confirm(request.staffSession!, { code: request.body.code }, reply),
  );
}

function invitationRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.post(
    '/api/enrolment/look',
    {
      config: limited(deps),
      preValidation: originGuard(deps),
      schema: { body: contract.invitation, response: { 200: contract.invited, ...failures } },
    },
    async ({ body }, reply) => {
      const invited = await invitedBy(deps.db, body.token, deps.clock());
      if (!invited) return answer(reply as unknown as FastifyReply, 'missing', NO_INVITATION) as never;
      const { login, displayName, municipalityName } = invited;
      return { login, displayName, municipalityName };
    },
  );
  typed.post(
    '/api/enrolment/password',
    {
      config: limited(deps),
      preValidation: originGuard(deps),
      schema: { body: contract.enrolPassword, response: { 200: contract.enrolAnswer, ...failures } },
    },
    async ({ body }, reply) => {
      const chosen = await choosePassword(deps.db, body.token, body.password, deps.clock());
      if (chosen.kind === 'missing')
        return answer(reply as unknown as FastifyReply, 'missing', NO_INVITATION) as never;
      if (chosen.kind === 'refused') {
        const faults = [{ path: 'password', reason: chosen.reason }];
        return answer(reply as unknown as FastifyReply, 'faults', chosen.reason, faults) as never;
      }
      setSession(reply as unknown as FastifyReply, deps.origin, chosen.session);
      return { kind: 'choose-factor' as const, csrf: chosen.session.csrf };
    },
  );
}

/** A code app's secret waits in the session, as a challenge does, until its first code proves it arrived. */
function enrolmentRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const preValidation = sessionGuard(deps, ['enrolment']);
  const schema = { response: { 200: contract.enrolled, ...failures } };
  typed.post(
    '/api/enrolment/passkey-question',
    { preValidation, schema: { response: { 200: contract.passkeyOptions, ...failures } } },
    async (request) => {
      const session = request.staffSession!;
      return { options: await newPasskeyOptions(deps, session, await ownNames(deps, session.staffId)) };
    },
  );
  typed.post(
    '/api/enrolment/passkey',
    { preValidation, schema: { ...schema, body: contract.namedPasskey } },
    async (request, reply) => {
      const session = request.staffSession!;
      const now = deps.clock();
      if (!(await addPasskey(deps, session, request.body, now))) return refuseFactor(reply, 'wrong');
      const enrolled = await deps.db
        .transaction()
        .execute((tx) => finishEnrolment(tx, session, 'passkey', now));
      return welcome(deps, reply as unknown as FastifyReply, enrolled);
    },
  );
  typed.post(
    '/api/enrolment/code-question',
    { preValidation, schema: { response: { 200: contract.oneTimeSetUp, ...failures } } },
    (request) => offerSecret(deps, request.staffSession!),
  );
  typed.post(
    '/api/enrolment/code',
    { preValidation, schema: { ...schema, body: z.object({ code: contract.oneTimeCode }) } },
    async (request, reply) => {
      const session = request.staffSession!;
      const now = deps.clock();
      const enrolled = await deps.db.transaction().execute(async (tx) => {
        const secret = Buffer.from(session.challenge ?? '', 'base64url');
        const place = { consoleKey: deps.consoleKey, session };
        const isSet =
          secret.length > 0 && (await setOneTimeCode(tx, place, { secret, ...request.body }, now));
        return isSet ? finishEnrolment(tx, session, 'one-time-code', now) : 'wrong';
      });
      if (enrolled === 'wrong') return refuseFactor(reply, 'wrong');
      return welcome(deps, reply as unknown as FastifyReply, enrolled);
    },
  );
}

function welcome(
  deps: ConsoleDeps,
  reply: FastifyReply,
  enrolled: Awaited<ReturnType<typeof finishEnrolment>>,
) {
  if (!enrolled) return answer(reply, 'missing', NO_INVITATION) as never;
  setSession(reply, deps.origin, enrolled.session);
  return { kind: 'signed-in' as const, recoveryCodes: [...enrolled.recoveryCodes] };
}

/** Makes a secret for a code app and shows it once. */
export async function offerSecret(deps: ConsoleDeps, session: Pick<Session, 'staffId' | 'tokenHash'>) {
  const secret = newSecret();
  await noteChallenge(deps.db, session.tokenHash, secret.toString('base64url'));
  const { login } = await ownNames(deps, session.staffId);
  const { uri, letters } = secretForApp(secret, login);
  return { secret: letters, picture: await QRCode.toString(uri, { type: 'svg', margin: 2 }) };
}

export async function ownNames(
  { db }: Pick<ConsoleDeps, 'db'>,
  staffId: string,
): Promise<{ readonly login: string; readonly displayName: string }> {
  const row = await db
    .selectFrom('staff')
    .select(['login', 'display_name'])
    .where('id', '=', staffId)
    .executeTakeFirstOrThrow();
  return { login: row.login, displayName: row.display_name };
}
