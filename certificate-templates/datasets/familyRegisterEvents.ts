/**
 * 身分事項: what is entered in the column of one member (戸籍法施行規則 §35). 転籍 is none of them: it concerns the whole
 * register and stands in 戸籍事項 (§34, familyRegister.ts).
 */
import { z } from 'zod';
import { civilDate } from '../vocabulary.ts';
import { registeredText } from './residentRecord.ts';
import {
  filing,
  informant,
  joinedName,
  leavingFor,
  minuteOfDeath,
  otherRegister,
  previousPersonRecord,
} from './familyRegisterParts.ts';

const filed = {
  filing: filing.optional(),
  /** 除籍日, where it is another day than that of the event */
  removedOn: civilDate.optional(),
  /** 特記事項 */
  note: registeredText.optional(),
};
const notified = { notifiedOn: civilDate, informant };
/** 従前戸籍 of who comes in; 新本籍 or 入籍戸籍 of who goes. */
const moves = { previousRegister: otherRegister.optional(), leavingFor: leavingFor.optional() };
const adoptiveParents = {
  adoptiveFatherName: joinedName.optional(),
  adoptiveMotherName: joinedName.optional(),
  /** 代諾者, e.g. 親権者母; for a child under fifteen */
  consentingFor: registeredText.optional(),
};
/** 夫 or 妻 */
export const spouseRole = z.enum(['husband', 'wife']);
export type SpouseRole = z.infer<typeof spouseRole>;

/** 出生 */
export const birth = z.strictObject({
  kind: z.literal('birth'),
  on: civilDate,
  birthplace: registeredText,
  /** absent for who was born before becoming Japanese: nobody notified it here */
  notifiedOn: civilDate.optional(),
  informant: informant.optional(),
  ...filed,
});

/** 認知, on the child's side; before the birth it is 胎児認知 */
export const acknowledged = z.strictObject({
  kind: z.literal('acknowledged'),
  on: civilDate,
  acknowledgerName: joinedName,
  acknowledgerRegister: otherRegister,
  ...filed,
});

/** 認知, on the father's side */
export const acknowledging = z.strictObject({
  kind: z.literal('acknowledging'),
  on: civilDate,
  childName: joinedName,
  childRegister: otherRegister,
  ...filed,
});

/** 養子縁組, on the adopted person's side */
export const adopted = z.strictObject({
  kind: z.literal('adopted'),
  on: civilDate,
  ...adoptiveParents,
  ...filed,
  ...moves,
});

/** 養子縁組, on the adopter's side */
export const adopting = z.strictObject({
  kind: z.literal('adopting'),
  on: civilDate,
  /** 共同縁組者 */
  jointly: spouseRole.optional(),
  adopteeName: joinedName,
  ...filed,
});

/** 養子離縁, on the adopted person's side */
export const adoptionEnded = z.strictObject({
  kind: z.literal('adoption-ended'),
  on: civilDate,
  ...adoptiveParents,
  ...filed,
  ...moves,
});

/** 養子離縁, on the adopter's side */
export const endingAdoption = z.strictObject({
  kind: z.literal('ending-adoption'),
  on: civilDate,
  jointly: spouseRole.optional(),
  adopteeName: joinedName,
  ...filed,
});

/** 特別養子縁組, entered under the name of its article (民法８１７条の２) */
export const specialAdoption = z.strictObject({
  kind: z.literal('special-adoption'),
  /** 裁判確定日 */
  on: civilDate,
  ...notified,
  ...filed,
  previousRegister: otherRegister,
});

/** 婚姻 */
export const marriage = z.strictObject({
  kind: z.literal('marriage'),
  on: civilDate,
  spouseName: joinedName,
  /** only of a spouse without Japanese nationality, who has no 戸籍 */
  foreignSpouse: z.strictObject({ nationality: registeredText, birthDate: civilDate }).optional(),
  /** married by the law of another country: 婚姻の方式 and 証書提出日 */
  abroad: z.strictObject({ form: registeredText, documentFiledOn: civilDate }).optional(),
  ...filed,
  ...moves,
  /** 称する氏, of who leaves by marriage */
  familyNameOf: spouseRole.optional(),
});

