/**
 * The card once more: placed, held from reading to signing, the two secrets, the review. Pure moves of session.ts. Whatever
 * goes wrong before the application is sent forgets password, signatures and challenge; the form stays with the visit.
 */
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import { choosingOf } from './choose.ts';
import { backToQuestions, signingOf } from './domicileForm.ts';
import { refuseApplication } from './domicilePlace.ts';
import type { Signing } from './domicileState.ts';
import { CARD_CAN_HELP, to, toNotice } from './moves.ts';
import type { At, Event, Move, State, Stepped } from './state.ts';

const CARD_UNREADABLE = noticeOf('CARD-01');
const PIN_BLOCKED = noticeOf('CARD-04');
const CARD_PULLED = noticeOf('CARD-05');
const READER_GONE = noticeOf('CARD-10');
const PASSWORD_BLOCKED = noticeOf('SIGN-02');
const FAULT = noticeOf('SYS-01');
const NO_CENTER = noticeOf('CENT-01');
const UNKNOWN = noticeOf('APPL-12');

/** After these the same card, placed anew, can help; the form is not asked again. */
const RETRY: readonly string[] = [...CARD_CAN_HELP, 'SIGN-06', 'SIGN-07', 'APPL-09', 'CENT-01'];

/** Nothing was sent. */
function refuseSigning(visit: Signing, notice: NoticeCode, until: string | null = null): Stepped {
  const forgetting = { kind: 'forgetSigning' } as const;
  if (RETRY.includes(notice)) {
    return toNotice(notice, { until, next: { at: 'placingCardAgain', ...signingOf(visit) } }, forgetting);
  }
  const { visit: told, effects } = refuseApplication(visit, notice, until);
  return { visit: told, effects: [forgetting, ...effects] };
}

/** The same for every place where the card has to lie still. */
function interrupted(visit: Signing, event: Event): Stepped | null {
  switch (event.kind) {
    case 'reader':
      if (event.reader === 'present') return null;
      return event.reader === 'empty' ? refuseSigning(visit, CARD_PULLED) : toNotice(READER_GONE);
    case 'refused':
      return refuseSigning(visit, event.notice, event.until);
    case 'fault':
      return toNotice(FAULT);
    default:
      return null;
  }
}

export const placingCardAgain: Move<'placingCardAgain'> = (visit, event, state) => {
  if (event.kind === 'touch' && event.touch.type === 'back') {
    return visit.form.cardText ? to({ at: 'choosingCardText', ...signingOf(visit) }) : backToQuestions(visit);
  }
  if (event.kind !== 'reader') return null;
  return state.kiosk.reader === 'unavailable' ? toNotice(READER_GONE) : placed(visit, event, state);
};

/** From the question before: a card that lies there already, and was not read, is read at once. */
export function placed(visit: Signing, event: Event, state: State): Stepped {
  const signing = signingOf(visit);
  if (state.kiosk.reader !== 'present' || state.kiosk.cardLeft) {
    return to({ at: 'placingCardAgain', ...signing });
  }
  const operation = event.id;
  return to(
    { at: 'readingCardAgain', operation, ...signing },
    { kind: 'readCardAgain', operation, text: signing.cardText },
  );
}

export const readingCardAgain: Move<'readingCardAgain'> = (visit, event) => {
  if (event.kind !== 'cardReadAgain') return interrupted(visit, event);
  const { passwordTries, pinTries, textTries } = event;
  const counted = { ...signingOf(visit), passwordTries, pinTries };
  // blocked or not on this card: the letters of the certificate have to do
  if (!visit.cardText || textTries === 0) return to(askPassword(counted));
  return to({ at: 'enteringTextPin', ...counted, triesLeft: textTries, wrong: false });
};

type Counted = Signing & { readonly passwordTries: number | null; readonly pinTries: number | null };
function countedOf(visit: Counted): Counted {
  const { passwordTries, pinTries } = visit;
  return { ...signingOf(visit), passwordTries, pinTries };
}
function askPassword(visit: Counted): At<'enteringPassword'> {
  return { at: 'enteringPassword', ...countedOf(visit), triesLeft: visit.passwordTries, wrong: false };
}

export const enteringTextPin: Move<'enteringTextPin'> = (visit, event) => {
  if (event.kind !== 'touch') return interrupted(visit, event);
  if (event.touch.type === 'skipCardText') return to(askPassword(visit));
  if (event.touch.type !== 'enterTextPin') return null;
  const operation = event.id;
  return to({ at: 'readingCardText', ...countedOf(visit), operation }, { kind: 'readCardText', operation });
};

