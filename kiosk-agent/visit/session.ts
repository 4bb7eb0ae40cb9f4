/**
 * The visit: a pure reducer (architecture.md 2). One page, one table.
 *
 *   outOfService <-> idle -start-> consent -agree-> awaitingCard -card-> readingCard -read-> enteringPin -pin->
 *   authenticating -(wrong, n left)-> enteringPin | -blocked-> notice | -yes-> returningCard -card gone, offers here->
 *   choosingMunicipality (when more than one) -> choosingCertificate -> choosingOptions (a screen a question) -> basket
 *   -> preparing -> confirming -> paying -> printing -> collecting -> idle
 *   choosingMunicipality -他市区町村-> domicileMenu -> prefecture, place (or search) -> explanation -> a screen a question ->
 *   placingCardAgain -card-> readingCardAgain [-> enteringTextPin -> readingCardText] -> enteringPassword ->
 *   openingSignature -> reviewingApplication -> enteringPinAgain -> signingApplication -> sendingApplication ->
 *   printingSheet -> applied -> idle; the same menu leads to the applications of this card
 *   before the first yen: any refusal -> notice(code, next); cancel and time-out -> idle, nothing kept
 *   after the first yen: any fault -> settling -> notice (all settled) | askingAttendant (only staff leaves it)
 *   idle | outOfService | askingAttendant -staffOpen-> staffSignIn -> staffMenu -> where the kiosk stands
 */
import { noticeOf } from '#templates/notices/notices.ts';
import * as buy from './buy.ts';
import * as choose from './choose.ts';
import * as place from './domicilePlace.ts';
import * as form from './domicileForm.ts';
import * as sign from './domicileSign.ts';
import * as applications from './domicileStatus.ts';
import * as identify from './identify.ts';
import { over, rest, to, toNotice } from './moves.ts';
import * as staff from './staff.ts';
import type { VisitSettings } from './settings.ts';
import type { At, Effect, Event, Kiosk, Move, State, Stepped, Visit, VisitAt } from './state.ts';

/** By time alone: nothing, the question まだ操作中ですか and then the end, or the end at once. */
type Timing = 'none' | 'ask' | { readonly limit: keyof VisitSettings };
interface Phase<A extends VisitAt> {
  readonly move: Move<A>;
  readonly timing: Timing;
  /** what the end by time does */
  readonly expired: (visit: At<A>, state: State) => Stepped;
  /** what a confirmed cancel does; null: there is no cancel here */
  readonly cancelled: ((visit: At<A>, state: State) => Stepped) | null;
}

const end = (_visit: Visit, state: State): Stepped => over(state.kiosk);
const stay = (visit: Visit): Stepped => to(visit);
const home = (_visit: Visit, state: State): Stepped => to(rest(state.kiosk));
const tooLate = (): Stepped => toNotice(noticeOf('TIME-01'));
const noCard = (): Stepped => toNotice(noticeOf('CARD-08'));

