/** What every question of an authenticated visit begins with: whose session, whose household, whose municipality. */
import type { ResidentId } from '#templates/datasets/residentRegister.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { InForce } from '../configuration/configuration.ts';
import { authenticatedSession, type AuthenticatedSession } from '../identity/session.ts';
import { applyDue } from '../registers/pending.ts';
import { snapshotIn, type RegisterSnapshot } from '../registers/snapshot.ts';
import { isStopped } from './alarms.ts';
import type { IssuingDeps } from './deps.ts';
import { refusedFor, type IssuingRefusal } from './refusal.ts';

export interface VisitContext {
  readonly kind: 'visit';
  readonly session: AuthenticatedSession;
  readonly snapshot: RegisterSnapshot;
  /** the municipality's configuration at the same instant, read in the same snapshot */
  readonly inForce: InForce;
}

export interface Visit {
  readonly kioskId: string;
  readonly sessionId: string;
  readonly municipality: MunicipalityCode;
}

/** Reads the session, and one snapshot of registers and configuration at the instant `now`. */
export async function visitContext(
  deps: IssuingDeps,
  { kioskId, sessionId, municipality }: Visit,
  now: number,
): Promise<VisitContext | IssuingRefusal> {
  const session = await authenticatedSession(deps.db, kioskId, sessionId, now);
  if (!session) return refusedFor('session-not-authenticated');
  const stopped = await isStopped(deps.db, kioskId, municipality);
  await applyDue(deps.db, municipality, now);
  const { snapshot, inForce } = await lookAt(deps, session.residentId, municipality, now);
  if (!snapshot || !inForce || snapshot.rows.household.municipality !== municipality) {
    return refusedFor('municipality-not-the-holders');
  }
  if (stopped) return refusedFor('municipality-stopped-by-alarm');
  if (inForce.stops.all) return refusedFor('service-stopped');
  return { kind: 'visit', session, snapshot, inForce };
}

/** One look: what is in force and what is registered belong to the same instant. */
function lookAt(
  { db, configuration }: IssuingDeps,
  residentId: ResidentId,
  municipality: MunicipalityCode,
  now: number,
) {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => ({
      snapshot: await snapshotIn(tx, residentId, now),
      inForce: await configuration.inForce(tx, municipality, now),
    }));
}
