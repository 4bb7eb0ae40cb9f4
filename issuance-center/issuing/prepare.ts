/**
 * From a request to a finished document and its signed manifest: one snapshot, eligibility, dataset, layout, PDF, entry.
 *
 * At most once by type: a request id makes one certificate or none. The document is handed out in the answer to the call
 * that made it and kept nowhere, so a repeated id cannot be answered with "the same" one; it voids what an earlier call
 * made and is refused, and the kiosk starts again with a new id (retry means start again). Of calls at the same moment
 * the first to enter its certificate wins (unique constraint), the others are refused.
 *
 * A call that takes too long enters nothing: deadline, snapshot and entry end together, never a part of them
 * (operations.md 7, T1).
 */
import { randomUUID } from 'node:crypto';
import { addDays, civilMoment } from '#templates/civilTime.ts';
import type { ResidentId } from '#templates/datasets/residentRegister.ts';
import type { CertificateKind } from '#templates/kindSchema.ts';
import type { CivilDate, IssueNumber } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import { stopsOf } from '../configuration/stops.ts';
import type { CertificateRequest, Manifest, SignedManifest } from '../contract/kioskApi.ts';
import type { CenterTransaction } from '../database/connect.ts';
import { composeRequest } from '../documents/request.ts';
import { isUnchanged } from '../registers/snapshot.ts';
import type { IssuingDeps } from './deps.ts';
import { newIssueNumber } from './issueNumber.ts';
import { signManifest } from './manifest.ts';
import { isAskedOf, offerOfKind, type KindOffer } from './offerOfKind.ts';
import { refusedFor, type IssuingRefusal } from './refusal.ts';
import { rendered } from './rendered.ts';
import { voidRepeated } from './settle.ts';
import { visitContext, type VisitContext } from './visitContext.ts';

/** Confirm and payment take a minute or two; a document older than this is not printed. */
export const CERTIFICATE_LIFETIME_MS = 10 * 60_000;
/** Below the kiosk's own time-out for this call: the center gives up first. */
const PREPARE_TIMEOUT_MS = 8_000;

export interface PrepareOrder {
  readonly kioskId: string;
  readonly sessionId: string;
  readonly requestId: string;
  readonly certificate: CertificateRequest;
}

export interface Prepared {
  readonly kind: 'prepared';
  readonly issueNumber: IssueNumber;
  readonly manifest: SignedManifest;
  readonly document: Uint8Array;
}

/** Makes one certificate, or refuses and says why in the audit. Throws for faults of our own; then nothing is entered. */
export async function prepare(deps: IssuingDeps, order: PrepareOrder): Promise<Prepared | IssuingRefusal> {
  const now = deps.clock();
  const outcome = await attempt(deps, order, now);
  if (outcome.kind === 'refused') {
    const { kioskId, sessionId, requestId, certificate } = order;
    const { notice, reason } = outcome;
    const { municipality, kind } = certificate;
    const refusal = { kioskId, sessionId, requestId, municipality, kind, notice, reason };
    await appendAudit(deps.db, now, 'certificate-refused', refusal);
  }
  return outcome;
}

