/** Any events in any order, answers of earlier acts included: what can never happen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeOf } from '#templates/notices/notices.ts';
import type { Yen } from '#templates/vocabulary.ts';
import { viewMessage } from '../contract/deviceLink.ts';
import { frame } from './frame.ts';
import { begin, step } from './session.ts';
import { makeVisitSettings } from './settings.ts';
import type { Answer, Effect, Event, State, Touch, Unstamped } from './state.ts';
import { CITY, RECORD_ITEMS, RESIDENT_RECORD, WITHHELD } from './testCenter.ts';
import { reader, touch, yes, type Happening, type Plain } from './testHappenings.ts';
import { NOON } from './testKiosk.ts';
import { view } from './view.ts';

const TOUCHES: readonly Touch[] = [
  { type: 'start' },
  { type: 'agree' },
  { type: 'enterPin' },
  { type: 'goOn' },
  { type: 'goOn' },
  { type: 'chooseKind', kind: 'resident-record-copy' },
  { type: 'chooseKind', kind: 'seal-registration-certificate' },
  { type: 'chooseMunicipality', code: CITY },
  { type: 'answer', question: 'extent', values: ['part'] },
  { type: 'chooseKind', kind: 'resident-record-items' },
  { type: 'answer', question: 'items', values: ['name'] },
  { type: 'answer', question: 'members', values: ['1'] },
  { type: 'answer', question: 'copies', values: ['9'] },
  { type: 'confirm' },
  { type: 'collected' },
  { type: 'back' },
  { type: 'cancel' },
  { type: 'cancelConfirmed' },
  { type: 'cancelDismissed' },
  { type: 'stillHere' },
  { type: 'noticeRead' },
  { type: 'addAnother' },
  { type: 'removeItem', id: '1' },
  { type: 'staffOpen' },
  { type: 'staffCode' },
  { type: 'staffLeave' },
  { type: 'staffPrintSpecimen', id: '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a01' },
];
const municipalities = [{ code: CITY, name: '架空市', relation: 'residence', ended: null }] as const;
const offers = { [CITY]: { kind: 'offer', kinds: [RESIDENT_RECORD, RECORD_ITEMS, WITHHELD] } } as const;
const refused = (code: string) => ({ kind: 'refused', notice: noticeOf(code), until: null }) as const;
const SHEET = {
  kind: 'printingSheet',
  what: 'certificate',
  label: '住民票の写し',
  certificate: 1,
  of: 1,
  sheet: 1,
  sheets: 2,
} as const;
const ANSWERS: readonly Plain<Answer>[] = [
  { kind: 'cardRead', triesLeft: 3 },
  { kind: 'wrongPin', triesLeft: 2 },
  { kind: 'cardBlocked' },
  { kind: 'authenticated', municipalities, others: false },
  { kind: 'offersLoaded', offers },
  { kind: 'preparedOne', done: 1 },
  { kind: 'preparedAll', transaction: 'TEST-0001' },
  refused('CARD-05'),
  refused('DESK-01'),
  refused('CENT-01'),
  refused('PRNT-01'),
  { kind: 'moneyIn', paid: 100 as Yen },
  { kind: 'charged', change: 0 as Yen },
  { kind: 'notCharged', reason: 'cancelled' },
  { kind: 'chargeUnknown' },
  SHEET,
  { kind: 'allPrinted', certificates: 1, sheets: 2, receipt: 'printed' },
  { kind: 'printingStopped', notice: noticeOf('PRNT-02') },
  { kind: 'settled', certificates: 0, sheets: 0, receipt: 'not-printed', refunded: 300 as Yen },
  { kind: 'attendantNeeded', sheetsOut: null },
  { kind: 'fault' },
];
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...TOUCHES)
      .map((touch): Happening => ({ kind: 'event', event: { kind: 'touch', touch }, after: 500 })),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      answer: fc.constantFrom(...ANSWERS),
      fresh: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('empty', 'present', 'unavailable').map((reader): Happening => ({
      kind: 'event',
      event: { kind: 'reader', reader: reader as 'empty' },
      after: 100,
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1_000, max: 50_000 })
      .map((after): Happening => ({ kind: 'event', event: { kind: 'tick' }, after })),
  },
);

/** A number stands for something that fits where the visit is. */
const mixed = fc.oneof({ weight: 5, arbitrary: fc.nat(9) }, { weight: 1, arbitrary: happening });

/** What a bystander with a notebook knows. */
interface Notebook {
  authenticated: boolean;
  prepared: boolean;
  money: 'none' | 'perhaps' | 'in';
  secrets: boolean;
  order: boolean;
}
const BUSY_WITH_MONEY = ['paying', 'printing', 'settling'];

