/** Any events in any order on the way to a 利用登録: what is signed and sent is what was shown, confirmed and proven, or nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApplicantStatement } from '#center/contract/domicileApplication.ts';
import { noticeOf } from '#templates/notices/notices.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { viewMessage } from '../contract/deviceLink.ts';
import { frame } from './frame.ts';
import { begin, step } from './session.ts';
import { makeVisitSettings } from './settings.ts';
import type { Answer, Effect, Event, State, Unstamped } from './state.ts';
import { CITY, RESIDENT_RECORD } from './testCenter.ts';
import { application, FAR_CITY, makeDomicileState } from './testDomicile.ts';
import { reader, touch, yes, type Happening } from './testHappenings.ts';
import { NOON } from './testKiosk.ts';
import { view } from './view.ts';

const { places } = makeDomicileState(Buffer.alloc(0));
const municipalities = [{ code: CITY, name: '架空市', relation: 'residence', ended: null }] as const;
const offers = { [CITY]: { kind: 'offer', kinds: [RESIDENT_RECORD] } } as const;
const form = {
  kind: 'form',
  municipality: FAR_CITY,
  municipalityName: '架空県ひばり市',
  addressee: '架空県ひばり市長',
  towns: [] as { name: string; reading: string }[],
  cardText: true,
} as const;
const items = {
  name: '架空　太郎',
  nameReplacements: '00000',
  birthDate: '1990-01-01' as CivilDate,
  sex: 'male',
  address: '架空県架空市',
  addressReplacements: '000000',
} as const;
const text = { name: '架空　太郎', address: '架空県架空市' };
const counted = { passwordTries: 5, pinTries: 3, textTries: 10 };
const refused = (code: string) => yes({ kind: 'refused', notice: noticeOf(code), until: null });
const ANSWERS = {
  domicile: ['見本台二丁目8番地9', '例示町1番地'],
  headOfRegister: ['架空　一郎'],
  furigana: ['カクウ　タロウ'],
  telephone: ['09012345678', '12'],
} as const;
const answering = Object.entries(ANSWERS).flatMap(([question, texts]) =>
  texts.map((typed) => touch({ type: 'answerApplication', question: question as 'domicile', text: typed })),
);

/** What leads on from each place, the right thing first. */
const FITTING: Readonly<Record<string, readonly Happening[]>> = {
  idle: [touch({ type: 'start' })],
  consent: [touch({ type: 'agree' })],
  awaitingCard: [reader('present'), reader('empty')],
  readingCard: [yes({ kind: 'cardRead', triesLeft: 3 })],
  enteringPin: [touch({ type: 'enterPin' })],
  authenticating: [yes({ kind: 'authenticated', municipalities, others: true })],
  returningCard: [yes({ kind: 'offersLoaded', offers }), reader('empty')],
  choosingMunicipality: [touch({ type: 'domicileOpen' })],
  domicileMenu: [touch({ type: 'domicileApply' }), touch({ type: 'domicileStatus' })],
  loadingPlaces: [yes({ kind: 'placesLoaded', places }), refused('CENT-01')],
  choosingPrefecture: [
    touch({ type: 'choosePrefecture', prefecture: '架空県' }),
    touch({ type: 'openSearch' }),
  ],
  searchingPlace: [touch({ type: 'searchPlace', reading: 'ひば' })],
  choosingPlace: [touch({ type: 'choosePlace', code: FAR_CITY })],
  loadingForm: [yes({ kind: 'formLoaded', form }), refused('APPL-02')],
  explainingApplication: [touch({ type: 'goOn' })],
  answeringApplication: answering,
  choosingCardText: [touch({ type: 'useCardText', on: false }), touch({ type: 'useCardText', on: true })],
  placingCardAgain: [reader('present'), reader('empty')],
  readingCardAgain: [yes({ kind: 'cardReadAgain', ...counted }), refused('SIGN-06')],
  enteringTextPin: [touch({ type: 'enterTextPin' }), touch({ type: 'skipCardText' })],
  readingCardText: [yes({ kind: 'textRead' }), yes({ kind: 'wrongTextPin', triesLeft: 2 })],
  enteringPassword: [touch({ type: 'enterSignaturePassword' })],
  openingSignature: [
    yes({ kind: 'signatureOpened', items, text: null }),
    yes({ kind: 'signatureOpened', items, text }),
    yes({ kind: 'wrongPassword', triesLeft: 4 }),
    yes({ kind: 'passwordBlocked' }),
  ],
  reviewingApplication: [touch({ type: 'confirm' }), touch({ type: 'confirm' }), reader('empty')],
  enteringPinAgain: [touch({ type: 'enterPin' }), touch({ type: 'enterPin' }), touch({ type: 'back' })],
  signingApplication: [
    yes({ kind: 'applicationSigned' }),
    yes({ kind: 'wrongPin', triesLeft: 2 }),
    yes({ kind: 'cardBlocked' }),
  ],
  sendingApplication: [
    yes({ kind: 'applicationReceived', application: application(), sheet: true }),
    yes({ kind: 'sendingUnknown' }),
    refused('SIGN-04'),
  ],
  printingSheet: [yes({ kind: 'sheetDone', sheet: 'printed', notice: null })],
  loadingApplications: [yes({ kind: 'applicationsLoaded', applications: [application()] })],
  applicationList: [touch({ type: 'showApplication', number: 'ABCD-1234-EFGH' })],
  applicationDetail: [touch({ type: 'withdrawApplication', number: 'ABCD-1234-EFGH' })],
  withdrawing: [yes({ kind: 'applicationWithdrawn', application: application({ state: 'withdrawn' }) })],
};
const ENDS = [touch({ type: 'noticeRead' }), touch({ type: 'collected' })];
const all = [...Object.values(FITTING).flat(), ...ENDS];
const odd = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...all) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...all)
      .map((one): Happening => (one.kind === 'answer' ? { ...one, fresh: false } : one)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      touch({ type: 'back' }),
      touch({ type: 'cancel' }),
      touch({ type: 'cancelConfirmed' }),
      touch({ type: 'stillHere' }),
      reader('empty'),
      reader('present'),
      yes({ kind: 'fault' }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1_000, max: 60_000 })
      .map((after): Happening => ({ kind: 'event', event: { kind: 'tick' }, after })),
  },
);
/** A number: the nth of what leads on. */
const mixed = fc.oneof({ weight: 9, arbitrary: fc.nat(11) }, { weight: 1, arbitrary: odd });

