/** Cards tied to a seal registration at the counter. */
import type { Generated } from 'kysely';

/** In force while `ended_at` is null. */
export interface SealCardTable {
  id: Generated<number>;
  /** SHA-256 of the CA's SPKI, hex */
  issuer_key_id: string;
  /** of the 利用者証明用電子証明書, lower case hex */
  serial: string;
  municipality: string;
  resident_id: string;
  linked_by: string;
  linked_at: Date;
  ended_by: string | null;
  ended_at: Date | null;
}

export interface CounterTables {
  seal_card: SealCardTable;
}
