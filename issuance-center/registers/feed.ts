/**
 * What a municipality's register feed brings. Every row is parsed with the dataset's own schema at the door; after it,
 * rows are trusted.
 */
import { z } from 'zod';
import { householdEntry, residentEntry, residentId } from '#templates/datasets/residentRegister.ts';
import { civilDate } from '#templates/vocabulary.ts';

/** The tie between a 利用者証明用電子証明書 and its holder, made when the card was handed over. */
export const certificateLinkEntry = z.strictObject({
  /** SHA-256 of the issuing CA's SPKI, hex */
  issuerKeyId: z.string().regex(/^[0-9a-f]{64}$/),
  /** lower case hex without leading zero bytes */
  serial: z.string().regex(/^(?!00.)[0-9a-f]{2,40}$/),
  residentId,
  registeredOn: civilDate,
});
export type CertificateLinkEntry = z.infer<typeof certificateLinkEntry>;

/** 支援措置: both days included; open when `toDay` is null. */
export const restrictionEntry = z.strictObject({
  residentId,
  fromDay: civilDate,
  toDay: civilDate.nullable(),
});
export type RestrictionEntry = z.infer<typeof restrictionEntry>;

export const registerFeed = z.strictObject({
  households: z.array(householdEntry),
  residents: z.array(residentEntry),
  links: z.array(certificateLinkEntry),
  restrictions: z.array(restrictionEntry),
});
export type RegisterFeed = z.infer<typeof registerFeed>;
export type RegisterFeedInput = z.input<typeof registerFeed>;
