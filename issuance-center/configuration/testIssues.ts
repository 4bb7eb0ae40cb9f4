/**
 * 見本の印刷 at a named kiosk: asked for in the console, printed by whoever stands at the kiosk's staff screen. No resident,
 * no money, no certificate; printed once or not at all.
 */
import { randomUUID, sign, type KeyObject } from 'node:crypto';
import type { CertificateKindId, MunicipalityCode } from '#templates/vocabulary.ts';
import { civilMoment } from '#templates/civilTime.ts';
import { appendAudit } from '../audit/chain.ts';
import { SPECIMEN_TAG, specimenManifest, type TestIssueOutcome } from '../contract/testIssue.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { RenderOutcome, RenderRequest } from '../documents/renderer.ts';
import { readVersion, type CommonTemplates } from './municipalTemplates.ts';
import { composeSpecimen, samples } from './specimen.ts';

/** From the console to somebody at the kiosk: a working day and the way there. */
export const TEST_ISSUE_LIFETIME_MS = 24 * 60 * 60_000;
/** The printer is asked at once; a file that lies longer is not printed. */
const DOCUMENT_LIFETIME_MS = 10 * 60_000;

export interface TestIssueWish {
  readonly municipality: MunicipalityCode;
  readonly version: number;
  readonly kioskId: string;
  readonly kind: CertificateKindId;
  readonly sample: string;
  readonly staffId: string;
}

