/**
 * The feed door as an application without a port: mutual TLS, NDJSON in, one JSON answer out. Tests inject into it,
 * center.ts listens.
 */
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
import { jsonSchemaTransform, serializerCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Clock } from '#templates/vocabulary.ts';
import type { TlsFiles } from '../../app.ts';
import type { Configuration } from '../../configuration/configuration.ts';
import { FEED_CONTENT_TYPE, type DoorRefusal } from '../../contract/feedDoor.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import type { CertificateFont } from '../../documents/font.ts';
import type { Metrics } from '../../observability/metrics.ts';
import { pressureOf, type PressureDeps } from '../../observability/pressure.ts';
import { feedAdmission } from './feedAdmission.ts';
import { feedRoutes } from './feedRoutes.ts';
import type { UploadLimits } from './uploadedText.ts';

export interface FeedAppDeps extends PressureDeps {
  readonly db: CenterDatabase;
  readonly clock: Clock;
  readonly configuration: Pick<Configuration, 'inForce'>;
  /** what a municipality with nothing in force yet can print */
  readonly font: Pick<CertificateFont, 'canDraw'>;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** absent only where requests are injected */
  readonly tls?: TlsFiles;
  /** default: of the TLS connection */
  readonly fingerprintOf?: (request: FastifyRequest) => string | undefined;
  readonly limits?: Partial<FeedLimits>;
}

export interface FeedLimits {
  readonly load: UploadLimits;
  readonly events: UploadLimits;
  readonly checksums: UploadLimits;
  /** of one client */
  readonly callsPerMinute: number;
}

const MEGABYTE = 1024 * 1024;
const PACE = { patienceMs: 60_000, bytesPerSecond: 20_000 };
export const FEED_LIMITS: FeedLimits = {
  // ten million rows of some kB each, the most a header can announce
  load: { maxBytes: 40_000 * MEGABYTE, ...PACE },
  // a batch is held in memory whole
  events: { maxBytes: 64 * MEGABYTE, ...PACE },
  checksums: { maxBytes: 4_000 * MEGABYTE, ...PACE },
  // seven registers a minute and a client that catches up
  callsPerMinute: 600,
};

const BUSY: DoorRefusal = {
  kind: 'busy',
  reason: 'いまは混み合っています。1分ほどしてから送り直してください',
};
const REFUSALS = {
  404: {
    kind: 'no-such-register',
    reason: 'この送り先はありません。市区町村コードと台帳の名前をたしかめてください',
  },
  415: { kind: 'wrong-content-type', reason: `本文は ${FEED_CONTENT_TYPE} で送ってください` },
  429: BUSY,
  503: BUSY,
} as const satisfies Readonly<Record<number, DoorRefusal>>;

/** Builds the application; `ready()` and `listen()` are the caller's. */
export async function buildFeedApp(deps: FeedAppDeps): Promise<FastifyInstance<Server>> {
  const app: FastifyInstance<Server> = Fastify({
    // who has no certificate of our CA does not get through the handshake
    https: deps.tls
      ? { ...deps.tls, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' as const }
      : null,
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(() => () => true); // bodies are streams, parameters are checked by the routes
  app.setSerializerCompiler(serializerCompiler);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FEED_CONTENT_TYPE, (_request, payload, done) => done(null, payload));
  observe(app, deps);
  answerFaults(app);
  app.addHook('onRequest', feedAdmission(deps));
  await app.register(fastifyUnderPressure, {
    ...pressureOf(deps),
    pressureHandler: (_request, reply) => void reply.code(503).header('retry-after', '60').send(BUSY),
  });
  await app.register(fastifyHelmet);
  await app.register(fastifyRateLimit, {
    max: deps.limits?.callsPerMinute ?? FEED_LIMITS.callsPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ feedClient }) => `${feedClient?.municipality}/${feedClient?.clientId}`,
    errorResponseBuilder: () => new TooManyCalls(),
  });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Register feed of a municipality',
        version: '1',
        description:
          'NDJSON over mutual TLS with the client certificate of `npm run feed:enrol`. A register begins with a full ' +
          'load; after it events come in numbered batches. A body is a header line and one line per row, and nothing ' +
          'of it is entered unless all of it is right.',
      },
    },
    transform: jsonSchemaTransform,
  });
  feedRoutes(app as unknown as FastifyInstance, deps);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
}

/** Thrown by the rate limit. */
class TooManyCalls extends Error {
  readonly statusCode = 429;
}

/** Faults end here: the client learns that there was one, the log where. */
function answerFaults(app: FastifyInstance<Server>): void {
  app.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
    const status = fault.statusCode ?? 500;
    // an answer before the end of the body: what still comes is nobody's next request
    void reply.header('connection', 'close');
    if (status in REFUSALS) return reply.code(status).send(REFUSALS[status as keyof typeof REFUSALS]);
    if (status < 500) {
      const refusal: DoorRefusal = { kind: 'not-readable', reason: '送られたものを読み取れません' };
      return reply.code(400).send(refusal);
    }
    request.log.error({ err: fault, route: request.routeOptions.url, ...request.feedClient }, 'fault');
    const refusal: DoorRefusal = { kind: 'fault', reason: 'センターの故障です。何も登録していません' };
    return reply.code(500).send(refusal);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(REFUSALS[404]));
}

/** One line and one observation per call: route pattern, status, time, client; never a URL, a body or a header. */
function observe(app: FastifyInstance<Server>, { metrics }: FeedAppDeps): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.requests.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ route, status: reply.statusCode, ms, ...request.feedClient }, 'feed');
    done();
  });
}
