/** The rows of the 戸籍の附票: one for each 戸籍 of the municipality, with who of its members is which resident. */
import { z } from 'zod';
import { municipalityCode } from '../vocabulary.ts';
import {
  addressHistory,
  addressHistoryItems,
  addressHistoryMemberItems,
  checkAddressHistory,
  type AddressHistory,
} from './addressHistory.ts';
import { familyRegisterId, familyRegisterStatus } from './familyRegisterEntry.ts';
import { residentId } from './residentRegister.ts';

export const addressHistoryEntryMember = z.strictObject({
  ...addressHistoryMemberItems.shape,
  residentId: residentId.optional(),
});

export const addressHistoryEntry = z
  .strictObject({
    /** of the 戸籍 it belongs to */
    familyRegisterId,
    municipality: municipalityCode,
    status: familyRegisterStatus.default('current'),
    /** a 戸籍届 or a notice of an address is received but not yet entered (反映待ち) */
    pendingNotification: z.boolean().default(false),
    ...addressHistoryItems.shape,
    members: z.array(addressHistoryEntryMember).min(1).max(99),
  })
  .superRefine((entry, context) => {
    const issue = (path: readonly (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message });
    checkAddressHistory(entry, issue);
    const here = entry.members.filter(({ removed }) => !removed);
    const ids = here.map((member) => member.residentId).filter((id) => id !== undefined);
    if (new Set(ids).size !== ids.length) issue(['members'], '同じ住民が2人の構成員に結び付いています');
  });
export type AddressHistoryEntry = z.infer<typeof addressHistoryEntry>;

/** The document's value: members numbered from 1 in the order of the register, without ids and states. */
export function historyOf(entry: AddressHistoryEntry): AddressHistory {
  const { familyRegisterId: _id, municipality: _code, status: _status, ...rest } = entry;
  const { pendingNotification: _pending, members, ...items } = rest;
  return addressHistory.parse({
    ...items,
    members: members.map(({ residentId: _resident, ...member }, index) => ({ number: index + 1, ...member })),
  });
}
