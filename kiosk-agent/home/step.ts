/**
 * The home agent's reducer: one request at a time, and what ends it from outside (another one, the page, the applicant, time).
 * Pure; the same state comes back when an event is not taken.
 */
import { noticeOf } from '#templates/notices/notices.ts';
import { move } from './stages.ts';
import type { Ask, Effect, End, Event, EventOf, Limits, Reader, Stage, State, Stepped } from './state.ts';

const TOO_LATE = noticeOf('APPL-09');
const FORGET: Effect = { kind: 'forget' };

/** A reconnected page shows within a second or two; closing the window is meant. */
export const LIMITS: Limits = { idleMs: 10 * 60_000, closedMs: 15_000 };

export const begin = (limits: Limits = LIMITS, reader: Reader = 'unavailable'): State => ({
  reader,
  limits,
  turn: 0,
  ask: null,
});

/** When time ends what is asked, epoch ms; null: nothing is asked. */
export function deadlineOf({ ask, limits }: State): number | null {
  if (!ask) return null;
  const idle = ask.touchedAt + limits.idleMs;
  const closed = ask.leftAt === null ? Infinity : ask.leftAt + limits.closedMs;
  if (ask.stage.at !== 'ended') return Math.min(ask.expiresAt, idle, closed);
  // the words of an end stay until the window is closed; a signature only as long as it is of use
  return ask.stage.end.how === 'signed' && !ask.stage.end.handedOut ? Math.min(ask.expiresAt, idle) : idle;
}

export function step(before: State, event: Event): Stepped {
  const deadline = deadlineOf(before);
  const { state, effects } =
    deadline !== null && event.now >= deadline ? timeIsUp(before, event.now) : still(before);
  const after = take(state, event);
  return { state: after.state, effects: [...effects, ...after.effects] };
}
const still = (state: State): Stepped => ({ state, effects: [] });

function timeIsUp(state: State, now: number): Stepped {
  const { ask } = state;
  if (!ask) return still(state);
  if (ask.stage.at === 'ended') return { state: { ...state, ask: null }, effects: [FORGET] };
  const isLate = now >= Math.min(ask.expiresAt, ask.touchedAt + state.limits.idleMs);
  return end(state, ask, isLate ? { how: 'refused', notice: TOO_LATE } : { how: 'cancelled' }, now);
}

function end(state: State, ask: Ask, how: End, now: number): Stepped {
  const ended = { ...ask, touchedAt: now, stage: { at: 'ended', end: how } as const };
  return { state: { ...state, turn: state.turn + 1, ask: ended }, effects: [FORGET] };
}

function take(state: State, event: Event): Stepped {
  const { ask } = state;
  if (event.kind === 'asked') return asked(state, event);
  if (event.kind === 'reader') {
    const told = { ...state, reader: event.reader };
    return ask ? moved(told, ask, event) : still(told);
  }
  if (!ask || event.kind === 'tick' || ('id' in event && event.id !== ask.id)) return still(state);
  switch (event.kind) {
    case 'dropped':
      return end(state, ask, { how: 'dropped' }, event.now);
    case 'cancel':
      return ask.stage.at === 'ended' ? still(state) : end(state, ask, { how: 'cancelled' }, event.now);
    case 'handedOut':
      return handedOut(state, ask);
    case 'window':
      return still({ ...state, ask: { ...ask, leftAt: event.open ? null : event.now } });
    case 'touch':
    case 'entered':
      if (event.turn !== state.turn) return still(state);
      return moved(state, { ...ask, touchedAt: event.now }, event);
    default:
      return isWorkingOn(ask.stage, event.operation) ? moved(state, ask, event) : still(state);
  }
}
const isWorkingOn = (stage: Stage, operation: number): boolean =>
  'operation' in stage && stage.operation === operation;

function asked(state: State, { id, token, request, now }: EventOf<'asked'>): Stepped {
  const ask: Ask = {
    id,
    token,
    expiresAt: now + request.lifetimeMs,
    touchedAt: now,
    leftAt: null,
    stage: { at: 'asking', request },
  };
  return { state: { ...state, turn: state.turn + 1, ask }, effects: [FORGET] };
}

function handedOut(state: State, ask: Ask): Stepped {
  if (ask.stage.at !== 'ended' || ask.stage.end.how !== 'signed') return still(state);
  const stage = { at: 'ended', end: { how: 'signed', handedOut: true } } as const;
  return { state: { ...state, ask: { ...ask, stage } }, effects: [FORGET] };
}

function moved(state: State, ask: Ask, event: Event): Stepped {
  const turn = state.turn + 1;
  const next = move(ask.stage, event, { reader: state.reader, turn });
  if (!next) return still(state);
  return { state: { ...state, turn, ask: { ...ask, stage: next.stage } }, effects: next.effects };
}
