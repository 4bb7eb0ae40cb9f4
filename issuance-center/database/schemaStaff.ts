/** Staff accounts, their second factors and sessions. Names of staff stand here and nowhere else. */
import type { Generated } from 'kysely';
import type { Role } from '../console/permissions.ts';

export interface StaffTable {
  /** uuid; what every other table and the audit name */
  id: string;
  municipality: string;
  /** lower case; one in the whole center */
  login: string;
  display_name: string;
  roles: Role[];
  state: 'invited' | 'active' | 'disabled';
  password_hash: string | null;
  /** AES-256-GCM with the center's console key */
  one_time_secret: Buffer | null;
  /** last 30-second step whose code was used: none is used twice */
  one_time_step: Generated<number>;
  /** wrong passwords or codes in a row */
  failures: Generated<number>;
  /** times locked since the last success: each lock is twice as long */
  locks: Generated<number>;
  locked_until: Date | null;
  /** SHA-256 of the one-time invitation, hex */
  invitation_hash: string | null;
  invitation_until: Date | null;
  created_at: Date;
  created_by: string;
}

export interface StaffPasskeyTable {
  /** base64url */
  credential_id: string;
  staff_id: string;
  /** COSE */
  public_key: Buffer;
  counter: number;
  transports: string[];
  label: string;
  created_at: Date;
  last_used_at: Date | null;
}

export interface StaffRecoveryCodeTable {
  staff_id: string;
  hash: string;
  used_at: Date | null;
}

export interface StaffSessionTable {
  /** SHA-256 of the cookie's token, hex: who reads the table cannot sign in with it */
  token_hash: string;
  staff_id: string;
  csrf: string;
  /** how far the sign-in has come; only `full` may act */
  stage: 'password' | 'enrolment' | 'full';
  /** of a passkey ceremony that has begun */
  challenge: string | null;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  /** last second factor */
  confirmed_at: Date | null;
}

export interface StaffTables {
  staff: StaffTable;
  staff_passkey: StaffPasskeyTable;
  staff_recovery_code: StaffRecoveryCodeTable;
  staff_session: StaffSessionTable;
}
