/**
 * The municipal console as an application without a port: the page, the doors of the sign-in, and the table of routes
 * behind it. Plain HTTP on this machine; TLS ends at a proxy in front.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fastifyCookie } from '@fastify/cookie';
import { fastifyHelmet } from '@fastify/helmet';
import { fastifyRateLimit } from '@fastify/rate-limit';
import { fastifyStatic } from '@fastify/static';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { inJapanese } from '#templates/templateFault.ts';
import { askerOf } from '../verification/publicAnswers.ts';
import { answer, answerRefusal, failure } from './consoleAnswers.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import { ConsoleRefusal, type ConsoleRoute } from './consoleRoute.ts';
import { glyphRoutes } from './glyphRoutes.ts';
import { guardOf } from './guard.ts';
import { consoleRoutes } from './routes.ts';
import { signInRoutes } from './signInRoutes.ts';

/** A page with its fonts and outlines, and a table that is read through. */
const CALLS_PER_MINUTE = 1_200;
const BODY_LIMIT_BYTES = 64 * 1024;
const YEAR_S = 365 * 24 * 60 * 60;

export async function buildConsoleApp(deps: ConsoleDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    trustProxy: 'loopback, uniquelocal',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  observe(app, deps);
  await app.register(fastifyHelmet, securityHeaders(deps));
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=()');
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  await app.register(fastifyCookie);
  await app.register(fastifyRateLimit, {
    max: CALLS_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => askerOf(request.ip),
    errorResponseBuilder: () => new TooMany(),
  });
  answerFaults(app);
  signInRoutes(app, deps);
  glyphRoutes(app, deps);
  for (const route of consoleRoutes(deps)) addRoute(app, deps, route);
  await servePage(app, deps);
  return app;
}

function addRoute(app: FastifyInstance, deps: ConsoleDeps, route: ConsoleRoute): void {
  const guard = guardOf(deps, route);
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit ?? BODY_LIMIT_BYTES,
    // before the body is parsed against its schema: what is asked for is not looked at before who asks
    preValidation: guard,
    handler: async (request, reply) => {
      const session = request.staffSession!;
      const { staffId, municipality, roles, ...own } = session;
      const parsed = parts(route, request);
      if ('faults' in parsed) return answer(reply, 'faults', '入力をたしかめてください', parsed.faults);
      const result = await route.handle({
        ...parsed,
        staff: { staffId, municipality, roles },
        session: own,
        now: deps.clock(),
        reply,
      });
      if (reply.sent || result === reply) return reply;
      return route.answer ? reply.send(route.answer.parse(result)) : result;
    },
  });
}

/** Parsed here, so that every fault has its field and words. */
function parts(route: ConsoleRoute, request: { params: unknown; query: unknown; body: unknown }) {
  const none = z.unknown();
  const params = (route.params ?? none).safeParse(request.params, { error: inJapanese });
  const query = (route.query ?? none).safeParse(request.query, { error: inJapanese });
  const body = (route.body ?? none).safeParse(request.body, { error: inJapanese });
  if (!params.success) throw new ConsoleRefusal('missing', '');
  const faults = [query, body].flatMap(({ error }) =>
    (error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), reason: message })),
  );
  if (faults.length > 0) return { faults };
  return { params: params.data, query: query.data, body: body.data };
}

/** `connect-src` also reaches the card reader on the counter's own machine. */
function securityHeaders({ origin, counterReaderOrigin }: ConsoleDeps) {
  const own = ["'self'"];
  const isHttps = origin.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: own,
        workerSrc: own,
        styleSrc: own,
        fontSrc: own,
        connectSrc: [...own, counterReaderOrigin],
        imgSrc: [...own, 'blob:', 'data:'],
        manifestSrc: own,
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: YEAR_S } : (false as const),
    referrerPolicy: { policy: 'no-referrer' as const },
  };
}

/** Every address of the page is the page: it finds its way itself. */
async function servePage(app: FastifyInstance, { pageDir, log }: ConsoleDeps): Promise<void> {
  const isBuilt = existsSync(join(pageDir, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: resolve(pageDir),
      wildcard: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const forever = path.includes('/assets/');
        void reply.header('cache-control', forever ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      },
    });
  } else log.warn('the console is not built: no page is served');
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/^\/(api|assets|glyphs)(\/|$)/.test(request.url);
    if (!isBuilt || !isPage) return answer(reply, 'missing');
    void reply.header('cache-control', 'no-cache');
    return reply.sendFile('index.html');
  });
}

class TooMany extends Error {
  readonly statusCode = 429;
}

function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler((fault: Error & { statusCode?: number }, request, reply): FastifyReply => {
    if (fault instanceof ConsoleRefusal) return answerRefusal(reply, fault);
    if (fault instanceof TooMany) return answer(reply, 'too-many');
    if (fault.statusCode === 413) return answer(reply, 'faults', '送られたものが大きすぎます');
    const status = fault.statusCode ?? 500;
    if (status < 500) return reply.code(400).send(failure('faults', '送られたものを読み取れません'));
    request.log.error({ err: fault, route: request.routeOptions.url }, 'fault');
    return answer(reply, 'fault');
  });
}

/** One line a call: route pattern, status, time, the opaque id of who asked. */
function observe(app: FastifyInstance, { metrics }: ConsoleDeps): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info(
      { route, status: reply.statusCode, ms, staffId: request.staffSession?.staffId },
      'console',
    );
    done();
  });
}
