/** The persons who may be an applicant, the likeliest first, each compared; and what stands in the way of each. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { headOfRegister } from '#templates/datasets/familyRegister.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { canonicalJson } from '../../contract/canonicalJson.ts';
import type { Candidate, ComparedItem } from '../../contract/console/applications.ts';
import type { CenterDatabase, CenterTransaction } from '../../database/connect.ts';
import { heldAmong } from '../../registers/registerAges.ts';
import { memberDigest } from '../../registers/registeredPerson.ts';
import {
  addressesOf,
  compare,
  domicileOf,
  itemsToConfirm,
  obstaclesOf,
  type Beside,
  type Member,
  type Signed,
} from './comparison.ts';
import { registersFor, type RegisterRows } from './findRegisters.ts';
import { nameForm } from './tokens.ts';

type Database = CenterDatabase | CenterTransaction;

/** More are no help: the search by hand narrows. */
const SHOWN = 10;

export interface Applicant extends Signed {
  readonly municipality: MunicipalityCode;
  /** whose card it is, where the register of residents knows */
  readonly residentId: string | null;
}
export type Place = Beside['place'];

export async function placeOf(db: Database, municipality: MunicipalityCode): Promise<Place> {
  return db
    .selectFrom('municipality')
    .select(['prefecture', 'name'])
    .where('code', '=', municipality)
    .executeTakeFirstOrThrow();
}

/** Found by what was signed. */
export async function candidatesFor(db: Database, applicant: Applicant): Promise<readonly Candidate[]> {
  const place = await placeOf(db, applicant.municipality);
  const rows = await registersFor(db, applicant.municipality, {
    birthDate: applicant.items.birthDate,
    residentId: applicant.residentId,
    domicile: domicileOf(applicant.statement.domicile, place),
  });
  return candidatesOf(db, applicant, likeliest(applicant, rows, place).filter(isLikely), place);
}

/** Found by what an officer types. */
export async function candidatesAt(
  db: Database,
  applicant: Applicant,
  wanted: { readonly domicile: string; readonly headOfRegister: string },
): Promise<readonly Candidate[]> {
  const place = await placeOf(db, applicant.municipality);
  const rows = await registersFor(db, applicant.municipality, {
    domicile: domicileOf(wanted.domicile, place),
  });
  const head = nameForm(wanted.headOfRegister);
  const narrowed = rows.filter(({ register }) => nameForm(headOfRegister(register.entry)).startsWith(head));
  return candidatesOf(db, applicant, likeliest(applicant, narrowed, place), place);
}

interface Found {
  readonly rows: RegisterRows;
  readonly member: Member | null;
  readonly items: readonly ComparedItem[];
}

/** By what agrees; who stands there no more comes later. */
function likeliest(applicant: Applicant, registers: readonly RegisterRows[], place: Place): readonly Found[] {
  const found = registers.flatMap((rows) =>
    membersToShow(applicant, rows).map((member): Found => {
      const beside = { register: rows.register.entry, history: rows.history?.entry ?? null, member, place };
      return { rows, member, items: compare(applicant, beside) };
    }),
  );
  return found.sort((left, right) => likeness(right) - likeness(left));
}

async function candidatesOf(
  db: Database,
  applicant: Applicant,
  found: readonly Found[],
  place: Place,
): Promise<readonly Candidate[]> {
  const shown: Candidate[] = [];
  for (const { rows, member } of found.slice(0, SHOWN)) {
    shown.push(await candidateOf(db, applicant, rows, member, place));
  }
  return shown;
}

/** Whoever was born on that day; without anybody, the likeliest by name; else nobody. */
function membersToShow({ items }: Signed, { register }: RegisterRows): readonly (Member | null)[] {
  const { members } = register.entry;
  const born = members.filter(({ birthDate }) => birthDate === items.birthDate);
  // who has left is shown only where nobody else fits: the reason for a refusal
  const here = born.filter(({ removed }) => !removed);
  if (born.length > 0) return here.length > 0 ? here : born;
  const own = nameForm(items.name);
  const named = members.filter(
    (member) =>
      !member.removed && own.endsWith(nameForm(member.givenName)) && own !== nameForm(member.givenName),
  );
  return named.length > 0 ? named : [null];
}

/** What an officer saw: both rows, and which state of them. A register made anew under its old id is another one. */
export const lookOf = ({ register, history }: RegisterRows): string =>
  createHash('sha256').update(canonicalJson({ register, history })).digest('hex');

export async function candidateOf(
  db: Database,
  applicant: Applicant,
  rows: RegisterRows,
  member: Member | null,
  place: Place,
): Promise<Candidate> {
  const register = rows.register.entry;
  const beside: Beside = { register, history: rows.history?.entry ?? null, member, place };
  const items = compare(applicant, beside);
  const digest = member && memberDigest(member);
  const alike = alikeOn(applicant, beside);
  const obstacles = obstaclesOf(items, beside, {
    alike,
    isAnotherResident: await isAnotherResident(db, applicant, member),
    isInDoubt: await heldAmong(db, applicant.municipality, [
      register.familyRegisterId,
      ...(member?.residentId ? [member.residentId] : []),
    ]),
  });
  return {
    familyRegisterId: register.familyRegisterId,
    member: digest,
    look: lookOf(rows),
    status: register.status,
    domicile: register.domicile,
    headOfRegister: headOfRegister(register),
    addresses: addressesOf(beside.history, member).map(({ address, setOn }) => ({
      address,
      setOn: setOn ?? null,
    })),
    items: [...items],
    obstacles: [...obstacles],
    toConfirm: [...itemsToConfirm(items)],
  };
}

/**
 * How many people of the register could be the applicant. A stand-in in the name fits any letter, so that twins are both:
 * only the id of the register of residents tells them apart, and without one nobody is registered.
 */
function alikeOn(applicant: Applicant, beside: Beside): number {
  const { member, register } = beside;
  if (!member) return 0;
  const isTied = applicant.residentId !== null && member.residentId === applicant.residentId;
  const fits = (each: Member): boolean => {
    if (memberDigest(each) === memberDigest(member)) return true;
    if (isTied || each.birthDate !== applicant.items.birthDate) return false;
    const given = compare(applicant, { ...beside, member: each }).find(({ item }) => item === 'given-name');
    return given?.result === 'same' || given?.result === 'variant';
  };
  return register.members.filter((each) => !each.removed && fits(each)).length;
}

/** The 戸籍's member is a resident whom the center knows, and the card is tied to another one. */
async function isAnotherResident(
  db: Database,
  { residentId }: Applicant,
  member: Member | null,
): Promise<boolean> {
  if (!residentId || !member?.residentId || member.residentId === residentId) return false;
  const known = await db
    .selectFrom('resident')
    .select(sql<number>`1`.as('one'))
    .where('id', '=', member.residentId)
    .executeTakeFirst();
  return known !== undefined;
}

const POINTS: Readonly<Record<ComparedItem['result'], number>> = {
  same: 3,
  variant: 2,
  differs: 0,
  missing: 0,
};
const isInForce = ({ rows: { register }, member }: Found): boolean =>
  register.entry.status === 'current' && member?.removed !== true;
const likeness = (found: Found): number =>
  found.items.reduce((sum, { result }) => sum + POINTS[result], 0) * 2 + Number(isInForce(found));

/** A birth date alone is shared by many; a 本籍 or a name with it is not. */
function isLikely({ items }: Found): boolean {
  const fits = (id: ComparedItem['item']) =>
    items.some(({ item, result }) => item === id && (result === 'same' || result === 'variant'));
  return fits('domicile') || fits('given-name') || (fits('family-name') && fits('birth-date'));
}
