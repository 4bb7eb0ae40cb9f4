/** The certificates of the authority itself: its CAs (card.md 3.1) and their delegated OCSP responders (RFC 6960 4.2.2.2). */
import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { issueCertificate, keyIdentifier } from './certificate.ts';
import { distinguishedName } from './der.ts';
import {
  authorityExtensions,
  authorityKeyIdentifier,
  authorityName,
  extendedKeyUsage,
  KEY_USAGE,
  keyUsage,
  MOCK_ORGANIZATION,
  OCSP_SIGNING,
  ocspNoCheck,
  subjectKeyIdentifier,
  type CertificatePurpose,
} from './profile.ts';
import { endOfDayInJapan, yearsLater } from './validity.ts';

export interface AuthorityPlan {
  readonly purpose: CertificatePurpose;
  readonly generation: 1 | 2;
  readonly trusted: boolean;
  readonly now: number;
}

/** A CA issues for five years and lives for ten: the older generation is in its seventh year, the newer in its third. */
const AGE_YEARS = { 1: 6, 2: 2 } as const;
const LIFETIME_YEARS = 10;

export interface AuthorityFacts {
  readonly serial: Buffer;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** The self-signed certificate of a CA and what its children need to know of it. */
export function authorityCertificate(
  { purpose, generation, trusted, now }: AuthorityPlan,
  key: KeyObject,
): AuthorityFacts & { certificate: Buffer } {
  const publicKey = createPublicKey(key);
  const notBefore = wholeSecond(yearsLater(now, -AGE_YEARS[generation]));
  const notAfter = endOfDayInJapan(yearsLater(notBefore, LIFETIME_YEARS), -1);
  // the first real CA has the serial 01, later ones four bytes; an impostor copies the serial it imitates
  const serial = generation === 1 || !trusted ? Buffer.of(1) : fourByteSerial();
  const certificate = issueCertificate({
    serial,
    issuer: authorityName(purpose),
    subject: authorityName(purpose),
    notBefore,
    notAfter,
    publicKey,
    extensions: authorityExtensions(purpose, keyIdentifier(publicKey)),
    signingKey: key,
  });
  return { certificate, serial, notBefore, notAfter };
}

/** A responder certificate issued directly by the CA; without `allowed` it lacks the OCSPSigning purpose. */
export function responderCertificate(order: {
  readonly purpose: CertificatePurpose;
  readonly key: KeyObject;
  readonly responderKey: KeyObject;
  readonly serial: Buffer;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly allowed: boolean;
}): Buffer {
  const responderPublicKey = createPublicKey(order.responderKey);
  const authorityKeyId = keyIdentifier(createPublicKey(order.key));
  return issueCertificate({
    serial: fourByteSerial(),
    issuer: authorityName(order.purpose),
    subject: distinguishedName(
      ['C', 'JP'],
      ['O', MOCK_ORGANIZATION],
      ['CN', `OCSP responder ${order.purpose}`],
    ),
    notBefore: order.notBefore,
    notAfter: order.notAfter,
    publicKey: responderPublicKey,
    extensions: [
      keyUsage(KEY_USAGE.digitalSignature),
      ...(order.allowed ? [extendedKeyUsage(OCSP_SIGNING)] : []),
      ocspNoCheck(),
      authorityKeyIdentifier(order.purpose, authorityKeyId, order.serial),
      subjectKeyIdentifier(keyIdentifier(responderPublicKey)),
    ],
    signingKey: order.key,
  });
}

/** Random, positive, always four octets: the shape of 発行番号. */
export function fourByteSerial(): Buffer {
  const serial = randomBytes(4);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x01;
  return serial;
}

function wholeSecond(instantMs: number): number {
  return instantMs - (instantMs % 1000);
}
