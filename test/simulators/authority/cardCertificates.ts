/** The two end-entity certificates of a card, regular or deviating, entered into the index of their CA. */
import { createPublicKey, randomInt, randomBytes, type KeyObject } from 'node:crypto';
import type { CardKeyPair } from '#simulators/card/cardFile.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { Authority, CertificationAuthority, Generation } from './authority.ts';
import { issueCertificate, keyIdentifier, newRsaKey, pemOf } from './certificate.ts';
import { deviationsOf, statusOfVariant, type CertificateVariant } from './certificateVariant.ts';
import { distinguishedName } from './der.ts';
import type { CardOrder } from './issueCard.ts';
import {
  digitalSignatureExtensions,
  userAuthenticationExtensions,
  type CardCertificateProfile,
  type CertificatePurpose,
  type Place,
} from './profile.ts';
import { substitute } from './substitution.ts';
import { endOfBirthday, endOfCivilDate, yearsLater } from './validity.ts';

export interface CertificateOrder {
  readonly order: CardOrder;
  readonly now: number;
  readonly expiry: CivilDate;
  readonly generation: Generation;
  readonly place: Place;
  readonly variant: CertificateVariant;
  readonly key: KeyObject;
  readonly serial: Buffer;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** 利用者証明用電子証明書: no personal data in it. */
export function issueAuthenticationCertificate(
  authority: Authority,
  wanted: CertificateOrder,
): Promise<CardKeyPair> {
  const municipality = wanted.order.municipalityCode.slice(0, 5);
  const commonName = `${randomDigits(6)}${randomLetters(8)}${municipality}${randomDigits(3)}A`;
  const subject = distinguishedName(['C', 'JP'], ['CN', commonName]);
  return issue(authority, 'user-authentication', wanted, subject, (profile) =>
    userAuthenticationExtensions(profile, deviationsOf(wanted.variant)),
  );
}

/** 署名用電子証明書: the basic four items of the holder stand in its subjectAltName. */
export function issueSignatureCertificate(
  authority: Authority,
  wanted: CertificateOrder,
): Promise<CardKeyPair> {
  const { holder, replacements } = wanted.order;
  const name = substitute(holder.name, replacements);
  const address = substitute(holder.address, replacements);
  const requested = new Date(wanted.now).toISOString().slice(0, 19).replace(/\D/g, '');
  const subject = distinguishedName(
    ['C', 'JP'],
    ['L', wanted.place.prefecture],
    ['L', wanted.place.city],
    ['CN', `${requested}${randomDigits(5)}${randomDigits(9)}`],
  );
  const signatureHolder = {
    name: name.text,
    nameSubstitutions: name.positions,
    address: address.text,
    addressSubstitutions: address.positions,
    birthDate: `${eraDigit(holder.birthDate)}${holder.birthDate.replaceAll('-', '')}`,
    sex: { male: '1', female: '2', 'not-applicable': '3' }[holder.sex],
  };
  return issue(authority, 'digital-signature', wanted, subject, (profile) =>
    digitalSignatureExtensions(profile, signatureHolder, deviationsOf(wanted.variant)),
  );
}

async function issue(
  authority: Authority,
  purpose: CertificatePurpose,
  wanted: CertificateOrder,
  subject: Buffer,
  extensionsFor: (profile: CardCertificateProfile) => Buffer[],
): Promise<CardKeyPair> {
  const { variant, serial } = wanted;
  const ca =
    variant === 'unknown-ca' ? authority.impostor(purpose) : authority.ca(purpose, wanted.generation);
  const publicKey = createPublicKey(variant === 'other-key' ? await newRsaKey() : wanted.key);
  const certificate = issueCertificate({
    serial,
    issuer: ca.name,
    subject,
    ...validity(wanted, ca),
    publicKey,
    extensions: extensionsFor({
      place: wanted.place,
      ocspUrl: authority.ocspUrl,
      authorityKeyId: ca.subjectKeyId,
      authoritySerial: ca.serial,
      subjectKeyId: keyIdentifier(publicKey),
    }),
    signingKey: ca.key,
  });
  if (variant === 'broken-signature')
    certificate.writeUInt8(certificate.readUInt8(certificate.length - 1) ^ 1, certificate.length - 1);
  const link = { issuerKeyId: ca.issuerKeyId, serial: serial.toString('hex') };
  authority.index.add(link, { purpose, status: statusOfVariant(variant, wholeSecond(wanted.now)) });
  return { key: pemOf(wanted.key), certificate: certificate.toString('base64'), ...link };
}

/** To the fifth birthday, the card's expiry or the CA's, whichever comes first. */
function validity({ variant, order, now, expiry }: CertificateOrder, ca: CertificationAuthority) {
  const { birthDate } = order.holder;
  const notAfter = Math.min(endOfBirthday(birthDate, now, 5), endOfCivilDate(expiry), ca.notAfter);
  if (variant === 'not-yet-valid') return { notBefore: wholeSecond(now) + DAY_MS, notAfter };
  if (variant !== 'expired') return { notBefore: wholeSecond(now), notAfter };
  const lastBirthday = [0, -1].map((n) => endOfBirthday(birthDate, now, n)).find((end) => end < now);
  const expired = Math.min(lastBirthday ?? 0, endOfCivilDate(expiry));
  return { notBefore: yearsLater(expired, -5), notAfter: expired };
}

/** First digit of 生年月日 in the certificate: 1 明治, 2 大正, 3 昭和, 4 平成, 5 令和, 0 unknown. */
function eraDigit(birthDate: CivilDate): number {
  const starts = ['1868-01-25', '1912-07-30', '1926-12-25', '1989-01-08', '2019-05-01'];
  return starts.filter((day) => birthDate >= day).length;
}

function wholeSecond(instantMs: number): number {
  return instantMs - (instantMs % 1000);
}

function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}

function randomLetters(count: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return [...randomBytes(count)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
