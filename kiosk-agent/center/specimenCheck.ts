/**
 * 見本: the look before a specimen is printed. It is signed under a tag of its own, so that no certificate's manifest is one of
 * a specimen and none of a specimen is a certificate's. Pure; the first finding ends it.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { SPECIMEN_TAG, specimenManifest, type SpecimenManifest } from '#center/contract/testIssue.ts';
import { countPdfPages } from './pdfPages.ts';

export interface SpecimenCheck {
  readonly payload: string;
  readonly signature: string;
  readonly document: Uint8Array;
  /** Ed25519, PEM (SPKI), of this kiosk's enrolment */
  readonly manifestKey: string;
  readonly kioskId: string;
  readonly testIssueId: string;
  /** epoch ms */
  readonly now: number;
}
export type SpecimenFinding = 'signature' | 'kiosk' | 'request' | 'expired' | 'hash' | 'pages';
export type SpecimenOutcome =
  | { readonly kind: 'sound'; readonly manifest: SpecimenManifest }
  | { readonly kind: 'unsound'; readonly finding: SpecimenFinding };

/** Sound means: the center says that these bytes are the specimen this kiosk was asked for, whole and of now. */
export function checkSpecimen(input: SpecimenCheck): SpecimenOutcome {
  const manifest = openManifest(input);
  if (!manifest) return { kind: 'unsound', finding: 'signature' };
  const wrong = CHECKS.find(([, holds]) => !holds(manifest, input));
  return wrong ? { kind: 'unsound', finding: wrong[0] } : { kind: 'sound', manifest };
}

type Check = (manifest: SpecimenManifest, input: SpecimenCheck) => boolean;
const CHECKS: readonly (readonly [SpecimenFinding, Check])[] = [
  ['kiosk', (manifest, { kioskId }) => manifest.kioskId === kioskId],
  ['request', (manifest, { testIssueId }) => manifest.testIssueId === testIssueId],
  ['expired', (manifest, { now }) => now < Date.parse(manifest.expiresAt)],
  ['hash', (manifest, { document }) => manifest.documentSha256 === sha256(document)],
  ['pages', (manifest, { document }) => manifest.pages === countPdfPages(document)],
  ['pages', (manifest) => manifest.pages === 2 * manifest.sheets],
];

function openManifest({ payload, signature, manifestKey }: SpecimenCheck): SpecimenManifest | undefined {
  const key = createPublicKey(manifestKey);
  if (key.asymmetricKeyType !== 'ed25519') return undefined;
  const signedBytes = Buffer.from(SPECIMEN_TAG + payload, 'utf8');
  if (!verify(null, signedBytes, key, Buffer.from(signature, 'base64'))) return undefined;
  return specimenManifest.safeParse(parseJson(payload)).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
