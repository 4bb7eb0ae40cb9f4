/**
 * Who of a 戸籍 a registration means. Numbers of members shift and ids of registers are used again: the person is known by
 * 名 and 生年月日, and by the id of the register of residents where the 戸籍 had one.
 */
import { createHash } from 'node:crypto';
import type { FamilyRegisterEntry } from '#templates/datasets/familyRegisterEntry.ts';
import { canonicalJson } from '../contract/canonicalJson.ts';

type Member = FamilyRegisterEntry['members'][number];

/** SHA-256 over 名 and 生年月日 exactly as registered, hex. */
export function memberDigest({ givenName, birthDate }: Pick<Member, 'givenName' | 'birthDate'>): string {
  return createHash('sha256').update(canonicalJson({ givenName, birthDate })).digest('hex');
}

export interface PersonOnRegister {
  readonly memberDigest: string;
  /** id of the member at registration, when it had one */
  readonly memberResidentId: string | null;
}

/** The one person of a register in force; undefined: nobody, more than one, or somebody else by now. */
export function findMember(entry: FamilyRegisterEntry, person: PersonOnRegister): Member | undefined {
  if (entry.status !== 'current') return undefined;
  const [member, ...more] = entry.members.filter(
    (each) => !each.removed && memberDigest(each) === person.memberDigest,
  );
  if (!member || more.length > 0) return undefined;
  const isSame = person.memberResidentId === null || member.residentId === person.memberResidentId;
  return isSame ? member : undefined;
}

/** Somebody else of the register has the id: then it is not known who the holder is. */
export const isAnothersId = (entry: FamilyRegisterEntry, member: Member, residentId: string): boolean =>
  entry.members.some((each) => each !== member && each.residentId === residentId);