function note(book: Notebook, before: State, event: Event, after: State, effects: readonly Effect[]): void {
  const accepted = before.visit !== after.visit;
  if (accepted && event.kind === 'authenticated') book.authenticated = true;
  if (accepted && event.kind === 'preparedAll') book.prepared = true;
  if (accepted && event.kind === 'charged') book.money = 'in';
  const moneyKnown = ['notCharged', 'refused', 'allPrinted', 'settled', 'attendantNeeded'];
  const settlingFault = event.kind === 'fault' && before.visit.at === 'settling';
  if (accepted && (moneyKnown.includes(event.kind) || settlingFault)) book.money = 'none';
  for (const effect of effects) noteEffect(book, effect);
}

function noteEffect(book: Notebook, effect: Effect): void {
  switch (effect.kind) {
    case 'readCard':
      book.secrets = true;
      return;
    case 'prepare':
      expect(book.authenticated).toBe(true);
      book.order = true;
      book.prepared = false;
      return;
    case 'pay':
      expect(book.authenticated && book.prepared && book.money === 'none').toBe(true);
      book.money = 'perhaps';
      return;
    case 'print':
      expect(book.authenticated && book.prepared).toBe(true);
      expect(book.money).toBe('in');
      return;
    case 'abandonOrder':
      // only while the money is surely with the resident
      expect(book.money).toBe('none');
      book.order = false;
      return;
    case 'settle':
      book.order = false;
      return;
    case 'forget':
      book.secrets = false;
      book.authenticated = false;
      return;
    default:
      return;
  }
}

/** What goes on with a visit at each place, so that a walk gets deep. */
function fitting(at: string): readonly Happening[] {
  const long: Happening = { kind: 'event', event: { kind: 'tick' }, after: 50_000 };
  const kind: Touch = { type: 'chooseKind', kind: 'resident-record-copy' };
  const map: Readonly<Record<string, readonly Happening[]>> = {
    idle: [touch({ type: 'start' })],
    consent: [touch({ type: 'agree' })],
    awaitingCard: [reader('present'), reader('empty')],
    readingCard: [yes({ kind: 'cardRead', triesLeft: 3 })],
    enteringPin: [touch({ type: 'enterPin' })],
    authenticating: [yes({ kind: 'authenticated', municipalities, others: false })],
    returningCard: [yes({ kind: 'offersLoaded', offers }), reader('empty')],
    choosingCertificate: [touch(kind)],
    choosingOptions: [touch({ type: 'goOn' })],
    basket: [touch({ type: 'goOn' })],
    preparing: [yes({ kind: 'preparedAll', transaction: 'TEST-0001' })],
    confirming: [touch({ type: 'confirm' })],
    paying: [
      long,
      long,
      touch({ type: 'cancel' }),
      touch({ type: 'cancelConfirmed' }),
      yes({ kind: 'charged', change: 0 as Yen }),
      yes({ kind: 'chargeUnknown' }),
      yes({ kind: 'notCharged', reason: 'cancelled' }),
    ],
    printing: [
      long,
      touch({ type: 'cancel' }),
      touch({ type: 'cancelConfirmed' }),
      yes({ kind: 'allPrinted', certificates: 1, sheets: 2, receipt: 'printed' }),
      yes({ kind: 'printingStopped', notice: noticeOf('PRNT-04') }),
    ],
    settling: [
      long,
      touch({ type: 'cancel' }),
      touch({ type: 'cancelConfirmed' }),
      yes({ kind: 'attendantNeeded', sheetsOut: null }),
      yes({ kind: 'settled', certificates: 0, sheets: 0, receipt: 'not-printed', refunded: 300 as Yen }),
    ],
    askingAttendant: [touch({ type: 'staffOpen' })],
    staffSignIn: [touch({ type: 'staffLeave' })],
  };
  return map[at] ?? [touch({ type: 'noticeRead' }), touch({ type: 'collected' })];
}

function play(happenings: readonly (Happening | number)[]): Set<string> {
  const visited = new Set<string>();
  const book: Notebook = {
    authenticated: false,
    prepared: false,
    money: 'none',
    secrets: false,
    order: false,
  };
  let state = begin(makeVisitSettings());
  let now = NOON;
  let counter = 0;
  const feed = (event: Unstamped): void => {
    const stamped: Event = { ...event, now, id: `act-${(counter += 1)}` };
    const before = state;
    const stepped = step(state, stamped);
    state = stepped.state;
    if (stamped.kind === 'allPrinted' && state.visit.at === 'collecting') book.order = false;
    note(book, before, stamped, state, stepped.effects);
    visited.add(state.visit.at);
    hold(before, stamped, state, book);
    viewMessage.parse({ type: 'view', sequence: 1, frame: frame(state, now), view: view(state) });
  };
  feed({ kind: 'facts', facts: { checked: true } });
  for (const given of happenings) {
    const fit = fitting(state.visit.at);
    const one = typeof given === 'number' ? fit[given % fit.length] : given;
    if (!one) continue;
    if (one.kind === 'event') {
      now += one.after;
      feed(one.event);
      continue;
    }
    const current = 'operation' in state.visit ? state.visit.operation : null;
    feed({ ...one.answer, operation: one.fresh ? (current ?? 'none') : 'act-of-long-ago' } as Answer);
  }
  return visited;
}

