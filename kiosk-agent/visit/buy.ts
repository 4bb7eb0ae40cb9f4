/** Prepare, confirm, pay, print, collect; and what happens after a fault with money in. Pure moves of session.ts. */
import { noticeOf } from '#templates/notices/notices.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { Yen } from '#templates/vocabulary.ts';
import { choosingOf } from './choose.ts';
import { concernsChoice, over, rest, to, toNotice } from './moves.ts';
import type { At, Event, Move, Shopping, State, Stepped, Visit } from './state.ts';

const ZERO = 0 as Yen;
const DECLINED = noticeOf('PAY-01');
const PAYING_TIMED_OUT = noticeOf('PAY-02');
const TERMINAL_FAULT = noticeOf('PAY-03');
const PRINT_REFUNDED = noticeOf('PRNT-03');
const PRINT_UNKNOWN = noticeOf('PRNT-04');
const TIMED_OUT = noticeOf('TIME-01');
const FAULT = noticeOf('SYS-01');

function basketOf(visit: Shopping): Visit {
  const { municipality, basket } = visit;
  return { at: 'basket', ...choosingOf(visit), municipality, basket };
}

export const preparing: Move<'preparing'> = (visit, event) => {
  switch (event.kind) {
    case 'preparedOne':
      return to({ ...visit, done: event.done });
    case 'preparedAll':
      return to({
        ...basketOf(visit),
        at: 'confirming',
        transaction: event.transaction,
      } as At<'confirming'>);
    case 'refused': {
      const next = concernsChoice(event.notice) ? basketOf(visit) : null;
      const drop = { kind: 'abandonOrder', reason: 'cancelled' } as const;
      return toNotice(event.notice, { until: event.until, about: event.about ?? null, next }, drop);
    }
    case 'fault':
      return toNotice(FAULT, {}, { kind: 'abandonOrder', reason: 'cancelled' });
    default:
      return null;
  }
};
export const preparedTooLate = (): Stepped =>
  toNotice(noticeOf('CENT-01'), {}, { kind: 'abandonOrder', reason: 'timed-out' });

export const confirming: Move<'confirming'> = (visit, event) => {
  if (event.kind !== 'touch') return null;
  if (event.touch.type === 'back') {
    return to(basketOf(visit), { kind: 'abandonOrder', reason: 'cancelled' });
  }
  if (event.touch.type !== 'confirm') return null;
  return to(
    { ...visit, at: 'paying', operation: event.id, paid: ZERO, open: false, stopping: null },
    { kind: 'pay', operation: event.id },
  );
};
export const confirmedTooLate = (): Stepped =>
  toNotice(TIMED_OUT, {}, { kind: 'abandonOrder', reason: 'timed-out' });
export function cancelOrder(state: State): Stepped {
  return over(state.kiosk, { kind: 'abandonOrder', reason: 'cancelled' });
}

export const paying: Move<'paying'> = (visit, event, state) => {
  switch (event.kind) {
    case 'moneyIn':
      return to({ ...visit, paid: event.paid, open: true });
    case 'charged':
      return afterCharge(visit, event.id, event.change);
    case 'notCharged':
      return afterDecline(visit, event.reason, state);
    case 'refused':
      return toNotice(event.notice, { until: event.until }, { kind: 'abandonOrder', reason: 'declined' });
    case 'chargeUnknown':
    case 'fault':
      return settle(visit, event, TERMINAL_FAULT, ZERO);
    default:
      return null;
  }
};

/** A resident who cancelled gets the money back even when the last coin was faster than the cancel. */
function afterCharge(visit: At<'paying'>, id: string, change: Yen): Stepped {
  if (visit.stopping) {
    const notice = visit.stopping === 'timed-out' ? PAYING_TIMED_OUT : DECLINED;
    return settle(visit, { id }, notice, change);
  }
  const of = visit.basket.reduce((sum, { copies }) => sum + copies, 0);
  const { transaction } = visit;
  const label = visit.basket[0]?.offered.label ?? '';
  const first = { what: 'certificate', label, certificate: 1, of, sheet: 1, sheets: 1 } as const;
  return to(
    { at: 'printing', operation: id, transaction, change, ...first },
    { kind: 'print', operation: id },
  );
}

function afterDecline(
  visit: At<'paying'>,
  reason: 'cancelled' | 'timed-out' | 'fault',
  state: State,
): Stepped {
  if (visit.stopping === 'timed-out' || reason === 'timed-out') {
    return toNotice(PAYING_TIMED_OUT, {}, { kind: 'abandonOrder', reason: 'timed-out' });
  }
  const cancelled = visit.stopping === 'cancelled';
  if (cancelled && visit.paid === 0) return cancelOrder(state);
  return toNotice(DECLINED, {}, { kind: 'abandonOrder', reason: cancelled ? 'cancelled' : 'declined' });
}

