/** The home agent's reducer as a table: every event at every stage, and what time, the page and the window end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, deadlineOf, step } from '#agent/home/step.ts';
import { answerOf, consentStateOf } from '#agent/home/answers.ts';
import { wordsAtHome } from '#templates/notices/atHome.ts';
import type { Effect, Stage, State, Unstamped } from '#agent/home/state.ts';
import { noticeOf, notices, type NoticeCode } from '#templates/notices/notices.ts';
import { ITEMS, TEXT } from '#agent/visit/testSigning.ts';
import { NOW, requestWith } from './homeAgentBench.ts';

const ID = 'a'.repeat(32);
const LIMITS = { idleMs: 600_000, closedMs: 15_000 };
const asked = { kind: 'asked', id: ID, token: 'b'.repeat(32), request: requestWith() } as const;
const card = (text: number | null = 0) =>
  ({ kind: 'cardRead', passwordTries: 5, pinTries: 3, textTries: text }) as const;

/** An event without what it takes from the state: id and turn of a touch, operation of an answer. */
type Loose<Event> = Event extends { readonly kind: string }
  ? Omit<Event, 'id' | 'turn' | 'operation'>
  : never;
type Told = Loose<Exclude<Unstamped, { kind: 'asked' }>>;
const of = (state: State, event: Told): Unstamped => {
  const { ask, turn } = state;
  const operation = ask && 'operation' in ask.stage ? ask.stage.operation : -1;
  return { ...event, id: ID, turn, operation } as unknown as Unstamped;
};
/** Reader present, one request, then these events, each at its right time. */
function after(events: readonly Told[], request = requestWith(), now = NOW): State {
  const start = step(begin(LIMITS, 'present'), { ...asked, request, now }).state;
  return events.reduce((state, event) => step(state, { ...of(state, event), now }).state, start);
}

const touch = (name: 'begin' | 'skip-text' | 'confirm' | 'back' | 'again') =>
  ({ kind: 'touch', touch: name }) as const;
const enter = (secret: 'text-pin' | 'password' | 'pin') => ({ kind: 'entered', secret }) as const;
const refused = (code: string) => ({ kind: 'refused', notice: noticeOf(code) }) as const;
const reader = (kind: State['reader']) => ({ kind: 'reader', reader: kind }) as const;
const opened = { kind: 'opened', items: ITEMS } as const;
const wrong = { kind: 'wrong', triesLeft: 2 } as const;
const signed = { kind: 'signed' } as const;

const READ = [touch('begin'), card()];
const OPENED = [...READ, enter('password'), opened];
const WAYS = {
  asking: [],
  placing: [reader('empty'), touch('begin')],
  reading: [touch('begin')],
  enteringTextPin: [touch('begin'), card(3)],
  readingText: [touch('begin'), card(3), enter('text-pin')],
  enteringPassword: READ,
  openingSignature: [...READ, enter('password')],
  reviewing: OPENED,
  enteringPin: [...OPENED, touch('confirm')],
  signing: [...OPENED, touch('confirm'), enter('pin')],
  noticed: [touch('begin'), refused('CARD-01')],
  ended: [...OPENED, touch('confirm'), enter('pin'), signed],
} as const satisfies Record<Stage['at'], readonly Told[]>;
type Place = keyof typeof WAYS;
const PLACES = Object.keys(WAYS) as Place[];
const at = (place: Place): State => after(WAYS[place], requestWith({ cardText: true }));

