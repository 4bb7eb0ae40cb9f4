/**
 * The certificate profiles of 公的個人認証サービス as extensions in their order and criticality (card.md 3.1-3.4), under our
 * own O=JPKI-MOCK so that nothing here can be mistaken for a certificate of the real service or of its test system.
 */
import {
  bitString,
  context,
  distinguishedName,
  ia5,
  implicit,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
  utf8String,
  yes,
} from './der.ts';

export const MOCK_ORGANIZATION = 'JPKI-MOCK';
export const certificatePurposes = ['user-authentication', 'digital-signature'] as const;
export type CertificatePurpose = (typeof certificatePurposes)[number];

const PURPOSE = {
  'user-authentication': {
    unit: 'JPKI for user authentication',
    alternativeUnit: '公的個人認証サービス利用者証明用',
    policy: '1.2.392.200149.8.5.1.3.30',
  },
  'digital-signature': {
    unit: 'JPKI for digital signature',
    alternativeUnit: '公的個人認証サービス署名用',
    policy: '1.2.392.200149.8.5.1.1.20',
  },
} as const;
const CPS_URI = 'http://www.jpki.go.jp/cps.html';
const SUBJECT_ALTERNATIVE_OTHER_NAME = '1.2.392.200149.8.5.5';

/** certificatePolicies OID of a card certificate. */
export const policyOid = (purpose: CertificatePurpose): string => PURPOSE[purpose].policy;

/** Subject and issuer of every generation of one CA: they share this name and differ in their keys. */
export function authorityName(purpose: CertificatePurpose): Buffer {
  return distinguishedName(
    ['C', 'JP'],
    ['O', MOCK_ORGANIZATION],
    ['OU', PURPOSE[purpose].unit],
    ['OU', 'Japan Agency for Local Authority Information Systems'],
  );
}

export interface Place {
  /** rōmaji, e.g. Mihon-ken */
  readonly prefecture: string;
  /** rōmaji, e.g. Mihon-shi */
  readonly city: string;
}

/** Everything an end-entity extension list depends on. */
export interface CardCertificateProfile {
  readonly place: Place;
  readonly ocspUrl: string;
  readonly authorityKeyId: Buffer;
  readonly authoritySerial: Buffer;
  readonly subjectKeyId: Buffer;
}

export type KeyUsage = readonly [byte: number, unusedBits: number];
export const KEY_USAGE = {
  digitalSignature: [0x80, 7],
  digitalSignatureNonRepudiation: [0xc0, 6],
  keyEncipherment: [0x20, 5],
  certificateAndCrlSign: [0x06, 1],
} as const satisfies Record<string, KeyUsage>;

const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  critical ? sequence(oid(id), yes(), octetString(value)) : sequence(oid(id), octetString(value));

export const keyUsage = ([byte, unusedBits]: KeyUsage): Buffer =>
  extension('2.5.29.15', true, bitString(Buffer.of(byte), unusedBits));
export const extendedKeyUsage = (purposeOid: string): Buffer =>
  extension('2.5.29.37', false, sequence(oid(purposeOid)));
export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
export const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';

/** Critical, with the CPS pointer as the only qualifier. */
export function certificatePolicies(policy: string): Buffer {
  const cps = sequence(
    oid('1.3.6.1.5.5.7.2.1'),
    Buffer.concat([Buffer.of(0x16, CPS_URI.length), ia5(CPS_URI)]),
  );
  return extension('2.5.29.32', true, sequence(sequence(oid(policy), sequence(cps))));
}

/** The Japanese name of the authority as issuerAltName (end entities) or subjectAltName (CA certificates). */
function japaneseAuthorityName(extensionOid: string, purpose: CertificatePurpose): Buffer {
  const name = distinguishedName(
    ['C', 'JP'],
    ['O', '公的個人認証サービス'],
    ['OU', PURPOSE[purpose].alternativeUnit],
    ['OU', '地方公共団体情報システム機構'],
  );
  return extension(extensionOid, false, sequence(context(4, name)));
}
export const issuerAlternativeName = (purpose: CertificatePurpose): Buffer =>
  japaneseAuthorityName('2.5.29.18', purpose);

/** One distribution point whose full name is a directory name; there is no URL. */
export function crlDistributionPoint(name: Buffer): Buffer {
  return extension('2.5.29.31', false, sequence(sequence(context(0, context(0, context(4, name))))));
}

function cardDistributionPoint(purpose: CertificatePurpose, { prefecture, city }: Place): Buffer {
  return crlDistributionPoint(
    distinguishedName(
      ['C', 'JP'],
      ['O', MOCK_ORGANIZATION],
      ['OU', PURPOSE[purpose].unit],
      ['OU', 'CRL Distribution Points'],
      ['OU', prefecture],
      ['CN', `${city} CRLDP`],
    ),
  );
}

