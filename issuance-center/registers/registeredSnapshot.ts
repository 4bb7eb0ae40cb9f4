/**
 * One consistent look at a 戸籍 and its 附票 in another municipality, for the card that is registered there. Everything of
 * the holder's home counts as it does at home; on top of it the 戸籍 must still hold exactly the person that was registered.
 */
import { sql } from 'kysely';
import { civilMoment } from '#templates/civilTime.ts';
import type { AddressHistoryEntry } from '#templates/datasets/addressHistoryEntry.ts';
import type { FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import type { ResidentId } from '#templates/datasets/residentRegister.ts';
import type { RegisterId } from '#templates/vocabulary.ts';
import type { CenterTransaction } from '../database/connect.ts';
import type { RegistrationEnd } from '../database/schemaDomicile.ts';
import { endOf } from '../domicile/standing.ts';
import type { Registration } from '../domicile/registrations.ts';
import { readTies } from '../domicile/ties.ts';
import { heldAmong, readFedUntil, type FedUntil } from './registerAges.ts';
import { findMember, memberDigest } from './registeredPerson.ts';
import { registeredRows } from './registeredRows.ts';
import { idsOn, protectedAmong, snapshotIn, type RegisterSnapshot } from './snapshot.ts';

export type RegisteredLook =
  | { readonly kind: 'snapshot'; readonly snapshot: RegisterSnapshot }
  /** the holder is in no household any more, or the card is not tied to the holder any more */
  | { readonly kind: 'no-home' }
  /** the registration means nobody any more */
  | { readonly kind: 'over'; readonly because: RegistrationEnd }
  /** the register is not known up to now: nothing is said about who is on it */
  | { readonly kind: 'not-known' };

/** Inside a REPEATABLE READ transaction. */
export async function registeredSnapshotIn(
  tx: CenterTransaction,
  holder: ResidentId,
  registration: Registration,
  now: number,
): Promise<RegisteredLook> {
  const { municipality } = registration;
  const home = await snapshotIn(tx, holder, now);
  const rows = await registeredRows(tx, registration, 'look');
  const fedThere = await readFedUntil(tx, municipality, now);
  const [tie] = await readTies(tx, { kind: 'registration', id: registration.id });
  const isRegisterKnown = fedThere.has('family-register');
  const because = tie && endOf(tie, isRegisterKnown, now);
  if (because) return { kind: 'over', because };
  if (!home || !tie || rows.linkedId !== holder) return { kind: 'no-home' };
  if (!isRegisterKnown) return { kind: 'not-known' };
  const entry = rows.familyRegister?.entry;
  const member = entry && findMember(entry, registration);
  // looked at in the same snapshot: whose register it is was asked above
  if (!entry || !member) return { kind: 'over', because: 'register-changed' };
  const history = rows.addressHistory?.entry;
  const ids = idsOn(entry, history);
  const residents = await tx
    .selectFrom('resident')
    .select('entry')
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .orderBy('id')
    .execute();
  const protectedThere = await protectedAmong(tx, ids, civilMoment(now).date);
  const isProtected = member.residentId !== undefined && protectedThere.has(member.residentId);
  const held = await heldAmong(tx, municipality, [...ids, entry.familyRegisterId]);
  const { household, residents: homeResidents } = home.rows;
  return {
    kind: 'snapshot',
    snapshot: {
      holder,
      municipality,
      registration,
      rows: {
        household,
        residents: homeResidents,
        taxRecords: [],
        taxPayments: [],
        familyRegister: {
          ...entry,
          members: entry.members.map((each) => (each === member ? { ...each, residentId: holder } : each)),
        },
        addressHistory: history && historyWith(history, member, holder),
      },
      registerMembers: residents.map((row) => row.entry),
      protectedResidents: new Set([
        ...home.protectedResidents,
        ...protectedThere,
        ...(isProtected ? [holder] : []),
      ]),
      fedUntil: both(fedThere, home.fedUntil),
      held: held || home.held,
      revisions: JSON.stringify([home.revisions, registration.id, rows.revisions]),
    },
  };
}

/** Undefined unless the 附票 holds exactly that one person too. */
function historyWith(
  history: AddressHistoryEntry,
  member: FamilyRegisterEntry['members'][number],
  holder: ResidentId,
): AddressHistoryEntry | undefined {
  const digest = memberDigest(member);
  const same = history.members.filter(
    ({ removed, givenName, birthDate }) =>
      !removed && birthDate !== undefined && memberDigest({ givenName, birthDate }) === digest,
  );
  const [own, ...more] = same;
  const isOther = history.members.some((each) => each !== own && each.residentId === holder);
  if (!own || more.length > 0 || isOther || own.residentId !== member.residentId) return undefined;
  const members = history.members.map((each) => (each === own ? { ...each, residentId: holder } : each));
  return { ...history, members };
}

/** 戸籍 and 附票 are the other municipality's; what both keep is as old as the older of the two. */
function both(there: FedUntil, home: FedUntil): FedUntil {
  const known = new Map<RegisterId, number>();
  for (const register of ['family-register', 'address-history'] as const) {
    const until = there.get(register);
    if (until !== undefined) known.set(register, until);
  }
  for (const register of ['resident', 'restriction'] as const) {
    const [one, other] = [there.get(register), home.get(register)];
    if (one !== undefined && other !== undefined) known.set(register, Math.min(one, other));
  }
  const links = home.get('certificate-link');
  if (links !== undefined) known.set('certificate-link', links);
  return known;
}
