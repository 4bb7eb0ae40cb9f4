/** From consent to the card taken back: who is there. Pure moves of session.ts. */
import { noticeOf } from '#templates/notices/notices.ts';
import { over, refuseCard, rest, to, toNotice } from './moves.ts';
import type { Event, Move, State, Stepped } from './state.ts';
import { chooseFrom, chooseMunicipality } from './choose.ts';

const CARD_UNREADABLE = noticeOf('CARD-01');
const CARD_BLOCKED = noticeOf('CARD-04');
const CARD_PULLED = noticeOf('CARD-05');
const READER_GONE = noticeOf('CARD-10');
const FAULT = noticeOf('SYS-01');

/** The staff gets in once recovery is over; nobody else does. */
export const outOfService: Move<'outOfService'> = (_visit, event, state) => {
  if (event.kind === 'facts') return to(rest(state.kiosk));
  if (event.kind !== 'touch' || event.touch.type !== 'staffOpen' || !state.kiosk.checked) return null;
  return to({ at: 'staffSignIn', operation: null, wrong: false, lockedUntil: null });
};

export const idle: Move<'idle'> = (_visit, event, state) => {
  if (event.kind === 'facts') return to(rest(state.kiosk));
  if (event.kind !== 'touch') return null;
  if (event.touch.type === 'staffOpen') {
    return to({ at: 'staffSignIn', operation: null, wrong: false, lockedUntil: null });
  }
  if (event.touch.type !== 'start') return null;
  const closed = state.kiosk.closedNotice;
  return closed ? toNotice(closed) : to({ at: 'consent' }, { kind: 'askDevices' });
};

export const consent: Move<'consent'> = (_visit, event, state) => {
  if (event.kind === 'facts') return stopForFault(state);
  if (event.kind !== 'touch') return null;
  if (event.touch.type === 'back') return over(state.kiosk);
  return event.touch.type === 'agree' ? awaitCard(event, state) : null;
};

export const awaitingCard: Move<'awaitingCard'> = (_visit, event, state) => {
  if (event.kind === 'facts') return stopForFault(state);
  if (event.kind === 'touch' && event.touch.type === 'back') return to({ at: 'consent' });
  if (event.kind !== 'reader') return null;
  if (state.kiosk.reader === 'unavailable') return toNotice(READER_GONE);
  return awaitCard(event, state);
};

/** A card that already served a visit is not read again before it was lifted. */
export function awaitCard(event: Event, state: State): Stepped {
  if (state.kiosk.reader !== 'present' || state.kiosk.cardLeft) return to({ at: 'awaitingCard' });
  return to({ at: 'readingCard', operation: event.id }, { kind: 'readCard', operation: event.id });
}

function stopForFault(state: State): Stepped | null {
  const fault = state.kiosk.faults[0];
  return fault ? toNotice(fault.notice) : null;
}

/** The card must lie still from the first byte read until the signature is accepted. */
function cardGone(event: Event): Stepped | null {
  if (event.kind !== 'reader' || event.reader === 'present') return null;
  return event.reader === 'empty' ? refuseCard(CARD_PULLED) : toNotice(READER_GONE);
}

export const readingCard: Move<'readingCard'> = (_visit, event) => {
  switch (event.kind) {
    case 'reader':
      return cardGone(event);
    case 'cardRead':
      return to({ at: 'enteringPin', triesLeft: event.triesLeft, wrong: false });
    case 'refused':
      return refuseCard(event.notice, event.until);
    case 'fault':
      return toNotice(FAULT);
    default:
      return null;
  }
};

export const enteringPin: Move<'enteringPin'> = (_visit, event) => {
  if (event.kind === 'reader') return cardGone(event);
  if (event.kind !== 'touch' || event.touch.type !== 'enterPin') return null;
  return to({ at: 'authenticating', operation: event.id }, { kind: 'authenticate', operation: event.id });
};

export const authenticating: Move<'authenticating'> = (_visit, event) => {
  switch (event.kind) {
    case 'reader':
      return cardGone(event);
    case 'wrongPin':
      return to({ at: 'enteringPin', triesLeft: event.triesLeft, wrong: true });
    case 'cardBlocked':
      return refuseCard(CARD_BLOCKED);
    case 'refused':
      return refuseCard(event.notice, event.until);
    case 'fault':
      return toNotice(FAULT);
    case 'authenticated': {
      const { municipalities, others } = event;
      // nothing is offered where a registration has ended
      const codes = municipalities.filter(({ ended }) => ended === null).map(({ code }) => code);
      return to(
        { at: 'returningCard', operation: event.id, municipalities, others, offers: null },
        { kind: 'releaseCard' },
        { kind: 'loadOffers', operation: event.id, municipalities: codes },
      );
    }
    default:
      return null;
  }
};

/** Nobody goes on while the card lies there: a forgotten card is the most common loss (operations.md 2.1, 16). */
export const returningCard: Move<'returningCard'> = (visit, event, state) => {
  switch (event.kind) {
    case 'offersLoaded':
      return leaveWhenReady({ ...visit, offers: event.offers }, state);
    case 'reader':
      return leaveWhenReady(visit, state);
    case 'refused':
      return toNotice(event.notice, { until: event.until });
    case 'fault':
      return toNotice(FAULT);
    default:
      return null;
  }
};

function leaveWhenReady(visit: Parameters<typeof returningCard>[0], state: State): Stepped {
  if (visit.offers === null || state.kiosk.reader === 'present') return to(visit);
  const { municipalities, offers, others } = visit;
  const [only, ...more] = municipalities;
  const choosing = { municipalities, offers, others };
  if (!only || others || more.length > 0) return to(chooseFrom(choosing));
  return chooseMunicipality(choosing, only, state);
}

export const readTooLong = (): Stepped => refuseCard(CARD_UNREADABLE);
export const authenticatedTooLate = (): Stepped => toNotice(noticeOf('AUTH-02'));
