/** X.509 v3 certificates (RFC 5280 4.1), signed with sha256WithRSAEncryption. */
import { createHash, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { elementAt, elements } from '#simulators/card/tlv.ts';
import { bitString, context, integer, nothing, oid, sequence, utcTime } from './der.ts';

export const SHA256_WITH_RSA = sequence(oid('1.2.840.113549.1.1.11'), nothing());

export interface CertificateRequest {
  /** big-endian, positive */
  readonly serial: Buffer;
  /** DER Name */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly signingKey: KeyObject;
}

/** The certificate as DER. */
export function issueCertificate(request: CertificateRequest): Buffer {
  const body = sequence(
    context(0, integer(2)),
    integer(request.serial),
    SHA256_WITH_RSA,
    request.issuer,
    sequence(utcTime(request.notBefore), utcTime(request.notAfter)),
    request.subject,
    subjectPublicKeyInfo(request.publicKey),
    context(3, sequence(...request.extensions)),
  );
  return signed(body, request.signingKey);
}

/** SEQUENCE { body, algorithm, signature }: the outer shape of certificates and CRLs. */
export function signed(body: Buffer, key: KeyObject): Buffer {
  return sequence(body, SHA256_WITH_RSA, bitString(sign('sha256', body, key)));
}

export function subjectPublicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

/** SHA-1 over the key's bit string without its header: key identifiers (RFC 5280 4.2.1.2) and OCSP's issuerKeyHash. */
export function keyIdentifier(key: KeyObject, hash: 'sha1' | 'sha256' = 'sha1'): Buffer {
  const bits = elements(elementAt(subjectPublicKeyInfo(key), 0).value)[1];
  if (!bits) throw new Error('not a SubjectPublicKeyInfo');
  return createHash(hash).update(bits.value.subarray(1)).digest();
}

/** The project's name for an issuer: SHA-256 of its SubjectPublicKeyInfo in lower-case hexadecimal. */
export function issuerKeyIdOf(key: KeyObject): string {
  return createHash('sha256').update(subjectPublicKeyInfo(key)).digest('hex');
}

const generate = promisify(generateKeyPair);

/** A new RSA-2048 key with e = 65537; the generation runs off the main thread. */
export async function newRsaKey(): Promise<KeyObject> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048, publicExponent: 0x10001 });
  return privateKey;
}

/** PKCS#8 PEM. */
export function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
