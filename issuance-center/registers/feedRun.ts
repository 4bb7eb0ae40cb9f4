/** One load or batch on its way into the tables: rows are judged, applied and counted; faults are gathered, none hidden. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { FeedEntity, FeedRegister } from '../contract/registerFeed.ts';
import type { CenterTransaction } from '../database/connect.ts';
import { applyRows } from './applyRows.ts';
import { keyOf } from './entities.ts';
import { FAULTS_SHOWN, NO_ROWS, type FeedOutcome, type RowCounts } from './feedOutcome.ts';
import type { FeedRow, ParsedLine, RowFault, UndrawableRow } from './parseLines.ts';
import { isFault, knownRows, noteRows, standingOf, versionFault } from './rowVersions.ts';

/** Rolls everything back and carries the outcome out of the transaction. */
export class RolledBack extends Error {
  readonly outcome: FeedOutcome;
  constructor(outcome: FeedOutcome) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

export interface FeedRun {
  readonly tx: CenterTransaction;
  readonly municipality: MunicipalityCode;
  readonly register: FeedRegister;
  /** a full load names every row; events name what has changed */
  readonly loadId: string | null;
  faults: RowFault[];
  total: number;
  counts: RowCounts;
  undrawable: UndrawableRow[];
  undrawableTotal: number;
}

/** Named in the answer; the audit counts all of them. */
const UNDRAWABLE_SHOWN = 500;

export function startRun(place: Pick<FeedRun, 'tx' | 'municipality' | 'register' | 'loadId'>): FeedRun {
  return { ...place, faults: [], total: 0, counts: NO_ROWS, undrawable: [], undrawableTotal: 0 };
}

/** In the order of the file. */
export const inOrder = ({ faults }: Pick<FeedRun, 'faults'>): readonly RowFault[] =>
  [...faults].sort((left, right) => left.line - right.line);

export function noteFaults(run: FeedRun, faults: readonly RowFault[]): void {
  run.total += faults.length;
  run.faults.push(...faults.slice(0, Math.max(0, FAULTS_SHOWN - run.faults.length)));
}

export function noteParsed(run: FeedRun, { faults, undrawable }: ParsedLine): void {
  noteFaults(run, faults);
  run.undrawableTotal += undrawable.length;
  run.undrawable.push(...undrawable.slice(0, Math.max(0, UNDRAWABLE_SHOWN - run.undrawable.length)));
}

const count = (run: FeedRun, what: keyof RowCounts, by: number): void =>
  void (run.counts = { ...run.counts, [what]: run.counts[what] + by });

/**
 * Applies rows in their order: as many as possible at once, a new statement where entity or operation changes or a key
 * comes again, or is replaced by a renewal. What is faulty is left out; the caller rolls back.
 */
export async function applyInOrder(run: FeedRun, rows: readonly FeedRow[]): Promise<void> {
  let group: FeedRow[] = [];
  let keys = new Set<string>();
  const flush = async () => {
    await applyGroup(run, group);
    [group, keys] = [[], new Set()];
  };
  for (const row of rows) {
    const [first] = group;
    const isAgain = keys.has(row.key) || keys.has(replacedKey(row) ?? row.key);
    const continues = first?.entity === row.entity && first.op === row.op && !isAgain;
    if (first && !continues) await flush();
    group.push(row);
    keys.add(row.key);
  }
  await flush();
}

function replacedKey({ entity, row }: FeedRow): string | undefined {
  const replaced = row['replaces'] as Readonly<Record<string, unknown>> | undefined;
  return entity === 'certificate-link' && replaced ? keyOf(entity, replaced) : undefined;
}

async function applyGroup(run: FeedRun, rows: readonly FeedRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { entity, op } = first;
  const known = await knownRows(
    run,
    entity,
    rows.map(({ key }) => key),
  );
  const wanted: FeedRow[] = [];
  const unchanged: FeedRow[] = [];
  for (const row of rows) {
    const standing = standingOf(row, known.get(row.key), run.loadId);
    if (isFault(standing)) noteFaults(run, [versionFault(row, standing)]);
    else if (standing === 'unchanged') unchanged.push(row);
    else {
      wanted.push(row);
      count(run, op === 'end' ? 'ended' : standing, 1);
    }
  }
  count(run, 'unchanged', unchanged.length);
  const { faults } = await applyRows({ ...run, deferMembers: run.loadId !== null }, entity, op, wanted);
  noteFaults(run, faults);
  await noteRows(run, entity, [...wanted, ...unchanged], run.loadId);
}

/** Rows that the full load did not name have ended at the source. */
export async function endAbsent(run: FeedRun, entity: FeedEntity): Promise<void> {
  const { tx, municipality, loadId } = run;
  const absent = await tx
    .selectFrom('register_row')
    .select(['key', 'version', 'sha256'])
    .where('municipality', '=', municipality)
    .where('entity', '=', entity)
    .where('ended', '=', false)
    .where((where) => where.or([where('load_id', 'is', null), where('load_id', '<>', loadId)]))
    .execute();
  if (absent.length === 0) return;
  const rows = absent.map(({ key, version, sha256 }) => endOf(entity, key, version, sha256));
  const { faults } = await applyRows({ ...run, deferMembers: true }, entity, 'end', rows);
  noteFaults(run, faults);
  await noteRows(run, entity, rows, loadId);
  count(run, 'ended', rows.length);
}

function endOf(entity: FeedEntity, key: string, version: number, sha256: string): FeedRow {
  return { line: 0, entity, key, version, op: 'end', sha256, row: keyParts(entity, key) };
}

function keyParts(entity: FeedEntity, key: string): Record<string, string> {
  const parts = key.split('/');
  switch (entity) {
    case 'household':
      return { householdId: key };
    case 'resident':
    case 'seal':
      return { residentId: key };
    case 'tax-record':
    case 'tax-payment':
      return { residentId: parts[0]!, taxYear: parts[1]! };
    case 'family-register':
    case 'address-history':
      return { familyRegisterId: key };
    case 'restriction':
      return { residentId: parts[0]!, fromDay: parts[1]! };
    case 'certificate-link':
      return { issuerKeyId: parts[0]!, serial: parts[1]! };
  }
}