async function attempt(
  deps: IssuingDeps,
  order: PrepareOrder,
  now: number,
): Promise<Prepared | IssuingRefusal> {
  const deadline = AbortSignal.timeout(deps.prepareTimeoutMs ?? PREPARE_TIMEOUT_MS);
  if (await voidRepeated(deps.db, order, now)) return refusedFor('request-repeated');
  const visit = { ...order, municipality: order.certificate.municipality };
  const context = await visitContext(deps, visit, now);
  if (context.kind === 'refused') return context;
  const { inForce, snapshot, session: holder } = context;
  const kind = inForce.templates.kinds.get(order.certificate.kind)?.value;
  if (!kind || !isAskedOf(snapshot, kind.dataset)) return refusedFor('kind-not-offered');
  const offered = offerOfKind({ kind, inForce, holder, snapshot, now });
  if (offered.kind === 'refused') return offered;
  if (!isOffered(order.certificate, kind, offered)) return refusedFor('options-not-offered');
  if (!areWhomTheyWere(order.certificate, context)) return refusedFor('register-changed-meanwhile');

  const draft = await makeDocument(deps, order, context, offered, civilMoment(now).date);
  if (draft.kind === 'refused') return draft;
  const content = manifestOf(order, context, offered, draft, now);
  const { extent, members } = order.certificate;
  const subjects = offered.subjectsOf(extent, members);
  const entered = await enter(deps, context, { content, subjects }, { now, deadline });
  if (entered) return entered;
  const manifest = signManifest(content, deps.manifestKey);
  return { kind: 'prepared', issueNumber: content.issueNumber, manifest, document: draft.bytes };
}

/** What the kiosk sends is checked against what it was offered, not trusted. */
function isOffered(
  { extent, members, include }: CertificateRequest,
  { asking }: CertificateKind,
  offered: KindOffer,
): boolean {
  if (!offered.extents.some(({ id }) => id === extent)) return false;
  if (new Set(include).size !== include.length || new Set(members).size !== members.length) return false;
  if (!include.every((id) => offered.options.some((option) => option.id === id))) return false;
  if (asking.as === 'list' && include.length < asking.minimum) return false;
  if (extent !== 'part') return members.length === 0;
  const numbers = offered.persons.map(({ number }) => number);
  return members.length > 0 && members.every((number) => numbers.includes(number));
}

/**
 * Persons are chosen by their numbers in the record that was offered: once it has changed, a number may be somebody
 * else's, and the resident looks again.
 */
function areWhomTheyWere({ extent }: CertificateRequest, { session, snapshot }: VisitContext): boolean {
  return extent !== 'part' || session.offeredRevisions === snapshot.revisions;
}

interface Draft {
  readonly kind: 'draft';
  readonly bytes: Uint8Array;
  readonly pages: number;
  readonly sha256: string;
  readonly issueNumber: IssueNumber;
  readonly issueDate: CivilDate;
  readonly templateDigest: string;
}

async function makeDocument(
  deps: IssuingDeps,
  { certificate }: PrepareOrder,
  { inForce }: VisitContext,
  offered: KindOffer,
  issueDate: CivilDate,
): Promise<Draft | IssuingRefusal> {
  const { municipality, kind, extent, include, members } = certificate;
  const { profile, templates } = inForce;
  const issueNumber = newIssueNumber();
  const composed = composeRequest(templates, {
    requestId: randomUUID(),
    municipality,
    kind,
    extent,
    include,
    value: offered.valueOf(extent, members),
    issueNumber,
    issueDate,
    finish: {
      kind: 'issued',
      municipality,
      municipalityName: `${profile.prefecture}${profile.name}`,
      kindId: kind,
      frontKey: deps.fronts.keyOf(municipality, issueDate),
      verificationUrl: deps.fronts.verificationUrl,
    },
  });
  if (composed.kind === 'not-offered') return refusedFor('kind-not-offered');
  const outcome = await rendered(deps, composed.request);
  if (outcome.kind === 'refused') return 'notice' in outcome ? outcome : refusedFor('counter');
  const { bytes, pages, sha256 } = outcome;
  const { templateDigest } = composed;
  return { kind: 'draft', bytes, pages, sha256, issueNumber, issueDate, templateDigest };
}

function manifestOf(
  order: PrepareOrder,
  { session }: VisitContext,
  { fee }: KindOffer,
  draft: Draft,
  now: number,
): Manifest {
  return {
    version: 1,
    issueNumber: draft.issueNumber,
    sessionId: order.sessionId,
    kioskId: order.kioskId,
    requestId: order.requestId,
    municipality: order.certificate.municipality,
    kind: order.certificate.kind,
    holderFingerprint: session.holderFingerprint,
    pages: draft.pages,
    // an issued document has a back for every front
    sheets: draft.pages / 2,
    documentSha256: draft.sha256,
    fee,
    issueDate: draft.issueDate,
    templateDigest: draft.templateDigest,
    expiresAt: new Date(now + CERTIFICATE_LIFETIME_MS).toISOString(),
  };
}

