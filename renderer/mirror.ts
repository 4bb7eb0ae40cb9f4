/**
 * The mirror of the agent's latest view: all the state the screens have. One touch per view: after it every button
 * rests until the agent answers with the next view.
 */
import { create } from 'zustand';
import type { Command, CommandMessage, ViewMessage } from '#agent/contract/deviceLink.ts';

export type TextSize = 'normal' | 'large';

export interface Mirror {
  /** null while the agent is away */
  readonly latest: ViewMessage | null;
  /** sequence of the view that was touched, or null */
  readonly touched: number | null;
  readonly textSize: TextSize;
  /** the way to the agent; null while it is away */
  readonly deliver: ((message: CommandMessage) => void) | null;
}

export const useMirror = create<Mirror>()(() => ({
  latest: null,
  touched: null,
  textSize: 'normal',
  deliver: null,
}));

/** Shows a view of the agent. An older one than shown (a late frame of the same connection) is ignored. */
export function showView(message: ViewMessage): void {
  const { latest, textSize } = useMirror.getState();
  if (latest && message.sequence < latest.sequence) return;
  const nextVisitor = message.view.at === 'idle';
  useMirror.setState({ latest: message, textSize: nextVisitor ? 'normal' : textSize });
}

/** A connection begins: touches go this way, and no view of the old connection counts any more. */
export function connected(deliver: (message: CommandMessage) => void): void {
  useMirror.setState({ deliver, latest: null, touched: null });
}

/** The agent is away: the out-of-service screen shows and touches go nowhere. */
export function agentAway(): void {
  useMirror.setState({ deliver: null, latest: null, touched: null });
}

/** Sends one command for the view shown now; the second touch on the same view is dropped here. */
export function touch(command: Command): void {
  const { latest, touched, deliver } = useMirror.getState();
  if (!latest || !deliver || touched === latest.sequence) return;
  useMirror.setState({ touched: latest.sequence });
  deliver({ type: 'command', seen: latest.sequence, command });
}

/** Not more often than this while somebody types: the agent asks まだ操作中ですか after 45 s without a command. */
const STAY_EVERY_MS = 10_000;
let stayedAt = -Infinity;

/** The resident is at work on this screen (keys are no commands): nothing rests, nothing changes. */
export function stayHere(now: number = performance.now()): void {
  const { latest, deliver } = useMirror.getState();
  if (!latest || !deliver || now - stayedAt < STAY_EVERY_MS) return;
  stayedAt = now;
  deliver({ type: 'command', seen: latest.sequence, command: { type: 'stillHere' } });
}

/** True from the one touch on a view until the next view. */
export function useWaiting(): boolean {
  return useMirror((state) => state.latest === null || state.touched === state.latest.sequence);
}

/** Letters normal or large, for this visitor only. */
export function setTextSize(textSize: TextSize): void {
  useMirror.setState({ textSize });
}
