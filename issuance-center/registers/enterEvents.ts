/**
 * A batch of events after a full load: in order, whole or not at all. What was entered before must say the same; what
 * counts from a later instant waits; what should have counted earlier is entered at once, and certificates made in between
 * are found.
 */
import { sql } from 'kysely';
import { appendAudit } from '../audit/chain.ts';
import { eventsHeader } from '../contract/registerFeed.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { FeedDeps, FeedPlace } from './feedApi.ts';
import { linesOf, NotReadable, readHeader, type Lines } from './feedLines.ts';
import type { FeedOutcome, FeedRefusal } from './feedOutcome.ts';
import {
  applyInOrder,
  inOrder,
  noteFaults,
  noteParsed,
  RolledBack,
  startRun,
  type FeedRun,
} from './feedRun.ts';
import { findLateIssues } from './lateIssues.ts';
import { parseEventLine, type FeedRow } from './parseLines.ts';
import { applyDueIn } from './pending.ts';
import { advanceStream, holdFeeds, noteRefusal, streamIn } from './streams.ts';
import { heardAfter, judgeBatch, type BatchHeader, type Standing } from './streamRules.ts';

/** A batch is held in memory whole. */
export const BATCH_LIMIT = 10_000;

export async function enterEvents(
  deps: FeedDeps,
  place: FeedPlace,
  text: Lines,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<FeedOutcome> {
  const read = await readBatch(text);
  if ('reason' in read) {
    const refusal = { kind: 'not-readable' as const, reason: read.reason };
    if (!dryRun) await refuse(deps, place, refusal, read.header);
    return refusal;
  }
  const canDraw = await deps.canDraw(place.municipality);
  try {
    return await deps.db.transaction().execute(async (tx) => {
      const context = { ...place, canDraw };
      const parsed = read.lines.map((line, index) => parseEventLine(context, line, index + 2));
      const outcome = await enter({ ...deps, tx }, place, { ...read, parsed }, dryRun);
      if (dryRun || outcome.kind === 'faults') throw new RolledBack(outcome);
      return outcome;
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    const { outcome } = error;
    if (!dryRun && outcome.kind === 'faults') await refuse(deps, place, outcome, read.header);
    return outcome;
  }
}

interface Batch {
  readonly header: BatchHeader;
  readonly lines: readonly string[];
}

interface Unreadable {
  readonly reason: string;
  /** absent when not even that could be read; what it announces exists, though it has not come */
  readonly header?: BatchHeader;
}

async function readBatch(text: Lines): Promise<Batch | Unreadable> {
  let header: BatchHeader | undefined;
  try {
    const lines = linesOf(text);
    const { stream, from, count, until } = await readHeader(lines, eventsHeader);
    header = { stream, from, count, until: Date.parse(until) };
    return { header, lines: await readEvents(lines, count) };
  } catch (error) {
    if (error instanceof NotReadable) return { reason: error.message, header };
    throw error;
  }
}

async function readEvents(lines: AsyncGenerator<string>, count: number): Promise<readonly string[]> {
  if (count > BATCH_LIMIT) throw new NotReadable(`一度に送れるのは ${BATCH_LIMIT} 件までです`);
  const events: string[] = [];
  for await (const line of lines) {
    events.push(line);
    if (events.length > count) throw new NotReadable(`見出しの件数（${count}件）より多くの行があります`);
  }
  if (events.length !== count) {
    throw new NotReadable(`見出しの件数（${count}件）に足りません（${events.length}件）。途中で切れています`);
  }
  return events;
}

interface ParsedBatch extends Batch {
  readonly parsed: readonly ReturnType<typeof parseEventLine>[];
}

async function enter(
  deps: FeedDeps & { readonly tx: CenterTransaction },
  place: FeedPlace,
  batch: ParsedBatch,
  dryRun: boolean,
): Promise<FeedOutcome> {
  const { tx, now } = deps;
  const { header } = batch;
  await holdFeeds(tx, place.municipality);
  const standing = await streamIn(tx, place.municipality, place.register);
  const judged = judgeBatch(standing, header, now);
  if (judged.kind !== 'enter') return refusedIn(tx, place, judged, heard(standing, header, judged.kind), now);
  const contradiction = await contradictingSeq(tx, place, standing!.stream, batch, judged.skip);
  if (contradiction !== undefined) {
    const refusal = { kind: 'repeated-differently' as const, seq: contradiction };
    await noteRefusal(tx, place, refusal, { blocked: refusal.kind, now });
    await appendAudit(tx, now, 'register-feed-refused', { ...place, reason: refusal.kind, faults: 0 });
    return refusal;
  }
  // also an empty batch that knows fewer events than came before it: how far it goes is no news
  if (header.from + header.count < standing!.nextSeq || (judged.skip === header.count && header.count > 0)) {
    return { kind: 'repeated', nextSeq: standing!.nextSeq };
  }
  // what became due before this batch counts before it
  await applyDueIn(tx, place.municipality, now);
  const run = startRun({ tx, ...place, loadId: null });
  await applyBatch(run, batch, judged.skip, now);
  const { counts, undrawable } = run;
  if (run.total > 0) return { kind: 'faults', faults: inOrder(run), total: run.total, counts };
  const nextSeq = header.from + header.count;
  const advanced = { nextSeq: Math.max(nextSeq, standing!.nextSeq), heardSeq: heardAfter(standing!, header) };
  const fedUntil = Math.max(header.until, standing!.fedUntil);
  await noteEvents(tx, place, standing!.stream, batch, judged.skip);
  await advanceStream(tx, place, { ...advanced, fedUntil });
  const changed = counts.added + counts.changed + counts.ended;
  const event = {
    ...place,
    rows: header.count - judged.skip,
    changed,
    from: header.from,
    waiting: counts.waiting,
  };
  if (header.count > 0) {
    await appendAudit(tx, now, 'register-events-entered', { ...event, undrawable: run.undrawableTotal });
  }
  return { kind: 'entered', dryRun, counts, nextSeq: advanced.nextSeq, undrawable };
}

/** A gap is heard of: until it is closed nothing that rests on the register is issued. */
function heard(standing: Standing | undefined, header: BatchHeader, kind: string): number | undefined {
  return kind === 'gap' && standing ? heardAfter(standing, header) : undefined;
}

async function refusedIn(
  tx: CenterTransaction,
  place: FeedPlace,
  refusal: FeedRefusal,
  heardSeq: number | undefined,
  now: number,
): Promise<FeedOutcome> {
  await noteRefusal(tx, place, refusal, { heardSeq, now });
  await appendAudit(tx, now, 'register-feed-refused', { ...place, reason: refusal.kind, faults: 0 });
  return refusal;
}

/** After the rollback of a faulty or unreadable batch: its events exist, and they are missing here. */
async function refuse(
  deps: FeedDeps,
  place: FeedPlace,
  refusal: FeedRefusal,
  header: BatchHeader | undefined,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await holdFeeds(tx, place.municipality);
    const standing = await streamIn(tx, place.municipality, place.register);
    const isOurs = standing && header && standing.stream === header.stream;
    const heardSeq = isOurs ? heardAfter(standing, header) : undefined;
    await noteRefusal(tx, place, refusal, { heardSeq, now: deps.now });
    const faults = refusal.kind === 'faults' ? refusal.total : 0;
    await appendAudit(tx, deps.now, 'register-feed-refused', { ...place, reason: refusal.kind, faults });
  });
}

/** Of the events that were entered before, the first that now says something else. */
async function contradictingSeq(
  tx: CenterTransaction,
  { municipality, register }: FeedPlace,
  stream: string,
  { header, parsed }: ParsedBatch,
  skip: number,
): Promise<number | undefined> {
  if (skip === 0) return undefined;
  const rows = await tx
    .selectFrom('register_event')
    .select(['seq', 'sha256'])
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .where('stream', '=', stream)
    .where('seq', '>=', header.from)
    .where('seq', '<', header.from + skip)
    .execute();
  const known = new Map(rows.map(({ seq, sha256 }) => [seq, sha256]));
  for (let index = 0; index < skip; index += 1) {
    const seq = header.from + index;
    const before = known.get(seq);
    // events inside the full load were never seen one by one
    if (before !== undefined && before !== eventDigest(parsed[index]!.row, seq)) return seq;
  }
  return undefined;
}

function eventDigest(row: FeedRow | undefined, seq: number): string | undefined {
  if (!row || row.seq !== seq) return undefined;
  const { op, entity, key, version, effectiveAt, sha256 } = row;
  return [op, entity, key, version, effectiveAt, sha256].join(' ');
}

async function applyBatch(
  run: FeedRun,
  { header, parsed }: ParsedBatch,
  skip: number,
  now: number,
): Promise<void> {
  const due: FeedRow[] = [];
  for (const [index, one] of parsed.entries()) {
    if (index < skip) continue;
    noteParsed(run, one);
    const { row } = one;
    if (!row) continue;
    if (row.seq !== header.from + index) {
      const reason = `順番の番号が ${header.from + index} ではありません`;
      noteFaults(run, [{ line: row.line, path: 'seq', reason }]);
    } else if (row.effectiveAt! > now) await wait(run, row);
    else due.push(row);
  }
  await applyInOrder(run, due);
  await findLateIssues(run.tx, run.municipality, due, now);
}

async function wait(run: FeedRun, row: FeedRow): Promise<void> {
  const { tx, municipality, register } = run;
  await tx
    .insertInto('register_pending')
    .values({
      municipality,
      register,
      seq: row.seq!,
      effective_at: new Date(row.effectiveAt!),
      event: JSON.stringify(row),
    })
    .execute();
  run.counts = { ...run.counts, waiting: run.counts.waiting + 1 };
}

async function noteEvents(
  tx: CenterTransaction,
  { municipality, register }: FeedPlace,
  stream: string,
  { header, parsed }: ParsedBatch,
  skip: number,
): Promise<void> {
  const events = parsed.slice(skip).map(({ row }, index) => {
    const seq = header.from + skip + index;
    return { seq, sha256: eventDigest(row, seq)! };
  });
  if (events.length === 0) return;
  await sql`
    insert into register_event (municipality, register, stream, seq, sha256)
    select ${municipality}, ${register}, ${stream}::uuid, (e->>'seq')::bigint, e->>'sha256'
      from jsonb_array_elements(${JSON.stringify(events)}::jsonb) e
    on conflict do nothing`.execute(tx);
}
