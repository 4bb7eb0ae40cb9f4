/**
 * Is this application what it says, by the holder of this card? One fixed order, on one page; each step can only refuse. What
 * it ends with is the evidence that is stored, and what application:verify goes through again.
 */
import { createHash, verify } from 'node:crypto';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import {
  applicationBytes,
  applicationContent,
  possessionMessage,
  type ApplicationChannel,
  type ApplicationContent,
  type SignedApplication,
} from '../contract/domicileApplication.ts';
import { readCertificate, type Certificate } from '../identity/certificate.ts';
import {
  checkPath,
  digitalSignaturePath,
  userAuthenticationPath,
  type Path,
  type PathProfile,
} from '../identity/certificatePath.ts';
import { DerError } from '../identity/der.ts';
import { refused } from '../identity/reasons.ts';
import { basicFourItemsOf } from '../identity/signatureCertificate.ts';
import type { VerificationDeps } from '../identity/verification.ts';
import { findLinkedResident } from '../registers/certificateLinks.ts';
import {
  authenticationNotTaken,
  notTaken,
  signatureNotTaken,
  type ApplicationNotTaken,
} from './applicationReasons.ts';
import { redeemApplicationChallenge, type ApplicationPlace } from './challenges.ts';
import { isSameHolder } from './sameHolder.ts';
import { readSignedContent } from './readSignedContent.ts';

export interface ApplicationProof extends ApplicationPlace {
  readonly channel: ApplicationChannel;
  readonly application: SignedApplication;
  /** of the certificate the session was authenticated with, hex; null on the internet */
  readonly sessionFingerprint: string | null;
}

/** One certificate of the card, as registers name it. */
export interface CardCertificate {
  /** SHA-256 of the CA's SPKI, hex */
  readonly issuerKeyId: string;
  /** lower case hex */
  readonly serial: string;
}

export interface VerifiedApplication {
  readonly kind: 'verified';
  readonly municipality: MunicipalityCode;
  readonly content: ApplicationContent;
  readonly challenge: Buffer;
  readonly cms: Buffer;
  /** SHA-256 of the CMS, hex */
  readonly cmsSha256: string;
  readonly signature: CardCertificate & { readonly ocsp: Buffer };
  readonly authentication: CardCertificate & {
    readonly ocsp: Buffer;
    readonly certificate: Buffer;
    readonly fingerprint: string;
    readonly possession: Buffer;
  };
  /** whose card the register of residents says it is; null: nobody's here */
  readonly residentId: string | null;
}

export type ApplicationVerdict = VerifiedApplication | ApplicationNotTaken;

/** Throws only for faults of our own (the database). */
export async function verifyApplication(
  deps: VerificationDeps,
  proof: ApplicationProof,
): Promise<ApplicationVerdict> {
  const { application, channel } = proof;
  const now = deps.clock();
  // 1 the challenge is ours, of this channel and session, unused and fresh; from here on it is used, whatever follows
  const challenge = await redeemApplicationChallenge(deps.db, application.challengeId, proof, now);
  if (challenge.kind === 'refused') return challenge;
  const cms = Buffer.from(application.cms, 'base64');
  const authenticationDer = Buffer.from(application.authenticationCertificate, 'base64');

  // 2 and 3 one signer has signed exactly this content, which names this call and this card's other certificate
  const signed = judgeSignedBytes(cms, authenticationDer, {
    channel,
    challengeId: application.challengeId,
    challenge: challenge.challenge,
    municipality: challenge.municipality,
  });
  if (signed.kind === 'refused') return signed;

  // 4 and 5 the signer's certificate is a 署名用 one of a pinned CA, in force and not revoked
  const path = pathOf(signed.certificate, deps, now, digitalSignaturePath);
  if (path.kind === 'refused') return signatureNotTaken(path.reason);
  const signatureOcsp = await deps.ocsp.check(signed.certificate, path.anchor);
  if (signatureOcsp.kind === 'refused') return signatureNotTaken(signatureOcsp.reason);

  // 6 what the applicant saw is what the certificate says
  const items = judgeItems(signed.certificate, signed.content);
  if (items) return items;

  // 7 the same hands hold the 利用者証明用 key, whose certificate is in force and not revoked
  const possession = Buffer.from(application.possession, 'base64');
  const other = judgePossession(authenticationDer, possession, {
    challengeId: application.challengeId,
    challenge: challenge.challenge,
    cms,
  });
  if (other.kind === 'refused') return other;
  const otherPath = pathOf(other.certificate, deps, now, userAuthenticationPath);
  if (otherPath.kind === 'refused') return authenticationNotTaken(otherPath.reason);
  const authenticationOcsp = await deps.ocsp.check(other.certificate, otherPath.anchor);
  if (authenticationOcsp.kind === 'refused') return authenticationNotTaken(authenticationOcsp.reason);

  // 8 at a kiosk it is the card of the visit
  const { fingerprint } = other.certificate;
  if (channel === 'kiosk' && fingerprint !== proof.sessionFingerprint) return notTaken('another-card');

  // 9 whom the register of residents ties to that certificate is who signed
  const authentication = { issuerKeyId: otherPath.anchor.keyId, serial: other.certificate.serial };
  const linked = await findLinkedResident(deps.db, authentication.issuerKeyId, authentication.serial, now);
  if (!linked && channel === 'kiosk') return notTaken('holder-unknown');
  if (linked && !(await isSameHolder(deps.db, linked.residentId, signed.content.items))) {
    return notTaken('holder-differs');
  }
  return {
    kind: 'verified',
    municipality: challenge.municipality,
    content: signed.content,
    challenge: challenge.challenge,
    cms,
    cmsSha256: digestOf(cms).toString('hex'),
    signature: {
      issuerKeyId: path.anchor.keyId,
      serial: signed.certificate.serial,
      ocsp: signatureOcsp.answer,
    },
    authentication: {
      ...authentication,
      ocsp: authenticationOcsp.answer,
      certificate: authenticationDer,
      fingerprint,
      possession,
    },
    residentId: linked?.residentId ?? null,
  };
}

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export interface Call {
  readonly channel: ApplicationChannel;
  readonly challengeId: string;
  readonly challenge: Uint8Array;
  readonly municipality: MunicipalityCode;
}
type SignedBytes =
  | { readonly kind: 'signed'; readonly content: ApplicationContent; readonly certificate: Certificate }
  | ApplicationNotTaken;

