/**
 * The catalogue of audit events: every type declares its fields, and there are no others. A name, a PIN, an individual
 * number or a document has no field to go into. Refusals of the shared counter group carry the group only: why the
 * municipality withholds a certificate is not written anywhere but in its own register (operations.md 4).
 */
import { z } from 'zod';
import { noticeCode } from '#templates/notices/notices.ts';
import { certificateKindId, civilDate, issueNumber, municipalityCode, yen } from '#templates/vocabulary.ts';
import { identityReasons } from '../identity/reasons.ts';
import { withdrawalReasonIds } from '../verification/withdrawalReasons.ts';
import { outputIds } from '../issuing/accounted.ts';
import { eventsConfiguration, staffActor } from './eventsConfiguration.ts';
import { eventsCounter } from './eventsCounter.ts';
import { eventsDomicile } from './eventsDomicile.ts';
import { eventsFeeds } from './eventsFeeds.ts';
import { eventsOperations } from './eventsOperations.ts';
import { eventsStaff } from './eventsStaff.ts';

const kioskId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const uuid = z.string().uuid();

/** Why a certificate was not prepared, or an offer not made. */
export const issuingReasons = [
  'session-not-authenticated',
  'request-repeated',
  'municipality-not-the-holders',
  /** 本籍地: the 戸籍 does not hold the registered person any more */
  'registration-ended',
  /** 本籍地: its registers are not known up to now */
  'register-not-known',
  'municipality-stopped-by-alarm',
  'service-closed',
  /** 緊急停止 by the municipality */
  'service-stopped',
  'kind-not-offered',
  'register-too-old',
  'rule',
  /** every cause that lies with the municipality, 支援措置 among them: one word for all */
  'counter',
  'options-not-offered',
  'register-changed-meanwhile',
  'timed-out',
  'rendering-failed',
  'receipt-not-possible',
] as const;
export type IssuingReason = (typeof issuingReasons)[number];

export const auditEvents = {
  'center-started': z.strictObject({
    mode: z.enum(['demo', 'production']),
    templates: sha256,
    anchors: z.array(sha256),
  }),
  'center-stopped': z.strictObject({}),
  'kiosk-enrolled': z.strictObject({ kioskId, fingerprint: sha256 }),
  'kiosk-revoked': z.strictObject({ kioskId, fingerprint: sha256 }),
  'kiosk-refused': z.strictObject({ fingerprint: sha256, reason: z.enum(['unknown', 'revoked']) }),
  'holder-authenticated': z.strictObject({
    kioskId,
    sessionId: uuid,
    municipality: municipalityCode,
    holderFingerprint: sha256,
  }),
  'authentication-refused': z.strictObject({
    kioskId,
    sessionId: uuid,
    notice: noticeCode,
    reason: z.enum(identityReasons),
  }),
  'offer-refused': z.strictObject({
    kioskId,
    sessionId: uuid,
    notice: noticeCode,
    reason: z.enum(issuingReasons),
  }),
  'offer-made': z.strictObject({
    kioskId,
    sessionId: uuid,
    municipality: municipalityCode,
    offered: z.array(certificateKindId),
    withheld: z.array(z.strictObject({ kind: certificateKindId, notice: noticeCode })),
  }),
  'certificate-prepared': z.strictObject({
    issueNumber,
    kioskId,
    sessionId: uuid,
    requestId: uuid,
    municipality: municipalityCode,
    kind: certificateKindId,
    issueDate: civilDate,
    fee: yen,
    pages: z.number().int().min(1),
    documentSha256: sha256,
    templateDigest: sha256,
    holderFingerprint: sha256,
  }),
  'certificate-refused': z.strictObject({
    kioskId,
    sessionId: uuid,
    requestId: uuid,
    municipality: municipalityCode,
    kind: certificateKindId,
    notice: noticeCode,
    reason: z.enum(issuingReasons),
  }),
  'certificate-printed': z.strictObject({ issueNumber, kioskId, paid: yen, sheets: z.number().int().min(1) }),
  'certificate-voided': z.strictObject({
    issueNumber,
    kioskId,
    reason: z.enum([
      'cancelled',
      'timed-out',
      'declined',
      'print-failed',
      'check-failed',
      'recovered',
      'request-repeated',
    ]),
    refunded: yen,
  }),
  /** 領収書 of these certificates of one visit; `total` in yen */
  'receipt-made': z.strictObject({
    kioskId,
    sessionId: uuid,
    issueNumbers: z.array(issueNumber).min(1),
    total: yen,
  }),
  'certificate-overdue': z.strictObject({ issueNumber, kioskId }),
  'certificate-withdrawn': z.strictObject({
    issueNumber,
    municipality: municipalityCode,
    reason: z.enum(withdrawalReasonIds),
    staffId: staffActor,
  }),
  'municipality-key-added': z.strictObject({
    municipality: municipalityCode,
    keyId: z.string().regex(/^\d{6}-[A-Za-z0-9_-]{8}$/),
    from: civilDate,
  }),
  'settlement-conflict': z.strictObject({
    issueNumber,
    kioskId,
    wanted: z.enum(['printed', 'void']),
    state: z.enum(['printed', 'void']),
  }),
  'alarm-raised': z.strictObject({
    kioskId: kioskId.nullable(),
    municipality: municipalityCode.nullable(),
    finding: z.string().regex(/^[a-z]+$/),
    issueNumber: issueNumber.nullable(),
  }),
  'alarm-closed': z.strictObject({
    kioskId: kioskId.nullable(),
    municipality: municipalityCode.nullable(),
    alarm: z.number().int(),
    output: z.enum(outputIds),
    staffId: staffActor,
  }),
  'municipality-joined': z.strictObject({ municipality: municipalityCode }),
  ...eventsConfiguration,
  ...eventsStaff,
  ...eventsFeeds,
  ...eventsOperations,
  ...eventsCounter,
  ...eventsDomicile,
} as const;

export type AuditEventType = keyof typeof auditEvents;
export type AuditFields<Type extends AuditEventType> = z.infer<(typeof auditEvents)[Type]>;
/** What a caller passes: brands are put on by the schema. */
export type AuditInput<Type extends AuditEventType> = z.input<(typeof auditEvents)[Type]>;
