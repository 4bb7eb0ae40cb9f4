/** The rows of the registers: their schema, what tells one from another, and whose they are. Pure. */
import { z } from 'zod';
import { addressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import { familyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import { householdEntry, residentEntry, residentId } from '#templates/datasets/residentRegister.ts';
import { sealRegistrationEntry } from '#templates/datasets/sealRegistration.ts';
import { taxRecordEntry } from '#templates/datasets/taxation.ts';
import { taxPaymentEntry } from '#templates/datasets/taxPayment.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { registerEntities, type FeedEntity, type FeedRegister } from '../contract/registerFeed.ts';

/** SHA-256 of the issuing CA's SPKI, hex */
const issuerKeyId = z.string().regex(/^[0-9a-f]{64}$/, '認証局の鍵のSHA-256（16進64けた）ではありません');
/** lower case hex without leading zero bytes */
const serial = z.string().regex(/^(?!00.)[0-9a-f]{2,40}$/, '発行番号（小文字の16進）ではありません');

/** The tie between a 利用者証明用電子証明書 and its holder; a renewal (更新) names the pair it takes the place of. */
export const certificateLinkEntry = z.strictObject({
  issuerKeyId,
  serial,
  residentId,
  registeredOn: civilDate,
  replaces: z.strictObject({ issuerKeyId, serial }).optional(),
});
export type CertificateLinkEntry = z.infer<typeof certificateLinkEntry>;

/** 支援措置: both days included; open when `toDay` is null. */
export const restrictionEntry = z.strictObject({
  residentId,
  fromDay: civilDate,
  toDay: civilDate.nullable(),
});
export type RestrictionEntry = z.infer<typeof restrictionEntry>;

export interface EntityRows {
  readonly household: z.infer<typeof householdEntry>;
  readonly resident: z.infer<typeof residentEntry>;
  readonly seal: z.infer<typeof sealRegistrationEntry>;
  readonly 'tax-record': z.infer<typeof taxRecordEntry>;
  readonly 'tax-payment': z.infer<typeof taxPaymentEntry>;
  readonly 'family-register': z.infer<typeof familyRegisterEntry>;
  readonly 'address-history': z.infer<typeof addressHistoryEntry>;
  readonly restriction: RestrictionEntry;
  readonly 'certificate-link': CertificateLinkEntry;
}

const schemas: { readonly [Entity in FeedEntity]: z.ZodType<EntityRows[Entity]> } = {
  household: householdEntry,
  resident: residentEntry,
  seal: sealRegistrationEntry,
  'tax-record': taxRecordEntry,
  'tax-payment': taxPaymentEntry,
  'family-register': familyRegisterEntry,
  'address-history': addressHistoryEntry,
  restriction: restrictionEntry,
  'certificate-link': certificateLinkEntry,
};
export const schemaOf = <Entity extends FeedEntity>(entity: Entity): z.ZodType<EntityRows[Entity]> =>
  schemas[entity];

/** Fields that tell one row of an entity from another; the order is that of the key. */
export const keyFields: Readonly<Record<FeedEntity, readonly string[]>> = {
  household: ['householdId'],
  resident: ['residentId'],
  seal: ['residentId'],
  'tax-record': ['residentId', 'taxYear'],
  'tax-payment': ['residentId', 'taxYear'],
  'family-register': ['familyRegisterId'],
  'address-history': ['familyRegisterId'],
  restriction: ['residentId', 'fromDay'],
  'certificate-link': ['issuerKeyId', 'serial'],
};

/** 年度 is a number, every other part of a key an id or a day. */
const isKeyPart = (field: string, part: unknown): boolean =>
  field === 'taxYear'
    ? Number.isInteger(part) && Number(part) > 0 && Number(part) < 10_000
    : typeof part === 'string' && /^[a-z0-9-]{1,64}$/.test(part);

/** e.g. `taro/2026`; undefined when a field is missing or can be no part of a key. */
export function keyOf(entity: FeedEntity, row: Readonly<Record<string, unknown>>): string | undefined {
  const fields = keyFields[entity];
  return fields.every((field) => isKeyPart(field, row[field]))
    ? fields.map((field) => row[field]).join('/')
    : undefined;
}

export const isEntityOf = (register: FeedRegister, entity: string): entity is FeedEntity =>
  (registerEntities[register] as readonly string[]).includes(entity);

/** Texts of a row that may be printed: pictures are none. */
export function textsOf(entity: FeedEntity, row: Readonly<Record<string, unknown>>): object {
  if (entity === 'restriction' || entity === 'certificate-link') return {};
  if (entity !== 'seal') return row;
  const { imprint: _picture, ...texts } = row;
  return texts;
}
