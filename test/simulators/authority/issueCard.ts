/** Makes a card: its keys, its two certificates out of this authority, and the file the virtual card runs from. */
import { randomInt, sign, type KeyObject } from 'node:crypto';
import type { CivilDate } from '#templates/vocabulary.ts';
import { ageOn } from '#templates/civilTime.ts';
import {
  cardFileSchema,
  type CardData,
  type CardKeyPair,
  type CardState,
} from '#simulators/card/cardFile.ts';
import { rsaPublicKeyTemplate, signedTextDigests } from '#simulators/card/textApplication.ts';
import { tlv } from '#simulators/card/tlv.ts';
import { fourByteSerial } from './authorityCertificates.ts';
import type { Authority, Generation } from './authority.ts';
import { issueAuthenticationCertificate, issueSignatureCertificate } from './cardCertificates.ts';
import type { CertificateVariant } from './certificateVariant.ts';
import { newRsaKey, pemOf } from './certificate.ts';
import type { CertificateLink } from './issuedIndex.ts';
import type { Place } from './profile.ts';
import { civilDateOf, endOfBirthday } from './validity.ts';

export interface CardOrder {
  readonly holder: {
    /** 姓 U+3000 名 */
    readonly name: string;
    readonly address: string;
    readonly birthDate: CivilDate;
    readonly sex: 'male' | 'female' | 'not-applicable';
  };
  /** 市区町村コード, five digits or six with the check digit */
  readonly municipalityCode: string;
  readonly place?: Place;
  /** four digits; default 1234 */
  readonly pin?: string;
  /** 6-16 of A-Z 0-9; default ABC123 */
  readonly password?: string;
  /** 製造番号, 15 digits; default random */
  readonly cardSerial?: string;
  /** 発行番号 of the 利用者証明用 certificate, 8 hexadecimal digits; default random */
  readonly certificateSerial?: string;
  /** expiry of the card; default the 10th birthday from now, the 5th under 18 */
  readonly expiry?: CivilDate;
  readonly individualNumber?: string;
  readonly securityCode?: string;
  readonly atr?: string;
  readonly generation?: Generation;
  /** what the card is as a whole; default valid */
  readonly state?: CardState;
  readonly kind?: CardData['kind'];
  /** how the 利用者証明用 certificate deviates; default follows from state */
  readonly variant?: CertificateVariant;
  readonly signatureVariant?: CertificateVariant;
  /** no 署名用 certificate; default: under 15 (card.md 3.5) */
  readonly withoutSignature?: boolean;
  readonly replacements?: Readonly<Record<string, string>>;
  readonly counters?: CardData['counters'];
  readonly certificateFiller?: number;
}

export interface IssuedCard {
  readonly card: CardData;
  readonly authentication: CertificateLink;
  readonly signature: CertificateLink | null;
}

const ATR_CONTACTLESS = '3b888001000041e0b381a1003b';
const ATR_JUKI = '3b888001000014e0b38191005e';
const DEFAULT_PLACE: Place = { prefecture: 'Mihon-ken', city: 'Mihon-shi' };
const SEX_CODES = { male: '1', female: '2', 'not-applicable': '9' } as const;
const AGE_OF_MAJORITY = 18;
const AGE_OF_SIGNATURE = 15;