const EVENTS: Readonly<Record<string, Told>> = {
  begin: touch('begin'),
  'skip-text': touch('skip-text'),
  confirm: touch('confirm'),
  back: touch('back'),
  again: touch('again'),
  'text-pin': enter('text-pin'),
  password: enter('password'),
  pin: enter('pin'),
  'card read': card(3),
  letters: { kind: 'textRead', text: TEXT },
  wrong,
  opened,
  signed,
  'refused, again': refused('CARD-01'),
  'refused for good': refused('SIGN-02'),
  'card gone': reader('empty'),
  'card there': reader('present'),
  'reader gone': reader('unavailable'),
};
/** What is not written here changes nothing. */
const TABLE: Readonly<Record<Place, Readonly<Record<string, string>>>> = {
  asking: { begin: 'reading +readCard' },
  placing: { 'card there': 'reading +readCard' },
  reading: {
    'card read': 'enteringTextPin',
    'refused, again': 'noticed +letGo',
    'refused for good': 'ended +forget',
    'card gone': 'noticed +letGo',
    'reader gone': 'noticed +letGo',
  },
  enteringTextPin: {
    'skip-text': 'enteringPassword',
    'text-pin': 'readingText +readText',
    'card gone': 'noticed +letGo',
    'reader gone': 'noticed +letGo',
  },
  readingText: {
    letters: 'enteringPassword',
    wrong: 'enteringTextPin',
    'refused, again': 'noticed +letGo',
    'refused for good': 'ended +forget',
    'card gone': 'noticed +letGo',
    'reader gone': 'noticed +letGo',
  },
  enteringPassword: {
    password: 'openingSignature +openSignature',
    'card gone': 'noticed +letGo',
    'reader gone': 'noticed +letGo',
  },
  openingSignature: {
    opened: 'reviewing',
    wrong: 'enteringPassword',
    'refused, again': 'noticed +letGo',
    'refused for good': 'ended +forget',
    'card gone': 'noticed +letGo',
    'reader gone': 'noticed +letGo',
  },
  reviewing: { confirm: 'enteringPin', 'card gone': 'noticed +letGo', 'reader gone': 'noticed +letGo' },
  enteringPin: {
    back: 'reviewing',
    pin: 'signing +sign',
    'card gone': 'noticed +letGo',
    'reader gone': 'noticed +letGo',
  },
  signing: {
    wrong: 'enteringPin',
    signed: 'ended +letGo',
    'refused, again': 'noticed +letGo',
    'refused for good': 'ended +forget',
    'card gone': 'noticed +letGo',
    'reader gone': 'noticed +letGo',
  },
  noticed: { again: 'reading +readCard' },
  ended: {},
};

const kinds = (effects: readonly Effect[]) => effects.map(({ kind }) => ` +${kind}`).join('');

describe('every event at every stage', () => {
  it.each(PLACES)('%s', (place) => {
    const before = at(place);
    expect(before.ask?.stage.at).toBe(place);
    const found: Record<string, string> = {};
    for (const [name, event] of Object.entries(EVENTS)) {
      const { state, effects } = step(before, { ...of(before, event), now: NOW });
      const isMoved = state.turn !== before.turn;
      if (isMoved || effects.length > 0) found[name] = `${state.ask?.stage.at}${kinds(effects)}`;
    }
    expect(found).toEqual(TABLE[place]);
  });

  it.each(PLACES.filter((place) => place !== 'ended'))(
    'at %s the applicant, the page, another request and time end it',
    (place) => {
      const before = at(place);
      const told = (event: Unstamped, later = 0) => step(before, { ...event, now: NOW + later });
      const cancelled = told({ kind: 'cancel', id: ID });
      expect(answerOf(cancelled.state, ID, null)).toEqual({ kind: 'cancelled' });
      const dropped = told({ kind: 'dropped', id: ID });
      expect(answerOf(dropped.state, ID, null)).toEqual({ kind: 'gone' });
      const replaced = told({ ...asked, id: 'c'.repeat(32) });
      expect(answerOf(replaced.state, ID, null)).toEqual({ kind: 'gone' });
      const idle = told({ kind: 'tick' }, LIMITS.idleMs);
      expect(answerOf(idle.state, ID, null)).toEqual({ kind: 'refused', notice: 'APPL-09' });
      for (const { effects, state } of [cancelled, dropped, replaced, idle]) {
        expect(kinds(effects)).toContain('+forget');
        // nothing of the request is left
        if (state.ask?.id === ID) expect(JSON.stringify(state.ask)).not.toMatch(/見本台|架空|09012345678/);
      }
    },
  );
});

describe('what is for another moment', () => {
  it.each(PLACES)(
    'at %s a touch of an earlier turn and an answer to an earlier work change nothing',
    (place) => {
      const before = at(place);
      for (const event of Object.values(EVENTS)) {
        if (event.kind === 'reader') continue;
        const stale = {
          ...of(before, event),
          turn: before.turn - 1,
          operation: before.turn + 1,
        } as unknown as Unstamped;
        const { state, effects } = step(before, { ...stale, now: NOW });
        expect([state, effects]).toEqual([before, []]);
      }
    },
  );
  it('an answer to the work of a request that was replaced is nobody’s', () => {
    const before = at('signing');
    const operation = before.turn;
    const next = step(before, { ...asked, id: 'c'.repeat(32), now: NOW }).state;
    const reading = step(next, {
      kind: 'touch',
      id: 'c'.repeat(32),
      turn: next.turn,
      touch: 'begin',
      now: NOW,
    }).state;
    expect(step(reading, { kind: 'signed', operation, now: NOW }).state).toBe(reading);
  });
});

