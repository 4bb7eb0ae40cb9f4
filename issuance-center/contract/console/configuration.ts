/** 証明書の種類: versions of the profile, drafts, approval, stops, seals and fonts, previews, test issues. */
import { z } from 'zod';
import { certificateKindId, civilDate, extent } from '#templates/vocabulary.ts';
import { stopReasonIds } from '../../configuration/stopReasons.ts';

export const versionState = z.enum(['draft', 'proposed', 'approved', 'rejected', 'withdrawn']);
const instant = z.iso.datetime();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
export const fault = z.object({ path: z.string(), reason: z.string() });
export type Fault = z.infer<typeof fault>;

/** A person as the console names one: the display name of a staff account. */
const person = z.string().nullable();

export const versionSummary = z.object({
  number: z.number().int().min(1),
  state: versionState,
  base: z.number().int().nullable(),
  note: z.string(),
  createdBy: person,
  createdAt: instant,
  proposedBy: person,
  proposedAt: instant.nullable(),
  decidedBy: person,
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
  effectiveAt: instant.nullable(),
  /** it is what counts now */
  inForce: z.boolean(),
});
export type VersionSummary = z.infer<typeof versionSummary>;

export const stop = z.object({
  id: z.number().int(),
  /** null: everything */
  kind: certificateKindId.nullable(),
  reason: z.enum(stopReasonIds),
  stoppedBy: person,
  stoppedAt: instant,
});
export type Stop = z.infer<typeof stop>;

export const overview = z.object({
  municipality: z.string(),
  municipalityName: z.string(),
  inForce: z.number().int().nullable(),
  startsOn: civilDate.nullable(),
  kinds: z.array(
    z.object({
      kind: certificateKindId,
      label: z.string(),
      fee: z.number().int().nullable(),
      hoursToday: z.string(),
      layout: z.string(),
      /** why it is not issued at this moment; null when it is */
      closed: z.string().nullable(),
    }),
  ),
  stops: z.array(stop),
  versions: z.array(versionSummary),
});
export type Overview = z.infer<typeof overview>;

const change = z.object({
  path: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type Change = z.infer<typeof change>;

/** A sample person that the version can show; none while it has faults. */
const sample = z.object({ kind: certificateKindId, sample: z.string(), extent });

export const version = versionSummary.extend({
  /** the profile as JSON; a draft's may be incomplete */
  profile: z.record(z.string(), z.unknown()),
  digest,
  revision: z.number().int(),
  faults: z.array(fault),
  /** against the version it follows */
  changes: z.array(change),
  /** the version it follows is not the one approved last any more */
  baseIsOld: z.boolean(),
  /** the one who is signed in had a hand in it and cannot approve it */
  ownWork: z.boolean(),
  samples: z.array(sample),
});
export type Version = z.infer<typeof version>;

/** What there is to choose from, for the form. */
export const choices = z.object({
  kinds: z.array(
    z.object({
      id: certificateKindId,
      label: z.string(),
      purpose: z.string(),
      needsTaxYears: z.boolean(),
      extents: z.array(z.object({ id: extent, label: z.string(), explanation: z.string() })),
      options: z.array(z.object({ id: z.string(), label: z.string(), explanation: z.string() })),
      layouts: z.array(z.string()),
      /** fields with a label on one of the forms, in its words */
      fields: z.array(z.object({ id: z.string(), label: z.string() })),
      /** what the kind begins with when it is switched on, by today */
      beginning: z.record(z.string(), z.unknown()),
    }),
  ),
  kiosks: z.array(z.string()),
});
export type Choices = z.infer<typeof choices>;

export const versionNumber = z.object({ number: z.coerce.number().int().min(1) });
export const startDraftRequest = z.object({
  /** null: from what was approved last, or from the beginning */
  from: z.number().int().min(1).nullable(),
});
export const startedDraft = z.object({ number: z.number().int() });
export const saveDraftRequest = z.object({
  revision: z.number().int().min(1),
  profile: z.record(z.string(), z.unknown()),
  rebase: z.boolean().optional(),
});
export const savedDraft = z.object({
  revision: z.number().int(),
  faults: z.array(fault),
  changes: z.array(change),
  samples: z.array(sample),
});
export const proposeRequest = z.object({ revision: z.number().int(), note: z.string().max(400) });
export const approveRequest = z.object({
  digest,
  /** from when; null: at once */
  effectiveAt: instant.nullable(),
});
export const rejectRequest = z.object({ reason: z.string().min(1).max(400) });
export const done = z.object({ kind: z.literal('done') });
export const stopRequest = z.object({ kind: certificateKindId.nullable(), reason: z.enum(stopReasonIds) });
export const stopId = z.object({ id: z.coerce.number().int() });
export const previewRequest = z.object({
  kind: certificateKindId,
  sample: z.string().max(80),
  include: z.array(z.string()).max(32).optional(),
  issueDate: civilDate.optional(),
});
export const uploadRequest = z.object({
  kind: z.enum(['seal', 'character-font']),
  bytes: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/),
});
export const uploaded = z.object({ name: z.string(), width: z.number().int(), height: z.number().int() });
export const asset = z.object({
  name: z.string(),
  kind: z.enum(['seal', 'character-font']),
  createdBy: person,
  createdAt: instant,
});
export const assets = z.object({ assets: z.array(asset) });
export const assetName = z.object({ name: z.string().regex(/^\d{6}-[0-9a-f]{16}\.(png|ttf)$/) });

export const testIssueRequest = z.object({
  kioskId: z.string().max(64),
  kind: certificateKindId,
  sample: z.string().max(80),
});
export const testIssue = z.object({
  id: z.uuid(),
  version: z.number().int(),
  kioskId: z.string(),
  kind: certificateKindId,
  label: z.string(),
  state: z.enum(['waiting', 'fetched', 'printed', 'not-printed', 'unknown', 'cancelled', 'expired']),
  requestedBy: person,
  requestedAt: instant,
  endedAt: instant.nullable(),
  /** of the text that was printed: another than the version's now when a draft was saved since; null until fetched */
  digest: digest.nullable(),
});
export type TestIssue = z.infer<typeof testIssue>;
export const testIssues = z.object({ testIssues: z.array(testIssue) });
export const testIssueId = z.object({ id: z.uuid() });
