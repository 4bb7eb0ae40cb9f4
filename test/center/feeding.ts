/** Rows into the registers the one way there is, without a network: full loads at first, events after them. */
import { randomUUID } from 'node:crypto';
import { municipalityCode, type MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase } from '#center/database/connect.ts';
import { enterEvents, enterLoad, type FeedDeps, type FeedOutcome } from '#center/registers/feedApi.ts';
import { keyOf, schemaOf } from '#center/registers/entities.ts';
import { digestOf } from '#center/registers/parseLines.ts';
import type { UndrawableRow } from '#center/registers/parseLines.ts';
import type { FeedRegister } from '#center/contract/registerFeed.ts';
import {
  byMunicipality,
  feedRegisters,
  loadText,
  type EntityRow,
  type FeedParts,
} from '#simulators/municipality/feedParts.ts';

/** Loads every register of every municipality there, also the empty ones. */
export async function loadAll(
  deps: FeedDeps,
  parts: FeedParts,
  municipalities: readonly string[],
  version = 1,
): Promise<void> {
  const groups = byMunicipality(parts, () => undefined, municipalities[0]!);
  for (const register of feedRegisters) {
    for (const code of municipalities) {
      const rows =
        groups.find((group) => group.register === register && group.municipality === code)?.rows ?? [];
      const text = loadText(rows, { stream: randomUUID(), seq: 0, version, until: deps.now });
      thrown(await enterLoad(deps, { municipality: municipalityCode.parse(code), register }, [text]));
    }
  }
}

/** Sends what has changed as events; rows that say what is known already are left out. Throws with the reason of a refusal. */
export async function enterParts(
  deps: FeedDeps,
  parts: FeedParts,
): Promise<{ readonly undrawable: readonly UndrawableRow[] }> {
  const homes = await homesIn(deps.db);
  const undrawable: UndrawableRow[] = [];
  for (const { municipality, register, rows } of byMunicipality(parts, (id) => homes.get(id), '992011')) {
    const outcome = thrown(await sendEvents(deps, municipalityCode.parse(municipality), register, rows));
    if (outcome.kind === 'entered') undrawable.push(...outcome.undrawable);
  }
  return { undrawable };
}

async function homesIn(db: CenterDatabase): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('resident')
    .innerJoin('household', 'household.id', 'resident.household_id')
    .select(['resident.id', 'household.municipality'])
    .execute();
  return new Map(rows.map(({ id, municipality }) => [id, municipality]));
}

export async function sendEvents(
  deps: FeedDeps,
  municipality: MunicipalityCode,
  register: FeedRegister,
  rows: readonly EntityRow[],
  effectiveAt = deps.now,
): Promise<FeedOutcome> {
  const stream = await streamOf(deps.db, municipality, register);
  const known = await deps.db
    .selectFrom('register_row')
    .select(['entity', 'key', 'version', 'sha256', 'ended'])
    .where('municipality', '=', municipality)
    .execute();
  const standing = new Map(known.map((row) => [`${row.entity} ${row.key}`, row]));
  const changed = rows.filter(({ entity, row }) => {
    const before = standing.get(`${entity} ${keyOf(entity, row)}`);
    const parsed = schemaOf(entity).safeParse(row);
    return !before || before.ended || !parsed.success || before.sha256 !== digestOf(row);
  });
  const events = changed.map(({ entity, row }, index) => ({
    op: 'put',
    seq: stream.nextSeq + index,
    entity,
    version: (standing.get(`${entity} ${keyOf(entity, row)}`)?.version ?? 0) + 1,
    effectiveAt: new Date(effectiveAt).toISOString(),
    row,
  }));
  return enterEvents(deps, { municipality, register }, [eventsText(stream, events, deps.now)]);
}

export interface StreamStand {
  readonly stream: string;
  readonly nextSeq: number;
}
export async function streamOf(
  db: CenterDatabase,
  municipality: string,
  register: FeedRegister,
): Promise<StreamStand> {
  const row = await db
    .selectFrom('register_stream')
    .select(['stream', 'next_seq'])
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .executeTakeFirstOrThrow();
  return { stream: row.stream, nextSeq: row.next_seq };
}

export function eventsText(
  { stream, nextSeq }: StreamStand,
  events: readonly object[],
  until: number,
): string {
  const header = {
    kind: 'events',
    stream,
    from: nextSeq,
    count: events.length,
    until: new Date(until).toISOString(),
  };
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Nothing has changed in any register of these municipalities, and that is known up to now. */
export async function heartbeat(deps: FeedDeps, municipalities: readonly string[]): Promise<void> {
  for (const code of municipalities) {
    for (const register of feedRegisters) {
      thrown(await sendEvents(deps, municipalityCode.parse(code), register, []));
    }
  }
}

function thrown(outcome: FeedOutcome): FeedOutcome {
  if (outcome.kind === 'entered' || outcome.kind === 'repeated') return outcome;
  if (outcome.kind !== 'faults') throw new Error(`the feed was refused: ${JSON.stringify(outcome)}`);
  throw new Error(outcome.faults.map(({ path, reason }) => `${path}: ${reason}`).join('; '));
}
