/**
 * 戸籍証明書交付の利用登録申請書: the resident's sheet of an application to the municipality of the family register (forms.md
 * 10, operations.md 5). Neither a 個人番号 nor a whole certificate serial has a field here.
 */
import { z } from 'zod';
import { warekiDate } from '../civilTime.ts';
import { civilDate } from '../vocabulary.ts';
import type { Printable, PrintableDataset, PrintableView } from './printable.ts';
import { registeredText } from './residentRecord.ts';

/** Twelve digits in a row, spaced or not, are a 個人番号 or part of a serial: no item of this sheet has so many. */
const DIGITS_OF_A_NUMBER = /(?:[0-9０-９][\s　‐－-]?){12}/u;
const noNumber = registeredText.refine((text) => !DIGITS_OF_A_NUMBER.test(text), {
  message: '12桁以上の番号（個人番号など）は記載できません',
});

export const registrationApplication = z.strictObject({
  /** 申請番号, three groups of four; what the resident asks with */
  applicationNumber: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/, '申請番号の形ではありません'),
  /** day and minute of the application in Japan */
  appliedOn: civilDate,
  appliedAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM の時刻ではありません'),
  /** 宛先: 職名 of the head of the municipality of the family register, e.g. 架空県みほん市長 */
  addressee: noNumber,
  name: noNumber,
  /** 氏名（カナ） as the applicant gave it */
  furigana: noNumber.optional(),
  birthDate: civilDate,
  address: noNumber,
  /** 連絡先電話番号: at most eleven digits */
  telephone: z
    .string()
    .regex(/^0\d{1,4}-\d{1,4}-\d{3,4}$/, '電話番号の形ではありません')
    .refine((text) => text.replaceAll('-', '').length <= 11, '電話番号の桁が多すぎます'),
  /** 本籍 and 筆頭者 */
  domicile: noNumber,
  headOfRegister: noNumber,
});
export type RegistrationApplication = z.infer<typeof registrationApplication>;

const text = (value: string): Printable => ({ kind: 'text', text: value });

/** The view of an application sheet (`registrationApplication`). */
function view(value: unknown): PrintableView {
  const sheet = registrationApplication.parse(value);
  const [hour, minute] = sheet.appliedAt.split(':').map(Number);
  return {
    header: {
      'application-number': text(sheet.applicationNumber),
      'applied-at': text(`${warekiDate(sheet.appliedOn)}　${hour}時${String(minute).padStart(2, '0')}分`),
      addressee: text(`${sheet.addressee}　あて`),
      name: text(sheet.name),
      furigana: sheet.furigana === undefined ? { kind: 'empty' } : text(sheet.furigana),
      'birth-date': text(warekiDate(sheet.birthDate)),
      address: text(sheet.address),
      telephone: text(sheet.telephone),
      domicile: text(sheet.domicile),
      'head-of-register': text(sheet.headOfRegister),
    },
    persons: [],
    flow: [],
  };
}

export const registrationApplicationDataset: PrintableDataset = {
  id: 'registration-application',
  // made of what the applicant said and the card signed, of no register
  registers: [],
  headerFields: [
    'application-number',
    'applied-at',
    'addressee',
    'name',
    'furigana',
    'birth-date',
    'address',
    'telephone',
    'domicile',
    'head-of-register',
  ],
  personFields: [],
  rows: {},
  labelIds: [],
  view,
};
