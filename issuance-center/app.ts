/** The kiosk API as an application without a port: tests inject into it, main.ts listens. */
import type { Server } from 'node:https';
import { fastifyHelmet } from '@fastify/helmet';
import { fastifyRateLimit } from '@fastify/rate-limit';
import { fastifySwagger } from '@fastify/swagger';
import { fastifyUnderPressure } from '@fastify/under-pressure';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
} from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { admission } from './admission.ts';
import type { AuthenticationDeps } from './identity/authenticate.ts';
import type { IssuingDeps } from './issuing/deps.ts';
import { BAD_REQUEST, CENTER_FAULT, TOO_BUSY } from './issuing/refusal.ts';
import type { Metrics } from './observability/metrics.ts';
import { pressureOf, type PressureDeps } from './observability/pressure.ts';
import { kioskRoutes } from './routes.ts';

/** Server certificate and the CA whose client certificates are let through the handshake, PEM. */
export interface TlsFiles {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

export interface CenterDeps extends AuthenticationDeps, IssuingDeps, PressureDeps {
  readonly metrics: Metrics;
  readonly log: Logger;
  /** absent only where requests are injected */
  readonly tls?: TlsFiles;
  /** default: of the TLS connection */
  readonly fingerprintOf?: (request: FastifyRequest) => string | undefined;
  /** calls of one kiosk a minute; one visit makes about ten */
  readonly kioskCallsPerMinute?: number;
}

const KIOSK_CALLS_PER_MINUTE = 600;
/** A document is never sent to the center; a certificate and a signature are 3 kB. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Builds the application; `ready()` and `listen()` are the caller's. */
export async function buildApp(deps: CenterDeps): Promise<FastifyInstance<Server>> {
  const app: FastifyInstance<Server> = Fastify({
    // requestCert and rejectUnauthorized: who has no certificate of our CA does not get through the handshake
    https: deps.tls
      ? { ...deps.tls, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' as const }
      : null,
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    // on stopping, calls in progress are answered; idle connections are closed
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('kioskId', '');
  observe(app, deps);
  await app.register(fastifyUnderPressure, {
    ...pressureOf(deps),
    pressureHandler: (_request, reply) => void reply.code(503).send({ kind: 'refused', notice: TOO_BUSY }),
  });
  app.addHook('onRequest', admission(deps));
  await app.register(fastifyHelmet);
  await app.register(fastifyRateLimit, {
    max: deps.kioskCallsPerMinute ?? KIOSK_CALLS_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => request.kioskId,
    errorResponseBuilder: () => new TooManyCalls(),
  });
  await app.register(fastifySwagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Kiosk API of the issuance center', version: '1' } },
    transform: jsonSchemaTransform,
  });
  answerFaults(app);
  kioskRoutes(app as unknown as FastifyInstance, deps);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
}

/** Thrown by the rate limit, answered as "too busy". */
class TooManyCalls extends Error {
  readonly statusCode = 429;
}

/** Faults end here: the kiosk learns that there was one, the log where. */
function answerFaults(app: FastifyInstance<Server>): void {
  app.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
    if (fault instanceof TooManyCalls) return reply.code(429).send({ kind: 'refused', notice: TOO_BUSY });
    const status = fault.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ kind: 'refused', notice: BAD_REQUEST });
    request.log.error({ err: fault, route: request.routeOptions.url, kioskId: request.kioskId }, 'fault');
    return reply.code(500).send({ kind: 'refused', notice: CENTER_FAULT });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ kind: 'refused', notice: BAD_REQUEST }));
}

/** One line and one observation per call: route pattern, status, time, kiosk; never a URL, a body or a header. */
function observe(app: FastifyInstance<Server>, { metrics }: CenterDeps): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const status = String(reply.statusCode);
    metrics.requests.observe({ route, status }, reply.elapsedTime / 1000);
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ route, status: reply.statusCode, ms, kioskId: request.kioskId }, 'call');
    done();
  });
}
