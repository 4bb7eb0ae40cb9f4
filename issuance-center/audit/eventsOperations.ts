/** Audit events of: whose data a certificate shows, disclosure, kiosks in trouble, reports of wrong certificates. */
import { z } from 'zod';
import { issueNumber, municipalityCode } from '#templates/vocabulary.ts';
import { reporterIds, stepIds } from '../console/cases/steps.ts';

const count = z.number().int().min(0);
const staffId = z.uuid();
/** 受付番号: of a request on paper */
const caseOf = { municipality: municipalityCode, staffId, case: z.uuid() };
const requestNumber = z.string().regex(/^[0-9A-Za-z-]{1,40}$/);

export const eventsOperations = {
  'resident-searched': z.strictObject({
    municipality: municipalityCode,
    staffId,
    requestNumber,
    found: count,
  }),
  'case-opened': z.strictObject({ ...caseOf, reportedBy: z.enum(reporterIds) }),
  'case-step-taken': z.strictObject({
    ...caseOf,
    step: z.enum(stepIds),
    value: z.string().regex(/^[a-z-]{1,40}$/),
  }),
  'case-certificate-named': z.strictObject({ ...caseOf, issueNumber }),
  'case-closed': z.strictObject(caseOf),
  'disclosure-made': z.strictObject({
    municipality: municipalityCode,
    staffId,
    requestNumber,
    residentId: z.string().regex(/^[a-z0-9-]{1,64}$/),
    certificates: count,
  }),
} as const;
