/**
 * The life of a version of a profile: draft, proposed, approved by a second person, in force from its time. What was
 * proposed is what is approved, byte for byte; what was approved is never edited; an earlier version comes back as a new
 * draft. Every step names who took it and is audited in the same transaction.
 */
import { sql } from 'kysely';
import { municipalityProfile } from '#templates/profileSchema.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { ProfileVersionTable, VersionState } from '../database/schemaConfiguration.ts';
import { historyFaults } from './historyFaults.ts';
import { readVersion, sha256, type CommonTemplates, type VersionFault } from './municipalTemplates.ts';

export type StoredVersion = Pick<ProfileVersionTable, 'number' | 'state' | 'profile' | 'digest' | 'base'> & {
  readonly revision: number;
};

/** Who does it, where. */
export interface Act {
  readonly municipality: MunicipalityCode;
  readonly staffId: string;
}
export interface ActOnVersion extends Act {
  readonly number: number;
}

export type Refused =
  | { readonly kind: 'missing' }
  /** somebody was faster, or the version is in another state: `state` is where it stands */
  | { readonly kind: 'not-now'; readonly state: VersionState; readonly reason: NotNow }
  | { readonly kind: 'faults'; readonly faults: readonly VersionFault[] };
export type NotNow =
  | 'not-a-draft'
  | 'not-proposed'
  | 'changed-meanwhile'
  | 'own-work'
  | 'base-is-old'
  | 'time-is-over'
  /** the version it follows would come back over it */
  | 'before-its-base'
  | 'in-force-already';