function hold(before: State, event: Event, after: State, book: Notebook): void {
  const { at } = after.visit;
  // money that may be in is always in somebody's hands
  if (book.money !== 'none') expect(BUSY_WITH_MONEY).toContain(at);
  // no touch and no clock leaves a phase in which money moves
  const byItself = event.kind === 'touch' || event.kind === 'tick' || event.kind === 'reader';
  if (byItself && BUSY_WITH_MONEY.includes(before.visit.at)) expect(at).toBe(before.visit.at);
  // only staff, or the facts, leave a kiosk that asks for a person
  if (before.visit.at === 'askingAttendant' && at !== 'askingAttendant') expect(at).toBe('staffSignIn');
  if (at === 'idle' || at === 'outOfService' || at === 'askingAttendant' || at === 'consent') {
    expect(book).toMatchObject({ secrets: false, order: false, authenticated: false });
  }
  if ('operation' in event && event.operation === 'act-of-long-ago') expect(after.visit).toBe(before.visit);
}

describe('any events in any order', () => {
  it('never print unpaid or for nobody, never leave money or a resident behind', () => {
    const visited = new Set<string>();
    fc.assert(
      fc.property(fc.array(mixed, { minLength: 30, maxLength: 250 }), (happenings) => {
        for (const at of play(happenings)) visited.add(at);
      }),
      { numRuns: 400, seed: 20261120 },
    );
    // the walk is not idle talk: it gets deep into visits
    for (const at of [
      'notice',
      'choosingOptions',
      'confirming',
      'paying',
      'printing',
      'settling',
      'collecting',
    ]) {
      expect(visited).toContain(at);
    }
  });

  it('the same, with a resident who mostly does the right thing', () => {
    const right: readonly Happening[] = [
      touch({ type: 'start' }),
      touch({ type: 'agree' }),
      reader('present'),
      yes({ kind: 'cardRead', triesLeft: 3 }),
      touch({ type: 'enterPin' }),
      yes({ kind: 'authenticated', municipalities, others: false }),
      reader('empty'),
      yes({ kind: 'offersLoaded', offers }),
      touch({ type: 'chooseKind', kind: 'resident-record-copy' }),
      touch({ type: 'goOn' }),
      touch({ type: 'goOn' }),
      touch({ type: 'goOn' }),
      touch({ type: 'goOn' }),
      yes({ kind: 'preparedAll', transaction: 'TEST-0001' }),
      touch({ type: 'confirm' }),
    ];
    const oddities = fc.array(fc.tuple(fc.nat(right.length + 3), happening), { maxLength: 4 });
    const endings: readonly (readonly Plain<Answer>[])[] = [
      [
        { kind: 'charged', change: 0 as Yen },
        { kind: 'allPrinted', certificates: 1, sheets: 2, receipt: 'printed' },
      ],
      [{ kind: 'chargeUnknown' }, { kind: 'attendantNeeded', sheetsOut: null }],
      [
        { kind: 'charged', change: 0 as Yen },
        { kind: 'printingStopped', notice: noticeOf('PRNT-03') },
        { kind: 'settled', certificates: 0, sheets: 0, receipt: 'not-printed', refunded: 300 as Yen },
      ],
      [{ kind: 'charged', change: 0 as Yen }, { kind: 'fault' }, { kind: 'attendantNeeded', sheetsOut: 1 }],
      [{ kind: 'notCharged', reason: 'cancelled' }],
    ];
    const visited = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...endings), oddities, (ending, odd) => {
        const whole = [
          ...right,
          ...ending.map(yes),
          touch({ type: 'noticeRead' }),
          touch({ type: 'collected' }),
        ];
        const walk = [...whole];
        for (const [place, one] of odd) walk.splice(place, 0, one);
        for (const at of play([...walk, ...whole])) visited.add(at);
      }),
      { numRuns: 600, seed: 20261120 },
    );
    for (const at of ['paying', 'printing', 'collecting', 'settling', 'askingAttendant', 'notice']) {
      expect(visited).toContain(at);
    }
  });
});
