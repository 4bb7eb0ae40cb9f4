/**
 * A detached CMS signature as PAdES baseline B-B wants it (RFC 5652; ETSI EN 319 142-1, 6.3; EN 319 122-1): signed are
 * content type, digest and signing-certificate-v2; there is no signing-time, because the time of a seal is the file's
 * `M`. RSA with PKCS#1 v1.5 padding, so that the same document gives the same bytes.
 */
import { createHash, createPublicKey, sign } from 'node:crypto';
import { DER, decode, expect, sequenceOf } from '../../identity/der.ts';
import type { DocumentSealer } from './documentSealer.ts';
import {
  NULL,
  element,
  inOrder,
  objectId,
  octetString,
  sequence,
  setOf,
  smallInteger,
} from '../../contract/derWriter.ts';

const ID_DATA = objectId('1.2.840.113549.1.7.1');
const ID_SIGNED_DATA = objectId('1.2.840.113549.1.7.2');
const CONTENT_TYPE = objectId('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = objectId('1.2.840.113549.1.9.4');
const SIGNING_CERTIFICATE_V2 = objectId('1.2.840.113549.1.9.16.2.47');
/** Without parameters (RFC 5754, 2). */
const SHA_256 = sequence(objectId('2.16.840.1.101.3.4.2.1'));
const RSA = sequence(objectId('1.2.840.113549.1.1.1'), NULL);
/** `[0]`, constructed: SignedData, the certificates and the signed attributes. */
const CONTEXT_0 = 0xa0;

export interface CmsSigner {
  /** Bytes of every signature this signer makes. */
  readonly length: number;
  /** ContentInfo, DER, over a SHA-256 digest of the content. */
  readonly sign: (digest: Uint8Array) => Buffer;
}

/** Throws RangeError when the key is not RSA or not the certificate's; DerError for what is no certificate. */
export function cmsSigner(sealer: DocumentSealer): CmsSigner {
  const issuerAndSerial = identityOf(sealer);
  const contentType = sequence(CONTENT_TYPE, setOf(ID_DATA));
  const signingCertificate = signingCertificateOf(sealer.certificate);
  const certificates = element(CONTEXT_0, ...inOrder([sealer.certificate, ...sealer.chain]));
  const signWith = (digest: Uint8Array): Buffer => {
    const messageDigest = sequence(MESSAGE_DIGEST, setOf(octetString(digest)));
    const attributes = inOrder([contentType, messageDigest, signingCertificate]);
    // signed as the SET OF that they are, written with the context tag (RFC 5652, 5.4)
    const signature = sign('sha256', setOf(...attributes), sealer.key);
    const signerInfo = sequence(
      smallInteger(1),
      issuerAndSerial,
      SHA_256,
      element(CONTEXT_0, ...attributes),
      RSA,
      octetString(signature),
    );
    const signedData = sequence(
      smallInteger(1),
      setOf(SHA_256),
      sequence(ID_DATA),
      certificates,
      setOf(signerInfo),
    );
    return sequence(ID_SIGNED_DATA, element(CONTEXT_0, signedData));
  };
  return { length: signWith(Buffer.alloc(32)).length, sign: signWith };
}

/** IssuerAndSerialNumber as the certificate itself spells it. */
function identityOf({ key, certificate }: DocumentSealer): Buffer {
  const [tbs] = sequenceOf(decode(certificate));
  const [, serial, , issuer, , , publicKey] = sequenceOf(tbs);
  const own = createPublicKey(key).export({ type: 'spki', format: 'der' });
  if (key.asymmetricKeyType !== 'rsa') throw new RangeError('documents are sealed with an RSA key');
  if (!publicKey || !own.equals(publicKey.raw)) {
    throw new RangeError('the certificate is not of the key that seals documents');
  }
  return sequence(expect(issuer, DER.sequence).raw, expect(serial, DER.integer).raw);
}

/** ESSCertIDv2 with SHA-256, which is the default and therefore left out (RFC 5035, 3). */
function signingCertificateOf(certificate: Uint8Array): Buffer {
  const hash = createHash('sha256').update(certificate).digest();
  return sequence(SIGNING_CERTIFICATE_V2, setOf(sequence(sequence(sequence(octetString(hash))))));
}