/** Undefined when there is no such kiosk in service, version or sample. */
export async function requestTestIssue(
  db: CenterDatabase,
  wish: TestIssueWish,
  now: number,
): Promise<string | undefined> {
  const { municipality, version, kioskId, kind, sample, staffId } = wish;
  if (samples().get(sample)?.kind !== kind) return undefined;
  return db.transaction().execute(async (tx) => {
    const kiosk = await tx
      .selectFrom('kiosk')
      .select('id')
      .where('id', '=', kioskId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    const known = await tx
      .selectFrom('profile_version')
      .select('number')
      .where('municipality', '=', municipality)
      .where('number', '=', version)
      .executeTakeFirst();
    if (!kiosk || !known) return undefined;
    const id = randomUUID();
    await tx
      .insertInto('test_issue')
      .values({
        id,
        municipality,
        version,
        kiosk_id: kioskId,
        kind,
        sample,
        state: 'waiting',
        requested_by: staffId,
        requested_at: new Date(now),
        expires_at: new Date(now + TEST_ISSUE_LIFETIME_MS),
      })
      .execute();
    const event = { municipality, number: version, staffId, kioskId, kind, testIssue: id };
    await appendAudit(tx, now, 'test-issue-requested', event);
    return id;
  });
}

/** What waits for this kiosk, oldest first. */
export function waitingTestIssues(db: CenterDatabase, kioskId: string, now: number) {
  return db
    .selectFrom('test_issue')
    .innerJoin('municipality', 'municipality.code', 'test_issue.municipality')
    .select(['id', 'municipality', 'prefecture', 'name', 'kind', 'requested_at', 'test_issue.expires_at'])
    .where('kiosk_id', '=', kioskId)
    .where('state', '=', 'waiting')
    .where('test_issue.expires_at', '>', new Date(now))
    .orderBy('requested_at')
    .execute();
}

export interface TestIssueDeps {
  readonly db: CenterDatabase;
  readonly common: CommonTemplates;
  readonly render: (request: RenderRequest) => Promise<RenderOutcome>;
  /** Ed25519, of manifests */
  readonly manifestKey: KeyObject;
  readonly verificationUrl: string;
}

export type FetchedSpecimen =
  | {
      readonly kind: 'specimen';
      readonly document: Uint8Array;
      readonly payload: string;
      readonly signature: string;
    }
  /** it waits no longer, or cannot be drawn */
  | { readonly kind: 'not-there' };

/** Draws the specimen and hands it out once: what was fetched is not handed out again. */
export async function fetchTestIssue(
  deps: TestIssueDeps,
  kioskId: string,
  id: string,
  now: number,
): Promise<FetchedSpecimen> {
  const { db } = deps;
  const taken = await db
    .updateTable('test_issue')
    .set({ state: 'fetched', fetched_at: new Date(now) })
    .where('id', '=', id)
    .where('kiosk_id', '=', kioskId)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', new Date(now))
    .returning(['municipality', 'version', 'kind', 'sample'])
    .executeTakeFirst();
  if (!taken) return { kind: 'not-there' };
  const drawn = await draw(deps, { ...taken, municipality: taken.municipality as MunicipalityCode }, now);
  if (drawn?.kind !== 'rendered') {
    await endTestIssue(db, kioskId, id, 'not-printed', now);
    return { kind: 'not-there' };
  }
  const { bytes, pages, sha256 } = drawn;
  await db.updateTable('test_issue').set({ document_sha256: sha256, pages }).where('id', '=', id).execute();
  const { municipality } = taken;
  await appendAudit(db, now, 'test-issue-fetched', { municipality, kioskId, testIssue: id });
  const expiresAt = new Date(now + DOCUMENT_LIFETIME_MS).toISOString();
  const content = {
    version: 1 as const,
    specimen: true as const,
    testIssueId: id,
    kioskId,
    pages,
    sheets: pages / 2,
  };
  const payload = JSON.stringify(specimenManifest.parse({ ...content, documentSha256: sha256, expiresAt }));
  const signature = sign(null, Buffer.from(`${SPECIMEN_TAG}${payload}`, 'utf8'), deps.manifestKey);
  return { kind: 'specimen', document: bytes, payload, signature: signature.toString('base64') };
}

interface Taken {
  readonly municipality: MunicipalityCode;
  readonly version: number;
  readonly kind: CertificateKindId;
  readonly sample: string;
}

async function draw(
  { db, common, render, verificationUrl }: TestIssueDeps,
  { municipality, version, kind, sample }: Taken,
  now: number,
): Promise<RenderOutcome | undefined> {
  const row = await db
    .selectFrom('profile_version')
    .select('profile')
    .where('municipality', '=', municipality)
    .where('number', '=', version)
    .executeTakeFirstOrThrow();
  const read = await readVersion(db, common, municipality, row.profile);
  if (read.kind === 'faults') return undefined;
  const { serviceStartsOn } = read.profile;
  const today = civilMoment(now).date;
  // before the first day there may be no head or seal yet: the first day's are shown
  const issueDate = today < serviceStartsOn ? serviceStartsOn : today;
  const composed = composeSpecimen({ ...read, verificationUrl }, { kind, sample, issueDate });
  return composed.kind === 'composed' ? render(composed.request) : undefined;
}

/** What became of a fetched one; repeated, it changes nothing. False when the kiosk never fetched it. */
export function endTestIssue(
  db: CenterDatabase,
  kioskId: string,
  id: string,
  outcome: TestIssueOutcome,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('test_issue')
      .select(['state', 'municipality'])
      .where('id', '=', id)
      .where('kiosk_id', '=', kioskId)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.state === 'waiting') return false;
    if (row.state !== 'fetched') return true;
    await tx
      .updateTable('test_issue')
      .set({ state: outcome, ended_at: new Date(now) })
      .where('id', '=', id)
      .execute();
    const { municipality } = row;
    await appendAudit(tx, now, 'test-issue-ended', { municipality, testIssue: id, outcome });
    return true;
  });
}

/** Taken back before anybody fetched it; false when it waits no longer. */
export function cancelTestIssue(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  id: string,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const cancelled = await tx
      .updateTable('test_issue')
      .set({ state: 'cancelled', ended_at: new Date(now) })
      .where('id', '=', id)
      .where('municipality', '=', municipality)
      .where('state', '=', 'waiting')
      .returning('id')
      .executeTakeFirst();
    if (!cancelled) return false;
    await appendAudit(tx, now, 'test-issue-ended', { municipality, testIssue: id, outcome: 'cancelled' });
    return true;
  });
}
