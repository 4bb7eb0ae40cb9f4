/** The few moves that every phase shares. Pure. */
import { noticeByCode, noticeOf } from '#templates/notices/notices.ts';
import type { NoticeCode } from '#templates/notices/notices.ts';
import type { Effect, Kiosk, Stepped, Visit } from './state.ts';

const CARD_BLOCKED = noticeOf('CARD-04');
const FIRST_CHECKS = noticeOf('KIOS-01');
const CLOSED_BY_STAFF = noticeOf('KIOS-02');
const OPEN_TRANSACTION = noticeOf('KIOS-03');

export function to(visit: Visit, ...effects: readonly Effect[]): Stepped {
  return { visit, effects };
}

/**
 * Where the kiosk stands when nobody uses it: open money or paper goes before everything, then the staff's word, then
 * the devices'.
 */
export function rest(kiosk: Kiosk): Visit {
  if (!kiosk.checked) return { at: 'outOfService', notice: FIRST_CHECKS };
  const open = kiosk.attended[0];
  if (open) {
    return {
      at: 'askingAttendant',
      notice: OPEN_TRANSACTION,
      transaction: open.number,
      sheetsOut: open.sheetsOut,
    };
  }
  if (kiosk.staffClosed) return { at: 'outOfService', notice: CLOSED_BY_STAFF };
  const fault = kiosk.faults[0];
  return fault ? { at: 'outOfService', notice: fault.notice } : { at: 'idle' };
}

/** The visit is over without a word: card released, resident forgotten. */
export function over(kiosk: Kiosk, ...first: readonly Effect[]): Stepped {
  return to(rest(kiosk), ...first, { kind: 'releaseCard' }, { kind: 'forget' });
}

interface NoticeDetails {
  readonly about?: string | null;
  readonly triesLeft?: number | null;
  readonly until?: string | null;
  readonly next?: Visit | null;
}
/** A notice that ends the visit unless `next` says where it goes on. */
export function toNotice(
  notice: NoticeCode,
  details: NoticeDetails = {},
  ...first: readonly Effect[]
): Stepped {
  const next = details.next ?? null;
  const visit: Visit = {
    at: 'notice',
    notice,
    about: details.about ?? null,
    triesLeft: details.triesLeft ?? null,
    until: details.until ?? null,
    next,
  };
  if (next && keepsResident(next)) return to(visit, ...first);
  return to(visit, ...first, { kind: 'releaseCard' }, { kind: 'forget' });
}

function keepsResident(next: Visit): boolean {
  return next.at !== 'awaitingCard' && next.at !== 'collecting';
}

/** Notices after which another card, or the same one placed anew, can help. */
export const CARD_CAN_HELP: readonly string[] = ['CARD-01', 'CARD-02', 'CARD-05', 'CARD-06', 'CARD-07'];

/** A refusal while the card is at work. */
export function refuseCard(notice: NoticeCode, until: string | null = null): Stepped {
  const next: Visit | null = CARD_CAN_HELP.includes(notice) ? { at: 'awaitingCard' } : null;
  return toNotice(notice, { until, next, triesLeft: notice === CARD_BLOCKED ? 0 : null });
}

/** True for refusals that concern what was chosen, not who chose: the resident may choose something else. */
export function concernsChoice(notice: NoticeCode): boolean {
  const { group, code } = noticeByCode(notice);
  return (group === 'rule' || group === 'desk' || group === 'service') && !code.startsWith('CENT');
}

/** True for refusals that concern one 本籍地 and nothing else. */
export function concernsRegistration(notice: NoticeCode): boolean {
  return noticeByCode(notice).group === 'application';
}

/** True for refusals of an application after which the resident may do something else in the same visit. */
export function concernsApplication(notice: NoticeCode): boolean {
  return concernsRegistration(notice) || notice === noticeOf('CENT-01');
}
