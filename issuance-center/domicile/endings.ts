/**
 * Ends what has ceased to stand: a registration with its reason, an application that nobody has decided as expired; each once,
 * on record. Every reader asks first, so that what it answers is so at that instant; the sweep does the same for all.
 */
import { civilMoment } from '#templates/civilTime.ts';
import type { CivilDate, MunicipalityCode } from '#templates/vocabulary.ts';
import { appendAudit } from '../audit/chain.ts';
import type { CenterDatabase } from '../database/connect.ts';
import type { RegistrationEnd } from '../database/schemaDomicile.ts';
import { applyDueEverywhere } from '../registers/pending.ts';
import { readFedUntil } from '../registers/registerAges.ts';
import { statesFor } from './applicationState.ts';
import { endRegistration } from './registrations.ts';
import { endOf } from './standing.ts';
import { readTies, type Tie, type Within } from './ties.ts';

/** Events of the registers that are due count first. */
export async function endWhatIsOver(db: CenterDatabase, within: Within, now: number): Promise<void> {
  await applyDueEverywhere(db, now);
  await endAmong(db, await readTies(db, within), now);
}

async function endAmong(db: CenterDatabase, ties: readonly Tie[], now: number): Promise<void> {
  const known = new Map<MunicipalityCode, boolean>();
  for (const tie of ties) {
    const { municipality } = tie;
    if (!known.has(municipality)) {
      known.set(municipality, (await readFedUntil(db, municipality, now)).has('family-register'));
    }
    const end = endOf(tie, known.get(municipality)!, now);
    if (end) await endTie(db, tie, end, now);
  }
}

async function endTie(db: CenterDatabase, tie: Tie, reason: RegistrationEnd, now: number): Promise<void> {
  const { number: application, municipality, registration } = tie;
  if (!registration) return void (await expireOne(db, application, reason, now));
  await endRegistration(db, { id: registration.id, municipality, application }, reason, now);
}

/** The authority has said that the certificate with this digest (SHA-256 of its DER, hex) is revoked. */
export async function endRevoked(db: CenterDatabase, fingerprint: string, now: number): Promise<void> {
  for (const tie of await readTies(db, { kind: 'card', fingerprint })) {
    await endTie(db, tie, 'certificate-revoked', now);
  }
}

export type ExpiryReason = RegistrationEnd | 'not-decided';

/** False when it was decided already. */
export function expireOne(
  db: CenterDatabase,
  number: string,
  reason: ExpiryReason,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const expired = await tx
      .updateTable('domicile_application')
      .set(({ eb }) => ({ state: 'expired', decided_at: new Date(now), revision: eb('revision', '+', 1) }))
      .where('number', '=', number)
      .where('state', 'in', [...statesFor('expire')])
      .returning('municipality')
      .executeTakeFirst();
    if (!expired) return false;
    const municipality = expired.municipality as MunicipalityCode;
    await appendAudit(tx, now, 'application-expired', { municipality, application: number, reason });
    return true;
  });
}

/** How long after the day it should have been decided an application is given up. */
const GIVEN_UP_MS = 60 * 24 * 60 * 60_000;
const lastDayGivenUp = (now: number): CivilDate => civilMoment(now - GIVEN_UP_MS).date;

/** Of an expired application: nobody has decided it in time; else its card ended before. */
export const wasGivenUp = (decideBy: CivilDate, expiredAt: number): boolean =>
  decideBy < lastDayGivenUp(expiredAt);

/** Ends what nobody has decided, and whose card is over; once each. */
export async function expireApplications(db: CenterDatabase, now: number): Promise<void> {
  const overdue = await db
    .selectFrom('domicile_application')
    .select('number')
    .where('state', 'in', [...statesFor('expire')])
    .where('decide_by', '<', lastDayGivenUp(now))
    .execute();
  for (const { number } of overdue) await expireOne(db, number, 'not-decided', now);
  await endWhatIsOver(db, { kind: 'open' }, now);
}

/** A minute's share: all registrations of a large center have been looked at within hours, asked or not. */
const A_TURN = 200;

/** Each call looks at the next ones, and begins anew behind the last. */
export function registrationsInTurn(db: CenterDatabase): (now: number) => Promise<void> {
  let last = 0;
  return async (now) => {
    const ties = await readTies(db, { kind: 'registrations-after', id: last, limit: A_TURN });
    await endAmong(db, ties, now);
    last = ties.length < A_TURN ? 0 : ties.at(-1)!.registration!.id;
  };
}
