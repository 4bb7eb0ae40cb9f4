/** What every question of an authenticated visit begins with: whose session, whose household, whose municipality. */
import { civilMoment } from '#templates/civilTime.ts';
import type { MunicipalityProfile } from '#templates/profileSchema.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { authenticatedSession, type AuthenticatedSession } from '../identity/session.ts';
import { readSnapshot, type RegisterSnapshot } from '../registers/snapshot.ts';
import { isStopped } from './alarms.ts';
import type { IssuingDeps } from './deps.ts';
import { refusedFor, type IssuingRefusal } from './refusal.ts';

export interface VisitContext {
  readonly kind: 'visit';
  readonly session: AuthenticatedSession;
  readonly snapshot: RegisterSnapshot;
  readonly profile: MunicipalityProfile;
}

export interface Visit {
  readonly kioskId: string;
  readonly sessionId: string;
  readonly municipality: MunicipalityCode;
}

/** Reads the session and one snapshot of the register at the instant `now`. */
export async function visitContext(
  deps: IssuingDeps,
  { kioskId, sessionId, municipality }: Visit,
  now: number,
): Promise<VisitContext | IssuingRefusal> {
  const session = await authenticatedSession(deps.db, kioskId, sessionId, now);
  if (!session) return refusedFor('session-not-authenticated');
  const stopped = await isStopped(deps.db, kioskId, municipality);
  const snapshot = await readSnapshot(deps.db, session.residentId, civilMoment(now).date);
  const profile = deps.templates.profiles.get(municipality)?.value;
  if (!snapshot || !profile || snapshot.rows.household.municipality !== municipality) {
    return refusedFor('municipality-not-the-holders');
  }
  if (stopped) return refusedFor('municipality-stopped-by-alarm');
  return { kind: 'visit', session, snapshot, profile };
}
