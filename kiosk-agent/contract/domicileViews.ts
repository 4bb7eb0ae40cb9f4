/** Views and commands of the way to a 利用登録 (operations.md 5): part of the device link, see deviceLink.ts. */
import { z } from 'zod';
import {
  applicantStatement,
  applicationStatus,
  basicFourItems,
  cardText,
} from '#center/contract/domicileApplication.ts';
import { noticeCode } from '#templates/notices/notices.ts';
import { civilDate, municipalityCode } from '#templates/vocabulary.ts';

/** 申請 as its applicant may see it: the screen shows what the center says. */
export { applicationStatus };

/** First kana of a row of the kana table; the whole index of readings. */
export const kanaRow = z.enum(['あ', 'か', 'さ', 'た', 'な', 'は', 'ま', 'や', 'ら', 'わ', '他']);
export type KanaRow = z.infer<typeof kanaRow>;

/** What is asked by keyboard, in this order. */
export const applicationQuestion = z.enum(['domicile', 'headOfRegister', 'furigana', 'telephone']);
export type ApplicationQuestion = z.infer<typeof applicationQuestion>;

const place = z.object({
  code: municipalityCode,
  prefecture: z.string(),
  name: z.string(),
  reading: z.string(),
  /** null when applications are taken now */
  closed: z.object({ notice: noticeCode, until: z.string().nullable() }).nullable(),
});
const tries = {
  /** null when the card does not tell */
  triesLeft: z.number().int().min(0).nullable(),
  /** the entry before this one was wrong */
  wrong: z.boolean(),
};

export const domicileViews = [
  z.object({ at: z.literal('domicileMenu') }),
  z.object({
    at: z.literal('domicileWaiting'),
    what: z.enum(['places', 'form', 'applications', 'withdrawal']),
  }),
  z.object({ at: z.literal('choosingPrefecture'), prefectures: z.array(z.string()) }),
  z.object({
    at: z.literal('choosingPlace'),
    /** null: what a search found */
    prefecture: z.string().nullable(),
    searched: z.string().nullable(),
    /** rows with somebody in them; empty: too few for an index */
    rows: z.array(kanaRow),
    row: kanaRow.nullable(),
    places: z.array(place),
  }),
  z.object({
    at: z.literal('searchingPlace'),
    reading: z.string(),
    /** the reading before was nobody's */
    nothingFound: z.boolean(),
  }),
  z.object({ at: z.literal('explainingApplication'), municipality: z.string(), cardText: z.boolean() }),
  z.object({
    at: z.literal('answeringApplication'),
    municipality: z.string(),
    question: applicationQuestion,
    number: z.number().int().min(1),
    of: z.number().int().min(1),
    value: z.string(),
    /** the answer before was not of the right form */
    wrong: z.boolean(),
    /** put into the field by one touch; null: nothing is known */
    suggestion: z.string().nullable(),
    towns: z.array(z.object({ name: z.string(), reading: z.string() })),
  }),
  z.object({ at: z.literal('choosingCardText'), municipality: z.string() }),
  z.object({
    at: z.literal('placingCardAgain'),
    /** the card that was read lies there still and has to be lifted first */
    lift: z.boolean(),
  }),
  z.object({ at: z.literal('cardAtWork'), doing: z.enum(['reading', 'text', 'opening', 'signing']) }),
  z.object({ at: z.literal('enteringTextPin'), ...tries }),
  z.object({ at: z.literal('enteringPassword'), ...tries }),
  z.object({
    at: z.literal('reviewingApplication'),
    municipality: z.string(),
    addressee: z.string(),
    statement: applicantStatement,
    items: basicFourItems,
    cardText: cardText.nullable(),
  }),
  z.object({ at: z.literal('enteringPinAgain'), ...tries }),
  z.object({ at: z.literal('sendingApplication') }),
  z.object({ at: z.literal('printingSheet') }),
  z.object({
    at: z.literal('applied'),
    municipality: z.string(),
    /** 申請番号 */
    number: z.string(),
    decideBy: civilDate,
    /** `unknown`: it may lie in the tray */
    sheet: z.enum(['printed', 'not-printed', 'unknown']),
    /** what is wrong with the printer, when the sheet did not come out */
    notice: noticeCode.nullable(),
    /** the card lies on the reader */
    card: z.boolean(),
  }),
  z.object({ at: z.literal('applicationList'), applications: z.array(applicationStatus) }),
  z.object({
    at: z.literal('applicationDetail'),
    application: applicationStatus,
    mayWithdraw: z.boolean(),
  }),
] as const;

const text = z.string().max(200);
export const domicileCommands = [
  /** 「他市区町村の証明書（本籍地）」 */
  z.object({ type: z.literal('domicileOpen') }),
  z.object({ type: z.literal('domicileApply') }),
  z.object({ type: z.literal('domicileStatus') }),
  z.object({ type: z.literal('choosePrefecture'), prefecture: text }),
  z.object({ type: z.literal('openSearch') }),
  z.object({ type: z.literal('searchPlace'), reading: text }),
  /** null: all rows */
  z.object({ type: z.literal('showRow'), row: kanaRow.nullable() }),
  z.object({ type: z.literal('choosePlace'), code: municipalityCode }),
  z.object({ type: z.literal('answerApplication'), question: applicationQuestion, text }),
  /** 券面事項入力補助 wanted or not */
  z.object({ type: z.literal('useCardText'), on: z.boolean() }),
  z.object({ type: z.literal('enterTextPin'), pin: z.string().regex(/^\d{4}$/) }),
  z.object({ type: z.literal('skipCardText') }),
  z.object({
    type: z.literal('enterSignaturePassword'),
    /** six to sixteen capital letters and digits (公的個人認証サービス) */
    password: z.string().regex(/^[A-Z0-9]{6,16}$/),
  }),
  z.object({ type: z.literal('showApplication'), number: text }),
  z.object({ type: z.literal('withdrawApplication'), number: text }),
] as const;
