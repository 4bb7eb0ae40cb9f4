/** 誤交付の報告とその後の手順. */
import { z } from 'zod';
import { issueNumber } from '#templates/vocabulary.ts';
import { reporterIds, stepIds } from '../../console/cases/steps.ts';
import { issuedRow } from './issued.ts';

const instant = z.iso.datetime();
const person = z.string().nullable();

export const caseRequest = z.object({
  reportedBy: z.enum(reporterIds),
  happenedAt: instant.nullable(),
  kioskId: z.string().max(64).nullable(),
  issueNumber: issueNumber.nullable(),
});
export const caseId = z.object({ id: z.uuid() });
export const opened = z.object({ id: z.uuid() });
export const caseSummary = z.object({
  id: z.uuid(),
  number: z.number().int(),
  openedAt: instant,
  openedBy: person,
  reportedBy: z.enum(reporterIds),
  closedAt: instant.nullable(),
  closedBy: person,
});
export type CaseSummary = z.infer<typeof caseSummary>;
export const cases = z.object({ cases: z.array(caseSummary) });
export const caseDetail = caseSummary.extend({
  happenedAt: instant.nullable(),
  kioskId: z.string().nullable(),
  issueNumber: issueNumber.nullable(),
  steps: z.array(
    z.object({ step: z.enum(stepIds), value: z.string(), words: z.string(), at: instant, by: person }),
  ),
  /** the certificate that was named, and what that kiosk made around that time */
  nearby: z.array(issuedRow),
  missing: z.array(z.string()),
  /** the one who is signed in has opened it: somebody else closes it */
  own: z.boolean(),
});
export type CaseDetail = z.infer<typeof caseDetail>;
export const stepRequest = z.object({ step: z.enum(stepIds), value: z.string().max(40) });
export const certificateRequest = z.object({ issueNumber });
export const done = z.object({ kind: z.literal('done') });
