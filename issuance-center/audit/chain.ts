/**
 * The audit trail: append-only, each event carrying the hash of the one before. Appending is part of the caller's
 * transaction, so what happened and its record stand or fall together.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import { auditEvents, type AuditEventType, type AuditInput } from './events.ts';

/** The hash before the first event. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * Appends one event as the last statement of its transaction (the chain's end stays locked until the commit). Needs READ
 * COMMITTED. Throws ZodError when a field is missing, wrong or not in the catalogue.
 */
export async function appendAudit<Type extends AuditEventType>(
  db: CenterDatabase | CenterTransaction,
  now: number,
  type: Type,
  fields: AuditInput<Type>,
): Promise<void> {
  const text = canonicalJson(auditEvents[type].parse(fields) as Record<string, unknown>);
  const at = new Date(now).toISOString();
  await sql`
    with head as (select seq, hash from audit_head where id = 1 for update),
    event as (
      insert into audit_event (seq, at, type, fields, previous_hash, hash)
      select head.seq + 1, ${at}::text, ${type}::text, ${text}::text, head.hash,
        encode(sha256(convert_to(
          head.hash || E'\n' || (head.seq + 1)::text || E'\n' || ${at}::text || E'\n' || ${type}::text || E'\n' || ${text}::text,
          'UTF8')), 'hex')
      from head
      returning seq, hash)
    update audit_head set seq = event.seq, hash = event.hash from event where audit_head.id = 1`.execute(db);
}

/** Keys in order, no spaces: one value has one text, whatever built it. */
function canonicalJson(fields: Record<string, unknown>): string {
  const entries = Object.entries(fields).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}

export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly fields: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** The hash an event must have. */
export function eventHash({ seq, at, type, fields, previous_hash }: Omit<AuditRow, 'hash'>): string {
  const text = [previous_hash, seq, at, type, fields].join('\n');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export type ChainCheck =
  | { readonly kind: 'intact'; readonly events: number; readonly lastHash: string }
  /** `seq`: the first event that does not follow from those before it */
  | { readonly kind: 'broken'; readonly seq: number; readonly finding: 'gap' | 'link' | 'hash' | 'end' };

const PAGE = 1_000;

/** Walks the whole chain in one snapshot: any changed, missing, added or reordered event is found. */
export async function verifyAudit(db: CenterDatabase): Promise<ChainCheck> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      let seq = 0;
      let hash = GENESIS_HASH;
      for (;;) {
        const rows = await nextPage(tx, seq);
        for (const row of rows) {
          const finding = findingIn(row, seq, hash);
          if (finding) return { kind: 'broken', seq: seq + 1, finding } as const;
          ({ seq, hash } = row);
        }
        if (rows.length < PAGE) break;
      }
      const head = await tx.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirst();
      if (head?.seq !== seq || head.hash !== hash)
        return { kind: 'broken', seq: seq + 1, finding: 'end' } as const;
      return { kind: 'intact', events: seq, lastHash: hash } as const;
    });
}

function nextPage(tx: CenterTransaction, after: number): Promise<AuditRow[]> {
  return tx
    .selectFrom('audit_event')
    .selectAll()
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(PAGE)
    .execute();
}

function findingIn(row: AuditRow, seq: number, hash: string): 'gap' | 'link' | 'hash' | undefined {
  if (row.seq !== seq + 1) return 'gap';
  if (row.previous_hash !== hash) return 'link';
  return row.hash === eventHash(row) ? undefined : 'hash';
}