// prettier-ignore
const PHASES: { readonly [A in VisitAt]: Phase<A> } = {
  outOfService:         { move: identify.outOfService,       timing: 'none', expired: stay, cancelled: null },
  idle:                 { move: identify.idle,               timing: 'none', expired: stay, cancelled: null },
  consent:              { move: identify.consent,            timing: 'ask', expired: end, cancelled: end },
  awaitingCard:         { move: identify.awaitingCard,       timing: 'ask', expired: noCard, cancelled: end },
  readingCard:          { move: identify.readingCard,        timing: { limit: 'readingLimitMs' }, expired: identify.readTooLong, cancelled: end },
  enteringPin:          { move: identify.enteringPin,        timing: 'ask', expired: tooLate, cancelled: end },
  authenticating:       { move: identify.authenticating,     timing: { limit: 'authenticatingLimitMs' }, expired: identify.authenticatedTooLate, cancelled: end },
  returningCard:        { move: identify.returningCard,      timing: 'ask', expired: tooLate, cancelled: end },
  choosingMunicipality: { move: choose.choosingMunicipality, timing: 'ask', expired: tooLate, cancelled: end },
  choosingCertificate:  { move: choose.choosingCertificate,  timing: 'ask', expired: tooLate, cancelled: end },
  choosingOptions:      { move: choose.choosingOptions,      timing: 'ask', expired: tooLate, cancelled: end },
  basket:               { move: choose.basket,               timing: 'ask', expired: tooLate, cancelled: end },
  domicileMenu:         { move: place.domicileMenu,          timing: 'ask', expired: tooLate, cancelled: end },
  loadingPlaces:        { move: place.loadingPlaces,         timing: { limit: 'loadingLimitMs' }, expired: place.loadedTooLate, cancelled: end },
  choosingPrefecture:   { move: place.choosingPrefecture,    timing: 'ask', expired: tooLate, cancelled: end },
  choosingPlace:        { move: place.choosingPlace,         timing: 'ask', expired: tooLate, cancelled: end },
  searchingPlace:       { move: place.searchingPlace,        timing: 'ask', expired: tooLate, cancelled: end },
  loadingForm:          { move: place.loadingForm,           timing: { limit: 'loadingLimitMs' }, expired: place.loadedTooLate, cancelled: end },
  explainingApplication:{ move: place.explainingApplication, timing: 'ask', expired: tooLate, cancelled: end },
  answeringApplication: { move: form.answeringApplication,   timing: 'ask', expired: tooLate, cancelled: end },
  choosingCardText:     { move: form.choosingCardText,       timing: 'ask', expired: tooLate, cancelled: end },
  placingCardAgain:     { move: sign.placingCardAgain,       timing: 'ask', expired: noCard, cancelled: end },
  readingCardAgain:     { move: sign.readingCardAgain,       timing: { limit: 'readingLimitMs' }, expired: sign.cardTooSlow, cancelled: end },
  enteringTextPin:      { move: sign.enteringTextPin,        timing: 'ask', expired: tooLate, cancelled: end },
  readingCardText:      { move: sign.readingCardText,        timing: { limit: 'cardWorkLimitMs' }, expired: sign.cardTooSlow, cancelled: end },
  enteringPassword:     { move: sign.enteringPassword,       timing: 'ask', expired: tooLate, cancelled: end },
  openingSignature:     { move: sign.openingSignature,       timing: { limit: 'cardWorkLimitMs' }, expired: sign.cardTooSlow, cancelled: end },
  reviewingApplication: { move: sign.reviewingApplication,   timing: 'ask', expired: tooLate, cancelled: end },
  enteringPinAgain:     { move: sign.enteringPinAgain,       timing: 'ask', expired: tooLate, cancelled: end },
  signingApplication:   { move: sign.signingApplication,     timing: { limit: 'signingLimitMs' }, expired: sign.signedTooLate, cancelled: end },
  sendingApplication:   { move: sign.sendingApplication,     timing: { limit: 'sendingLimitMs' }, expired: sign.sentTooLate, cancelled: null },
  printingSheet:        { move: sign.printingSheet,          timing: { limit: 'sheetLimitMs' }, expired: sign.sheetTooLate, cancelled: null },
  applied:              { move: applications.applied,        timing: 'ask', expired: end, cancelled: null },
  loadingApplications:  { move: applications.loadingApplications, timing: { limit: 'loadingLimitMs' }, expired: place.loadedTooLate, cancelled: end },
  applicationList:      { move: applications.applicationList, timing: 'ask', expired: tooLate, cancelled: end },
  applicationDetail:    { move: applications.applicationDetail, timing: 'ask', expired: tooLate, cancelled: end },
  withdrawing:          { move: applications.withdrawing,    timing: { limit: 'loadingLimitMs' }, expired: place.loadedTooLate, cancelled: null },
  preparing:            { move: buy.preparing,               timing: { limit: 'preparingLimitMs' }, expired: buy.preparedTooLate, cancelled: (_, state) => buy.cancelOrder(state) },
  confirming:           { move: buy.confirming,              timing: 'ask', expired: buy.confirmedTooLate, cancelled: (_, state) => buy.cancelOrder(state) },
  paying:               { move: buy.paying,                  timing: 'ask', expired: (visit) => buy.stopPaying(visit, 'timed-out'), cancelled: (visit) => buy.stopPaying(visit, 'cancelled') },
  printing:             { move: buy.printing,                timing: 'none', expired: stay, cancelled: null },
  collecting:           { move: buy.collecting,              timing: 'ask', expired: end, cancelled: null },
  notice:               { move: buy.notice,                  timing: { limit: 'noticeForMs' }, expired: buy.noticeExpired, cancelled: null },
  settling:             { move: buy.settling,                timing: 'none', expired: stay, cancelled: null },
  askingAttendant:      { move: buy.askingAttendant,         timing: 'none', expired: stay, cancelled: null },
  staffSignIn:          { move: staff.staffSignIn,           timing: { limit: 'staffForMs' }, expired: home, cancelled: null },
  staffMenu:            { move: staff.staffMenu,             timing: { limit: 'staffForMs' }, expired: home, cancelled: null },
};
/** The table by a phase that is only known at run time: the union is put back together here and nowhere else. */
function phaseOf(visit: Visit): Phase<VisitAt> {
  return PHASES[visit.at] as unknown as Phase<VisitAt>;
}