/** Issues the certificates, enters them into the index and returns the card. Throws ZodError for values no card can hold. */
export async function issueCard(authority: Authority, order: CardOrder): Promise<IssuedCard> {
  const now = authority.clock();
  const today = civilDateOf(now);
  const state = order.state ?? 'valid';
  const variant = order.variant ?? variantOf(state);
  const age = ageOn(order.holder.birthDate, today);
  const expiry =
    order.expiry ?? civilDateOf(endOfBirthday(order.holder.birthDate, now, age >= AGE_OF_MAJORITY ? 10 : 5));
  const withoutSignature =
    order.withoutSignature ?? (state === 'no-signature-certificate' || age < AGE_OF_SIGNATURE);
  const generation = order.generation ?? 2;
  const common = { order, now, expiry, generation, place: order.place ?? DEFAULT_PLACE };
  const [authenticationKey, signatureKey] = await Promise.all([
    newRsaKey(),
    withoutSignature ? undefined : newRsaKey(),
  ]);
  const authentication = await issueAuthenticationCertificate(authority, {
    ...common,
    variant,
    key: authenticationKey,
    serial: order.certificateSerial ? Buffer.from(order.certificateSerial, 'hex') : fourByteSerial(),
  });
  const signature = !signatureKey
    ? null
    : await issueSignatureCertificate(authority, {
        ...common,
        variant: order.signatureVariant ?? variant,
        key: signatureKey,
        serial: fourByteSerial(),
      });
  const card = cardFileSchema.parse({
    ...cardFacts(order, state, expiry),
    authentication,
    signature,
    authenticationCa: authority.ca('user-authentication', generation).certificate.toString('base64'),
    signatureCa: authority.ca('digital-signature', generation).certificate.toString('base64'),
    issuerData: issuerData(authority, order, individualNumberOf(order)),
  });
  return { card, authentication: linkOf(authentication), signature: signature && linkOf(signature) };
}

function linkOf({ issuerKeyId, serial }: CardKeyPair): CertificateLink {
  return { issuerKeyId, serial };
}

function variantOf(state: CardState): CertificateVariant {
  switch (state) {
    case 'expired':
    case 'revoked':
    case 'suspended':
      return state;
    case 'valid':
    case 'blocked':
    case 'no-signature-certificate':
    case 'juki':
    case 'smartphone':
      return 'good';
  }
}

function kindOf(state: CardState): CardData['kind'] {
  if (state === 'juki') return 'juki';
  return state === 'smartphone' ? 'android' : 'my-number';
}

function cardFacts(order: CardOrder, state: CardState, expiry: CivilDate) {
  const pin = order.pin ?? '1234';
  const kind = order.kind ?? kindOf(state);
  return {
    version: 1,
    kind,
    state,
    atr: order.atr ?? (kind === 'juki' ? ATR_JUKI : ATR_CONTACTLESS),
    cardSerial: order.cardSerial ?? randomDigits(15),
    municipalityCode: order.municipalityCode.slice(0, 5),
    expiry,
    securityCode: order.securityCode ?? randomDigits(4),
    individualNumber: individualNumberOf(order),
    holder: {
      name: order.holder.name,
      address: order.holder.address,
      birthDate: order.holder.birthDate,
      sex: SEX_CODES[order.holder.sex],
    },
    pins: {
      authentication: pin,
      signature: order.password ?? 'ABC123',
      text: pin,
      resident: pin,
      common: pin,
    },
    counters: order.counters ?? (state === 'blocked' ? { 'jpki-0018': 0 } : {}),
    certificateFiller: order.certificateFiller ?? 0,
  };
}

/** 123456789018: the check digit is right and the sequence is nobody's. */
function individualNumberOf(order: CardOrder): string {
  return order.individualNumber ?? '123456789018';
}

function issuerData(
  authority: Authority,
  order: CardOrder,
  individualNumber: string,
): CardData['issuerData'] {
  const holder = { ...order.holder, sex: SEX_CODES[order.holder.sex] };
  const deviceKey = pemOf(authority.deviceKey);
  const signedBy = (key: KeyObject, bytes: Buffer): string => sign('sha256', bytes, key).toString('base64');
  return {
    deviceKey,
    textSignature: signedBy(authority.cardIssuerKey, signedTextDigests({ holder, individualNumber })),
    verifiableCertificate: cardVerifiableCertificate(authority.cardIssuerKey).toString('base64'),
    deviceKeySignature: signedBy(authority.cardIssuerKey, rsaPublicKeyTemplate(deviceKey)),
  };
}

/** 7F21 { 5F4E: issuer key id, subject key id, public key; 5F37: signature } of 568 bytes (card.md 2.9, EF 0004). */
function cardVerifiableCertificate(key: KeyObject): Buffer {
  const keyId = Buffer.from('4a504b494d4f434b0000000000000001', 'hex');
  const body = Buffer.concat([keyId, keyId, rsaPublicKeyTemplate(pemOf(key))]);
  return tlv(0x7f21, tlv(0x5f4e, body), tlv(0x5f37, sign('sha256', body, key)));
}

function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
