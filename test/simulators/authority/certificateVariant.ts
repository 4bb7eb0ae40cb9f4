/** The ways in which a card certificate can be other than it should be (card.md 3.6, row 6). */
import type { CertificateStatus } from './issuedIndex.ts';
import { KEY_USAGE, OCSP_SIGNING, type Deviations } from './profile.ts';

export const certificateVariants = [
  'good',
  'expired',
  'not-yet-valid',
  'revoked',
  'suspended',
  /** the responder does not know the serial */
  'unknown-serial',
  /** signed by a CA of the same name with another key */
  'unknown-ca',
  'wrong-key-usage',
  'missing-policy',
  'foreign-policy',
  'wrong-extended-key-usage',
  'missing-extended-key-usage',
  /** the card's key is not the certificate's */
  'other-key',
  /** one bit of the CA's signature is flipped */
  'broken-signature',
] as const;
export type CertificateVariant = (typeof certificateVariants)[number];

/** 1.2.392.200149.8.5.1.0.20, the arc of the official test system: not ours to accept. */
const FOREIGN_POLICY = '1.2.392.200149.8.5.1.0.20';

export function deviationsOf(variant: CertificateVariant): Deviations {
  switch (variant) {
    case 'wrong-key-usage':
      return { keyUsage: KEY_USAGE.keyEncipherment };
    case 'missing-policy':
      return { policy: null };
    case 'foreign-policy':
      return { policy: FOREIGN_POLICY };
    case 'wrong-extended-key-usage':
      return { extendedKeyUsage: OCSP_SIGNING };
    case 'missing-extended-key-usage':
      return { extendedKeyUsage: null };
    default:
      return {};
  }
}

export function statusOfVariant(variant: CertificateVariant, at: number): CertificateStatus {
  switch (variant) {
    case 'revoked':
      return { kind: 'revoked', reason: 'affiliationChanged', at };
    case 'suspended':
      return { kind: 'revoked', reason: 'certificateHold', at };
    case 'unknown-serial':
      return { kind: 'unknown' };
    default:
      return { kind: 'good' };
  }
}
