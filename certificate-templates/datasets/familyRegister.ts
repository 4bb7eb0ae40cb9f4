/**
 * 戸籍 as the dataset of a document: one family register as it stands at the moment of issue (戸籍法 §13, §14). What the
 * members and entries must agree on is checked in familyRegisterChecks.ts.
 */
import { z } from 'zod';
import { civilDate } from '../vocabulary.ts';
import { checkFamilyRegister } from './familyRegisterChecks.ts';
import { familyRegisterEvent, spouseRole } from './familyRegisterEvents.ts';
import { joinedName, previousRegisterRecord } from './familyRegisterParts.ts';
import { registeredText } from './residentRecord.ts';

const on = { on: civilDate };
const changed = { ...on, item: registeredText, reason: registeredText, previous: previousRegisterRecord };

/** 戸籍事項: what concerns the whole register (戸籍法施行規則 §34). */
export const registerEvent = z.discriminatedUnion('kind', [
  /** 戸籍編製 */
  z.strictObject({ kind: z.literal('established'), ...on }),
  /** 戸籍改製, e.g. 平成6年法務省令第51号附則第2条第1項による改製 */
  z.strictObject({ kind: z.literal('revised'), ...on, reason: registeredText }),
  /** 転籍 from another municipality: 従前本籍 */
  z.strictObject({ kind: z.literal('transferred-in'), ...on, previousDomicile: registeredText }),
  /** 転籍 inside the municipality: 従前の記録 */
  z.strictObject({ kind: z.literal('transferred-within'), ...on, previous: previousRegisterRecord }),
  /** 転籍 to another municipality: the register is closed */
  z.strictObject({ kind: z.literal('transferred-out'), ...on, newDomicile: registeredText }),
  /** 氏の変更 of the whole register, e.g. 戸籍法 §107 */
  z.strictObject({
    kind: z.literal('family-name-changed'),
    ...on,
    reason: registeredText,
    previous: previousRegisterRecord,
  }),
  /** 更正 */
  z.strictObject({ kind: z.literal('updating'), ...changed }),
  /** 訂正 */
  z.strictObject({ kind: z.literal('correction'), ...changed }),
  /** 戸籍消除 */
  z.strictObject({ kind: z.literal('closed'), ...on }),
]);
export type RegisterEvent = z.infer<typeof registerEvent>;
export type RegisterEventKind = RegisterEvent['kind'];
export const registerEventKinds = registerEvent.options.map(({ shape }) => shape.kind.value);

/** One member without the place in the register. */
export const familyMemberItems = z.strictObject({
  /** 名 */
  givenName: joinedName,
  /** 名の振り仮名, katakana; absent until recorded */
  givenNameFurigana: joinedName.optional(),
  birthDate: civilDate,
  /** 配偶者区分: only while married */
  spouse: spouseRole.optional(),
  /** absent: not recorded (a child nobody acknowledged) */
  father: joinedName.optional(),
  mother: joinedName.optional(),
  /** 続柄 to father and mother: 長男, 二女, 男, 女 … */
  relationship: registeredText,
  adoptiveFather: joinedName.optional(),
  adoptiveMother: joinedName.optional(),
  /** 続柄 to the adoptive parents */
  adoptiveRelationship: z.enum(['養子', '養女']).optional(),
  /** 除籍: died, married, adopted … away; stays on the register */
  removed: z.boolean().default(false),
  events: z.array(familyRegisterEvent).max(60),
});
export type FamilyMemberItems = z.infer<typeof familyMemberItems>;

/** The items of the register itself. */
export const familyRegisterItems = z.strictObject({
  /** 本籍, with the digits of the resident register; printed in full width */
  domicile: registeredText,
  /** 氏, common to all members */
  familyName: joinedName,
  /** 氏の振り仮名, katakana; absent until recorded */
  familyNameFurigana: joinedName.optional(),
  /** 名 of the 筆頭者; stays after death, even when the person is not on the register any more (改製) */
  headGivenName: joinedName,
  /** 戸籍事項, oldest first */
  entries: z.array(registerEvent).min(1).max(40),
});
export type FamilyRegisterItems = z.infer<typeof familyRegisterItems>;

/** `number` is the position in the register, 1-based, the only handle a kiosk has. */
export const familyMember = z.strictObject({
  number: z.number().int().min(1).max(99),
  ...familyMemberItems.shape,
});
export type FamilyMember = z.infer<typeof familyMember>;

export const familyRegister = z
  .strictObject({ ...familyRegisterItems.shape, members: z.array(familyMember).min(1).max(99) })
  .superRefine((register, context) => {
    const { members } = register;
    if (members.some(({ number }, index) => index > 0 && number <= members[index - 1]!.number)) {
      context.addIssue({ code: 'custom', path: ['members'], message: '番号が順に並んでいません' });
    }
    checkFamilyRegister(register, (path, message) =>
      context.addIssue({ code: 'custom', path: [...path], message }),
    );
  });
export type FamilyRegister = z.infer<typeof familyRegister>;

/** 筆頭者の氏名 as it stands under 氏名 at the head of the register. */
export function headOfRegister({
  familyName,
  headGivenName,
}: Pick<FamilyRegisterItems, 'familyName' | 'headGivenName'>): string {
  return `${familyName}　${headGivenName}`;
}

/**
 * The register reduced to the persons asked for (個人事項証明): 本籍, 氏名 and 戸籍事項 stay. Throws RangeError for a number
 * that is not in it and for a person who has left: stores issue nothing about removed members alone.
 */
export function selectMembers(register: FamilyRegister, numbers: readonly number[]): FamilyRegister {
  const members = register.members.filter(({ number, removed }) => !removed && numbers.includes(number));
  if (numbers.length === 0 || members.length !== new Set(numbers).size) {
    throw new RangeError('a person asked for is not on the register, or not any more');
  }
  return { ...register, members };
}
