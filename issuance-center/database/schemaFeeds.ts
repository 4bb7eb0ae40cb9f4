/** Sequenced feeds of the registers and their reconciliation. */
import type { ColumnType, Generated } from 'kysely';
import type { FeedEntity, FeedRegister } from '../contract/registerFeed.ts';

type Json<Value> = ColumnType<Value, string, string>;

/** Where a municipality's register stands (operations.md 7, T6). */
export interface RegisterStreamTable {
  municipality: string;
  register: FeedRegister;
  /** of the last full load; events name it */
  stream: string;
  next_seq: number;
  /** highest number heard of: a gap is open while it is not below `next_seq` */
  heard_seq: number;
  fed_until: Date;
  loaded_at: Date;
  /** why nothing of it counts until the next full load: `repeated-differently`, `not-applicable` */
  blocked_reason: string | null;
  /** outcome of the last batch that was refused, without any text of a row */
  last_refusal: Json<object> | null;
  last_refused_at: Date | null;
  reconciled_at: Date | null;
}

/** Which events have been entered, by what they said. */
export interface RegisterEventTable {
  municipality: string;
  register: FeedRegister;
  stream: string;
  seq: number;
  sha256: string;
}

/** Events whose time has not come. */
export interface RegisterPendingTable {
  id: Generated<number>;
  municipality: string;
  register: FeedRegister;
  seq: number;
  effective_at: Date;
  event: Json<object>;
}

/** Version and checksum of every row there is or was. */
export interface RegisterRowTable {
  municipality: string;
  entity: FeedEntity;
  key: string;
  version: number;
  sha256: string;
  ended: Generated<boolean>;
  /** the full load that named it last */
  load_id: string | null;
}

/** Who stands on a 戸籍 or 附票, now or before. */
export interface RegisterPersonTable {
  municipality: string;
  register: 'family-register' | 'address-history';
  row_id: string;
  resident_id: string;
}

export interface RegisterReconciliationTable {
  id: Generated<number>;
  municipality: string;
  register: FeedRegister;
  at: Date;
  seq: number;
  rows: number;
  differences: number;
}

export type DifferenceFinding = 'missing-here' | 'not-at-the-source' | 'differs';
export interface RegisterDifferenceTable {
  municipality: string;
  register: FeedRegister;
  entity: FeedEntity;
  key: string;
  finding: DifferenceFinding;
}

/** Who may feed a municipality's registers, known by the SHA-256 of the client certificate. */
export interface FeedClientTable {
  id: string;
  municipality: string;
  fingerprint: string;
  enrolled_at: Date;
  enrolled_by: string;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

export interface FeedsTables {
  register_stream: RegisterStreamTable;
  register_event: RegisterEventTable;
  register_pending: RegisterPendingTable;
  register_row: RegisterRowTable;
  register_person: RegisterPersonTable;
  register_reconciliation: RegisterReconciliationTable;
  register_difference: RegisterDifferenceTable;
  feed_client: FeedClientTable;
}
