/** A refusal on the issuing side: the notice for the resident, the reason for the audit. */
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import type { Refusal } from '../contract/kioskApi.ts';
import type { IssuingReason } from '../audit/events.ts';

export interface IssuingRefusal {
  readonly kind: 'refused';
  readonly notice: NoticeCode;
  readonly reason: IssuingReason;
  /** instant from which asking again can help, ISO 8601 */
  readonly until?: string;
}

const NOTICES = {
  'session-not-authenticated': 'AUTH-02',
  'request-repeated': 'CENT-02',
  'municipality-not-the-holders': 'SERV-04',
  'register-not-known': 'SERV-08',
  'municipality-stopped-by-alarm': 'SAFE-02',
  'service-stopped': 'SERV-07',
  'kind-not-offered': 'SERV-04',
  counter: 'DESK-01',
  'options-not-offered': 'RULE-03',
  'register-changed-meanwhile': 'CENT-02',
  'timed-out': 'CENT-02',
  'rendering-failed': 'CENT-02',
  'receipt-not-possible': 'CENT-02',
} as const satisfies Partial<Record<IssuingReason, string>>;

/** A refusal whose notice follows from its reason. */
export function refusedFor(reason: keyof typeof NOTICES): IssuingRefusal {
  return { kind: 'refused', reason, notice: noticeOf(NOTICES[reason]) };
}

export const TOO_BUSY = noticeOf('SERV-06');
export const CENTER_FAULT = noticeOf('CENT-02');
export const KIOSK_NOT_ADMITTED = noticeOf('CENT-03');
export const BAD_REQUEST = noticeOf('SYS-01');

/** What travels to the kiosk: never the reason. */
export function answerOf({ notice, until }: IssuingRefusal): Refusal {
  return until === undefined ? { kind: 'refused', notice } : { kind: 'refused', notice, until };
}
