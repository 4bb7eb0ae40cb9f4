/**
 * 戸籍の附票 as the dataset of a document: the addresses of the members of one 戸籍 since the register was made
 * (住民基本台帳法 §16, §17).
 */
import { z } from 'zod';
import { civilDate, type CivilDate } from '../vocabulary.ts';
import { joinedName } from './familyRegisterParts.ts';
import { registeredText, sex } from './residentRecord.ts';

/** 生年月日 and 性別 are items since this day; who was removed before has neither (forms.md 7). */
export const BIRTH_AND_SEX_SINCE = '2022-01-11' as CivilDate;
/** 住民票コード is an item since this day. */
export const RECORD_CODE_SINCE = '2024-05-27' as CivilDate;

export const pastAddress = z.strictObject({
  /** a place abroad is the name of the country */
  address: registeredText,
  /** 住所を定めた年月日 */
  setOn: civilDate.optional(),
});

export const addressHistoryMemberItems = z.strictObject({
  /** 名 */
  givenName: joinedName,
  birthDate: civilDate.optional(),
  sex: sex.optional(),
  residentRecordCode: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  /** 在外選挙人名簿登録市区町村名, of who is entered on the list of voters abroad */
  overseasVoterMunicipality: registeredText.optional(),
  /** 除籍: why (死亡, 婚姻 …) and since when */
  removed: z.strictObject({ reason: registeredText, on: civilDate }).optional(),
  /** oldest first */
  addresses: z.array(pastAddress).min(1).max(60),
});
export type AddressHistoryMemberItems = z.infer<typeof addressHistoryMemberItems>;

export const addressHistoryItems = z.strictObject({
  domicile: registeredText,
  /** 氏, common to all members */
  familyName: joinedName,
  /** 名 of the 筆頭者 */
  headGivenName: joinedName,
  /** 編製日 or 改製日: no address ended before it */
  made: z.strictObject({ kind: z.enum(['established', 'revised']), on: civilDate }),
});
export type AddressHistoryItems = z.infer<typeof addressHistoryItems>;

export const addressHistoryMember = z.strictObject({
  number: z.number().int().min(1).max(99),
  ...addressHistoryMemberItems.shape,
});
export type AddressHistoryMember = z.infer<typeof addressHistoryMember>;

export const addressHistory = z
  .strictObject({ ...addressHistoryItems.shape, members: z.array(addressHistoryMember).min(1).max(99) })
  .superRefine((history, context) => {
    const { members } = history;
    if (members.some(({ number }, index) => index > 0 && number <= members[index - 1]!.number)) {
      context.addIssue({ code: 'custom', path: ['members'], message: '番号が順に並んでいません' });
    }
    checkAddressHistory(history, (path, message) =>
      context.addIssue({ code: 'custom', path: [...path], message }),
    );
  });
export type AddressHistory = z.infer<typeof addressHistory>;

type Issue = (path: readonly (string | number)[], message: string) => void;

/** Every rule over one 附票; used by the document's and the register's schema alike. */
export function checkAddressHistory(
  history: AddressHistoryItems & { readonly members: readonly AddressHistoryMemberItems[] },
  issue: Issue,
): void {
  history.members.forEach((member, index) => {
    const at: Issue = (path, message) => issue(['members', index, ...path], message);
    checkItems(member, at);
    checkAddresses(member, history.made.on, at);
  });
}

function checkItems(
  { birthDate, sex, residentRecordCode, removed }: AddressHistoryMemberItems,
  issue: Issue,
) {
  const removedBefore = (day: CivilDate) => removed !== undefined && removed.on < day;
  const expected = !removedBefore(BIRTH_AND_SEX_SINCE);
  for (const [item, value] of Object.entries({ birthDate, sex })) {
    if (expected && value === undefined) issue([item], '生年月日と性別がありません');
    if (!expected && value !== undefined) issue([item], '2022年1月11日より前の除籍者にはない項目です');
  }
  if (removedBefore(RECORD_CODE_SINCE) && residentRecordCode !== undefined) {
    issue(['residentRecordCode'], '2024年5月27日より前の除籍者にはない項目です');
  }
  if (removed && birthDate && removed.on < birthDate) issue(['removed', 'on'], '生まれる前の日です');
}

/** The first address may be older than the register: the one the member had when it was made. */
function checkAddresses(
  { addresses, birthDate, removed }: AddressHistoryMemberItems,
  madeOn: CivilDate,
  issue: Issue,
): void {
  addresses.forEach(({ setOn }, index) => {
    if (setOn === undefined) return;
    const at = ['addresses', index, 'setOn'];
    const earlier = addresses.slice(0, index).findLast((address) => address.setOn !== undefined)?.setOn;
    if (earlier && setOn < earlier) issue(at, '前の住所より前の日です');
    if (index > 0 && setOn < madeOn) issue(at, '附票の編製・改製より前の住所の異動は記録されません');
    if (birthDate && setOn < birthDate) issue(at, '生まれる前の日です');
    if (removed && setOn > removed.on) issue(at, '除籍の後の日です');
  });
}

/**
 * The 附票 reduced to the persons asked for; 本籍 and 筆頭者 stay. Throws RangeError for a number that is not in it and for a
 * person who has left the register.
 */
export function selectHistories(history: AddressHistory, numbers: readonly number[]): AddressHistory {
  const members = history.members.filter(({ number, removed }) => !removed && numbers.includes(number));
  if (numbers.length === 0 || members.length !== new Set(numbers).size) {
    throw new RangeError('a person asked for is not on the register, or not any more');
  }
  return { ...history, members };
}
