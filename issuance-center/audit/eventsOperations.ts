/** Audit events of: whose data a certificate shows, disclosure, kiosks in trouble, reports of wrong certificates. */
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';

const count = z.number().int().min(0);
const staffId = z.uuid();
/** 受付番号: of a request on paper */
const requestNumber = z.string().regex(/^[0-9A-Za-z-]{1,40}$/);

export const eventsOperations = {
  'resident-searched': z.strictObject({
    municipality: municipalityCode,
    staffId,
    requestNumber,
    found: count,
  }),
  'disclosure-made': z.strictObject({
    municipality: municipalityCode,
    staffId,
    requestNumber,
    residentId: z.string().regex(/^[a-z0-9-]{1,64}$/),
    certificates: count,
  }),
} as const;