export const readingCardText: Move<'readingCardText'> = (visit, event) => {
  switch (event.kind) {
    case 'textRead':
    case 'textMissing':
      return to(askPassword(visit));
    case 'wrongTextPin': {
      const counted = countedOf(visit);
      return to({ at: 'enteringTextPin', ...counted, triesLeft: event.triesLeft, wrong: true });
    }
    default:
      return interrupted(visit, event);
  }
};

export const enteringPassword: Move<'enteringPassword'> = (visit, event) => {
  if (event.kind !== 'touch') return interrupted(visit, event);
  if (event.touch.type !== 'enterSignaturePassword') return null;
  const operation = event.id;
  return to({ at: 'openingSignature', ...countedOf(visit), operation }, { kind: 'openSignature', operation });
};

export const openingSignature: Move<'openingSignature'> = (visit, event) => {
  switch (event.kind) {
    case 'signatureOpened': {
      const { items, text } = event;
      const { pinTries } = visit;
      return to({ at: 'reviewingApplication', ...signingOf(visit), items, text, pinTries });
    }
    case 'wrongPassword': {
      const { triesLeft } = event;
      const counted = { ...countedOf(visit), passwordTries: triesLeft };
      return to({ at: 'enteringPassword', ...counted, triesLeft, wrong: true });
    }
    case 'passwordBlocked':
      return refuseSigning(visit, PASSWORD_BLOCKED);
    default:
      return interrupted(visit, event);
  }
};

function readOf(visit: At<'reviewingApplication' | 'enteringPinAgain' | 'signingApplication'>) {
  const { items, text, pinTries } = visit;
  return { ...signingOf(visit), items, text, pinTries };
}

export const reviewingApplication: Move<'reviewingApplication'> = (visit, event) => {
  if (event.kind !== 'touch') return interrupted(visit, event);
  if (event.touch.type !== 'confirm') return null;
  return to({ at: 'enteringPinAgain', ...readOf(visit), triesLeft: visit.pinTries, wrong: false });
};

export const enteringPinAgain: Move<'enteringPinAgain'> = (visit, event) => {
  if (event.kind !== 'touch') return interrupted(visit, event);
  if (event.touch.type === 'back') return to({ at: 'reviewingApplication', ...readOf(visit) });
  if (event.touch.type !== 'enterPin') return null;
  const operation = event.id;
  const { statement } = visit;
  return to(
    { at: 'signingApplication', ...readOf(visit), operation },
    { kind: 'signApplication', operation, municipality: visit.form.municipality, statement },
  );
};

export const signingApplication: Move<'signingApplication'> = (visit, event) => {
  switch (event.kind) {
    case 'wrongPin': {
      const { triesLeft } = event;
      return to({ at: 'enteringPinAgain', ...readOf(visit), pinTries: triesLeft, triesLeft, wrong: true });
    }
    case 'cardBlocked':
      return toNotice(PIN_BLOCKED, { triesLeft: 0 });
    case 'applicationSigned': {
      const operation = event.id;
      const { municipality } = visit.form;
      return to(
        { at: 'sendingApplication', ...choosingOf(visit), operation },
        { kind: 'sendApplication', operation, municipality },
      );
    }
    default:
      return interrupted(visit, event);
  }
};

export const cardTooSlow = (visit: Signing): Stepped => refuseSigning(visit, CARD_UNREADABLE);
export const signedTooLate = (visit: Signing): Stepped => refuseSigning(visit, NO_CENTER);

/** The card is free from here on. The center's word counts; without it nothing is claimed. */
export const sendingApplication: Move<'sendingApplication'> = (visit, event) => {
  switch (event.kind) {
    case 'applicationReceived': {
      const { application } = event;
      if (!event.sheet) return to({ at: 'applied', application, sheet: 'not-printed', notice: null });
      const operation = event.id;
      return to({ at: 'printingSheet', application, operation }, { kind: 'printSheet', operation });
    }
    case 'refused':
      return refuseApplication(visit, event.notice, event.until);
    case 'sendingUnknown':
    case 'fault':
      return sentTooLate(visit);
    default:
      return null;
  }
};
export const sentTooLate = (visit: At<'sendingApplication'>): Stepped => refuseApplication(visit, UNKNOWN);

/** Whatever becomes of the sheet, the application stands. */
export const printingSheet: Move<'printingSheet'> = (visit, event) => {
  const { application } = visit;
  if (event.kind === 'sheetDone') {
    return to({ at: 'applied', application, sheet: event.sheet, notice: event.notice });
  }
  return event.kind === 'fault' ? sheetTooLate(visit) : null;
};
export const sheetTooLate = ({ application }: At<'printingSheet'>): Stepped =>
  to({ at: 'applied', application, sheet: 'unknown', notice: null });
