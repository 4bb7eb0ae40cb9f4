/** From the rows of 附票 and 戸籍 to what 戸籍の附票の写し prints. */
import { selectHistories, type AddressHistory } from './addressHistory.ts';
import { historyOf, type AddressHistoryEntry } from './addressHistoryEntry.ts';
import type { FamilyRegisterEntry } from './familyRegisterEntry.ts';
import { agreesWithResidents, isMember, onlyOn, sourcePersons, textsIn } from './registerMembers.ts';
import type { ResidentEntry } from './residentRegister.ts';
import type { DatasetSource } from './source.ts';

export interface AddressHistoryRows {
  readonly residents: readonly ResidentEntry[];
  /** the register in this municipality on which the holder is now */
  readonly familyRegister?: FamilyRegisterEntry;
  /** its 附票 */
  readonly addressHistory?: AddressHistoryEntry;
}

/** As for the 戸籍 itself; a notification pending on either of the two withholds the 附票. */
export const addressHistorySource: DatasetSource<AddressHistoryRows, AddressHistory> = {
  find: ({ residents, familyRegister, addressHistory: entry }, { holder }) => {
    const members = entry?.members.map((member) => ({ ...member, left: member.removed !== undefined })) ?? [];
    if (!entry || entry.status !== 'current' || !isMember(members, holder)) {
      return { kind: 'withheld', reason: 'domicile-elsewhere' };
    }
    const pending = entry.pendingNotification || familyRegister?.pendingNotification === true;
    if (pending || !agreesWithResidents(entry.familyName, members, residents)) {
      return { kind: 'withheld', reason: 'ask-at-the-counter' };
    }
    const value = historyOf(entry);
    const { members: printed, ...common } = value;
    return {
      kind: 'found',
      value,
      persons: sourcePersons(entry.familyName, members, printed.map(textsIn), holder),
      texts: textsIn(common),
      alsoConcerned: onlyOn(familyRegister, entry),
    };
  },
  select: selectHistories,
};