/** What a bystander with a notebook knows of this visit. */
interface Notebook {
  /** the card of the session was read again and is held */
  held: boolean;
  /** shown at the review that was confirmed, with this card held */
  confirmed: ApplicantStatement | null;
  signed: boolean;
  secrets: boolean;
}

function note(book: Notebook, before: State, event: Event, after: State, effects: readonly Effect[]): void {
  const { visit } = before;
  const isTouched = event.kind === 'touch' && after.visit !== visit;
  if (event.kind === 'cardReadAgain' && after.visit !== visit) book.held = true;
  if (isTouched && visit.at === 'reviewingApplication' && event.touch.type === 'confirm')
    book.confirmed = visit.statement;
  if (event.kind === 'applicationSigned' && after.visit !== visit) book.signed = true;
  for (const effect of effects) {
    switch (effect.kind) {
      case 'readCard':
      case 'readCardAgain':
        Object.assign(book, { secrets: true, held: false, confirmed: null, signed: false });
        break;
      case 'signApplication':
        // the PIN was entered for what the review showed, on the card that is held
        expect([visit.at, book.held]).toEqual(['enteringPinAgain', true]);
        expect(effect.statement).toEqual(book.confirmed);
        expect(effect.municipality).toBe(FAR_CITY);
        break;
      case 'sendApplication':
        expect([book.signed, book.confirmed !== null]).toEqual([true, true]);
        break;
      case 'forgetSigning':
        Object.assign(book, { held: false, confirmed: null, signed: false });
        break;
      case 'forget':
        Object.assign(book, { secrets: false, held: false, confirmed: null, signed: false });
        break;
    }
  }
}

const NEEDS_CARD = ['enteringPassword', 'openingSignature', 'reviewingApplication', 'enteringPinAgain'];

function play(happenings: readonly (Happening | number)[], visited: Map<string, number>): void {
  const book: Notebook = { held: false, confirmed: null, signed: false, secrets: false };
  let state = begin(makeVisitSettings());
  let now = NOON;
  let counter = 0;
  const feed = (event: Unstamped): void => {
    const stamped: Event = { ...event, now, id: `act-${(counter += 1)}` };
    const before = state;
    const { state: after, effects } = step(state, stamped);
    state = after;
    note(book, before, stamped, after, effects);
    const { at } = after.visit;
    visited.set(at, (visited.get(at) ?? 0) + 1);
    if (NEEDS_CARD.includes(at)) expect([book.held, after.kiosk.reader]).toEqual([true, 'present']);
    if (at === 'idle' || at === 'consent') expect(book).toMatchObject({ secrets: false, held: false });
    if ('operation' in stamped && stamped.operation === 'act-of-long-ago')
      expect(after.visit).toBe(before.visit);
    viewMessage.parse({ type: 'view', sequence: 1, frame: frame(after, now), view: view(after) });
  };
  feed({ kind: 'facts', facts: { checked: true } });
  for (const given of happenings) {
    const fit = FITTING[state.visit.at] ?? ENDS;
    // the right thing half of the time, so that a walk gets deep
    const one = typeof given === 'number' ? fit[given < 6 ? 0 : given % fit.length] : given;
    if (!one) continue;
    if (one.kind === 'event') {
      now += one.after;
      feed(rightAnswer(one.event, state));
      continue;
    }
    const current = 'operation' in state.visit ? state.visit.operation : null;
    feed({ ...one.answer, operation: one.fresh ? (current ?? 'none') : 'act-of-long-ago' } as Answer);
  }
}

/** The form asks four different questions at one place: a plain answer is one to the question that is asked. */
function rightAnswer(event: Unstamped, { visit }: State): Unstamped {
  if (visit.at !== 'answeringApplication' || event.kind !== 'touch') return event;
  if (event.touch.type !== 'answerApplication' || event.touch.text !== ANSWERS.domicile[0]) return event;
  return {
    kind: 'touch',
    touch: { ...event.touch, question: visit.question, text: ANSWERS[visit.question][0] },
  };
}

describe('any events in any order on the way to an application', () => {
  it('sign only what was confirmed on the held card, send only what was signed, and leave nothing behind', () => {
    const visited = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(mixed, { minLength: 60, maxLength: 250 }), (happenings) =>
        play(happenings, visited),
      ),
      { numRuns: 500, seed: 20261126 },
    );
    // the walk is not idle talk: it gets to the end, and to every place on the way
    for (const at of [...Object.keys(FITTING), 'applied', 'notice']) {
      expect(visited.get(at) ?? 0, at).toBeGreaterThan(0);
    }
    expect(visited.get('applied')).toBeGreaterThan(50);
  });
});
