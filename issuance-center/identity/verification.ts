/**
 * Who stands at the kiosk? The fixed order of architecture.md 3.3, on one page. Each step can only refuse; nobody is
 * known before step 5 has passed.
 */
import { verify } from 'node:crypto';
import type { Clock } from '#templates/vocabulary.ts';
import { challengeMessage } from '../contract/kioskApi.ts';
import type { CenterDatabase } from '../database/connect.ts';
import { findLinkedResident, type LinkedResident } from '../registers/certificateLinks.ts';
import { readCertificate, type Certificate } from './certificate.ts';
import { checkPath } from './certificatePath.ts';
import { DerError } from './der.ts';
import type { OcspClient } from './ocspClient.ts';
import { refused, type IdentityRefusal } from './reasons.ts';
import { redeemChallenge } from './session.ts';
import type { TrustAnchor } from './trustAnchors.ts';

export interface VerificationDeps {
  readonly db: CenterDatabase;
  readonly clock: Clock;
  readonly anchors: readonly TrustAnchor[];
  readonly ocsp: OcspClient;
}

export interface Proof {
  readonly kioskId: string;
  readonly sessionId: string;
  /** 利用者証明用電子証明書, DER as the kiosk read it */
  readonly certificate: Buffer;
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the challenge message */
  readonly signature: Buffer;
}

export type Verification =
  | {
      readonly kind: 'verified';
      readonly resident: LinkedResident;
      readonly holderFingerprint: string;
    }
  | IdentityRefusal;

/** Runs the five steps. Throws only for faults of our own (the database). */
export async function verifyHolder(deps: VerificationDeps, proof: Proof): Promise<Verification> {
  // 1 the challenge is ours, this session's, unused and fresh; from here on it is used, whatever follows
  const challenge = await redeemChallenge(deps.db, proof.kioskId, proof.sessionId, deps.clock());
  if (challenge.kind === 'refused') return challenge;

  // 2 the card holds the key of the certificate it showed
  const certificate = readable(proof.certificate);
  if (!certificate) return refused('certificate-unreadable');
  if (!isCardKey(certificate)) return refused('key-not-accepted');
  const message = challengeMessage(proof.kioskId, proof.sessionId, challenge.challenge);
  if (!verify('sha256', message, certificate.publicKey, proof.signature)) return refused('signature-invalid');

  // 3 the certificate was issued by a pinned CA for user authentication, and is in force
  const path = readablePath(certificate, deps);
  if (path.kind === 'refused') return path;

  // 4 the CA says, freshly and to us, that it is not revoked
  const verdict = await deps.ocsp.check(certificate, path.anchor);
  if (verdict.kind === 'refused') return verdict;

  // 5 the municipality's register says whose it is
  const resident = await findLinkedResident(deps.db, path.anchor.keyId, certificate.serial, deps.clock());
  if (!resident) return refused('resident-not-registered');
  return { kind: 'verified', resident, holderFingerprint: certificate.fingerprint };
}

function readable(der: Buffer): Certificate | undefined {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function readablePath(certificate: Certificate, deps: VerificationDeps) {
  try {
    return checkPath(certificate, deps.anchors, deps.clock());
  } catch (error) {
    if (error instanceof DerError) return refused('certificate-unreadable');
    throw error;
  }
}

/** JPKI cards hold RSA-2048; the upper bound keeps a made-up certificate from costing us an expensive verification. */
function isCardKey({ publicKey }: Certificate): boolean {
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  return publicKey.asymmetricKeyType === 'rsa' && bits >= 2048 && bits <= 4096;
}
