/**
 * 住民票 as the dataset of a document: one household as it stands in the register at the moment of issue
 * (住民基本台帳法 §7, §30の45). Texts are kept exactly as registered: never normalised, never trimmed (forms.md 11.3).
 */
import { z } from 'zod';
import { civilDate } from '../vocabulary.ts';

/** Text as registered. 400 UTF-16 units: above every legal length of forms.md 11.4, below anything hostile. */
export const registeredText = z
  .string()
  .min(1)
  .max(400)
  .refine((text) => !/[\p{Cs}\p{Cc}\p{Zl}\p{Zp}]/u.test(text), '制御文字や、壊れた文字が入っています');

/** 在留カード等の番号: two letters, eight digits, two letters. */
export const residenceCardNumber = z.string().regex(/^[A-Z]{2}\d{8}[A-Z]{2}$/, 'not AB12345678CD');

/** 住民基本台帳法第30条の45に規定する区分, with the words that are printed. */
export const article30_45Categories = {
  'mid-to-long-term-resident': '中長期在留者',
  'special-permanent-resident': '特別永住者',
  'temporary-refuge': '一時庇護許可者',
  'provisional-stay': '仮滞在許可者',
  'transitional-by-birth': '出生による経過滞在者',
  'transitional-by-loss-of-nationality': '国籍喪失による経過滞在者',
} as const;
export type Article30_45Category = keyof typeof article30_45Categories;
const categoryIds = Object.keys(article30_45Categories) as [Article30_45Category, ...Article30_45Category[]];

/** What only a foreign resident's record holds. 特別永住者 have neither 在留資格 nor 在留期間. */
export const foreignResident = z
  .strictObject({
    /** ローマ字氏名 as on the residence card: capitals and spaces */
    romanName: registeredText,
    /** 漢字氏名 in Japanese standard forms (法務省告示582号), printed after the roman name */
    kanjiName: registeredText.optional(),
    /** 通称 */
    alias: registeredText.optional(),
    /** 国籍・地域 */
    nationality: registeredText,
    article30_45Category: z.enum(categoryIds),
    /** 在留資格 */
    residenceStatus: registeredText.optional(),
    /** 在留期間等, e.g. 5年 */
    periodOfStay: registeredText.optional(),
    /** 在留期間の満了の日 */
    periodExpiresOn: civilDate.optional(),
    /** 在留カード等の番号 (特別永住者証明書の番号 for 特別永住者) */
    residenceCardNumber: residenceCardNumber.optional(),
  })
  .refine(
    (foreign) =>
      foreign.article30_45Category !== 'special-permanent-resident' ||
      (!foreign.residenceStatus && !foreign.periodOfStay && !foreign.periodExpiresOn),
    '特別永住者 have no status or period of residence',
  );
export type ForeignResident = z.infer<typeof foreignResident>;

/** 旧氏, registered on request. */
export const formerName = z.strictObject({ name: registeredText, furigana: registeredText.optional() });

/** 本籍 and 筆頭者: Japanese nationals only. */
export const registeredDomicile = z.strictObject({
  address: registeredText,
  headOfRegister: registeredText,
});

export const sex = z.enum(['male', 'female']);

/** The items of one person, without the place in a household. `residentPerson` adds the rules between them. */
export const residentItems = z.strictObject({
  /** 氏名; family and given name separated by one U+3000. For a foreign resident equal to `foreign.romanName` */
  name: registeredText,
  /** 氏名の振り仮名, katakana as recorded in the 戸籍; absent until recorded */
  furigana: registeredText.optional(),
  formerName: formerName.optional(),
  foreign: foreignResident.optional(),
  birthDate: civilDate,
  sex,
  /** 続柄: 世帯主, 妻, 夫, 子, 父, 母, 同居人 … */
  relationship: registeredText,
  /** 個人番号 */
  individualNumber: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  /** 住民票コード */
  residentRecordCode: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  /** 住民となった年月日 (外国人住民となった年月日) */
  becameResidentOn: civilDate,
  /** 住所を定めた年月日: last move inside the municipality, else equal to becameResidentOn */
  addressSetOn: civilDate,
  /** 届出日 of becoming a resident; absent when entered ex officio */
  notifiedOn: civilDate.optional(),
  registeredDomicile: registeredDomicile.optional(),
  /** 転入前住所 */
  previousAddress: registeredText.optional(),
});
export type ResidentItems = z.infer<typeof residentItems>;

/** The rules between the items of one person; used by the document's and the register's schema alike. */
export function checkResidentItems(
  person: ResidentItems,
  issue: (path: string, message: string) => void,
): void {
  if (person.foreign && person.registeredDomicile)
    issue('registeredDomicile', '外国人住民に本籍はありません');
  if (person.foreign && person.formerName)
    issue('formerName', '外国人住民にあるのは通称です（旧氏はありません）');
  if (person.foreign && person.name !== person.foreign.romanName) {
    issue('name', '外国人住民の氏名は、ローマ字の氏名です');
  }
  if (person.becameResidentOn < person.birthDate) issue('becameResidentOn', '生まれる前の日です');
  if (person.addressSetOn < person.becameResidentOn) issue('addressSetOn', '住民となる前の日です');
}

/** One person of the household; `number` is the position in the record, 1-based, the only handle a kiosk has. */
export const residentPerson = z
  .strictObject({ number: z.number().int().min(1).max(99), ...residentItems.shape })
  .superRefine((person, context) =>
    checkResidentItems(person, (path, message) =>
      context.addIssue({ code: 'custom', path: [path], message }),
    ),
  );
export type ResidentPerson = z.infer<typeof residentPerson>;

export const residentRecord = z
  .strictObject({
    /** 住所 of the household */
    address: registeredText,
    /** 世帯主 */
    householderName: registeredText,
    persons: z.array(residentPerson).min(1).max(99),
  })
  .refine(
    ({ persons }) =>
      persons.every((person, index) => index === 0 || person.number > persons[index - 1]!.number),
    'persons stand in ascending order of their numbers',
  );
export type ResidentRecord = z.infer<typeof residentRecord>;

/**
 * The record reduced to the persons asked for (世帯の一部); the household's address and householder stay.
 * Throws RangeError when a number is not in the record: a request is checked against the offer before.
 */
export function selectPersons(record: ResidentRecord, numbers: readonly number[]): ResidentRecord {
  const persons = record.persons.filter((person) => numbers.includes(person.number));
  if (numbers.length === 0 || persons.length !== new Set(numbers).size) {
    throw new RangeError('a person asked for is not in the record');
  }
  return { ...record, persons };
}