/** The version a new one follows: of the approved the one that counts last. */
export async function lastApproved(
  db: CenterDatabase | CenterTransaction,
  municipality: MunicipalityCode,
): Promise<StoredVersion | undefined> {
  return db
    .selectFrom('profile_version')
    .select(['number', 'state', 'profile', 'digest', 'base', 'revision'])
    .where('municipality', '=', municipality)
    .where('state', '=', 'approved')
    .orderBy('effective_at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Every draft of a municipality stands in one order: its row is locked by whoever changes one. */
async function holdMunicipality(tx: CenterTransaction, municipality: MunicipalityCode): Promise<void> {
  await tx.selectFrom('municipality').select('code').where('code', '=', municipality).forUpdate().execute();
}

async function versionIn(tx: CenterTransaction, { municipality, number }: ActOnVersion) {
  await holdMunicipality(tx, municipality);
  return tx
    .selectFrom('profile_version')
    .selectAll()
    .where('municipality', '=', municipality)
    .where('number', '=', number)
    .executeTakeFirst();
}

/** Makes a draft of this text; answers with its number. `base` is the version it follows, null for a first one. */
export function startDraft(db: CenterDatabase, act: Act, text: string, now: number): Promise<number> {
  const { municipality, staffId } = act;
  return db.transaction().execute(async (tx) => {
    await holdMunicipality(tx, municipality);
    const base = (await lastApproved(tx, municipality))?.number ?? null;
    const { last } = await tx
      .selectFrom('profile_version')
      .select(sql<number>`coalesce(max(number), 0)::int`.as('last'))
      .where('municipality', '=', municipality)
      .executeTakeFirstOrThrow();
    const number = last + 1;
    const row = { municipality, number, state: 'draft' as const, profile: text, digest: sha256(text), base };
    await tx
      .insertInto('profile_version')
      .values({ ...row, created_by: staffId, created_at: new Date(now) })
      .execute();
    await noteEditor(tx, { ...act, number });
    await appendAudit(tx, now, 'version-drafted', { municipality, number, staffId, base });
    return number;
  });
}

async function noteEditor(tx: CenterTransaction, { municipality, number, staffId }: ActOnVersion) {
  await tx
    .insertInto('profile_editor')
    .values({ municipality, number, staff_id: staffId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type Saved = { readonly kind: 'saved'; readonly revision: number } | Refused;

/** Saves a draft over the revision that was seen; `rebase` makes it follow the version approved last. */
export function saveDraft(
  db: CenterDatabase,
  act: ActOnVersion,
  change: { readonly revision: number; readonly text: string; readonly rebase?: boolean },
  now: number,
): Promise<Saved> {
  const { municipality, number, staffId } = act;
  return db.transaction().execute(async (tx): Promise<Saved> => {
    const row = await versionIn(tx, act);
    if (!row) return { kind: 'missing' };
    if (row.state !== 'draft') return { kind: 'not-now', state: row.state, reason: 'not-a-draft' };
    if (row.revision !== change.revision) {
      return { kind: 'not-now', state: row.state, reason: 'changed-meanwhile' };
    }
    const base = change.rebase ? ((await lastApproved(tx, municipality))?.number ?? null) : row.base;
    const digest = sha256(change.text);
    const revision = row.revision + 1;
    await tx
      .updateTable('profile_version')
      .set({ profile: change.text, digest, revision, base })
      .where('municipality', '=', municipality)
      .where('number', '=', number)
      .execute();
    await noteEditor(tx, act);
    if (digest !== row.digest) {
      await appendAudit(tx, now, 'version-saved', { municipality, number, staffId, digest });
    }
    return { kind: 'saved', revision };
  });
}

export type Moved = { readonly kind: 'moved' } | Refused;

/** A draft goes to the approver. It must be usable, and follow the version approved last. */
export function proposeVersion(
  db: CenterDatabase,
  common: CommonTemplates,
  act: ActOnVersion,
  proposal: { readonly revision: number; readonly note: string },
  now: number,
): Promise<Moved> {
  const { municipality, number, staffId } = act;
  return db.transaction().execute(async (tx): Promise<Moved> => {
    const row = await versionIn(tx, act);
    if (!row) return { kind: 'missing' };
    if (row.state !== 'draft') return { kind: 'not-now', state: row.state, reason: 'not-a-draft' };
    if (row.revision !== proposal.revision) {
      return { kind: 'not-now', state: row.state, reason: 'changed-meanwhile' };
    }
    const refusal = await whyNotUsable(tx, common, { ...row, municipality }, now + 1);
    if (refusal) return refusal;
    await setState(tx, act, {
      state: 'proposed',
      note: proposal.note,
      proposed_by: staffId,
      proposed_at: new Date(now),
    });
    await noteEditor(tx, act);
    await appendAudit(tx, now, 'version-proposed', { municipality, number, staffId, digest: row.digest });
    return { kind: 'moved' };
  });
}

/** Approves what was proposed, from an instant on. Nobody approves what they had a hand in. */
export function approveVersion(
  db: CenterDatabase,
  common: CommonTemplates,
  act: ActOnVersion,
  approval: { readonly digest: string; readonly effectiveAt: number },
  now: number,
): Promise<Moved> {
  const { municipality, number, staffId } = act;
  const { digest } = approval;
  // a version that counted from before it was approved would be a false record of what was issued in between
  const effectiveAt = Math.max(approval.effectiveAt, now);
  return db.transaction().execute(async (tx): Promise<Moved> => {
    const row = await versionIn(tx, act);
    if (!row) return { kind: 'missing' };
    const refusal =
      whyNotDecided(row, digest) ??
      (await whyNotBy(tx, act)) ??
      whyNotFrom(approval.effectiveAt, now) ??
      (await whyNotUsable(tx, common, { ...row, municipality }, effectiveAt)) ??
      (await whyNotBefore(tx, municipality, effectiveAt));
    if (refusal) return refusal;
    const decided = { decided_by: staffId, decided_at: new Date(now) };
    await setState(tx, act, { state: 'approved', effective_at: new Date(effectiveAt), ...decided });
    const at = new Date(effectiveAt).toISOString();
    await appendAudit(tx, now, 'version-approved', {
      municipality,
      number,
      staffId,
      digest,
      effectiveAt: at,
    });
    return { kind: 'moved' };
  });
}

/** The approver sends it back; a new draft can be made of it. */
export function rejectVersion(
  db: CenterDatabase,
  act: ActOnVersion,
  reason: string,
  now: number,
): Promise<Moved> {
  const { municipality, number, staffId } = act;
  return db.transaction().execute(async (tx): Promise<Moved> => {
    const row = await versionIn(tx, act);
    if (!row) return { kind: 'missing' };
    const refusal = whyNotDecided(row, row.digest);
    if (refusal) return refusal;
    const decided = { decided_by: staffId, decided_at: new Date(now), decision_reason: reason };
    await setState(tx, act, { state: 'rejected', ...decided });
    await appendAudit(tx, now, 'version-rejected', { municipality, number, staffId });
    return { kind: 'moved' };
  });
}

/** Takes back what is not in force yet: a draft, a proposal, or an approved version before its time. */
export function withdrawVersion(db: CenterDatabase, act: ActOnVersion, now: number): Promise<Moved> {
  const { municipality, number, staffId } = act;
  return db.transaction().execute(async (tx): Promise<Moved> => {
    const row = await versionIn(tx, act);
    if (!row) return { kind: 'missing' };
    const { state } = row;
    if (state === 'approved' && row.effective_at!.getTime() <= now) {
      return { kind: 'not-now', state, reason: 'in-force-already' };
    }
    if (state === 'withdrawn' || state === 'rejected')
      return { kind: 'not-now', state, reason: 'not-a-draft' };
    await setState(tx, act, { state: 'withdrawn', decided_by: staffId, decided_at: new Date(now) });
    const type = state === 'draft' ? 'version-discarded' : 'version-withdrawn';
    await appendAudit(tx, now, type, { municipality, number, staffId });
    return { kind: 'moved' };
  });
}

/** `digest`: of what the approver has looked at. */
function whyNotDecided(row: StoredVersion, digest: string): Refused | undefined {
  const { state } = row;
  if (state !== 'proposed') return { kind: 'not-now', state, reason: 'not-proposed' };
  return row.digest === digest ? undefined : { kind: 'not-now', state, reason: 'changed-meanwhile' };
}

async function whyNotBy(tx: CenterTransaction, act: ActOnVersion): Promise<Refused | undefined> {
  const own = await tx
    .selectFrom('profile_editor')
    .select('staff_id')
    .where('municipality', '=', act.municipality)
    .where('number', '=', act.number)
    .where('staff_id', '=', act.staffId)
    .executeTakeFirst();
  return own && { kind: 'not-now', state: 'proposed', reason: 'own-work' };
}

/** A minute of patience for a form that was filled in slowly. */
const LATE_MS = 60_000;

function whyNotFrom(effectiveAt: number, now: number): Refused | undefined {
  return effectiveAt < now - LATE_MS
    ? { kind: 'not-now', state: 'proposed', reason: 'time-is-over' }
    : undefined;
}

/** What is approved for a later day was made without this change and would undo it. */
async function whyNotBefore(
  tx: CenterTransaction,
  municipality: MunicipalityCode,
  effectiveAt: number,
): Promise<Refused | undefined> {
  const later = await tx
    .selectFrom('profile_version')
    .select('number')
    .where('municipality', '=', municipality)
    .where('state', '=', 'approved')
    .where('effective_at', '>', new Date(effectiveAt))
    .limit(1)
    .executeTakeFirst();
  return later && { kind: 'not-now', state: 'proposed', reason: 'before-its-base' };
}

async function whyNotUsable(
  tx: CenterTransaction,
  common: CommonTemplates,
  row: StoredVersion & { readonly municipality: MunicipalityCode },
  effectiveAt: number,
): Promise<Refused | undefined> {
  const { municipality, state } = row;
  const last = await lastApproved(tx, municipality);
  if ((last?.number ?? null) !== row.base) return { kind: 'not-now', state, reason: 'base-is-old' };
  const faults = await versionFaults(
    tx,
    common,
    { municipality, text: row.profile, base: last },
    effectiveAt,
  );
  return faults.length > 0 ? { kind: 'faults', faults } : undefined;
}

/** Everything that keeps a text from being in force from an instant on. */
export async function versionFaults(
  db: CenterDatabase | CenterTransaction,
  common: CommonTemplates,
  version: {
    readonly municipality: MunicipalityCode;
    readonly text: string;
    readonly base: Pick<StoredVersion, 'profile'> | undefined;
  },
  effectiveAt: number,
): Promise<readonly VersionFault[]> {
  const { municipality, text, base } = version;
  const read = await readVersion(db, common, municipality, text);
  if (read.kind === 'faults') return read.faults;
  if (!base) return [];
  const before = municipalityProfile.safeParse(JSON.parse(base.profile));
  if (!before.success)
    return [{ path: '', reason: 'いまの版が読めないため、始まっている値とくらべられません' }];
  return historyFaults(before.data, read.profile, effectiveAt);
}

async function setState(
  tx: CenterTransaction,
  { municipality, number }: ActOnVersion,
  change: Partial<Omit<ProfileVersionTable, 'revision' | 'note'>> & { note?: string },
): Promise<void> {
  await tx
    .updateTable('profile_version')
    .set(change)
    .where('municipality', '=', municipality)
    .where('number', '=', number)
    .execute();
}
