/**
 * What a municipality's register feed brings. Every row is parsed with the dataset's own schema at the door; after it,
 * rows are trusted.
 */
import { z } from 'zod';
import { addressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import { familyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import { householdEntry, residentEntry, residentId } from '#templates/datasets/residentRegister.ts';
import { sealRegistrationEntry } from '#templates/datasets/sealRegistration.ts';
import { taxRecordEntry } from '#templates/datasets/taxation.ts';
import { taxPaymentEntry } from '#templates/datasets/taxPayment.ts';
import { civilDate, municipalityCode, registerId } from '#templates/vocabulary.ts';

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

const instant = z.iso.datetime({ offset: true });

/**
 * What of a register a feed covers: every change after `since` (null: the whole register) up to `until` is in it. Said
 * also when nothing changed, since silence cannot be told from a lost feed (operations.md 7, T6).
 */
export const feedCoverage = z
  .strictObject({
    municipality: municipalityCode,
    register: registerId,
    since: instant.nullable(),
    until: instant,
  })
  .refine(
    ({ since, until }) => since === null || Date.parse(since) <= Date.parse(until),
    'ends before it begins',
  );
export type FeedCoverage = z.infer<typeof feedCoverage>;

export const registerFeed = z.strictObject({
  households: z.array(householdEntry),
  residents: z.array(residentEntry),
  links: z.array(certificateLinkEntry),
  restrictions: z.array(restrictionEntry),
  seals: z.array(sealRegistrationEntry).default([]),
  taxRecords: z.array(taxRecordEntry).default([]),
  taxPayments: z.array(taxPaymentEntry).default([]),
  familyRegisters: z.array(familyRegisterEntry).default([]),
  addressHistories: z.array(addressHistoryEntry).default([]),
  covers: z.array(feedCoverage).default([]),
});
export type RegisterFeed = z.infer<typeof registerFeed>;
export type RegisterFeedInput = z.input<typeof registerFeed>;
