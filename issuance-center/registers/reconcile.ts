/**
 * The daily reconciliation: the source's checksums of every row beside ours, at the same event. Rows that differ are held:
 * what stands on them is not issued until they agree again or a full load has come. The incidents of deleted seals were
 * years of differences that nobody looked for.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { inJapanese } from '#templates/templateFault.ts';
import { appendAudit } from '../audit/chain.ts';
import { checksumLine, checksumsHeader, registerEntities } from '../contract/registerFeed.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { FeedDeps, FeedPlace } from './feedApi.ts';
import { linesOf, NotReadable, readHeader, type Lines } from './feedLines.ts';
import { holdFeeds, streamIn } from './streams.ts';

export type ReconcileOutcome =
  | { readonly kind: 'reconciled'; readonly rows: number; readonly differences: number }
  /** the source speaks of another point than where we stand */
  | { readonly kind: 'another-point'; readonly nextSeq: number | null }
  | { readonly kind: 'not-readable'; readonly reason: string };

const CHUNK_ROWS = 5_000;

export async function reconcile(deps: FeedDeps, place: FeedPlace, text: Lines): Promise<ReconcileOutcome> {
  try {
    return await deps.db.transaction().execute((tx) => compare(deps, tx, place, text));
  } catch (error) {
    if (error instanceof NotReadable) return { kind: 'not-readable', reason: error.message };
    throw error;
  }
}

async function compare(
  { now }: FeedDeps,
  tx: CenterTransaction,
  place: FeedPlace,
  text: Lines,
): Promise<ReconcileOutcome> {
  const { municipality, register } = place;
  await sql`set local statement_timeout = 0`.execute(tx);
  await holdFeeds(tx, municipality);
  const lines = linesOf(text);
  const header = await readHeader(lines, checksumsHeader);
  const standing = await streamIn(tx, municipality, register);
  if (!standing || standing.stream !== header.stream || standing.nextSeq !== header.seq + 1) {
    return { kind: 'another-point', nextSeq: standing?.nextSeq ?? null };
  }
  const table = `source_${randomUUID().replaceAll('-', '')}`;
  await sql`create temporary table ${sql.table(table)}
    (entity text, key text, version bigint, sha256 text, primary key (entity, key)) on commit drop`.execute(
    tx,
  );
  const rows = await stage(tx, table, lines, header.count);
  await noteDifferences(tx, place, table);
  const { differences } = await tx
    .selectFrom('register_difference')
    .select(sql<number>`count(*)::int`.as('differences'))
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .executeTakeFirstOrThrow();
  const at = new Date(now);
  await tx
    .insertInto('register_reconciliation')
    .values({ ...place, at, seq: header.seq, rows, differences })
    .execute();
  await tx
    .updateTable('register_stream')
    .set({ reconciled_at: at })
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .execute();
  await appendAudit(tx, now, 'register-reconciled', { ...place, rows, differences });
  return { kind: 'reconciled', rows, differences };
}

async function stage(
  tx: CenterTransaction,
  table: string,
  lines: AsyncGenerator<string>,
  count: number,
): Promise<number> {
  let chunk: string[] = [];
  let rows = 0;
  const flush = async () => {
    if (chunk.length === 0) return;
    await sql`
      insert into ${sql.table(table)} select v->>'entity', v->>'key', (v->>'version')::bigint, v->>'sha256'
        from jsonb_array_elements(${`[${chunk.join(',')}]`}::jsonb) v on conflict do nothing`.execute(tx);
    chunk = [];
  };
  for await (const line of lines) {
    rows += 1;
    chunk.push(JSON.stringify(checked(line, rows + 1)));
    if (chunk.length >= CHUNK_ROWS) await flush();
  }
  await flush();
  if (rows !== count) throw new NotReadable(`見出しの件数（${count}件）と行の数（${rows}件）が合いません`);
  return rows;
}

function checked(text: string, line: number): object {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new NotReadable(`${line}行目：JSONとして読めません`);
  }
  const parsed = checksumLine.safeParse(json, { error: inJapanese });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NotReadable(`${line}行目の ${issue!.path.join('.')}：${issue!.message}`);
}

/** Differences of the last run are replaced; what waits for its time is no difference. */
async function noteDifferences(tx: CenterTransaction, { municipality, register }: FeedPlace, table: string) {
  const entities = [...registerEntities[register]];
  await tx
    .deleteFrom('register_difference')
    .where('municipality', '=', municipality)
    .where('register', '=', register)
    .execute();
  await sql`
    insert into register_difference (municipality, register, entity, key, finding)
    select ${municipality}, ${register}, coalesce(ours.entity, theirs.entity), coalesce(ours.key, theirs.key),
      case when ours.key is null then 'missing-here' when theirs.key is null then 'not-at-the-source' else 'differs' end
    from (select entity, key, version, sha256 from register_row
        where municipality = ${municipality} and not ended and entity = any(${entities}::text[])) ours
    full join ${sql.table(table)} theirs on theirs.entity = ours.entity and theirs.key = ours.key
    where (ours.key is null or theirs.key is null or ours.sha256 <> theirs.sha256 or ours.version <> theirs.version)
      and not exists (select 1 from register_pending pending where pending.municipality = ${municipality}
        and pending.register = ${register} and pending.event->>'entity' = coalesce(ours.entity, theirs.entity)
        and pending.event->>'key' = coalesce(ours.key, theirs.key))`.execute(tx);
}