export function stopPaying(visit: At<'paying'>, why: 'cancelled' | 'timed-out'): Stepped {
  return visit.stopping ? to(visit) : to({ ...visit, stopping: why }, { kind: 'stopPaying', reason: why });
}

function settle(
  visit: At<'paying' | 'printing'>,
  event: { readonly id: string },
  notice: NoticeCode,
  change: Yen,
): Stepped {
  const reason = visit.at === 'paying' ? visit.stopping : null;
  return to(
    { at: 'settling', operation: event.id, transaction: visit.transaction, change, notice },
    { kind: 'settle', operation: event.id, transaction: visit.transaction, reason },
    { kind: 'forget' },
  );
}

export const printing: Move<'printing'> = (visit, event) => {
  switch (event.kind) {
    case 'printingSheet': {
      const { what, label, certificate, of, sheet, sheets } = event;
      return to({ ...visit, what, label, certificate, of, sheet, sheets });
    }
    case 'allPrinted': {
      const { certificates, sheets, receipt } = event;
      const { transaction, change } = visit;
      return to({ at: 'collecting', transaction, change, certificates, sheets, receipt }, { kind: 'forget' });
    }
    case 'printingStopped':
      return settle(visit, event, event.notice, visit.change);
    case 'fault':
      return settle(visit, event, FAULT, visit.change);
    default:
      return null;
  }
};

export const settling: Move<'settling'> = (visit, event) => {
  switch (event.kind) {
    case 'settled':
      return afterSettling(visit, event);
    case 'attendantNeeded':
      return askAttendant(visit, event.sheetsOut);
    case 'fault':
      return to({ at: 'askingAttendant', notice: FAULT, transaction: visit.transaction, sheetsOut: null });
    default:
      return null;
  }
};

/** What the notice says now that all is known: money is back, and printed certificates wait in the tray. */
function afterSettling(visit: At<'settling'>, result: Extract<Event, { kind: 'settled' }>): Stepped {
  const { transaction, change } = visit;
  const { certificates, sheets, receipt, refunded } = result;
  const tray: Visit = { at: 'collecting', transaction, change, certificates, sheets, receipt };
  const next = certificates > 0 ? tray : null;
  if (next && refunded === 0) return to(next);
  if (visit.notice === PRINT_UNKNOWN) return toNotice(PRINT_REFUNDED, { next });
  return toNotice(visit.notice === TERMINAL_FAULT ? DECLINED : visit.notice, { next });
}

/** Never says that money came back while nobody knows it. */
function askAttendant(visit: At<'settling'>, sheetsOut: number | null): Stepped {
  const { transaction } = visit;
  const claimsReturn = visit.notice === DECLINED || visit.notice === PAYING_TIMED_OUT;
  const known = visit.notice === PRINT_REFUNDED ? PRINT_UNKNOWN : visit.notice;
  const notice = claimsReturn ? TERMINAL_FAULT : known;
  return to({ at: 'askingAttendant', notice, transaction, sheetsOut });
}

export const collecting: Move<'collecting'> = (_visit, event, state) => {
  if (event.kind !== 'touch') return null;
  return event.touch.type === 'collected' ? over(state.kiosk) : null;
};

export const notice: Move<'notice'> = (visit, event, state) => {
  if (event.kind !== 'touch') return null;
  if (event.touch.type === 'noticeRead') return afterNotice(visit, event, state);
  return null;
};
export function afterNotice(visit: At<'notice'>, _event: Event, state: State): Stepped {
  return visit.next ? to(visit.next) : over(state.kiosk);
}
/** Nobody read it: only paper that waits in the tray keeps its screen. */
export function noticeExpired(visit: At<'notice'>, state: State): Stepped {
  return visit.next?.at === 'collecting' ? to(visit.next) : over(state.kiosk);
}

/** Only the staff leaves it; facts can show that the transaction is no longer open. */
export const askingAttendant: Move<'askingAttendant'> = (visit, event, state) => {
  if (event.kind === 'touch' && event.touch.type === 'staffOpen') {
    return to({ at: 'staffSignIn', operation: null, wrong: false, lockedUntil: null });
  }
  if (event.kind !== 'facts') return null;
  const still = state.kiosk.attended.find(({ number }) => number === visit.transaction);
  return still ? to({ ...visit, sheetsOut: still.sheetsOut }) : to(rest(state.kiosk));
};
