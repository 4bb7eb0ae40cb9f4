/** Versions as the page sees them: with names of people, faults and differences. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase } from '../../database/connect.ts';
import type { ProfileVersionTable } from '../../database/schemaConfiguration.ts';
import type { Selectable } from 'kysely';
import type { Configuration } from '../../configuration/configuration.ts';
import { numberInForce } from '../../configuration/databaseConfiguration.ts';
import { readVersion } from '../../configuration/municipalTemplates.ts';
import { profileDiff } from '../../configuration/profileDiff.ts';
import { templateWords } from '../../configuration/templateWords.ts';
import { samplesFor } from '../../configuration/specimen.ts';
import { lastApproved, versionFaults } from '../../configuration/versions.ts';
import type { Change, Fault, Version, VersionSummary } from '../../contract/console/configuration.ts';
import { ConsoleRefusal, type StaffMember } from '../consoleRoute.ts';
import { staffNames } from '../staffAccounts.ts';

type Row = Selectable<ProfileVersionTable>;
export interface ViewDeps {
  readonly db: CenterDatabase;
  readonly configuration: Configuration;
}

export async function versionRow(
  db: CenterDatabase,
  municipality: MunicipalityCode,
  number: number,
): Promise<Row> {
  const row = await db
    .selectFrom('profile_version')
    .selectAll()
    .where('municipality', '=', municipality)
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) throw new ConsoleRefusal('missing', '');
  return row;
}

type NameOf = (id: string | null) => string | null;

function summaryOf(row: Row, nameOf: NameOf, inForce: number | undefined): VersionSummary {
  return {
    number: row.number,
    state: row.state,
    base: row.base,
    note: row.note,
    createdBy: nameOf(row.created_by),
    createdAt: row.created_at.toISOString(),
    proposedBy: nameOf(row.proposed_by),
    proposedAt: row.proposed_at?.toISOString() ?? null,
    decidedBy: nameOf(row.decided_by),
    decidedAt: row.decided_at?.toISOString() ?? null,
    decisionReason: row.decision_reason,
    effectiveAt: row.effective_at?.toISOString() ?? null,
    inForce: row.number === inForce,
  };
}

/** All versions, newest first. */
export async function versionSummaries(
  { db }: ViewDeps,
  municipality: MunicipalityCode,
  now: number,
): Promise<VersionSummary[]> {
  const rows = await db
    .selectFrom('profile_version')
    .selectAll()
    .where('municipality', '=', municipality)
    .orderBy('number', 'desc')
    .execute();
  const nameOf = await staffNames(db, municipality);
  const inForce = await numberInForce(db, municipality, now);
  return rows.map((row) => summaryOf(row, nameOf, inForce));
}

/** The faults of a text as the form shows them, and what it changes. A version that is over has neither. */
export async function judge(
  deps: ViewDeps,
  municipality: MunicipalityCode,
  text: string,
  now: number,
): Promise<{ readonly faults: Fault[]; readonly changes: Change[] }> {
  const { db, configuration } = deps;
  const base = await lastApproved(db, municipality);
  const faults = await versionFaults(db, configuration.common, { municipality, text, base }, now + 1);
  return { faults: [...faults], changes: changesOf(configuration, base?.profile, text) };
}

function changesOf({ common }: Configuration, before: string | undefined, after: string): Change[] {
  return [...profileDiff(JSON.parse(before ?? '{}'), JSON.parse(after), templateWords(common))];
}

export async function versionView(
  deps: ViewDeps,
  { municipality, staffId }: StaffMember,
  number: number,
  now: number,
): Promise<Version> {
  const { db, configuration } = deps;
  const row = await versionRow(db, municipality, number);
  const nameOf = await staffNames(db, municipality);
  const isOpen = row.state === 'draft' || row.state === 'proposed';
  const last = await lastApproved(db, municipality);
  const before = isOpen ? last : row.base === null ? undefined : await versionRow(db, municipality, row.base);
  const own = await db
    .selectFrom('profile_editor')
    .select('staff_id')
    .where('municipality', '=', municipality)
    .where('number', '=', number)
    .where('staff_id', '=', staffId)
    .executeTakeFirst();
  return {
    ...summaryOf(row, nameOf, await numberInForce(db, municipality, now)),
    profile: JSON.parse(row.profile) as Record<string, unknown>,
    digest: row.digest,
    revision: row.revision,
    faults: isOpen ? (await judge(deps, municipality, row.profile, now)).faults : [],
    changes: changesOf(configuration, before?.profile, row.profile),
    baseIsOld: isOpen && (last?.number ?? null) !== row.base,
    ownWork: own !== undefined,
    samples: await shownSamples(deps, municipality, row.profile),
  };
}

/** Samples that a text can show; none while it is not usable. */
export async function shownSamples(
  { db, configuration }: ViewDeps,
  municipality: MunicipalityCode,
  text: string,
): Promise<Version['samples']> {
  const read = await readVersion(db, configuration.common, municipality, text);
  return read.kind === 'usable' ? [...samplesFor(read.profile)] : [];
}
