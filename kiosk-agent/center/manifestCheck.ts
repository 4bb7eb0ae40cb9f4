/**
 * The clerk's look at the name (architecture.md 3.6): before paper moves, the kiosk checks the center's signed word
 * against what it knows itself: this visit's session and request, the certificate it read from the card, the bytes it
 * holds. Pure, in a fixed order; the first finding ends it.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { z } from 'zod';
import {
  manifest as manifestSchema,
  MANIFEST_TAG,
  type alarmRequest,
  type CertificateRequest,
  type Manifest,
  type SignedManifest,
} from '#center/contract/kioskApi.ts';
import type { Yen } from '#templates/vocabulary.ts';
import { countPdfPages } from './pdfPages.ts';

export type Finding = z.infer<typeof alarmRequest>['finding'];

export interface PreparedCheck {
  readonly signedManifest: SignedManifest;
  readonly document: Uint8Array;
  /** Ed25519, PEM (SPKI), of this kiosk's enrolment */
  readonly manifestKey: string;
  readonly sessionId: string;
  readonly kioskId: string;
  readonly requestId: string;
  /** DER, as the agent read it from the card in this visit */
  readonly holderCertificate: Uint8Array;
  readonly request: CertificateRequest;
  /** what the resident was told it costs */
  readonly fee: Yen;
  /** epoch ms */
  readonly now: number;
  /** issue numbers of this kiosk that were printed or are about to be */
  readonly seenIssueNumbers: ReadonlySet<string>;
}
export type CheckOutcome =
  | { readonly kind: 'sound'; readonly manifest: Manifest }
  /** `manifest` only when the signature over it is the center's */
  | { readonly kind: 'unsound'; readonly finding: Finding; readonly manifest: Manifest | null };

/** Sound means: these bytes are this person's, asked for in this visit, signed by the center, whole and not yet printed. */
export function checkPrepared(input: PreparedCheck): CheckOutcome {
  const manifest = openManifest(input.signedManifest, input.manifestKey);
  if (!manifest) return { kind: 'unsound', finding: 'signature', manifest: null };
  const wrong = CHECKS.find(([, holds]) => !holds(manifest, input));
  return wrong ? { kind: 'unsound', finding: wrong[0], manifest } : { kind: 'sound', manifest };
}

/** 1 is the signature. What follows believes the manifest; the document's own bytes come last. */
const CHECKS: readonly (readonly [Finding, (manifest: Manifest, input: PreparedCheck) => boolean])[] = [
  ['session', (manifest, { sessionId }) => manifest.sessionId === sessionId],
  ['kiosk', (manifest, { kioskId }) => manifest.kioskId === kioskId],
  ['holder', (manifest, { holderCertificate }) => manifest.holderFingerprint === sha256(holderCertificate)],
  [
    'request',
    (manifest, { requestId, request, fee }) =>
      manifest.requestId === requestId &&
      manifest.municipality === request.municipality &&
      manifest.fee === fee,
  ],
  ['kind', (manifest, { request }) => manifest.kind === request.kind],
  ['expired', (manifest, { now }) => now < Date.parse(manifest.expiresAt)],
  ['replayed', (manifest, { seenIssueNumbers }) => !seenIssueNumbers.has(manifest.issueNumber)],
  ['hash', (manifest, { document }) => manifest.documentSha256 === sha256(document)],
  ['pages', (manifest, { document }) => manifest.pages === countPdfPages(document)],
  // every front has its back: what is verified by its back is not printed without one
  ['pages', (manifest) => manifest.pages === 2 * manifest.sheets],
];

function openManifest(signed: SignedManifest, manifestKey: string): Manifest | null {
  const signedBytes = Buffer.from(MANIFEST_TAG + signed.payload, 'utf8');
  const key = createPublicKey(manifestKey);
  if (key.asymmetricKeyType !== 'ed25519') return null;
  if (!verify(null, signedBytes, key, Buffer.from(signed.signature, 'base64'))) return null;
  const parsed = manifestSchema.safeParse(parseJson(signed.payload));
  return parsed.success ? parsed.data : null;
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
