/** Why an application is not taken, and what the applicant is told: one table. The reason goes into the audit. */
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';
import type { IdentityReason } from '../identity/reasons.ts';
import { noticeFor } from '../identity/reasons.ts';

const notices = {
  // 1 challenge
  'challenge-unknown': 'SIGN-08',
  'challenge-used': 'SIGN-08',
  'challenge-expired': 'APPL-09',
  // 2 the signed content
  'cms-unreadable': 'SIGN-08',
  'cms-signature-invalid': 'SIGN-08',
  // 3 what it says
  'content-unreadable': 'SIGN-08',
  'content-of-another-call': 'SIGN-08',
  // 6 four items
  'items-unreadable': 'SIGN-08',
  'items-differ': 'SIGN-08',
  // 7 possession
  'possession-invalid': 'SIGN-08',
  // 8 the session's card
  'another-card': 'SIGN-06',
  // 9 the holder
  'holder-unknown': 'AUTH-03',
  'holder-differs': 'SIGN-09',
} as const;
type OwnReason = keyof typeof notices;

/** Of the 署名用 certificate's path and OCSP, of the 利用者証明用 certificate's, or of the application itself. */
export type ApplicationReason =
  OwnReason | `signature-${IdentityReason}` | `authentication-${IdentityReason}`;

export interface ApplicationNotTaken {
  readonly kind: 'refused';
  readonly reason: ApplicationReason;
  readonly notice: NoticeCode;
}

export const notTaken = (reason: OwnReason): ApplicationNotTaken => ({
  kind: 'refused',
  reason,
  notice: noticeOf(notices[reason]),
});

const REVOKED = noticeOf('SIGN-04');
const EXPIRED = noticeOf('SIGN-05');
const NOT_CHECKED = noticeOf('SIGN-07');
const NOT_ACCEPTED = noticeOf('SIGN-08');

/** A 署名用 certificate is revoked by every change of name or address (card.md 3.5): its notice says so. */
export function signatureNotTaken(reason: IdentityReason): ApplicationNotTaken {
  return { kind: 'refused', reason: `signature-${reason}`, notice: signatureNotice(reason) };
}

function signatureNotice(reason: IdentityReason): NoticeCode {
  if (reason === 'certificate-expired') return EXPIRED;
  if (reason === 'certificate-revoked' || reason === 'certificate-suspended') return REVOKED;
  return reason.startsWith('ocsp-') ? NOT_CHECKED : NOT_ACCEPTED;
}

export const authenticationNotTaken = (reason: IdentityReason): ApplicationNotTaken => ({
  kind: 'refused',
  reason: `authentication-${reason}`,
  notice: noticeFor(reason),
});