/** Rolls the entry back and carries the refusal out of the transaction. */
class EntryRefused extends Error {
  readonly refusal: IssuingRefusal;
  constructor(refusal: IssuingRefusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** Enters the certificate and its audit event, or nothing: undefined when it is entered. */
async function enter(
  deps: IssuingDeps,
  context: VisitContext,
  { content, subjects }: { readonly content: Manifest; readonly subjects: readonly ResidentId[] },
  { now, deadline }: { now: number; deadline: AbortSignal },
): Promise<IssuingRefusal | undefined> {
  try {
    await deps.db.transaction().execute(async (tx) => {
      if (!(await isUnchanged(tx, context.snapshot))) {
        throw new EntryRefused(refusedFor('register-changed-meanwhile'));
      }
      if (!(await insertCertificate(tx, content, context, now)))
        throw new EntryRefused(refusedFor('request-repeated'));
      await insertSubjects(tx, content, subjects);
      await appendAudit(tx, now, 'certificate-prepared', auditFieldsOf(content));
      await refuseWhenStopped(tx, content);
      if (deadline.aborted) throw new EntryRefused(refusedFor('timed-out'));
    });
    return undefined;
  } catch (error) {
    if (error instanceof EntryRefused) return error.refusal;
    throw error;
  }
}

/**
 * A stop that has begun since the offer counts. Asked while the end of the audit is held: a certificate stands in it before
 * the stop, or nowhere.
 */
async function refuseWhenStopped(tx: CenterTransaction, { municipality, kind }: Manifest): Promise<void> {
  const stops = await stopsOf(tx, municipality);
  if (stops.all || stops.kinds.has(kind)) throw new EntryRefused(refusedFor('service-stopped'));
}

/** The last day of 照会期間: on it a recipient is still told about the number. */
function verifiableUntil({ inForce }: VisitContext, { kind, issueDate }: Manifest): CivilDate {
  const entry = inForce.profile.kinds.find((candidate) => candidate.kind === kind)!;
  return addDays(issueDate, entry.verifiableDays);
}

/** False when the session has used this request id before. */
async function insertCertificate(
  tx: CenterTransaction,
  content: Manifest,
  context: VisitContext,
  now: number,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('certificate')
    .values({
      issue_number: content.issueNumber,
      session_id: content.sessionId,
      request_id: content.requestId,
      kiosk_id: content.kioskId,
      municipality: content.municipality,
      kind: content.kind,
      fee: content.fee,
      pages: content.pages,
      document_sha256: content.documentSha256,
      template_digest: content.templateDigest,
      holder_fingerprint: content.holderFingerprint,
      issue_date: content.issueDate,
      verifiable_until: verifiableUntil(context, content),
      resident_id: context.session.residentId,
      state: 'prepared',
      prepared_at: new Date(now),
      expires_at: new Date(content.expiresAt),
    })
    .onConflict((conflict) => conflict.columns(['session_id', 'request_id']).doNothing())
    .returning('issue_number')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** By opaque id, for 開示 and for what was issued too late. */
async function insertSubjects(
  tx: CenterTransaction,
  { issueNumber }: Manifest,
  subjects: readonly ResidentId[],
): Promise<void> {
  if (subjects.length === 0) return;
  const rows = subjects.map((id) => ({ issue_number: issueNumber, resident_id: id }));
  await tx.insertInto('certificate_subject').values(rows).execute();
}

function auditFieldsOf(content: Manifest) {
  const { version: _version, expiresAt: _expiresAt, sheets: _sheets, ...fields } = content;
  return fields;
}
