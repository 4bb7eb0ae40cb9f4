/** What every question of an authenticated visit begins with: whose session, whose household, whose municipality. */
import { civilMoment } from '#templates/civilTime.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { InForce } from '../configuration/configuration.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { RegistrationEnd } from '../database/schemaDomicile.ts';
import { endRegistration, registrationOf, type Registration } from '../domicile/registrations.ts';
import { noticeOfEnd } from '../domicile/statuses.ts';
import { authenticatedSession, type AuthenticatedSession } from '../identity/session.ts';
import { applyDueEverywhere } from '../registers/pending.ts';
import { registeredSnapshotIn } from '../registers/registeredSnapshot.ts';
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
  // also of the home, where it is another municipality: a card or its holder may be over there
  await applyDueEverywhere(deps.db, now);
  const { look, inForce } = await lookAt(deps, session, municipality, now);
  if (look.kind === 'over') {
    await endRegistration(deps.db, look.registration, look.because, now);
    return { kind: 'refused', reason: 'registration-ended', notice: noticeOfEnd(look.because) };
  }
  if (look.kind === 'not-known') return refusedFor('register-not-known');
  if (look.kind === 'none' || !inForce) return refusedFor('municipality-not-the-holders');
  if (stopped) return refusedFor('municipality-stopped-by-alarm');
  if (inForce.stops.all) return refusedFor('service-stopped');
  return { kind: 'visit', session, snapshot: look.snapshot, inForce };
}

type Look =
  | { readonly kind: 'snapshot'; readonly snapshot: RegisterSnapshot }
  | { readonly kind: 'none' }
  | { readonly kind: 'not-known' }
  | { readonly kind: 'over'; readonly because: RegistrationEnd; readonly registration: Registration };

/** One look: what is in force and what is registered belong to the same instant. */
function lookAt(
  { db, configuration }: IssuingDeps,
  session: AuthenticatedSession,
  municipality: MunicipalityCode,
  now: number,
): Promise<{ readonly look: Look; readonly inForce: InForce | undefined }> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const home = await snapshotIn(tx, session.residentId, now);
      const inForce = await configuration.inForce(tx, municipality, now);
      if (!home || home.municipality === municipality) {
        return { look: home ? { kind: 'snapshot', snapshot: home } : { kind: 'none' }, inForce };
      }
      return { look: await lookElsewhere(tx, session, inForce, now), inForce };
    });
}

/** Another municipality than the home: only by a registration there, and only where that is offered today. */
async function lookElsewhere(
  tx: CenterTransaction,
  { residentId, holderFingerprint }: AuthenticatedSession,
  inForce: InForce | undefined,
  now: number,
): Promise<Look> {
  if (!inForce) return { kind: 'none' };
  const startsOn = inForce.profile.domicile?.startsOn;
  if (startsOn === undefined || civilMoment(now).date < startsOn) return { kind: 'none' };
  const registration = await registrationOf(tx, holderFingerprint, inForce.municipality);
  if (!registration) return { kind: 'none' };
  const look = await registeredSnapshotIn(tx, residentId, registration, now);
  if (look.kind === 'no-home') return { kind: 'none' };
  return look.kind === 'over' ? { ...look, registration } : look;
}
