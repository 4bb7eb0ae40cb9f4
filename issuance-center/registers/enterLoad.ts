/**
 * A full load of one register: read line by line, entered in one transaction, or nothing of it. Rows that it does not name
 * have ended. It begins a new stream and so closes every gap.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { appendAudit } from '../audit/chain.ts';
import { loadHeader, registerEntities } from '../contract/registerFeed.ts';
import { rebuildMembers } from './applyFamilies.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { CanDraw } from './drawable.ts';
import type { FeedDeps, FeedPlace } from './feedApi.ts';
import type { FeedOutcome, FeedRefusal } from './feedOutcome.ts';
import {
  applyInOrder,
  endAbsent,
  inOrder,
  noteFaults,
  noteParsed,
  RolledBack,
  startRun,
  type FeedRun,
} from './feedRun.ts';
import { linesOf, NotReadable, readHeader, type Lines } from './feedLines.ts';
import { parseLoadLine, type FeedRow } from './parseLines.ts';
import { beginStream, holdFeeds, noteRefusal, streamIn } from './streams.ts';
import { CLOCK_DIFFERENCE_MS } from './streamRules.ts';

const CHUNK_ROWS = 500;
/** After so many rows everybody else has a turn: issuing goes on while a load is read. */
const ROWS_A_TURN = 50;

export async function enterLoad(
  deps: FeedDeps,
  place: FeedPlace,
  text: Lines,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<FeedOutcome> {
  const canDraw = await deps.canDraw(place.municipality);
  try {
    return await deps.db
      .transaction()
      .execute((tx) => load({ now: deps.now, tx, canDraw }, place, text, dryRun));
  } catch (error) {
    const outcome = outcomeOf(error);
    if (!dryRun && outcome.kind !== 'entered') await noteRefused(deps, place, outcome);
    return outcome;
  }
}

/** The outcome that a thrown value stands for; anything else is a fault of our own. */
export function outcomeOf(error: unknown): Exclude<FeedOutcome, { kind: 'repeated' }> {
  if (error instanceof RolledBack) return error.outcome as Exclude<FeedOutcome, { kind: 'repeated' }>;
  if (error instanceof NotReadable) return { kind: 'not-readable', reason: error.message };
  throw error;
}

interface LoadDeps extends Pick<FeedDeps, 'now'> {
  readonly tx: CenterTransaction;
  readonly canDraw: CanDraw;
}

async function load(deps: LoadDeps, place: FeedPlace, text: Lines, dryRun: boolean): Promise<FeedOutcome> {
  const { tx, now } = deps;
  const { municipality, register } = place;
  await sql`set local statement_timeout = 0`.execute(tx);
  // a table that was empty when it was planned for grows a million rows meanwhile
  await sql`set local enable_seqscan = off`.execute(tx);
  await holdFeeds(tx, municipality);
  const lines = linesOf(text);
  const header = await readHeader(lines, loadHeader);
  const until = Date.parse(header.until);
  if (until > now + CLOCK_DIFFERENCE_MS) throw new RolledBack({ kind: 'from-the-future' });
  const standing = await streamIn(tx, municipality, register);
  if (standing && until < standing.fedUntil) throw new RolledBack({ kind: 'older-than-known' });
  const run = startRun({ tx, municipality, register, loadId: randomUUID() });
  const lineOf = await readRows(run, deps, lines, header.count);
  // people before their households, links before their people: what stands on others ends first
  for (const entity of [...registerEntities[register]].reverse()) await endAbsent(run, entity);
  if (register === 'family-register') noteFaults(run, await rebuildMembers(run, (id) => lineOf.get(id) ?? 0));
  const { counts, undrawable } = run;
  if (run.total > 0) throw new RolledBack({ kind: 'faults', faults: inOrder(run), total: run.total, counts });
  await beginStream(tx, place, { stream: header.stream, seq: header.seq, until, now });
  const changed = counts.added + counts.changed + counts.ended;
  const event = { ...place, rows: header.count, changed, seq: header.seq, undrawable: run.undrawableTotal };
  await appendAudit(tx, now, 'register-loaded', event);
  const outcome = { kind: 'entered' as const, dryRun, counts, nextSeq: header.seq + 1, undrawable };
  if (dryRun) throw new RolledBack(outcome);
  return outcome;
}

/** Answers with the line of each 戸籍, for faults that show only at the end. */
async function readRows(
  run: FeedRun,
  deps: LoadDeps,
  lines: AsyncGenerator<string>,
  count: number,
): Promise<ReadonlyMap<string, number>> {
  const { municipality, register } = run;
  const context = { municipality, register, canDraw: deps.canDraw };
  const lineOf = new Map<string, number>();
  // the database takes one piece while the next one is read
  let applying = Promise.resolve();
  const apply = async (rows: readonly FeedRow[]): Promise<void> => {
    await applying;
    applying = applyInOrder(run, byEntity(register, rows));
    applying.catch(() => undefined);
  };
  let chunk: FeedRow[] = [];
  let line = 1;
  try {
    for await (const text of lines) {
      line += 1;
      if (line > count + 1) throw new NotReadable(`見出しの件数（${count}件）より多くの行があります`);
      if (line % ROWS_A_TURN === 0) await setImmediate();
      const parsed = parseLoadLine(context, text, line);
      noteParsed(run, parsed);
      if (!parsed.row) continue;
      if (register === 'family-register') lineOf.set(parsed.row.key, line);
      chunk.push(parsed.row);
      if (chunk.length < CHUNK_ROWS) continue;
      await apply(chunk);
      chunk = [];
    }
    if (line !== count + 1) {
      throw new NotReadable(`見出しの件数（${count}件）に足りません（${line - 1}件）。途中で切れています`);
    }
    await apply(chunk);
    await applying;
  } finally {
    // nothing is left running in a transaction that ends
    await applying.catch(() => undefined);
  }
  return lineOf;
}

/**
 * The rows of a load all count at one instant, so that within a piece of it all of an entity go into one statement, what
 * others stand on first.
 */
function byEntity(register: FeedPlace['register'], rows: readonly FeedRow[]): readonly FeedRow[] {
  return registerEntities[register].flatMap((entity) => rows.filter((row) => row.entity === entity));
}

/** Outside the transaction that was rolled back: a register that was loaded before keeps the reason. */
async function noteRefused(deps: FeedDeps, place: FeedPlace, refusal: FeedRefusal): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await noteRefusal(tx, place, refusal, { now: deps.now });
    const faults = refusal.kind === 'faults' ? refusal.total : 0;
    await appendAudit(tx, deps.now, 'register-feed-refused', { ...place, reason: refusal.kind, faults });
  });
}
