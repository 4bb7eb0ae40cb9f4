/** Version and checksum of every row: what is new, what came too late, what says something else under one number. */
import { sql } from 'kysely';
import type { FeedEntity } from '../contract/registerFeed.ts';
import type { ApplyContext } from './applyContext.ts';
import type { FeedRow, RowFault } from './parseLines.ts';

export interface Known {
  readonly version: number;
  readonly sha256: string;
  readonly ended: boolean;
  /** the full load that named it last */
  readonly loadId: string | null;
}

type Place = Pick<ApplyContext, 'tx' | 'municipality'>;

export async function knownRows(
  { tx, municipality }: Place,
  entity: FeedEntity,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Known>> {
  const rows = await tx
    .selectFrom('register_row')
    .select(['key', 'version', 'sha256', 'ended', 'load_id as loadId'])
    .where('municipality', '=', municipality)
    .where('entity', '=', entity)
    .where('key', '=', sql<string>`any(${keys}::text[])`)
    .execute();
  return new Map(rows.map(({ key, ...known }) => [key, known]));
}

export async function noteRows(
  { tx, municipality }: Place,
  entity: FeedEntity,
  rows: readonly FeedRow[],
  loadId: string | null,
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ key, version, sha256, op }) => ({ key, version, sha256, ended: op === 'end' }));
  await sql`
    insert into register_row (municipality, entity, key, version, sha256, ended, load_id)
    select ${municipality}, ${entity}, v->>'key', (v->>'version')::bigint, v->>'sha256', (v->>'ended')::boolean,
      ${loadId}::uuid from jsonb_array_elements(${JSON.stringify(values)}::jsonb) v
    on conflict (municipality, entity, key) do update
      set version = excluded.version, sha256 = excluded.sha256, ended = excluded.ended,
        load_id = coalesce(excluded.load_id, register_row.load_id)`.execute(tx);
}

type RowFaultKind = 'too-old' | 'contradicts' | 'twice';
export type Standing = 'added' | 'changed' | 'unchanged' | RowFaultKind;

/** What a row means beside what is known of it. A load may name a row again as it is, once; an event may not. */
export function standingOf(row: FeedRow, known: Known | undefined, loadId: string | null): Standing {
  if (!known) return 'added';
  const repeats = loadId !== null;
  if (repeats && known.loadId === loadId) return 'twice';
  const isSame =
    row.version === known.version && row.sha256 === known.sha256 && known.ended === (row.op === 'end');
  if (repeats && isSame) return 'unchanged';
  if (row.version === known.version) return 'contradicts';
  if (row.version < known.version) return 'too-old';
  return known.ended ? 'added' : 'changed';
}

export const isFault = (standing: Standing): standing is RowFaultKind => standing in REASONS;

const REASONS = {
  'too-old': 'この行は、すでに新しい版が届いています',
  contradicts: '同じ版の番号で、前とちがう内容です',
  twice: 'この行は、同じファイルにもう一度あります',
} as const;

export function versionFault({ line }: FeedRow, standing: RowFaultKind): RowFault {
  return { line, path: 'version', reason: REASONS[standing] };
}
