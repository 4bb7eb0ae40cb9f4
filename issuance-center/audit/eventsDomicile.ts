/** Audit events of 本籍地 applications and registrations. No name, no address: number, municipality, opaque ids. */
import { z } from 'zod';
import { noticeCode } from '#templates/notices/notices.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import {
  applicationChannels,
  applicationNumber,
  applicationRefusals,
} from '../contract/domicileApplication.ts';
import type { RegistrationEnd } from '../database/schemaDomicile.ts';

const application = { municipality: municipalityCode, application: applicationNumber };
const byStaff = { ...application, staffId: z.uuid() };
const channel = z.enum(applicationChannels);
const kioskId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64)
  .nullable();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const registrationEnds = [
  'certificate-replaced',
  'certificate-revoked',
  'certificate-expired',
  'holder-changed',
  'register-changed',
  'withdrawn',
  'by-municipality',
] as const satisfies readonly RegistrationEnd[];

export const eventsDomicile = {
  'application-received': z.strictObject({
    ...application,
    channel,
    kioskId,
    holderFingerprint: sha256,
    cmsSha256: sha256,
  }),
  'application-not-taken': z.strictObject({
    municipality: municipalityCode.nullable(),
    channel,
    kioskId,
    notice: noticeCode,
    reason: z.string().regex(/^[a-z0-9-]{1,60}$/),
  }),
  'application-status-asked': z.strictObject({ found: z.boolean(), channel }),
  'application-withdrawn': z.strictObject({ ...application, channel }),
  'application-expired': z.strictObject({
    ...application,
    /** why nobody can decide it any more */
    reason: z.enum(['not-decided', ...registrationEnds]),
  }),
  /** an officer has it; nobody else can take it */
  'application-taken': z.strictObject(byStaff),
  'application-released': z.strictObject(byStaff),
  /** the signed data and the candidates were shown */
  'application-shown': z.strictObject({ ...byStaff, candidates: z.number().int().min(0) }),
  /** another 戸籍 was searched for by hand, and what was found was shown */
  'application-searched': z.strictObject({ ...byStaff, candidates: z.number().int().min(0) }),
  'application-asked': z.strictObject(byStaff),
  'application-accepted': z.strictObject({ ...byStaff, registration: z.number().int() }),
  'application-refused': z.strictObject({ ...byStaff, reason: z.enum(applicationRefusals) }),
  'registration-ended': z.strictObject({
    ...application,
    /** of the officer who ended it; absent: it ended by itself */
    staffId: z.uuid().optional(),
    reason: z.enum(registrationEnds),
  }),
} as const;