/** 離婚: by agreement, by judgment or by conciliation; the court's ways are notified by one of the two */
export const divorce = z.strictObject({
  kind: z.literal('divorce'),
  by: z.enum(['agreement', 'judgment', 'conciliation']),
  on: civilDate,
  spouseName: joinedName,
  notifiedOn: civilDate.optional(),
  informant: informant.optional(),
  ...filed,
  ...moves,
});

/** 配偶者の死亡 */
export const spouseDeath = z.strictObject({ kind: z.literal('spouse-death'), on: civilDate });

/** 親権 */
export const parentalAuthority = z.strictObject({
  kind: z.literal('parental-authority'),
  on: civilDate,
  holder: z.enum(['father', 'mother', 'both']),
  informant,
  ...filed,
});

/** 入籍, e.g. 母の氏を称する入籍 */
export const entry = z.strictObject({
  kind: z.literal('entry'),
  on: civilDate,
  reason: registeredText,
  informant: informant.optional(),
  ...filed,
  ...moves,
});

/** 氏の変更 (戸籍法 §77の2: the family name of the marriage is kept after divorce) */
export const familyNameKept = z.strictObject({
  kind: z.literal('family-name-kept'),
  on: civilDate,
  reason: registeredText,
  ...filed,
});

/** 分籍 */
export const branching = z.strictObject({
  kind: z.literal('branching'),
  on: civilDate,
  ...filed,
  ...moves,
});

/** 死亡 */
export const death = z.strictObject({
  kind: z.literal('death'),
  on: civilDate,
  at: minuteOfDeath.optional(),
  place: registeredText,
  ...notified,
  ...filed,
});

/** 失踪宣告 */
export const disappearance = z.strictObject({
  kind: z.literal('disappearance'),
  /** 死亡とみなされる日 */
  on: civilDate,
  /** 失踪宣告の裁判確定日 */
  finalOn: civilDate,
  ...notified,
  ...filed,
});

const becomesJapanese = {
  on: civilDate,
  notifiedOn: civilDate,
  informant: informant.optional(),
  nationalityThen: registeredText,
  nameThen: joinedName,
  ...filed,
};

/** 帰化 */
export const naturalization = z.strictObject({ kind: z.literal('naturalization'), ...becomesJapanese });

/** 国籍取得 */
export const nationalityAcquired = z.strictObject({
  kind: z.literal('nationality-acquired'),
  ...becomesJapanese,
});

/** 名の変更 */
export const givenNameChange = z.strictObject({
  kind: z.literal('given-name-change'),
  on: civilDate,
  previous: previousPersonRecord,
  ...filed,
});

const changed = { on: civilDate, item: registeredText, reason: registeredText };

/** 更正: what has become untrue */
export const updating = z.strictObject({
  kind: z.literal('updating'),
  ...changed,
  previous: previousPersonRecord,
});

/** 訂正: what never was true */
export const correction = z.strictObject({
  kind: z.literal('correction'),
  ...changed,
  previous: previousPersonRecord,
});

export const familyRegisterEvent = z.discriminatedUnion('kind', [
  birth,
  acknowledged,
  acknowledging,
  adopted,
  adopting,
  adoptionEnded,
  endingAdoption,
  specialAdoption,
  marriage,
  divorce,
  spouseDeath,
  parentalAuthority,
  entry,
  familyNameKept,
  branching,
  death,
  disappearance,
  naturalization,
  nationalityAcquired,
  givenNameChange,
  updating,
  correction,
]);
export type FamilyRegisterEvent = z.infer<typeof familyRegisterEvent>;
export type EventKind = FamilyRegisterEvent['kind'];
export type EventOf<Kind extends EventKind> = Extract<FamilyRegisterEvent, { kind: Kind }>;

export const eventKinds = familyRegisterEvent.options.map(({ shape }) => shape.kind.value);

/** 送付を受けた日 and 受理者, where the event has them. */
export function filingOf(event: FamilyRegisterEvent): z.infer<typeof filing> | undefined {
  return 'filing' in event ? event.filing : undefined;
}
