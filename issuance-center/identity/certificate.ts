/** An X.509 v3 certificate as the verification needs it: the bytes that were signed, and every extension with its criticality. */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import {
  DER,
  DerError,
  bitStringOctets,
  decode,
  expect,
  integerHex,
  isContext,
  oidOf,
  sequenceOf,
  timeOf,
  type DerElement,
} from './der.ts';

export interface Extension {
  readonly critical: boolean;
  /** content of extnValue, DER */
  readonly value: Buffer;
}

export interface Certificate {
  readonly der: Buffer;
  /** SHA-256 of the DER, hex */
  readonly fingerprint: string;
  readonly tbs: Buffer;
  readonly version: number;
  /** lower case hex */
  readonly serial: string;
  /** INTEGER with its header, as OCSP repeats it */
  readonly serialElement: Buffer;
  /** Name, DER */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** values of `O=` in the subject */
  readonly organisations: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: KeyObject;
  /** SubjectPublicKeyInfo, DER */
  readonly spki: Buffer;
  readonly signatureAlgorithm: string;
  readonly signature: Buffer;
  readonly extensions: ReadonlyMap<string, Extension>;
}

const ORGANISATION_OID = '2.5.4.10';

/** Reads one certificate. Throws DerError when the bytes are none. */
export function readCertificate(der: Uint8Array): Certificate {
  const [tbs, outerAlgorithm, signature] = sequenceOf(decode(der));
  const parts = [...sequenceOf(tbs)];
  const version = isContext(parts[0], 0)
    ? Number.parseInt(integerHex(parts.shift()?.children[0]), 16) + 1
    : 1;
  const [serial, algorithm, issuer, validity, subject, spki, ...rest] = parts;
  if (!expect(algorithm, DER.sequence).raw.equals(expect(outerAlgorithm, DER.sequence).raw)) {
    throw new DerError('the two signature algorithms differ');
  }
  const [notBefore, notAfter] = sequenceOf(validity);
  const bytes = Buffer.from(der);
  return {
    der: bytes,
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
    tbs: expect(tbs, DER.sequence).raw,
    version,
    serial: integerHex(serial),
    serialElement: expect(serial, DER.integer).raw,
    issuer: expect(issuer, DER.sequence).raw,
    subject: expect(subject, DER.sequence).raw,
    organisations: organisationsOf(expect(subject, DER.sequence)),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: publicKeyOf(expect(spki, DER.sequence).raw),
    spki: expect(spki, DER.sequence).raw,
    signatureAlgorithm: oidOf(sequenceOf(algorithm)[0]),
    signature: bitStringOctets(signature),
    extensions: extensionsOf(rest.find((part) => isContext(part, 3))),
  };
}

function publicKeyOf(spki: Buffer): KeyObject {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    throw new DerError('a public key of no known kind');
  }
}

function organisationsOf(name: DerElement): string[] {
  const attributes = name.children.flatMap((set) => set.children.map((attribute) => sequenceOf(attribute)));
  return attributes
    .filter(([type]) => oidOf(type) === ORGANISATION_OID)
    .map(([, value]) => value?.content.toString('utf8') ?? '');
}

function extensionsOf(part: DerElement | undefined): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>();
  for (const entry of part ? sequenceOf(part.children[0]) : []) {
    const fields = sequenceOf(entry);
    const id = oidOf(fields[0]);
    if (extensions.has(id)) throw new DerError('an extension stands twice');
    const critical = fields.length === 3 && expect(fields[1], DER.boolean).content[0] === 0xff;
    extensions.set(id, { critical, value: expect(fields.at(-1), DER.octetString).content });
  }
  return extensions;
}

/** Algorithms a CA or responder may sign with: JPKI's own (RSA) and the elliptic curves named as its successors. */
const SIGNATURE_HASHES: ReadonlyMap<string, { hash: string; keyType: string }> = new Map([
  ['1.2.840.113549.1.1.11', { hash: 'sha256', keyType: 'rsa' }],
  ['1.2.840.113549.1.1.12', { hash: 'sha384', keyType: 'rsa' }],
  ['1.2.840.113549.1.1.13', { hash: 'sha512', keyType: 'rsa' }],
  ['1.2.840.10045.4.3.2', { hash: 'sha256', keyType: 'ec' }],
  ['1.2.840.10045.4.3.3', { hash: 'sha384', keyType: 'ec' }],
]);

/** True when `signature` over `data` verifies under `key` with an algorithm (OID) that is accepted. */
export function isSignedBy(
  key: KeyObject,
  algorithm: string,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const known = SIGNATURE_HASHES.get(algorithm);
  if (!known || known.keyType !== key.asymmetricKeyType) return false;
  return verify(known.hash, data, key, signature);
}

/** SHA-256 of a SubjectPublicKeyInfo, hex: how a CA is named in configuration and in the register. */
export function keyIdOf(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('hex');
}