/** Steps 2 and 3, over bytes alone. */
export function judgeSignedBytes(cms: Uint8Array, authenticationDer: Uint8Array, call: Call): SignedBytes {
  const signed = orUnreadable(() => readSignedContent(cms));
  if (signed === 'unreadable') return notTaken('cms-unreadable');
  if (!signed) return notTaken('cms-signature-invalid');
  const content = contentOf(signed.content);
  if (!content) return notTaken('content-unreadable');
  const isOurs =
    content.channel === call.channel &&
    content.municipality === call.municipality &&
    content.challengeId === call.challengeId &&
    content.challenge === Buffer.from(call.challenge).toString('base64') &&
    content.authenticationCertificate === digestOf(authenticationDer).toString('hex');
  if (!isOurs) return notTaken('content-of-another-call');
  return { kind: 'signed', content, certificate: signed.certificate };
}

/** Undefined unless the bytes are the one canonical form of an application. */
function contentOf(bytes: Buffer): ApplicationContent | undefined {
  try {
    const parsed = applicationContent.safeParse(JSON.parse(bytes.toString('utf8')));
    return parsed.success && bytes.equals(applicationBytes(parsed.data)) ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Step 6: undefined when the items agree. */
export function judgeItems(
  certificate: Certificate,
  { items }: ApplicationContent,
): ApplicationNotTaken | undefined {
  const own = orUnreadable(() => basicFourItemsOf(certificate));
  if (own === 'unreadable') return notTaken('items-unreadable');
  const keys = Object.keys(own) as (keyof typeof own)[];
  return keys.every((key) => own[key] === items[key]) ? undefined : notTaken('items-differ');
}

/** Step 7 without the path. */
export function judgePossession(
  der: Buffer,
  possession: Buffer,
  { challengeId, challenge, cms }: Pick<Call, 'challengeId' | 'challenge'> & { readonly cms: Buffer },
): { readonly kind: 'possessed'; readonly certificate: Certificate } | ApplicationNotTaken {
  const certificate = orUnreadable(() => readCertificate(der));
  if (certificate === 'unreadable') return authenticationNotTaken('certificate-unreadable');
  const { publicKey } = certificate;
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (publicKey.asymmetricKeyType !== 'rsa' || bits < 2048 || bits > 4096) {
    return authenticationNotTaken('key-not-accepted');
  }
  const message = possessionMessage(challengeId, challenge, digestOf(cms));
  if (!verify('sha256', message, publicKey, possession)) return notTaken('possession-invalid');
  return { kind: 'possessed', certificate };
}

/** A path at the instant `now`; what cannot be read is refused. */
export function pathOf(
  certificate: Certificate,
  { anchors }: Pick<VerificationDeps, 'anchors'>,
  now: number,
  profile: PathProfile,
): Path {
  const path = orUnreadable(() => checkPath(certificate, anchors, now, profile));
  return path === 'unreadable' ? refused('certificate-unreadable') : path;
}

function orUnreadable<Value>(read: () => Value): Value | 'unreadable' {
  try {
    return read();
  } catch (error) {
    if (error instanceof DerError) return 'unreadable';
    throw error;
  }
}
