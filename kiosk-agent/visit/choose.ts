/** Municipality, certificate, options, basket. Pure moves of session.ts. */
import { noticeOf } from '#templates/notices/notices.ts';
import type { MunicipalityChoice } from '../center/centerPort.ts';
import { concernsChoice, concernsRegistration, to, toNotice } from './moves.ts';
import {
  answered,
  copiesAllowed,
  firstAnswers,
  isEnough,
  questionsOf,
  requestOf,
  roomLeft,
} from './options.ts';
import type {
  At,
  Choosing,
  Move,
  MunicipalityOffer,
  Offered,
  OrderLine,
  Shopping,
  State,
  Stepped,
  Visit,
} from './state.ts';

const STOPPED_HERE = noticeOf('SAFE-02');

export const choosingMunicipality: Move<'choosingMunicipality'> = (visit, event, state) => {
  if (event.kind !== 'touch') return null;
  if (event.touch.type === 'domicileOpen' && visit.others)
    return to({ at: 'domicileMenu', ...choosingOf(visit) });
  if (event.touch.type !== 'chooseMunicipality') return null;
  const { code } = event.touch;
  const chosen = visit.municipalities.find((municipality) => municipality.code === code);
  return chosen ? chooseMunicipality(visit, chosen, state) : null;
};

/** Goes to the certificates of `chosen`, or says why there are none. */
export function chooseMunicipality(choosing: Choosing, chosen: MunicipalityChoice, state: State): Stepped {
  const next: Visit | null = maySwitch(choosing) ? chooseFrom(choosing) : null;
  if (chosen.ended !== null) return toNotice(chosen.ended, { about: chosen.name, next });
  if (state.kiosk.stopped.includes(chosen.code)) return toNotice(STOPPED_HERE, { next });
  const offer = choosing.offers[chosen.code];
  if (!offer) return toNotice(noticeOf('SYS-01'));
  if (offer.kind === 'refused') return refusedPlace(offer, next);
  return to({ at: 'choosingCertificate', ...choosingOf(choosing), municipality: chosen, basket: [] });
}

type RefusedOffer = Extract<MunicipalityOffer, { kind: 'refused' }>;

/** What is kept is asked once a visit: a center that could not be asked, or a session that is over, ends it. */
function refusedPlace({ notice, until }: RefusedOffer, next: Visit | null): Stepped {
  const mayGoOn = concernsChoice(notice) || concernsRegistration(notice);
  return toNotice(notice, { until, next: mayGoOn ? next : null });
}

export function choosingOf({ municipalities, offers, others }: Choosing): Choosing {
  return { municipalities, offers, others };
}
/** The question whose certificates are wanted. */
export function chooseFrom(choosing: Choosing): Visit {
  return { at: 'choosingMunicipality', ...choosingOf(choosing) };
}
function maySwitch({ municipalities, others }: Choosing): boolean {
  return others || municipalities.length > 1;
}

export const choosingCertificate: Move<'choosingCertificate'> = (visit, event, state) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  if (touch.type === 'back') return leaveKinds(visit);
  if (touch.type === 'goOn' && visit.basket.length > 0) return to({ ...visit, at: 'basket' });
  if (touch.type !== 'chooseKind') return null;
  const kind = kindsOf(visit).find((candidate) => candidate.kind === touch.kind);
  if (!kind) return null;
  if (kind.status === 'withheld') {
    return toNotice(kind.notice, { until: kind.until ?? null, about: kind.label, next: visit });
  }
  return beginOptions(visit, kind, state);
};

export function kindsOf(shopping: Shopping) {
  return kindsIn(shopping, shopping.municipality.code);
}
export function kindsIn({ offers }: Choosing, code: MunicipalityChoice['code']) {
  const offer = offers[code];
  return offer?.kind === 'offer' ? offer.kinds : [];
}

function shoppingOf(visit: Shopping): Shopping {
  const { municipality, basket } = visit;
  return { ...choosingOf(visit), municipality, basket };
}

export function mayLeaveKinds(visit: Shopping): boolean {
  return visit.basket.length > 0 || maySwitch(visit);
}
function leaveKinds(visit: At<'choosingCertificate'>): Stepped | null {
  if (!mayLeaveKinds(visit)) return null;
  if (visit.basket.length > 0) return to({ ...visit, at: 'basket' });
  return to(chooseFrom(visit));
}

function beginOptions(shopping: Shopping, offered: Offered, state: State): Stepped | null {
  if (roomLeft(shopping.basket, state.settings) < 1) return null;
  const answers = firstAnswers(offered);
  const max = copiesAllowed(offered, shopping.basket, state.settings);
  const [question] = questionsOf(offered, answers, max);
  const visit = { ...shoppingOf(shopping), at: 'choosingOptions', offered, answers } as const;
  return question ? to({ ...visit, question }) : to(intoBasket({ ...visit, question: '' }));
}

function intoBasket(visit: At<'choosingOptions'>): Visit {
  const { offered, answers, municipality } = visit;
  const request = requestOf(municipality.code, offered, answers);
  const id = String(visit.basket.reduce((last, item) => Math.max(last, Number(item.id)), 0) + 1);
  const basket = [...visit.basket, { id, offered, request, copies: answers.copies }];
  return { ...shoppingOf(visit), at: 'basket', basket };
}

export const choosingOptions: Move<'choosingOptions'> = (visit, event, state) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  const max = copiesAllowed(visit.offered, visit.basket, state.settings);
  if (touch.type === 'answer') {
    if (touch.question !== visit.question) return null;
    const answers = answered(visit.offered, visit.answers, touch.question, touch.values, max);
    return answers ? to({ ...visit, answers }) : null;
  }
  if (touch.type !== 'back' && touch.type !== 'goOn') return null;
  if (touch.type === 'goOn' && !isEnough(visit.offered, visit.answers, visit.question)) return null;
  const questions = questionsOf(visit.offered, visit.answers, max);
  const index = questions.indexOf(visit.question) + (touch.type === 'goOn' ? 1 : -1);
  if (index < 0) return to({ ...shoppingOf(visit), at: 'choosingCertificate' });
  const question = questions[index];
  return question === undefined ? to(intoBasket(visit)) : to({ ...visit, question });
};

export const basket: Move<'basket'> = (visit, event, state) => {
  if (event.kind !== 'touch') return null;
  const { touch } = event;
  switch (touch.type) {
    case 'addAnother':
      return roomLeft(visit.basket, state.settings) < 1 ? null : to({ ...visit, at: 'choosingCertificate' });
    case 'removeItem': {
      const left = visit.basket.filter(({ id }) => id !== touch.id);
      return to({ ...visit, basket: left, at: left.length > 0 ? 'basket' : 'choosingCertificate' });
    }
    case 'goOn':
      return to(
        { ...shoppingOf(visit), at: 'preparing', operation: event.id, done: 0 },
        { kind: 'prepare', operation: event.id, lines: linesOf(visit) },
      );
    default:
      return null;
  }
};

/** One line a copy: each certificate has its own issue number (issuance-center/contract, `prepare`). */
function linesOf(shopping: Shopping): OrderLine[] {
  return shopping.basket.flatMap(({ request, offered, copies }) =>
    Array.from({ length: copies }, () => ({ request, fee: offered.fee, label: offered.label })),
  );
}
export function certificatesIn(shopping: Shopping): number {
  return linesOf(shopping).length;
}
