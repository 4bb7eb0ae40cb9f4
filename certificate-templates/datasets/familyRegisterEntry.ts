/**
 * The family register's rows: a 戸籍 with the states that decide whether a certificate may be issued at a store, and who
 * of its members is which resident. Protective measures are not here: they live in a restrictions register of their own.
 */
import { z } from 'zod';
import { municipalityCode } from '../vocabulary.ts';
import {
  familyMemberItems,
  familyRegister,
  familyRegisterItems,
  type FamilyRegister,
} from './familyRegister.ts';
import { checkFamilyRegister } from './familyRegisterChecks.ts';
import { residentId, type ResidentId } from './residentRegister.ts';

/** Opaque id of a 戸籍; never printed, never sent to a kiosk. */
export const familyRegisterId = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<'FamilyRegisterId'>();
export type FamilyRegisterId = z.infer<typeof familyRegisterId>;

/** In force; 除籍 (everybody has left, or moved elsewhere); 改製原戸籍 (replaced). Only the first is issued at stores. */
export const familyRegisterStatus = z.enum(['current', 'closed', 'superseded']);

/**
 * A member of the row: the items, and which resident it is (absent: nobody knows). Who lives elsewhere and is protected
 * (支援措置) has an id too, of nobody in the resident register: it is what the measure is tied to.
 */
export const familyRegisterEntryMember = z.strictObject({
  ...familyMemberItems.shape,
  residentId: residentId.optional(),
});

export const familyRegisterEntry = z
  .strictObject({
    familyRegisterId,
    municipality: municipalityCode,
    status: familyRegisterStatus.default('current'),
    /** a 戸籍届 of any member is received but not yet entered (届出の反映待ち) */
    pendingNotification: z.boolean().default(false),
    ...familyRegisterItems.shape,
    members: z.array(familyRegisterEntryMember).min(1).max(99),
  })
  .superRefine((entry, context) => {
    const issue = (path: readonly (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message });
    checkFamilyRegister(entry, issue);
    const here = entry.members.filter(({ removed }) => !removed);
    const ids = here.map((member) => member.residentId).filter((id) => id !== undefined);
    if (new Set(ids).size !== ids.length) issue(['members'], '同じ住民が2人の構成員に結び付いています');
    if ((entry.status === 'closed') !== entry.entries.some(({ kind }) => closes(kind))) {
      issue(['status'], '戸籍消除・他への転籍の記録と、除籍の状態が合っていません');
    }
  });
export type FamilyRegisterEntry = z.infer<typeof familyRegisterEntry>;

function closes(kind: string): boolean {
  return kind === 'closed' || kind === 'transferred-out';
}

/**
 * Residents who are on this register now, hence whose register it is: what the center finds it by. A person removed from
 * it (by marriage, say) is a member of another one and not named here.
 */
export function registerHolders(entry: FamilyRegisterEntry): readonly ResidentId[] {
  if (entry.status !== 'current') return [];
  return entry.members.flatMap(({ removed, residentId }) => (removed || !residentId ? [] : [residentId]));
}

/** The document's value: members numbered from 1 in their legal order, without ids and states. */
export function registerOf(entry: FamilyRegisterEntry): FamilyRegister {
  const { familyRegisterId: _id, municipality: _code, status: _status, ...rest } = entry;
  const { pendingNotification: _pending, members, ...items } = rest;
  return familyRegister.parse({
    ...items,
    members: members.map(({ residentId: _resident, ...member }, index) => ({ number: index + 1, ...member })),
  });
}
