/**
 * Who may pass: a live session, the page's own token and origin for whatever changes something, a role that may, and for
 * weighty acts a second factor shown lately. In this order, before anything of the request is looked at.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { appendAudit } from '../audit/chain.ts';
import { answer } from './consoleAnswers.ts';
import type { ConsoleDeps } from './consoleDeps.ts';
import type { ConsoleRoute } from './consoleRoute.ts';
import { tokenIn } from './cookies.ts';
import { mayAct } from './permissions.ts';
import { sessionOf, type Session, type Stage } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** set for every request that reaches a handler of the console */
    staffSession?: Session;
  }
}

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>;

/** For a route of the table. */
export function guardOf(deps: ConsoleDeps, { act, confirm }: Pick<ConsoleRoute, 'act' | 'confirm'>): Guard {
  const passes = sessionGuard(deps, ['full']);
  return async (request, reply) => {
    const stopped = await passes(request, reply);
    if (stopped) return stopped;
    const session = request.staffSession!;
    if (!mayAct(session.roles, act)) {
      const { municipality, staffId } = session;
      await appendAudit(deps.db, deps.clock(), 'act-refused', { municipality, staffId, act });
      return answer(reply, 'not-allowed');
    }
    return confirm && !session.isConfirmed ? answer(reply, 'confirm-needed') : undefined;
  };
}

/** For steps of signing in and enrolling: a session of one of these stages. */
export function sessionGuard(deps: ConsoleDeps, stages: readonly Stage[]): Guard {
  return async (request, reply) => {
    const token = tokenIn(request, deps.origin);
    const session = token === undefined ? undefined : await sessionOf(deps.db, token, deps.clock());
    if (!session || !stages.includes(session.stage)) return answer(reply, 'signed-out');
    if (request.method !== 'GET' && !isOfThePage(request, deps.origin, session.csrf)) {
      return answer(reply, 'not-allowed', 'この画面からの操作ではありません。画面をひらき直してください');
    }
    request.staffSession = session;
    return undefined;
  };
}

/** For steps without a session: whoever calls is at least a page of ours. */
export function originGuard({ origin }: ConsoleDeps): Guard {
  return async (request, reply) => {
    if (request.headers.origin === origin) return undefined;
    return answer(reply, 'not-allowed', 'この画面からの操作ではありません。画面をひらき直してください');
  };
}

export const CSRF_HEADER = 'x-csrf-token';

function isOfThePage({ headers }: FastifyRequest, origin: string, csrf: string): boolean {
  const given = Buffer.from(String(headers[CSRF_HEADER] ?? ''));
  const wanted = Buffer.from(csrf);
  return headers.origin === origin && given.length === wanted.length && timingSafeEqual(given, wanted);
}
