/** Audit events of a municipality's configuration: versions, seals and fonts, stops, test issues. */
import { z } from 'zod';
import { certificateKindId, municipalityCode } from '#templates/vocabulary.ts';
import { stopReasonIds } from '../configuration/stopReasons.ts';

/** of a staff account, or the operator of the center by command */
export const staffActor = z.union([z.uuid(), z.literal('operator')]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const number = z.number().int().min(1);
const version = { municipality: municipalityCode, number, staffId: staffActor };
const kioskId = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64);

export const eventsConfiguration = {
  'version-drafted': z.strictObject({ ...version, base: number.nullable() }),
  'version-saved': z.strictObject({ ...version, digest: sha256 }),
  'version-discarded': z.strictObject(version),
  'version-proposed': z.strictObject({ ...version, digest: sha256 }),
  'version-rejected': z.strictObject(version),
  'version-approved': z.strictObject({ ...version, digest: sha256, effectiveAt: z.iso.datetime() }),
  'version-withdrawn': z.strictObject(version),
  'asset-added': z.strictObject({
    municipality: municipalityCode,
    staffId: staffActor,
    kind: z.enum(['seal', 'character-font']),
    digest: sha256,
  }),
  'issuing-stopped': z.strictObject({
    municipality: municipalityCode,
    kind: certificateKindId.nullable(),
    reason: z.enum(stopReasonIds),
    staffId: staffActor,
  }),
  'stop-lifted': z.strictObject({
    municipality: municipalityCode,
    kind: certificateKindId.nullable(),
    staffId: staffActor,
  }),
  'test-issue-requested': z.strictObject({
    ...version,
    kioskId,
    kind: certificateKindId,
    testIssue: z.uuid(),
  }),
  'test-issue-fetched': z.strictObject({ municipality: municipalityCode, kioskId, testIssue: z.uuid() }),
  'test-issue-ended': z.strictObject({
    municipality: municipalityCode,
    testIssue: z.uuid(),
    outcome: z.enum(['printed', 'not-printed', 'unknown', 'cancelled', 'expired']),
    /** who took it back */
    staffId: staffActor.optional(),
  }),
} as const;
