/**
 * Who is signed in. The cookie is a random token of which only the hash is kept; a session ends by itself after half an
 * hour without a sign of life and after a working day, and at once when the account changes.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CenterDatabase, CenterTransaction } from '../database/connect.ts';
import type { StaffSessionTable } from '../database/schemaStaff.ts';
import type { StaffMember } from './consoleRoute.ts';

type Database = CenterDatabase | CenterTransaction;
export type Stage = StaffSessionTable['stage'];

const MINUTE_MS = 60_000;
export const IDLE_MS = 30 * MINUTE_MS;
/** A working day with overtime. */
export const ABSOLUTE_MS = 10 * 60 * MINUTE_MS;
/** From the password to the second factor. */
const HALF_WAY_MS = 5 * MINUTE_MS;
/** Enough to install a code app. */
const ENROLMENT_MS = 30 * MINUTE_MS;
/** Acts that weigh more ask for the second factor again after this. */
export const CONFIRMED_MS = 5 * MINUTE_MS;
const SEEN_INTERVAL_MS = MINUTE_MS;

const LIFETIMES: Readonly<Record<Stage, number>> = {
  password: HALF_WAY_MS,
  enrolment: ENROLMENT_MS,
  full: ABSOLUTE_MS,
};

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
export const newToken = (): string => randomBytes(32).toString('base64url');

export interface OpenedSession {
  /** for the cookie */
  readonly token: string;
  readonly csrf: string;
}

export async function openStaffSession(
  db: Database,
  staffId: string,
  stage: Stage,
  now: number,
): Promise<OpenedSession> {
  const opened = { token: newToken(), csrf: newToken() };
  await db
    .insertInto('staff_session')
    .values({
      token_hash: hashOf(opened.token),
      staff_id: staffId,
      csrf: opened.csrf,
      stage,
      created_at: new Date(now),
      last_seen_at: new Date(now),
      expires_at: new Date(now + LIFETIMES[stage]),
      confirmed_at: stage === 'full' ? new Date(now) : null,
    })
    .execute();
  return opened;
}

export interface Session extends StaffMember {
  readonly tokenHash: string;
  readonly csrf: string;
  readonly stage: Stage;
  readonly challenge: string | null;
  /** the second factor was shown within the last minutes */
  readonly isConfirmed: boolean;
}

/** The live session of a token; undefined when there is none. A sign of life is noted at most once a minute. */
export async function sessionOf(db: Database, token: string, now: number): Promise<Session | undefined> {
  const tokenHash = hashOf(token);
  const row = await db
    .selectFrom('staff_session')
    .innerJoin('staff', 'staff.id', 'staff_session.staff_id')
    .select(['staff.id', 'staff.municipality', 'staff.roles', 'staff.state'])
    .select(['csrf', 'stage', 'challenge', 'last_seen_at', 'expires_at', 'confirmed_at'])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (!row || row.expires_at.getTime() <= now || now - row.last_seen_at.getTime() > IDLE_MS) return undefined;
  if (row.state !== (row.stage === 'enrolment' ? 'invited' : 'active')) return undefined;
  if (now - row.last_seen_at.getTime() >= SEEN_INTERVAL_MS) {
    await db
      .updateTable('staff_session')
      .set({ last_seen_at: new Date(now) })
      .where('token_hash', '=', tokenHash)
      .execute();
  }
  const { confirmed_at } = row;
  return {
    staffId: row.id,
    municipality: row.municipality as MunicipalityCode,
    roles: row.roles,
    tokenHash,
    csrf: row.csrf,
    stage: row.stage,
    challenge: row.challenge,
    isConfirmed: confirmed_at !== null && now - confirmed_at.getTime() <= CONFIRMED_MS,
  };
}

export async function noteChallenge(
  db: Database,
  tokenHash: string,
  challenge: string | null,
): Promise<void> {
  await db.updateTable('staff_session').set({ challenge }).where('token_hash', '=', tokenHash).execute();
}

export async function noteConfirmed(db: Database, tokenHash: string, now: number): Promise<void> {
  await db
    .updateTable('staff_session')
    .set({ confirmed_at: new Date(now), challenge: null })
    .where('token_hash', '=', tokenHash)
    .execute();
}

export async function endSession(db: Database, tokenHash: string): Promise<void> {
  await db.deleteFrom('staff_session').where('token_hash', '=', tokenHash).execute();
}

/** All of a member's, but for one. */
export async function endSessionsOf(db: Database, staffId: string, but?: string): Promise<void> {
  await db
    .deleteFrom('staff_session')
    .where('staff_id', '=', staffId)
    .$if(but !== undefined, (query) => query.where('token_hash', '<>', but!))
    .execute();
}

/** Sessions nobody can use any more; called now and then. */
export async function forgetDeadSessions(db: Database, now: number): Promise<void> {
  await db
    .deleteFrom('staff_session')
    .where((where) =>
      where.or([
        where('expires_at', '<', new Date(now)),
        where('last_seen_at', '<', sql<Date>`${new Date(now - IDLE_MS)}`),
      ]),
    )
    .execute();
}
