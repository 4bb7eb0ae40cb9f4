/** Pieces that the entries of a 戸籍 are made of. Texts are as registered: never normalised, never trimmed. */
import { z } from 'zod';
import { civilDate } from '../vocabulary.ts';
import { registeredText } from './residentRecord.ts';

/**
 * 氏名 inside a value (父, 配偶者氏名 …): nothing between family and given name (forms.md 2). A foreign spouse is written in
 * katakana, family name first, parted by 、.
 */
export const joinedName = registeredText.refine(
  (text) => !text.includes('　'),
  '戸籍の欄の氏名は、氏と名の間を空けずに書いてください',
);

/** Another 戸籍, named by its place and its 筆頭者. */
export const otherRegister = z.strictObject({ domicile: registeredText, headOfRegister: joinedName });
export type OtherRegister = z.infer<typeof otherRegister>;

/** 届出人: who by relation (父, 母, 父母, 夫, 同居者 …), with the name where the form asks for it (親族　氏名). */
export const informant = z.strictObject({ as: registeredText, name: joinedName.optional() });
export type Informant = z.infer<typeof informant>;

/** Only of what was filed elsewhere: 送付を受けた日 and 受理者 (the head of the municipality that accepted it). */
export const filing = z.strictObject({ receivedOn: civilDate, acceptedBy: registeredText });
export type Filing = z.infer<typeof filing>;

/** Where a person who leaves is entered: a new 戸籍 (新本籍) or one that exists (入籍戸籍). */
export const leavingFor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new-register'), domicile: registeredText }),
  z.strictObject({ kind: z.literal('other-register'), register: otherRegister }),
]);
export type LeavingFor = z.infer<typeof leavingFor>;

/** Labels that may stand inside 【従前の記録】 of a person. */
export const personItems = [
  'given-name',
  'given-name-furigana',
  'birth-date',
  'father',
  'mother',
  'relationship',
  'birthplace',
  'notified-on',
  'informant',
] as const;
/** Labels that may stand inside 【従前の記録】 of the register itself. */
export const registerItems = ['domicile', 'family-name', 'family-name-furigana'] as const;

const previousItem = <Ids extends readonly [string, ...string[]]>(ids: Ids) =>
  z.array(z.strictObject({ item: z.enum(ids), value: registeredText })).min(1);

/** 従前の記録: what stood there before, under the labels it stood under. */
export const previousPersonRecord = previousItem(personItems);
export const previousRegisterRecord = previousItem(registerItems);
export type PreviousRecord = readonly {
  readonly item: (typeof personItems)[number] | (typeof registerItems)[number];
  readonly value: string;
}[];

/** `HH:MM`, as 死亡時分 is recorded. */
export const minuteOfDeath = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '死亡時分は「13:20」のように書いてください');
