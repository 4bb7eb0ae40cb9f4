/** Building an OCSP request (RFC 6960 4.1) for one certificate, with a nonce (RFC 9654: 32 octets). */
import { createHash } from 'node:crypto';
import type { Certificate } from './certificate.ts';
import { bitStringOctets, sequenceOf, decode } from './der.ts';
import type { TrustAnchor } from './trustAnchors.ts';

export interface OcspQuestion {
  /** OCSPRequest, DER */
  readonly request: Buffer;
  /** CertID, DER: the answer must repeat exactly this */
  readonly certId: Buffer;
  readonly nonce: Buffer;
}

/** 1.3.14.3.2.26 with NULL. SHA-1 only names the issuer here, and every responder knows it (RFC 5019 2.1.1). */
const SHA1_ALGORITHM = Buffer.from('300906052b0e03021a0500', 'hex');
/** 1.3.6.1.5.5.7.48.1.2 */
const NONCE_OID = Buffer.from('06092b0601050507300102', 'hex');

/** The question whether `certificate`, issued by `anchor`, is good. `nonce`: 32 fresh random bytes. */
export function ocspQuestion(certificate: Certificate, anchor: TrustAnchor, nonce: Buffer): OcspQuestion {
  const { nameHash, keyHash } = issuerHashes(anchor);
  const certId = tlv(
    0x30,
    SHA1_ALGORITHM,
    tlv(0x04, nameHash),
    tlv(0x04, keyHash),
    certificate.serialElement,
  );
  const extension = tlv(0x30, NONCE_OID, tlv(0x04, tlv(0x04, nonce)));
  const request = tlv(0x30, tlv(0x30, tlv(0x30, tlv(0x30, certId)), tlv(0xa2, tlv(0x30, extension))));
  return { request, certId, nonce };
}

const hashesByAnchor = new WeakMap<TrustAnchor, { nameHash: Buffer; keyHash: Buffer }>();

function issuerHashes(anchor: TrustAnchor): { nameHash: Buffer; keyHash: Buffer } {
  const known = hashesByAnchor.get(anchor);
  if (known) return known;
  const { subject, spki } = anchor.certificate;
  const hashes = { nameHash: sha1(subject), keyHash: keyHashOf(spki) };
  hashesByAnchor.set(anchor, hashes);
  return hashes;
}

/** SHA-1 of the subjectPublicKey's bits, without the algorithm: issuerKeyHash and byKey of RFC 6960. */
export function keyHashOf(spki: Buffer): Buffer {
  return sha1(bitStringOctets(sequenceOf(decode(spki))[1]));
}

function sha1(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest();
}

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
