/**
 * Why an authentication is refused, and what the resident is told: one table. The reason goes into the audit, the notice
 * to the screen.
 */
import { noticeOf, type NoticeCode } from '#templates/notices/notices.ts';

const notices = {
  // 1 challenge
  'session-unknown': 'AUTH-01',
  'challenge-used': 'AUTH-04',
  'challenge-expired': 'AUTH-02',
  // 2 signature
  'certificate-unreadable': 'CERT-05',
  'key-not-accepted': 'CERT-06',
  'signature-invalid': 'AUTH-01',
  // 3 path
  'issuer-unknown': 'CERT-05',
  'issuer-signature-invalid': 'CERT-05',
  'issuer-not-in-force': 'CERT-05',
  'certificate-not-yet-valid': 'CERT-04',
  'certificate-expired': 'CERT-01',
  'is-a-ca': 'CERT-06',
  'key-usage': 'CERT-06',
  'extended-key-usage': 'CERT-06',
  policy: 'CERT-06',
  'unknown-critical-extension': 'CERT-06',
  // 4 OCSP
  'ocsp-unreachable': 'OCSP-01',
  'ocsp-late': 'OCSP-02',
  'ocsp-signature': 'OCSP-03',
  'ocsp-other-certificate': 'OCSP-04',
  'ocsp-nonce': 'OCSP-05',
  'ocsp-stale': 'OCSP-06',
  'ocsp-responder': 'OCSP-07',
  'ocsp-unavailable': 'OCSP-08',
  'ocsp-unknown-certificate': 'OCSP-09',
  'certificate-revoked': 'CERT-02',
  'certificate-suspended': 'CERT-03',
  // 5 resident
  'resident-not-registered': 'AUTH-03',
} as const;

export type IdentityReason = keyof typeof notices;
export const identityReasons = Object.keys(notices) as [IdentityReason, ...IdentityReason[]];

export interface IdentityRefusal {
  readonly kind: 'refused';
  readonly reason: IdentityReason;
}

export function refused(reason: IdentityReason): IdentityRefusal {
  return { kind: 'refused', reason };
}

/** The notice a resident sees for a reason. */
export function noticeFor(reason: IdentityReason): NoticeCode {
  return noticeOf(notices[reason]);
}
