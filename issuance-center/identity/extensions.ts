/** The extensions the verification reads (RFC 5280 4.2.1), each to a plain value. A missing extension is undefined. */
import { DER, decode, expect, isContext, oidOf, sequenceOf } from './der.ts';
import type { Certificate } from './certificate.ts';

export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** Names of the KeyUsage bits, bit 0 first. */
const KEY_USAGE_BITS = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsageBit = (typeof KEY_USAGE_BITS)[number];

function valueOf(certificate: Certificate, id: string) {
  const extension = certificate.extensions.get(id);
  return extension && decode(extension.value);
}

export function keyUsageOf(certificate: Certificate): readonly KeyUsageBit[] | undefined {
  const value = valueOf(certificate, EXTENSION.keyUsage);
  if (!value) return undefined;
  const octets = expect(value, DER.bitString).content.subarray(1);
  return KEY_USAGE_BITS.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

/** True only for `cA TRUE`. */
export function isCa(certificate: Certificate): boolean {
  const value = valueOf(certificate, EXTENSION.basicConstraints);
  const [first] = value ? sequenceOf(value) : [];
  return first?.tag === DER.boolean && first.content[0] === 0xff;
}

/** OIDs of the purposes. */
export function extendedKeyUsageOf(certificate: Certificate): readonly string[] | undefined {
  const value = valueOf(certificate, EXTENSION.extendedKeyUsage);
  return value && sequenceOf(value).map(oidOf);
}

/** OIDs of the policies. */
export function policiesOf(certificate: Certificate): readonly string[] | undefined {
  const value = valueOf(certificate, EXTENSION.certificatePolicies);
  return value && sequenceOf(value).map((policy) => oidOf(sequenceOf(policy)[0]));
}

export function subjectKeyIdOf(certificate: Certificate): Buffer | undefined {
  const value = valueOf(certificate, EXTENSION.subjectKeyIdentifier);
  return value && expect(value, DER.octetString).content;
}

/** keyIdentifier `[0]` of the AuthorityKeyIdentifier. */
export function authorityKeyIdOf(certificate: Certificate): Buffer | undefined {
  const value = valueOf(certificate, EXTENSION.authorityKeyIdentifier);
  return value && sequenceOf(value).find((part) => isContext(part, 0))?.content;
}
