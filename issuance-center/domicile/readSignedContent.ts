/**
 * Reading the CMS of an application. Of the many ways to write one, exactly one is accepted: what is read is written again,
 * and must be the same bytes. A second signer, an unsigned attribute, another algorithm, bytes behind the end: none fits.
 */
import { verify } from 'node:crypto';
import { bytesToSign, signedContent } from '../contract/signedContent.ts';
import { readCertificate, type Certificate } from '../identity/certificate.ts';
import { DER, DerError, decode, expect, sequenceOf, type DerElement } from '../identity/der.ts';

export interface SignedContent {
  readonly content: Buffer;
  readonly certificate: Certificate;
}

/** Throws DerError for anything else than one well-formed CMS; undefined when its signature does not verify. */
export function readSignedContent(cms: Uint8Array): SignedContent | undefined {
  const [, wrapped] = sequenceOf(decode(cms));
  const [, , encapsulated, certificates, signers] = sequenceOf(only(wrapped));
  const content = expect(only(sequenceOf(encapsulated)[1]), DER.octetString).content;
  const certificate = readCertificate(only(certificates).raw);
  const signature = expect(sequenceOf(only(signers)).at(-1), DER.octetString).content;
  if (!signedContent(content, certificate.der, signature).equals(cms)) {
    throw new DerError('a CMS in another form than the one that is accepted');
  }
  const { publicKey } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa') return undefined;
  const isValid = verify('sha256', bytesToSign(content, certificate.der), publicKey, signature);
  return isValid ? { content, certificate } : undefined;
}

function only(part: DerElement | undefined): DerElement {
  const [child, ...more] = part?.children ?? [];
  if (!child || more.length > 0) throw new DerError('exactly one element was expected');
  return child;
}
