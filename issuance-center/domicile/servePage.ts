/**
 * The page of the 利用登録 on the internet, under /apply/. It may talk to one more place than the verification page: the home
 * agent on the applicant's own machine. Nothing else of another origin, nothing evaluated, no form that is sent by itself.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { HOME_AGENT_ORIGIN } from '../contract/homeAgent.ts';

const YEAR_S = 365 * 24 * 60 * 60;
export const APPLICATION_PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  `connect-src 'self' ${HOME_AGENT_ORIGIN}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

/** @param directory of `npm run build:apply` */
export async function serveApplicationPage(
  app: FastifyInstance,
  directory: string,
  log: Logger,
): Promise<void> {
  if (!existsSync(join(directory, 'index.html'))) {
    log.warn('the page of applications is not built: its answers only');
    return;
  }
  app.get('/apply', (_request, reply) => reply.redirect('/apply/', 308));
  await app.register(fastifyStatic, {
    root: resolve(directory),
    prefix: '/apply/',
    wildcard: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forever = path.includes('/assets/');
      void reply.header('cache-control', forever ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      void reply.header('content-security-policy', APPLICATION_PAGE_CSP);
    },
  });
}
