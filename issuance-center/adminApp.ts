/**
 * Health and metrics, plain HTTP on 127.0.0.1 only: monitoring on the same machine needs no kiosk certificate, and the
 * kiosk API stays closed to everything without one. Nothing here names a person.
 */
import Fastify, { type FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { civilMoment } from '#templates/civilTime.ts';
import { civilDate } from '#templates/vocabulary.ts';
import type { CenterDeps } from './app.ts';
import { openAlarms } from './issuing/alarms.ts';
import { countsOf } from './issuing/counts.ts';

export interface AdminDeps extends Pick<CenterDeps, 'db' | 'clock' | 'metrics' | 'log'> {
  readonly openApi: () => unknown;
}

const HEALTH_TIMEOUT_MS = 2_000;

export function buildAdminApp(deps: AdminDeps): FastifyInstance {
  const app = Fastify({ forceCloseConnections: true });
  app.setErrorHandler((fault, request, reply) => {
    deps.log.error({ err: fault, route: request.routeOptions.url }, 'admin fault');
    return reply.code(500).send({ status: 'fault' });
  });
  app.get('/healthz', async (_request, reply) => {
    const database = await databaseAnswers(deps);
    const healthy = database === 'ok';
    return reply.code(healthy ? 200 : 503).send({ status: healthy ? 'ok' : 'failing', checks: { database } });
  });
  app.get('/metrics', async (_request, reply) => {
    const text = await deps.metrics.registry.metrics();
    return reply.type(deps.metrics.registry.contentType).send(text);
  });
  app.get('/openapi.json', () => deps.openApi());
  app.get<{ Querystring: { date?: string } }>('/counts', async (request, reply) => {
    const date = civilDate.safeParse(request.query.date ?? civilMoment(deps.clock()).date);
    if (!date.success) return reply.code(400).send({ status: 'date is not YYYY-MM-DD' });
    return {
      date: date.data,
      counts: await countsOf(deps.db, date.data),
      openAlarms: await openAlarms(deps.db),
    };
  });
  return app;
}

async function databaseAnswers({ db, metrics }: AdminDeps): Promise<'ok' | 'failing'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), HEALTH_TIMEOUT_MS);
  });
  try {
    await Promise.race([sql`select 1`.execute(db), late]);
    metrics.databaseUp.set(1);
    return 'ok';
  } catch {
    metrics.databaseUp.set(0);
    return 'failing';
  } finally {
    clearTimeout(timer);
  }
}
