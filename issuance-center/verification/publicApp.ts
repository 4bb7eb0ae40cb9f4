/**
 * What the public sees: the verification page, the keys, the state of a number, outlines of letters, the seal's authority. A port of its own,
 * no cookie, nothing kept about who asks; the log knows routes and times, never a number (operations.md 6.3).
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fastifyHelmet } from '@fastify/helmet';
import { fastifyRateLimit } from '@fastify/rate-limit';
import { fastifyStatic } from '@fastify/static';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { GraphemeOutlines } from '#templates/graphemeOutline.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { publicApplicationRoutes, type ApplyingDeps } from '../domicile/publicRoutes.ts';
import { serveApplicationPage } from '../domicile/servePage.ts';
import type { PublishedKey } from '../contract/verification.ts';
import type { Metrics } from '../observability/metrics.ts';
import { askerOf, failure, TooManyLookUps } from './publicAnswers.ts';
import { publicRoutes } from './publicRoutes.ts';
import type { StatusDeps } from './status.ts';

export interface PublicDeps extends StatusDeps {
  readonly keys: () => readonly Omit<PublishedKey, 'municipalityName'>[];
  /** every character of a block of 16 code points that a screen's font cannot show; undefined: no such block */
  readonly glyphsOf: (block: number) => GraphemeOutlines | undefined;
  /** the same of a municipality's own characters (外字) */
  readonly privateGlyphsOf: (
    municipality: MunicipalityCode,
    block: number,
  ) => Promise<GraphemeOutlines | undefined>;
  readonly names: Configuration['names'];
  readonly metrics: Metrics;
  readonly log: Logger;
  /** PEM; the authority that the seal on a file chains to */
  readonly caCertificate: string;
  /** the built page */
  readonly pageDir: string;
  /** where recipients reach this, e.g. https://verify.example; absent in the demo */
  readonly publicUrl?: string;
  /** questions about numbers from one address a minute */
  readonly lookUpsPerMinute?: number;
  /** 本籍地の利用登録 on the internet; absent: not served here */
  readonly applying?: ApplyingDeps;
  /** its built page; absent: its answers only */
  readonly applyPageDir?: string;
}

/** A person with a stack of certificates; a machine that tries numbers gets nowhere with 2^80 of them anyway. */
const LOOK_UPS_PER_MINUTE = 30;
/** A page with its font, and the outlines of a long family register. */
const CALLS_PER_MINUTE = 900;
const YEAR_S = 365 * 24 * 60 * 60;

export async function buildPublicApp(deps: PublicDeps): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1024,
    forceCloseConnections: 'idle',
    // TLS ends at a proxy on this machine or in this network; nobody else may say who asks
    trustProxy: 'loopback, uniquelocal',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  observe(app);
  await app.register(fastifyHelmet, securityHeaders(deps.publicUrl?.startsWith('https:') ?? false));
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=()');
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  await app.register(fastifyRateLimit, {
    max: CALLS_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: (request) => askerOf(request.ip),
    errorResponseBuilder: () => new TooManyLookUps(),
  });
  answerFaults(app, deps);
  publicRoutes(app, deps, deps.lookUpsPerMinute ?? LOOK_UPS_PER_MINUTE);
  if (deps.applying) publicApplicationRoutes(app, deps.applying);
  if (deps.applying && deps.applyPageDir) await serveApplicationPage(app, deps.applyPageDir, deps.log);
  await servePage(app, deps);
  return app;
}

/** `wasm-unsafe-eval`: the code reader is WebAssembly from our own origin; no script is evaluated. */
function securityHeaders(isHttps: boolean) {
  const own = ["'self'"];
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [...own, "'wasm-unsafe-eval'"],
        workerSrc: own,
        styleSrc: own,
        fontSrc: own,
        connectSrc: own,
        imgSrc: [...own, 'blob:'],
        mediaSrc: [...own, 'blob:'],
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

/** Hashed names are kept for a year, the page itself is asked for every time. */
async function servePage(app: FastifyInstance, { pageDir, log }: PublicDeps): Promise<void> {
  if (!existsSync(join(pageDir, 'index.html'))) {
    log.warn('the verification page is not built: numbers and keys only');
    return;
  }
  await app.register(fastifyStatic, {
    root: resolve(pageDir),
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forever = path.includes('/assets/');
      void reply.header('cache-control', forever ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
    },
  });
}

/** Faults end here. What was asked is in no answer and no log. */
function answerFaults(app: FastifyInstance, { metrics }: PublicDeps): void {
  app.setErrorHandler((fault: Error & { statusCode?: number }, request, reply) => {
    if (fault instanceof TooManyLookUps) {
      metrics.lookUps.inc({ answer: 'limited' });
      return reply.code(429).send(failure('too-many'));
    }
    const status = fault.statusCode ?? 500;
    if (status < 500)
      return reply.code(status).send(failure(status === 404 ? 'no-such-page' : 'not-readable'));
    request.log.error({ err: fault, route: request.routeOptions.url }, 'fault');
    return reply.code(500).send(failure('fault'));
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(failure('no-such-page')));
}

/** One line a call: route pattern, status, time; never an address, a URL or a header. */
function observe(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ route, status: reply.statusCode, ms }, 'public call');
    done();
  });
}
