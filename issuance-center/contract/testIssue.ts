/**
 * 見本の印刷 on the kiosk API. A specimen is signed under a tag of its own: it can never pass for a certificate's manifest.
 *
 *   GET  /v1/test-issues                what waits for this kiosk
 *   POST /v1/test-issues/:id/document   fetch one, once
 *   POST /v1/test-issues/:id/outcome    what became of the paper (idempotent)
 */
import { z } from 'zod';
import { certificateKindId, municipalityCode } from '#templates/vocabulary.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const waitingTestIssue = z.object({
  id: z.uuid(),
  municipality: municipalityCode,
  municipalityName: z.string(),
  kind: certificateKindId,
  /** 証明書名 */
  label: z.string(),
  requestedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type WaitingTestIssue = z.infer<typeof waitingTestIssue>;
export const testIssuesResponse = z.object({
  kind: z.literal('test-issues'),
  items: z.array(waitingTestIssue),
});

export const SPECIMEN_TAG = 'certificate-kiosk/specimen/v1\0';
/** The center's signed word on one specimen. */
export const specimenManifest = z.object({
  version: z.literal(1),
  specimen: z.literal(true),
  testIssueId: z.uuid(),
  kioskId: z.string(),
  /** pages of the PDF, backs included */
  pages: z.number().int().min(1),
  sheets: z.number().int().min(1),
  documentSha256: sha256,
  expiresAt: z.iso.datetime(),
});
export type SpecimenManifest = z.infer<typeof specimenManifest>;
export const specimenResponse = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('specimen'),
    /** JSON of `specimenManifest`, the exact bytes that were signed after SPECIMEN_TAG */
    payload: z.string(),
    /** Ed25519, base64 */
    signature: base64,
    document: base64,
  }),
  /** it waits no longer: fetched, taken back or too old */
  z.object({ kind: z.literal('not-there') }),
]);

export const testIssueOutcome = z.enum(['printed', 'not-printed', 'unknown']);
export type TestIssueOutcome = z.infer<typeof testIssueOutcome>;
export const testIssueOutcomeRequest = z.object({ outcome: testIssueOutcome });
export const testIssueOutcomeResponse = z.object({ kind: z.enum(['noted', 'unknown-test-issue']) });
