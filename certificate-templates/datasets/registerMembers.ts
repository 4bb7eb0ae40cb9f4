/** What 戸籍 and 附票 share when they become a certificate's source: who the members are, and whether the holder is one. */
import type { SourcePerson } from './source.ts';
import type { ResidentEntry, ResidentId } from './residentRegister.ts';

/** A member of a register, as both registers know one. */
export interface RegisterMember {
  readonly givenName: string;
  readonly birthDate?: string;
  readonly residentId?: ResidentId;
  /** has left the register */
  readonly left: boolean;
}

/** True when the holder is on the register now: who has left it has a 戸籍 of another place. */
export function isMember(members: readonly RegisterMember[], holder: ResidentId): boolean {
  return members.some(({ residentId, left }) => !left && residentId === holder);
}

/**
 * True when every member whom the snapshot also knows as a resident is the same person in both registers, by full name
 * and birth date. A wrong tie between two registers would hand out a stranger's 戸籍: staff look at it instead.
 */
export function agreesWithResidents(
  familyName: string,
  members: readonly RegisterMember[],
  residents: readonly ResidentEntry[],
): boolean {
  return members.every(({ givenName, birthDate, residentId, left }) => {
    const resident = left ? undefined : residents.find((entry) => entry.residentId === residentId);
    if (!resident) return true;
    return resident.name === `${familyName}　${givenName}` && resident.birthDate === birthDate;
  });
}

type Tied = { readonly members: readonly { readonly residentId?: ResidentId }[] };

/**
 * Residents on the other of the two registers only. Both are of the same people, so one of them lacks a tie to a
 * resident: on it the person stands like a stranger, and a protective measure would be overlooked.
 */
export function onlyOn(other: Tied | undefined, { members }: Tied): readonly ResidentId[] {
  const ids = members.map(({ residentId }) => residentId);
  return (other?.members ?? []).flatMap(({ residentId }) =>
    residentId === undefined || ids.includes(residentId) ? [] : [residentId],
  );
}

/** Persons of the source, numbered as the document numbers them. `texts` by the same index. */
export function sourcePersons(
  familyName: string,
  members: readonly RegisterMember[],
  texts: readonly (readonly string[])[],
  holder: ResidentId,
): readonly SourcePerson[] {
  return members.map(({ givenName, residentId, left }, index) => ({
    number: index + 1,
    name: `${familyName}　${givenName}`,
    self: !left && residentId === holder,
    variant: 'japanese',
    residentId,
    ...(left && { removed: true }),
    texts: texts[index]!,
  }));
}

/** Every text of a value, however deep: whatever is printed of it later was looked at. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