describe('time', () => {
  it('the challenge runs out where it is sooner than the applicant is idle', () => {
    const state = after(WAYS.enteringPin, requestWith({ lifetimeMs: 60_000 }));
    expect(deadlineOf(state)).toBe(NOW + 60_000);
    const { state: late, effects } = step(state, { ...of(state, enter('pin')), now: NOW + 60_000 });
    expect(answerOf(late, ID, null)).toEqual({ kind: 'refused', notice: 'APPL-09' });
    expect(kinds(effects)).toBe(' +forget');
    expect(deadlineOf(begin())).toBeNull();
  });
  it('each touch begins the idle time anew, up to the end of the challenge', () => {
    const state = after([], requestWith({ lifetimeMs: 3_600_000 }));
    const touched = step(state, { ...of(state, touch('begin')), now: NOW + 500_000 }).state;
    expect(deadlineOf(touched)).toBe(NOW + 500_000 + LIMITS.idleMs);
  });
  it('a window that is loaded again is no end; one that stays closed is', () => {
    const window = (open: boolean) => ({ kind: 'window', id: ID, open }) as const;
    const left = step(at('reviewing'), { ...window(false), now: NOW }).state;
    expect(deadlineOf(left)).toBe(NOW + LIMITS.closedMs);
    const back = step(left, { ...window(true), now: NOW + 14_999 }).state;
    expect(back.ask?.stage.at).toBe('reviewing');
    const gone = step(left, { kind: 'tick', now: NOW + 15_000 });
    expect(answerOf(gone.state, ID, null)).toEqual({ kind: 'cancelled' });
    expect(kinds(gone.effects)).toBe(' +forget');
  });
  it('a signature that nobody fetches is dropped with its challenge', () => {
    const state = after(WAYS.ended, requestWith({ lifetimeMs: 60_000 }));
    const { state: later, effects } = step(state, { kind: 'tick', now: NOW + 60_000 });
    expect([later.ask, kinds(effects)]).toEqual([null, ' +forget']);
  });
});

describe('what is told', () => {
  const application = { challengeId: ID, cms: '', authenticationCertificate: '', possession: '' };
  it('the signature once', () => {
    const state = at('ended');
    expect(answerOf(state, ID, application)).toEqual({ kind: 'signed', application });
    const handed = step(state, { kind: 'handedOut', id: ID, now: NOW });
    expect(kinds(handed.effects)).toBe(' +forget');
    expect(answerOf(handed.state, ID, application)).toEqual({ kind: 'gone' });
    expect(consentStateOf(handed.state, ID, { version: 1, site: '' })).toMatchObject({ how: 'signed' });
  });
  it('nothing under another id', () => {
    for (const place of PLACES) {
      expect(answerOf(at(place), 'd'.repeat(32), application)).toEqual({ kind: 'gone' });
      expect(consentStateOf(at(place), 'd'.repeat(32), { version: 1, site: '' })).toEqual({ kind: 'gone' });
    }
  });
  it('a signature only after both secrets and the review, whatever the order of events', () => {
    const events = fc.constantFrom(...Object.values(EVENTS));
    let signatures = 0;
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (sequence) => {
        let state = after([], requestWith({ cardText: true }));
        const path: string[] = [];
        for (const event of sequence) {
          const { state: next, effects } = step(state, { ...of(state, event), now: NOW });
          state = next;
          if (effects.some(({ kind }) => kind === 'readCard')) path.length = 0;
          path.push(...effects.map(({ kind }) => kind), state.ask?.stage.at ?? '');
          const isSigned = answerOf(state, ID, application).kind === 'signed';
          if (!isSigned) continue;
          signatures += 1;
          // since the card was last read: password, review, PIN, in this order
          const order = ['openSignature', 'reviewing', 'sign'].map((step) => path.indexOf(step));
          expect(order).not.toContain(-1);
          expect(order).toEqual(order.toSorted((left, right) => left - right));
        }
      }),
      { numRuns: 3_000, seed: 20261126, examples: [[[...WAYS.ended]]] },
    );
    expect(signatures).toBeGreaterThan(0);
  });
  it('at home no word of a store, its staff or its money, in any notice a card can bring', () => {
    const codes = notices.map(({ code }) => code as NoticeCode);
    const shown = codes
      .filter((code) => /^CARD-|^SIGN-0[123]|^SYS-01|^APPL-09/.test(code))
      .map((code) => ({ code, ...wordsAtHome(code) }));
    expect(shown.length).toBeGreaterThan(12);
    const wordy = shown.filter((words) => /店員|機械|お金/.test(Object.values(words).join('')));
    expect(wordy.map(({ code }) => code)).toEqual([]);
  });
});
