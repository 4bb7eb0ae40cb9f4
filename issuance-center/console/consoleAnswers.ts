/** What the console answers when it does not do what was asked. */
import type { FastifyReply } from 'fastify';
import type { ConsoleFailure } from '../contract/console/session.ts';
import type { ConsoleRefusal } from './consoleRoute.ts';
import { type ConsoleFault } from './consoleRoute.ts';

const STATUS: Readonly<Record<ConsoleFailure['kind'], number>> = {
  'signed-out': 401,
  'not-allowed': 403,
  'confirm-needed': 403,
  missing: 404,
  'not-now': 409,
  faults: 422,
  'too-many': 429,
  fault: 500,
};

const REASONS = {
  'signed-out': 'もう一度ログインしてください',
  'not-allowed': 'あなたの役割では、この操作はできません',
  'confirm-needed': 'この操作の前に、もう一度本人確認をしてください',
  missing: 'お探しのものはありません',
  'too-many': '続けて操作した回数が多すぎます。1分ほど待ってください',
  fault: 'ただいま処理できません。しばらくしてから、もう一度試してください',
} as const;

export const failure = (
  kind: ConsoleFailure['kind'],
  reason: string,
  faults: readonly ConsoleFault[] = [],
): ConsoleFailure => ({ kind, reason, faults: [...faults] });

export function answer(
  reply: FastifyReply,
  kind: ConsoleFailure['kind'],
  reason: string = kind in REASONS ? REASONS[kind as keyof typeof REASONS] : '',
  faults: readonly ConsoleFault[] = [],
): FastifyReply {
  return reply.code(STATUS[kind]).send(failure(kind, reason, faults));
}

/** What is missing looks the same whatever it is and whosever. */
export function answerRefusal(reply: FastifyReply, refusal: ConsoleRefusal): FastifyReply {
  if (refusal.kind === 'missing') return answer(reply, 'missing');
  return answer(reply, refusal.kind, refusal.message, refusal.faults);
}
