/** Profile versions, their seals and fonts, stops and test issues. Staff are named by their id, the operator as `operator`. */
import type { Generated } from 'kysely';

export type VersionState = 'draft' | 'proposed' | 'approved' | 'rejected' | 'withdrawn';

/** One version of a municipality's profile. `profile` and `digest` change in a draft only (a trigger holds to it). */
export interface ProfileVersionTable {
  municipality: string;
  /** of this municipality, from 1 */
  number: number;
  state: VersionState;
  /** JSON, the exact text that `digest` (SHA-256, hex) is of; a draft's may be incomplete */
  profile: string;
  digest: string;
  /** grows with every save */
  revision: Generated<number>;
  /** the version it was made from */
  base: number | null;
  note: Generated<string>;
  created_by: string;
  created_at: Date;
  proposed_by: string | null;
  proposed_at: Date | null;
  /** who approved, rejected or withdrew it */
  decided_by: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
  effective_at: Date | null;
}

/** Whoever has saved a version: none of them may approve it. */
export interface ProfileEditorTable {
  municipality: string;
  number: number;
  staff_id: string;
}

/** A seal or a font under a name made of its own bytes. */
export interface MunicipalityAssetTable {
  municipality: string;
  name: string;
  kind: 'seal' | 'character-font';
  bytes: Buffer;
  /** SHA-256, hex */
  digest: string;
  created_by: string;
  created_at: Date;
}

/** 緊急停止: in force while `lifted_at` is null. */
export interface ServiceStopTable {
  id: Generated<number>;
  municipality: string;
  /** null: every kind */
  kind: string | null;
  reason: string;
  stopped_by: string;
  stopped_at: Date;
  lifted_by: string | null;
  lifted_at: Date | null;
}

export type TestIssueState =
  'waiting' | 'fetched' | 'printed' | 'not-printed' | 'unknown' | 'cancelled' | 'expired';

/** 見本の印刷 that a kiosk is asked for. */
export interface TestIssueTable {
  id: string;
  municipality: string;
  version: number;
  kiosk_id: string;
  kind: string;
  /** name of a sample file without `.json` */
  sample: string;
  state: TestIssueState;
  requested_by: string;
  requested_at: Date;
  expires_at: Date;
  fetched_at: Date | null;
  ended_at: Date | null;
  document_sha256: string | null;
  pages: number | null;
  /** of the version's text that was drawn */
  profile_digest: string | null;
}

export interface ConfigurationTables {
  profile_version: ProfileVersionTable;
  profile_editor: ProfileEditorTable;
  municipality_asset: MunicipalityAssetTable;
  service_stop: ServiceStopTable;
  test_issue: TestIssueTable;
}
