/**
 * Writing the CMS of an application (RFC 5652; ETSI EN 319 122-1, CAdES baseline B-B without a time): one signer, SHA-256 and
 * RSA PKCS#1 v1.5, the content and the signer's certificate inside. The key is on a card, so it comes in two steps: what the
 * card shall sign, and the CMS around its answer. Node only.
 */
import { createHash } from 'node:crypto';
import { DER, decode, expect, sequenceOf } from '../identity/der.ts';
import { NULL, element, inOrder, objectId, octetString, sequence, setOf, smallInteger } from './derWriter.ts';

const ID_DATA = objectId('1.2.840.113549.1.7.1');
const ID_SIGNED_DATA = objectId('1.2.840.113549.1.7.2');
const CONTENT_TYPE = objectId('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = objectId('1.2.840.113549.1.9.4');
const SIGNING_CERTIFICATE_V2 = objectId('1.2.840.113549.1.9.16.2.47');
/** Without parameters (RFC 5754, 2). */
const SHA_256 = sequence(objectId('2.16.840.1.101.3.4.2.1'));
const RSA = sequence(objectId('1.2.840.113549.1.1.1'), NULL);
const CONTEXT_0 = 0xa0;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function attributesOf(content: Uint8Array, certificate: Uint8Array): readonly Uint8Array[] {
  return inOrder([
    sequence(CONTENT_TYPE, setOf(ID_DATA)),
    sequence(MESSAGE_DIGEST, setOf(octetString(sha256(content)))),
    // ESSCertIDv2 with SHA-256, which is the default and therefore left out (RFC 5035, 3)
    sequence(SIGNING_CERTIFICATE_V2, setOf(sequence(sequence(sequence(octetString(sha256(certificate))))))),
  ]);
}

/** The bytes whose SHA-256 the 署名用 key signs: the signed attributes as the SET OF they are (RFC 5652, 5.4). */
export function bytesToSign(content: Uint8Array, certificate: Uint8Array): Buffer {
  return setOf(...attributesOf(content, certificate));
}

/**
 * The whole CMS, DER. `certificate`: 署名用電子証明書, DER; `signature`: over `bytesToSign`. Throws DerError for what is no
 * certificate. The same input gives the same bytes.
 */
export function signedContent(content: Uint8Array, certificate: Uint8Array, signature: Uint8Array): Buffer {
  const [tbs] = sequenceOf(decode(certificate));
  const [, serial, , issuer] = sequenceOf(tbs);
  const signerInfo = sequence(
    smallInteger(1),
    sequence(expect(issuer, DER.sequence).raw, expect(serial, DER.integer).raw),
    SHA_256,
    element(CONTEXT_0, ...attributesOf(content, certificate)),
    RSA,
    octetString(signature),
  );
  const signedData = sequence(
    smallInteger(1),
    setOf(SHA_256),
    sequence(ID_DATA, element(CONTEXT_0, octetString(content))),
    element(CONTEXT_0, certificate),
    setOf(signerInfo),
  );
  return sequence(ID_SIGNED_DATA, element(CONTEXT_0, signedData));
}