export const authorityInfoAccess = (ocspUrl: string): Buffer =>
  extension(
    '1.3.6.1.5.5.7.1.1',
    false,
    sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), implicit(6, ia5(ocspUrl)))),
  );

/** Key id, issuer and serial of the CA certificate. */
export function authorityKeyIdentifier(purpose: CertificatePurpose, keyId: Buffer, serial: Buffer): Buffer {
  const serialValue = integer(serial).subarray(2);
  const issuer = context(1, context(4, authorityName(purpose)));
  return extension('2.5.29.35', false, sequence(implicit(0, keyId), issuer, implicit(2, serialValue)));
}

export const subjectKeyIdentifier = (keyId: Buffer): Buffer =>
  extension('2.5.29.14', false, octetString(keyId));
/** RFC 6960 4.2.2.2.1: no revocation check of the responder itself. */
export const ocspNoCheck = (): Buffer => extension('1.3.6.1.5.5.7.48.1.5', false, nothing());

/** CA certificate: no authorityKeyIdentifier, no pathLen (card.md 3.1). */
export function authorityExtensions(purpose: CertificatePurpose, subjectKeyId: Buffer): Buffer[] {
  return [
    keyUsage(KEY_USAGE.certificateAndCrlSign),
    japaneseAuthorityName('2.5.29.17', purpose),
    extension('2.5.29.19', true, sequence(yes())),
    crlDistributionPoint(authorityName(purpose)),
    subjectKeyIdentifier(subjectKeyId),
  ];
}

/** What a test certificate may have otherwise than the profile says; null leaves the extension out. */
export interface Deviations {
  readonly keyUsage?: KeyUsage;
  readonly extendedKeyUsage?: string | null;
  readonly policy?: string | null;
}

/** 利用者証明用電子証明書 (card.md 3.2). */
export function userAuthenticationExtensions(
  profile: CardCertificateProfile,
  other: Deviations = {},
): Buffer[] {
  const purpose = 'user-authentication';
  const eku = other.extendedKeyUsage === undefined ? CLIENT_AUTH : other.extendedKeyUsage;
  return [
    keyUsage(other.keyUsage ?? KEY_USAGE.digitalSignature),
    ...(eku === null ? [] : [extendedKeyUsage(eku)]),
    ...policies(purpose, other),
    issuerAlternativeName(purpose),
    cardDistributionPoint(purpose, profile.place),
    authorityInfoAccess(profile.ocspUrl),
    authorityKeyIdentifier(purpose, profile.authorityKeyId, profile.authoritySerial),
    subjectKeyIdentifier(profile.subjectKeyId),
  ];
}

/** The holder as the 署名用電子証明書 names them. */
export interface SignatureHolder {
  readonly name: string;
  /** EYYYYMMDD, E = 1 明治 .. 5 令和 */
  readonly birthDate: string;
  /** 1 男, 2 女, 3 不明 */
  readonly sex: string;
  readonly address: string;
  /** one 0 or 1 per character: 1 where a 代替文字 stands */
  readonly nameSubstitutions: string;
  readonly addressSubstitutions: string;
}

/** 署名用電子証明書 (card.md 3.3); no AIA (card.md 7, row 5). */
export function digitalSignatureExtensions(
  profile: CardCertificateProfile,
  holder: SignatureHolder,
  other: Deviations = {},
): Buffer[] {
  const purpose = 'digital-signature';
  return [
    keyUsage(other.keyUsage ?? KEY_USAGE.digitalSignatureNonRepudiation),
    subjectAlternativeName(holder),
    ...policies(purpose, other),
    issuerAlternativeName(purpose),
    cardDistributionPoint(purpose, profile.place),
    authorityKeyIdentifier(purpose, profile.authorityKeyId, profile.authoritySerial),
    subjectKeyIdentifier(profile.subjectKeyId),
  ];
}

function policies(purpose: CertificatePurpose, other: Deviations): Buffer[] {
  const policy = other.policy === undefined ? PURPOSE[purpose].policy : other.policy;
  return policy === null ? [] : [certificatePolicies(policy)];
}

/** Six otherNames in the order of the real certificates: 氏名, 生年月日, 性別, 住所, and the two 代替文字 positions. */
function subjectAlternativeName(holder: SignatureHolder): Buffer {
  const otherName = (arc: number, text: string): Buffer =>
    context(0, oid(`${SUBJECT_ALTERNATIVE_OTHER_NAME}.${arc}`), context(0, utf8String(text)));
  const names = [
    otherName(1, holder.name),
    otherName(4, holder.birthDate),
    otherName(3, holder.sex),
    otherName(5, holder.address),
    otherName(2, holder.nameSubstitutions),
    otherName(6, holder.addressSubstitutions),
  ];
  return extension('2.5.29.17', false, sequence(...names));
}
