/** Audit events of: cards tied to a seal registration at the counter. */
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';

const seal = {
  municipality: municipalityCode,
  staffId: z.uuid(),
  residentId: z.string().regex(/^[a-z0-9-]{1,64}$/),
};
/** SHA-256 of the certificate, hex */
const holderFingerprint = z.string().regex(/^[0-9a-f]{64}$/);

export const eventsCounter = {
  'seal-searched': z.strictObject({
    municipality: municipalityCode,
    staffId: z.uuid(),
    found: z.number().int().min(0),
  }),
  /** name and imprint were shown */
  'seal-shown': z.strictObject(seal),
  'seal-card-linked': z.strictObject({ ...seal, holderFingerprint, consented: z.literal(true) }),
  'seal-card-refused': z.strictObject({ ...seal, reason: z.string().regex(/^[a-z-]{1,60}$/) }),
  'seal-card-ended': z.strictObject({ ...seal, link: z.number().int() }),
} as const;
