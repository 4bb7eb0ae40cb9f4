/** From the family register's row to what 戸籍全部事項証明書 and 戸籍個人事項証明書 print. */
import { selectMembers, type FamilyRegister } from './familyRegister.ts';
import type { AddressHistoryEntry } from './addressHistoryEntry.ts';
import { registerOf, type FamilyRegisterEntry } from './familyRegisterEntry.ts';
import { agreesWithResidents, isMember, onlyOn, sourcePersons, textsIn } from './registerMembers.ts';
import type { ResidentEntry } from './residentRegister.ts';
import type { DatasetSource } from './source.ts';

export interface FamilyRegisterRows {
  readonly residents: readonly ResidentEntry[];
  /** the register in this municipality on which the holder is now */
  readonly familyRegister?: FamilyRegisterEntry;
  /** its 附票 */
  readonly addressHistory?: AddressHistoryEntry;
}

/**
 * Without a register in force here the 本籍 is elsewhere; 除籍 and 改製原 are not issued at stores (operations.md 3.5). A
 * notification of any member that is not entered yet withholds the register from all of them.
 */
export const familyRegisterSource: DatasetSource<FamilyRegisterRows, FamilyRegister> = {
  find: ({ residents, familyRegister: entry, addressHistory }, { holder }) => {
    const members = entry?.members.map((member) => ({ ...member, left: member.removed })) ?? [];
    if (!entry || entry.status !== 'current' || !isMember(members, holder)) {
      return { kind: 'withheld', reason: 'domicile-elsewhere' };
    }
    if (entry.pendingNotification || !agreesWithResidents(entry.familyName, members, residents)) {
      return { kind: 'withheld', reason: 'ask-at-the-counter' };
    }
    const value = registerOf(entry);
    const { members: printed, ...common } = value;
    return {
      kind: 'found',
      value,
      persons: sourcePersons(entry.familyName, members, printed.map(textsIn), holder),
      texts: textsIn(common),
      alsoConcerned: onlyOn(addressHistory, entry),
    };
  },
  select: selectMembers,
};
