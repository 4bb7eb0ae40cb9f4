/**
 * 見本の印刷 at a named kiosk: asked for in the console, printed by whoever stands at the kiosk's staff screen. No resident,
 * no money, no certificate; printed once or not at all.
 */
import { randomUUID, sign, type KeyObject } from 'node:crypto';
import type { CertificateKindId, MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import { SPECIMEN_TAG, specimenManifest, type TestIssueOutcome } from '../contract/testIssue.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { RenderOutcome, RenderRequest } from '../documents/renderer.ts';
import { readVersion, type CommonTemplates } from './municipalTemplates.ts';
import { composeSpecimen, dayShown, samples } from './specimen.ts';

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
  const taken = await take(db, kioskId, id, now);
  if (!taken) return { kind: 'not-there' };
  const drawn = await draw(deps, taken, now).catch(async (fault: unknown) => {
    await endTestIssue(db, kioskId, id, 'not-printed', now);
    throw fault;
  });
  if (drawn?.kind !== 'rendered') {
    await endTestIssue(db, kioskId, id, 'not-printed', now);
    return { kind: 'not-there' };
  }
  const { bytes, pages, sha256 } = drawn;
  const printed = { document_sha256: sha256, pages, profile_digest: taken.digest };
  await db.updateTable('test_issue').set(printed).where('id', '=', id).execute();
  const content = {
    version: 1 as const,
    specimen: true as const,
    testIssueId: id,
    kioskId,
    pages,
    sheets: pages / 2,
    documentSha256: sha256,
    expiresAt: new Date(now + DOCUMENT_LIFETIME_MS).toISOString(),
  };
  const payload = JSON.stringify(specimenManifest.parse(content));
  const signature = sign(null, Buffer.from(`${SPECIMEN_TAG}${payload}`, 'utf8'), deps.manifestKey);
  return { kind: 'specimen', document: bytes, payload, signature: signature.toString('base64') };
}

interface Taken {
  readonly municipality: MunicipalityCode;
  readonly kind: CertificateKindId;
  readonly sample: string;
  /** of the version as it stands now; a draft may have been saved since the specimen was asked for */
  readonly profile: string;
  readonly digest: string;
}

/** Marks it as fetched, with the text that will be drawn; undefined when it waits no longer. */
function take(db: CenterDatabase, kioskId: string, id: string, now: number): Promise<Taken | undefined> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('test_issue')
      .set({ state: 'fetched', fetched_at: new Date(now) })
      .where('id', '=', id)
      .where('kiosk_id', '=', kioskId)
      .where('state', '=', 'waiting')
      .where('expires_at', '>', new Date(now))
      .returning(['municipality', 'version', 'kind', 'sample'])
      .executeTakeFirst();
    if (!row) return undefined;
    const municipality = row.municipality as MunicipalityCode;
    const { profile, digest } = await tx
      .selectFrom('profile_version')
      .select(['profile', 'digest'])
      .where('municipality', '=', municipality)
      .where('number', '=', row.version)
      .executeTakeFirstOrThrow();
    await appendAudit(tx, now, 'test-issue-fetched', { municipality, kioskId, testIssue: id });
    return { municipality, kind: row.kind, sample: row.sample, profile, digest };
  });
}

async function draw(
  { db, common, render, verificationUrl }: TestIssueDeps,
  { municipality, profile, kind, sample }: Taken,
  now: number,
): Promise<RenderOutcome | undefined> {
  const read = await readVersion(db, common, municipality, profile);
  if (read.kind === 'faults') return undefined;
  const issueDate = dayShown(read.profile, now);
  const composed = composeSpecimen({ ...read, verificationUrl }, { kind, sample, issueDate });
  return composed.kind === 'composed' ? render(composed.request) : undefined;
}

/** What became of a fetched one; only an unknown fate can become known later. False when the kiosk never fetched it. */
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
      .select(['state', 'municipality', 'fetched_at'])
      .where('id', '=', id)
      .where('kiosk_id', '=', kioskId)
      .forUpdate()
      .executeTakeFirst();
    if (!row?.fetched_at) return false;
    // a kiosk that was away for an hour knows more than the center that gave up on it
    if (row.state !== 'fetched' && row.state !== 'unknown') return true;
    if (row.state === outcome) return true;
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
  { municipality, staffId }: { readonly municipality: MunicipalityCode; readonly staffId: string },
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
    const event = { municipality, testIssue: id, outcome: 'cancelled' as const, staffId };
    await appendAudit(tx, now, 'test-issue-ended', event);
    return true;
  });
}

/** Printing takes a minute or two: a kiosk that has not said by then will be asked by nobody. */
const OUTCOME_OVERDUE_MS = 60 * 60_000;

/** Ends what nobody fetched in time, and what a kiosk fetched and never told about. */
export function endOverdueTestIssues(db: CenterDatabase, now: number): Promise<void> {
  return db.transaction().execute(async (tx) => {
    const overdue = await tx
      .selectFrom('test_issue')
      .select(['id', 'municipality', 'state'])
      .where(({ and, eb, or }) =>
        or([
          and([eb('state', '=', 'waiting'), eb('expires_at', '<=', new Date(now))]),
          and([eb('state', '=', 'fetched'), eb('fetched_at', '<=', new Date(now - OUTCOME_OVERDUE_MS))]),
        ]),
      )
      .orderBy('id')
      .forUpdate()
      .skipLocked()
      .execute();
    for (const { id, municipality, state } of overdue) {
      const outcome = state === 'waiting' ? 'expired' : 'unknown';
      await tx
        .updateTable('test_issue')
        .set({ state: outcome, ended_at: new Date(now) })
        .where('id', '=', id)
        .execute();
      await appendAudit(tx, now, 'test-issue-ended', { municipality, testIssue: id, outcome });
    }
  });
}
