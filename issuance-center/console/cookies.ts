/** The console's one cookie. Behind https it is bound to exactly this host (`__Host-`). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenedSession } from './sessions.ts';

const isHttps = (origin: string): boolean => origin.startsWith('https:');
const nameFor = (origin: string): string => (isHttps(origin) ? '__Host-console' : 'console');

export const tokenIn = (request: FastifyRequest, origin: string): string | undefined =>
  request.cookies[nameFor(origin)];

export function setSession(reply: FastifyReply, origin: string, { token }: OpenedSession): void {
  void reply.setCookie(nameFor(origin), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isHttps(origin),
  });
}

export function clearSession(reply: FastifyReply, origin: string): void {
  void reply.clearCookie(nameFor(origin), {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isHttps(origin),
  });
}
