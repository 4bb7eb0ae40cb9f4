/** How laid-out fronts become a file. */
import type { KeyObject } from 'node:crypto';
import type { CertificateKindId, MunicipalityCode } from '#templates/vocabulary.ts';

export type Finish =
  /** the fronts only, on white, unsealed: previews and checks */
  { readonly kind: 'plain' } | IssuedFinish;

/** What a kiosk prints: tint on both sides, signed codes on each back, the center's seal over the file. */
export interface IssuedFinish {
  readonly kind: 'issued';
  readonly municipality: MunicipalityCode;
  /** with its prefecture, as the back names it */
  readonly municipalityName: string;
  readonly kindId: CertificateKindId;
  /** Ed25519 private key of the municipality */
  readonly frontKey: { readonly id: string; readonly key: KeyObject };
  readonly verificationUrl: string;
  /** 見本: a test issue, marked as such on every page */
  readonly specimen?: boolean;
}
