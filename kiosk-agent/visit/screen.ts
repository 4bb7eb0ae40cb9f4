/** The latest view and its number; who looks at it; which touches still count. */
import type { Clock } from '#templates/vocabulary.ts';
import type { ViewMessage } from '../contract/deviceLink.ts';
import { frame } from './frame.ts';
import type { State } from './state.ts';
import { screenKey, view } from './view.ts';

type Listener = (message: ViewMessage) => void;
export interface Screen {
  state(): State;
  show(state: State): void;
  latest(): ViewMessage;
  watch(listener: Listener): () => void;
  /** A touch counts when the screen it was made on is still shown, whatever number its view had. */
  isCurrent(seen: number): boolean;
  /** Sends the view once more under a new number, unless one newer than `seen` was sent: every touch gets an answer. */
  repeat(seen: number): void;
  atRest(): boolean;
}

export function makeScreen(first: State, clock: Clock): Screen {
  const listeners = new Set<Listener>();
  let state = first;
  let message = messageOf(first, 1, clock());
  /** number of the first view of the screen that is shown now */
  let since = 1;

  const send = (next: ViewMessage): void => {
    message = next;
    for (const listener of listeners) listener(message);
  };
  return {
    state: () => state,
    latest: () => message,
    show: (next) => {
      const other = screenKey(next.visit, next.asking) !== screenKey(state.visit, state.asking);
      state = next;
      const made = messageOf(next, message.sequence + 1, clock());
      if (other) since = made.sequence;
      if (other || !sameContent(made, message)) send(made);
    },
    watch: (listener) => {
      listeners.add(listener);
      listener(message);
      return () => void listeners.delete(listener);
    },
    isCurrent: (seen) => seen >= since && seen <= message.sequence,
    repeat: (seen) => {
      if (message.sequence <= seen) send({ ...message, sequence: message.sequence + 1 });
    },
    atRest: () => {
      const { at } = state.visit;
      return at === 'idle' || at === 'outOfService' || at === 'askingAttendant' || at === 'staffMenu';
    },
  };
}

function messageOf(state: State, sequence: number, now: number): ViewMessage {
  return { type: 'view', sequence, frame: frame(state, now), view: view(state) };
}
function sameContent(left: ViewMessage, right: ViewMessage): boolean {
  return JSON.stringify([left.frame, left.view]) === JSON.stringify([right.frame, right.view]);
}
