/**
 * Performs what the reducer asks for and feeds the answers back: the one owner of the home agent's state. What may not be seen
 * is in `held`, never in the state.
 */
import { randomBytes } from 'node:crypto';
import type { HomeAgentAnswer, HomeAgentRequest } from '#center/contract/homeAgent.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import type { Clock } from '#templates/vocabulary.ts';
import type { Wait } from '../wait.ts';
import { readCard, readText, type CardDeps, type CardWork } from './cardWork.ts';
import { answerOf, consentStateOf } from './answers.ts';
import type { ConsentState } from './consentContract.ts';
import { dropSecret, forget, keepSecret, letGo, nothingHeld } from './held.ts';
import { openSignature, sign } from './signWork.ts';
import type { Effect, Limits, Reader, SecretKind, State, Touch, Unstamped } from './state.ts';
import { begin, deadlineOf, LIMITS, step } from './step.ts';

export interface HomeDeps extends CardDeps {
  /** origin of the page that may ask */
  readonly site: string;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly limits?: Limits;
  /** a fault of ours: the name of an error, nothing else */
  readonly onFault: (name: string) => void;
}
export interface HomeRunner {
  reader(): Reader;
  /** Takes the place of the request before. Returns its id. */
  ask(request: HomeAgentRequest): string;
  /** What the page gets; a signed application once. */
  answer(id: string): HomeAgentAnswer;
  drop(id: string): void;
  consent(id: string): ConsentState;
  /** of the request of this id; null: not the one of now */
  token(id: string): string | null;
  /** False: it was for another stage, nothing happened. */
  touch(id: string, turn: number, touch: Touch): boolean;
  /** @param bytes ASCII; zeroed by the time its work is done, and at once when it is not taken */
  enter(id: string, turn: number, secret: SecretKind, bytes: Buffer): boolean;
  cancel(id: string): void;
  /** Call once per open page; the result when it goes. */
  watching(id: string): () => void;
  /** Resolves when there is another state to show than the one of `version`, or at the signal. */
  changed(version: number, signal: AbortSignal): Promise<void>;
  /** Lets the card go and forgets everything. The reader is its owner's to close. */
  close(): Promise<void>;
}

const FAULT = noticeOf('SYS-01');
const hex128 = (): string => randomBytes(16).toString('hex');

/** Watches the reader at once. */
export function homeRunner(deps: HomeDeps): HomeRunner {
  const held = nothingHeld();
  const ending = new AbortController();
  const listeners = new Set<() => void>();
  const windows = new Map<string, number>();
  let state: State = begin(deps.limits ?? LIMITS);
  let version = 0;
  let timer = new AbortController();

  /** True when the state is another one afterwards. */
  const tell = (event: Unstamped): boolean => {
    if (ending.signal.aborted) return false;
    const before = state;
    const stepped = step(before, { ...event, now: deps.clock() });
    state = stepped.state;
    for (const effect of stepped.effects) perform(effect);
    if (isSeen(before, state)) {
      version += 1;
      for (const listener of [...listeners]) listener();
    }
    schedule();
    return state !== before;
  };
  const work: CardWork = { deps, held, tell: (event) => void tell(event) };
  const perform = (effect: Effect): void => {
    performing(work, effect).catch((error: unknown) => {
      deps.onFault(error instanceof Error ? error.name : 'unknown');
      if ('operation' in effect) tell({ kind: 'refused', operation: effect.operation, notice: FAULT });
    });
  };
  const schedule = (): void => {
    timer.abort();
    const deadline = deadlineOf(state);
    if (deadline === null) return;
    timer = new AbortController();
    const { signal } = timer;
    const left = Math.max(0, deadline - deps.clock());
    void deps.wait(left, signal).then(() => void (signal.aborted || tell({ kind: 'tick' })));
  };
  const unwatch = deps.reader.watch(({ kind }) => void tell({ kind: 'reader', reader: kind }));

  return {
    reader: () => state.reader,
    ask: (request) => {
      const id = hex128();
      tell({ kind: 'asked', id, token: hex128(), request });
      return id;
    },
    answer: (id) => {
      tell({ kind: 'tick' });
      const answer = answerOf(state, id, held.application);
      if (answer.kind === 'signed') tell({ kind: 'handedOut', id });
      return answer;
    },
    drop: (id) => void tell({ kind: 'dropped', id }),
    consent: (id) => consentStateOf(state, id, { version, site: deps.site }),
    token: (id) => (state.ask?.id === id ? state.ask.token : null),
    touch: (id, turn, touch) => tell({ kind: 'touch', id, turn, touch }),
    enter: (id, turn, secret, bytes) => {
      keepSecret(held, secret, bytes);
      const taken = tell({ kind: 'entered', id, turn, secret });
      if (!taken) dropSecret(held);
      return taken;
    },
    cancel: (id) => void tell({ kind: 'cancel', id }),
    watching: (id) => {
      windows.set(id, (windows.get(id) ?? 0) + 1);
      tell({ kind: 'window', id, open: true });
      return () => {
        const left = (windows.get(id) ?? 1) - 1;
        if (left > 0) return void windows.set(id, left);
        windows.delete(id);
        tell({ kind: 'window', id, open: false });
      };
    },
    changed: (seen, signal) => {
      if (version > seen || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = (): void => {
          listeners.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        listeners.add(done);
        signal.addEventListener('abort', done);
      });
    },
    close: async () => {
      if (ending.signal.aborted) return;
      ending.abort();
      unwatch();
      timer.abort();
      forget(held);
      for (const listener of [...listeners]) listener();
      await held.cardFree;
    },
  };
}

/** Windows that come and go and touches that change nothing are not shown. */
const isSeen = (before: State, after: State): boolean =>
  before.reader !== after.reader ||
  before.ask?.id !== after.ask?.id ||
  before.ask?.stage !== after.ask?.stage;

function performing(work: CardWork, effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'readCard':
      return readCard(work, effect);
    case 'readText':
      return readText(work, effect);
    case 'openSignature':
      return openSignature(work, effect);
    case 'sign':
      return sign(work, effect);
    case 'letGo':
      letGo(work.held);
      return Promise.resolve();
    case 'forget':
      forget(work.held);
      return Promise.resolve();
  }
}