/** A kiosk that was just switched on: out of service until recovery and the first look at the devices are over. */
export function begin(settings: VisitSettings, versions: Kiosk['versions'] = []): State {
  const kiosk: Kiosk = {
    reader: 'unavailable',
    cardLeft: false,
    checked: false,
    staffClosed: false,
    faults: [],
    hoursToday: '',
    closedNotice: null,
    attended: [],
    stopped: [],
    specimens: [],
    versions,
  };
  return { settings, kiosk, visit: rest(kiosk), asking: null, deadline: null };
}

/** The next state and what has to be done. Pure; what means nothing in this phase changes nothing. */
export function step(
  before: State,
  event: Event,
): { readonly state: State; readonly effects: readonly Effect[] } {
  const state = { ...before, kiosk: kioskAfter(before.kiosk, event) };
  const answer = 'operation' in event;
  if (answer && !('operation' in state.visit && state.visit.operation === event.operation)) {
    return { state, effects: [] };
  }
  const asked = event.kind === 'touch' || event.kind === 'tick' ? frameMove(state, event) : undefined;
  if (asked !== undefined) return asked;
  const moved = phaseOf(state.visit).move(state.visit, event, state);
  return moved ? enter(state, moved, event) : { state, effects: [] };
}

function kioskAfter(kiosk: Kiosk, event: Event): Kiosk {
  if (event.kind === 'facts') return { ...kiosk, ...event.facts };
  if (event.kind !== 'reader') return kiosk;
  return { ...kiosk, reader: event.reader, cardLeft: kiosk.cardLeft && event.reader === 'present' };
}

/** Cancel, its question, the question whether somebody is there, and time. Undefined: the phase decides. */
function frameMove(state: State, event: Extract<Event, { kind: 'touch' | 'tick' }>) {
  if (event.kind === 'tick') return timePasses(state, event);
  const { visit } = state;
  const { cancelled } = phaseOf(visit);
  const deadline = deadlineOf(state.settings, visit, event.now);
  switch (event.touch.type) {
    case 'stillHere':
    case 'cancelDismissed':
      return unchanged({ ...state, asking: null, deadline });
    case 'cancel':
      return unchanged(mayCancel(visit) ? { ...state, asking: 'cancel', deadline } : state);
    case 'cancelConfirmed':
      if (state.asking === null || !cancelled || !mayCancel(visit)) return unchanged(state);
      return enter({ ...state, asking: null }, cancelled(visit, state), event);
    default:
      return undefined;
  }
}
function unchanged(state: State) {
  return { state, effects: [] };
}

function timePasses(state: State, event: Event) {
  if (state.deadline === null || event.now < state.deadline) return unchanged(state);
  const { timing, expired } = phaseOf(state.visit);
  if (timing === 'ask' && state.asking !== 'still-there') {
    const deadline = event.now + state.settings.stillThereForMs;
    return unchanged({ ...state, asking: 'still-there', deadline });
  }
  return enter({ ...state, asking: null }, expired(state.visit, state), event);
}

/** Takes up the new phase: a change, a touch or a coin starts the time anew; a read card must be lifted before the next. */
function enter(state: State, moved: Stepped, event: Event) {
  const { visit, effects } = moved;
  const alive = event.kind !== 'facts' && event.kind !== 'reader';
  const changed = visit.at !== state.visit.at;
  const here = event.kind === 'touch' || event.kind === 'moneyIn';
  const reads = effects.some(({ kind }) => kind === 'readCard' || kind === 'readCardAgain');
  const next: State = {
    ...state,
    visit,
    kiosk: reads ? { ...state.kiosk, cardLeft: true } : state.kiosk,
    asking: changed || here ? null : state.asking,
    deadline: changed || alive ? deadlineOf(state.settings, visit, event.now) : state.deadline,
  };
  return { state: next, effects };
}

function deadlineOf(settings: VisitSettings, visit: Visit, now: number): number | null {
  const { timing } = phaseOf(visit);
  if (timing === 'none') return null;
  // the terminal is already giving the money back; nothing more is asked
  if (visit.at === 'paying' && visit.stopping) return null;
  // paper is on its way: the screen stays with the staff until it is out
  if (visit.at === 'staffMenu' && visit.printing) return null;
  return now + (timing === 'ask' ? settings.stillThereAfterMs : settings[timing.limit]);
}

export function mayCancel(visit: Visit): boolean {
  if (visit.at === 'paying' && visit.stopping) return false;
  return phaseOf(visit).cancelled !== null;
}
