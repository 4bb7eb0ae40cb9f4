/** All that a screen ever sees of a visit. Pure. No PIN, no certificate, no document is in the state to begin with. */
import type { Yen } from '#templates/vocabulary.ts';
import type { View } from '../contract/deviceLink.ts';
import { certificatesIn, kindsOf } from './choose.ts';
import { domicileKey, domicileView } from './domicileView.ts';
import { roomLeft } from './options.ts';
import { basketItems, optionsView } from './optionsView.ts';
import { specimensNow } from './staff.ts';
import { texts } from './texts.ts';
import type { At, Kiosk, Shopping, State, Visit } from './state.ts';

/** The view of this state; frame.ts adds what surrounds it. */
export function view(state: State): View {
  const { visit, kiosk } = state;
  switch (visit.at) {
    case 'idle':
      return { at: 'idle', hoursToday: kiosk.hoursToday, closedNotice: kiosk.closedNotice };
    case 'outOfService':
      return { at: 'outOfService', notice: visit.notice };
    case 'staffSignIn':
      return { at: 'staffSignIn', wrong: visit.wrong, lockedUntil: visit.lockedUntil };
    case 'staffMenu':
      return staffView(visit, kiosk);
    case 'notice':
      return noticeView(visit);
    case 'settling':
      return { at: 'settling' };
    case 'askingAttendant':
      return {
        at: 'askingAttendant',
        notice: visit.notice,
        transaction: visit.transaction,
        sheetsOut: visit.sheetsOut,
      };
    case 'consent':
    case 'awaitingCard':
    case 'readingCard':
    case 'enteringPin':
    case 'authenticating':
    case 'returningCard':
      return identifyView(visit, kiosk);
    case 'printing':
    case 'collecting':
      return paperView(visit);
    case 'choosingMunicipality':
    case 'choosingCertificate':
    case 'choosingOptions':
    case 'basket':
    case 'preparing':
    case 'confirming':
    case 'paying':
      return shoppingView(visit, state);
    default:
      return domicileView(visit, kiosk);
  }
}

type Identify = At<
  'consent' | 'awaitingCard' | 'readingCard' | 'enteringPin' | 'authenticating' | 'returningCard'
>;
function identifyView(visit: Identify, kiosk: Kiosk): View {
  switch (visit.at) {
    case 'enteringPin':
      return { at: 'enteringPin', triesLeft: visit.triesLeft, wrong: visit.wrong };
    case 'awaitingCard':
      // a card that already served is lifted first
      return { at: kiosk.reader === 'present' && kiosk.cardLeft ? 'returningCard' : 'awaitingCard' };
    case 'returningCard':
      return { at: kiosk.reader === 'present' ? 'returningCard' : 'authenticating' };
    default:
      return { at: visit.at };
  }
}

function paperView(visit: At<'printing' | 'collecting'>): View {
  if (visit.at === 'printing') {
    const { what, label, certificate, of, sheet, sheets } = visit;
    return { at: 'printing', what, label, certificate, of, sheet, sheets };
  }
  const { certificates, sheets, change, receipt, transaction } = visit;
  return { at: 'collecting', certificates, sheets, change, receipt, inquiryNumber: transaction };
}

function noticeView({ notice, about, triesLeft, until, next }: At<'notice'>): View {
  const goesOn = next !== null && next.at !== 'awaitingCard';
  return { at: 'notice', notice, about, goesOn, triesLeft, until };
}

type ShoppingVisit = At<
  | 'choosingMunicipality'
  | 'choosingCertificate'
  | 'choosingOptions'
  | 'basket'
  | 'preparing'
  | 'confirming'
  | 'paying'
>;
function shoppingView(visit: ShoppingVisit, state: State): View {
  if (visit.at === 'choosingMunicipality') {
    return { at: visit.at, municipalities: [...visit.municipalities], others: visit.others };
  }
  const municipality = visit.municipality.name;
  switch (visit.at) {
    case 'choosingCertificate':
      return { at: visit.at, municipality, kinds: kindButtons(visit), basketCount: certificatesIn(visit) };
    case 'choosingOptions':
      return optionsView(visit, state.settings);
    case 'basket': {
      const mayAdd = roomLeft(visit.basket, state.settings) > 0;
      return { at: 'basket', municipality, items: basketItems(visit), total: totalOf(visit), mayAdd };
    }
    case 'preparing':
      return { at: 'preparing', done: visit.done, of: certificatesIn(visit) };
    case 'confirming':
      return { at: 'confirming', municipality, items: basketItems(visit), total: totalOf(visit) };
    case 'paying': {
      const due = totalOf(visit);
      const change = Math.max(0, visit.paid - due) as Yen;
      return { at: 'paying', due, paid: visit.paid, change, open: visit.open };
    }
  }
}

export function totalOf(shopping: Shopping): Yen {
  return shopping.basket.reduce((sum, { offered, copies }) => sum + offered.fee * copies, 0) as Yen;
}

function kindButtons(visit: Shopping): Extract<View, { at: 'choosingCertificate' }>['kinds'] {
  return kindsOf(visit).map((kind) => ({
    kind: kind.kind,
    label: kind.label,
    purpose: kind.purpose,
    fee: kind.status === 'offered' ? kind.fee : null,
    withheld: kind.status === 'offered' ? null : { notice: kind.notice, until: kind.until ?? null },
  }));
}

function staffView(visit: At<'staffMenu'>, kiosk: Kiosk): View {
  const stopped = kiosk.stopped.map((value) => ({ name: texts.staff.municipalityStopped, value }));
  return {
    at: 'staffMenu',
    outOfService: kiosk.staffClosed,
    faults: [...kiosk.faults],
    transactions: kiosk.attended.map(({ sheetsOut: _sheetsOut, ...transaction }) => transaction),
    specimens: specimensNow(kiosk).map(({ id, municipalityName, label, requestedAt }) => ({
      id,
      municipality: municipalityName,
      label,
      requestedAt,
    })),
    message: visit.message,
    versions: [...kiosk.versions, ...stopped],
  };
}

/**
 * What makes two views the same screen: a touch on an earlier view of the same screen still counts (a coin may fall
 * between the eye and the finger), one on another screen does not.
 */
export function screenKey(visit: Visit, asking: State['asking']): string {
  const question = visit.at === 'choosingOptions' ? visit.question : '';
  const notice = visit.at === 'notice' ? visit.notice : '';
  return [visit.at, question, notice, domicileKey(visit), asking ?? ''].join('/');
}
