/**
 * 本籍地証明書利用登録申請 (operations.md 5): what an applicant signs, how it travels, and what can be asked about it
 * afterwards. Used by the kiosk, the home agent, the page on the internet, the center and the console. Pure.
 *
 * Two signatures of one card tie everything together: the 署名用 key signs the content (CMS), which names the
 * 利用者証明用 certificate by its digest; the 利用者証明用 key signs the digest of that CMS with the center's challenge.
 * Neither part fits another application, another card, another channel or another center call.
 */
import { z } from 'zod';
import { civilDate, municipalityCode } from '#templates/vocabulary.ts';
import { noticeCode } from '#templates/notices/notices.ts';
import { canonicalJson } from './canonicalJson.ts';
import { base64, refusal } from './wire.ts';

/** Fixed first part of what the 利用者証明用 key signs here: no signature made for an authentication fits. */
export const APPLICATION_DOMAIN_TAG = 'certificate-kiosk/domicile-application/v1';

export const applicationChannels = ['kiosk', 'internet'] as const;
export const applicationChannel = z.enum(applicationChannels);
export type ApplicationChannel = z.infer<typeof applicationChannel>;

/** 申請番号: three groups of four, random; what the resident asks with. */
export const applicationNumber = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/, '申請番号の形ではありません');

/** As it is typed: 市区町村 first or not, digits of any width. */
const typed = (longest: number, empty: string) => z.string().trim().min(1, empty).max(longest);
/** The digits only; printed with hyphens where the length tells where they stand. */
export const telephoneDigits = z
  .string()
  .regex(/^0\d{9,10}$/, '電話番号は、0から始まる10けたか11けたの数字で入れてください');

/** What the applicant states; the rest is on the card. */
export const applicantStatement = z.strictObject({
  /** 本籍, without 都道府県 and 市区町村 or with them */
  domicile: typed(200, '本籍を入れてください'),
  /** 筆頭者の氏名 */
  headOfRegister: typed(80, '筆頭者の氏名を入れてください'),
  /** 氏名（カナ）, full-width katakana */
  furigana: z.string().regex(/^[ァ-ヶー・　]{1,80}$/u, '氏名のふりがなを、かたかなで入れてください'),
  telephone: telephoneDigits,
});
export type ApplicantStatement = z.infer<typeof applicantStatement>;

/** The four items as the 署名用電子証明書 has them (card.md 3.3). */
export const basicFourItems = z.strictObject({
  /** 姓 U+3000 名; a letter outside the JIS sets is a replacement */
  name: z.string().min(1).max(120),
  /** one character per character of `name`: 1 where it is a replacement (代替文字) */
  nameReplacements: z.string().regex(/^[01]*$/),
  birthDate: civilDate,
  sex: z.enum(['male', 'female', 'unknown']),
  address: z.string().min(1).max(200),
  addressReplacements: z.string().regex(/^[01]*$/),
});
export type BasicFourItems = z.infer<typeof basicFourItems>;

/** Name and address in their true letters, read from the 券面事項入力補助AP where the municipality allows it. */
export const cardText = z.strictObject({
  name: z.string().min(1).max(120),
  address: z.string().min(1).max(200),
});
export type CardText = z.infer<typeof cardText>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The content of the CMS, exactly these members. The bytes signed are `applicationBytes`. */
export const applicationContent = z.strictObject({
  version: z.literal(1),
  purpose: z.literal('domicile-registration'),
  channel: applicationChannel,
  /** the municipality of the 本籍 */
  municipality: municipalityCode,
  /** id of the challenge the center gave for this application */
  challengeId: z.uuid(),
  /** 32 bytes, base64 */
  challenge: base64.length(44),
  /** SHA-256 of the DER of the 利用者証明用電子証明書 of the same card, hex */
  authenticationCertificate: sha256,
  statement: applicantStatement,
  /** as the applicant saw them before signing; the center compares them with the certificate's own */
  items: basicFourItems,
  cardText: cardText.optional(),
});
export type ApplicationContent = z.infer<typeof applicationContent>;

/** The bytes that the 署名用 key signs (eContent of the CMS): canonical JSON, UTF-8. */
export function applicationBytes(content: ApplicationContent): Uint8Array {
  return new TextEncoder().encode(canonicalJson(content));
}

/**
 * The bytes whose SHA-256 the 利用者証明用 key signs: tag and challenge id, each ended by a zero byte, the 32 bytes of the
 * challenge, the 32 bytes of SHA-256(DER of the CMS).
 */
export function possessionMessage(
  challengeId: string,
  challenge: Uint8Array,
  cmsSha256: Uint8Array,
): Uint8Array {
  const head = new TextEncoder().encode(`${APPLICATION_DOMAIN_TAG}\0${challengeId}\0`);
  const message = new Uint8Array(head.length + challenge.length + cmsSha256.length);
  message.set(head, 0);
  message.set(challenge, head.length);
  message.set(cmsSha256, head.length + challenge.length);
  return message;
}

/** What an applicant hands in. */
export const signedApplication = z.strictObject({
  challengeId: z.uuid(),
  /** CMS SignedData (RFC 5652) with its content, one signer, the 署名用電子証明書 in it; DER */
  cms: base64.max(24_000),
  /** 利用者証明用電子証明書, DER */
  authenticationCertificate: base64.max(8_192),
  /** RSASSA-PKCS1-v1_5 with SHA-256 by the 利用者証明用 key over `possessionMessage` */
  possession: base64.max(1_024),
});
export type SignedApplication = z.infer<typeof signedApplication>;

export const applicationStates = [
  /** 受付 */
  'received',
  /** 確認中: an officer has taken it */
  'checking',
  /** 登録完了 */
  'accepted',
  /** 却下 */
  'refused',
  /** 取下げ by the applicant */
  'withdrawn',
  /** 期限切れ: nobody decided, or the certificate lapsed before the decision */
  'expired',
] as const;
export const applicationState = z.enum(applicationStates);
export type ApplicationState = z.infer<typeof applicationState>;

/** Why an officer refuses; the words the resident sees are notices.json's neighbours (refusalWords.ts). */
export const applicationRefusals = [
  'register-not-found',
  'person-not-on-register',
  'items-differ',
  'head-differs',
  'register-closed',
  'notification-pending',
  'ask-at-the-counter',
] as const;
export const applicationRefusal = z.enum(applicationRefusals);
export type ApplicationRefusal = z.infer<typeof applicationRefusal>;

/** One application as its applicant may see it. Nothing of the 戸籍 is in it. */
export const applicationStatus = z.object({
  applicationNumber,
  municipality: municipalityCode,
  /** 都道府県 and 市区町村 */
  municipalityName: z.string(),
  channel: applicationChannel,
  state: applicationState,
  receivedAt: z.iso.datetime(),
  /** until when the 本籍地 wants to have decided: five business days */
  decideBy: civilDate,
  decidedAt: z.iso.datetime().nullable(),
  /** why it was refused, or has expired, in words for the applicant; null else */
  reason: z.string().nullable(),
  /** what the officer asks for (問い合わせ); null: nothing */
  question: z.string().nullable(),
  /** accepted: what has ended the registration since; null: it stands, or there never was one */
  ended: z.object({ notice: noticeCode, at: z.iso.datetime() }).nullable(),
});
export type ApplicationStatus = z.infer<typeof applicationStatus>;

/** A municipality that takes applications, for the kana index and the search. */
export const domicileMunicipality = z.object({
  code: municipalityCode,
  prefecture: z.string(),
  name: z.string(),
  /** hiragana; empty: not known, listed last */
  reading: z.string(),
  /** null: applications are taken now on this channel */
  closed: z.object({ notice: noticeCode, until: z.iso.datetime({ offset: true }).nullable() }).nullable(),
});
export type DomicileMunicipality = z.infer<typeof domicileMunicipality>;
export const domicileMunicipalities = z.object({ municipalities: z.array(domicileMunicipality) });

/** What the form of one municipality needs. */
export const domicileForm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('form'),
    municipality: municipalityCode,
    municipalityName: z.string(),
    /** 宛先, e.g. 架空県みほん市長 */
    addressee: z.string(),
    /** 町字 with readings in hiragana, for the keyboard */
    towns: z.array(z.object({ name: z.string(), reading: z.string() })),
    /** the 券面事項入力補助AP may be read */
    cardText: z.boolean(),
  }),
  refusal,
]);
export type DomicileForm = z.infer<typeof domicileForm>;

/** Asked when the form is filled: a challenge for one application to one municipality, used once. */
export const applicationChallengeRequest = z.strictObject({ municipality: municipalityCode });
export const applicationChallenge = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('challenge'),
    challengeId: z.uuid(),
    /** 32 bytes */
    challenge: base64,
    expiresAt: z.iso.datetime(),
    /** the same from the answer on, milliseconds, for whoever has another clock than the center */
    lifetimeMs: z.number().int().min(1),
  }),
  refusal,
]);
export type ApplicationChallenge = z.infer<typeof applicationChallenge>;

export const submitApplicationResponse = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('received'),
    application: applicationStatus,
    /** 利用登録申請書（控え）, PDF, printed on one side; handed out in this answer only; null: could not be made */
    sheet: base64.nullable(),
    pages: z.number().int().min(0),
  }),
  refusal,
]);
export type SubmitApplicationResponse = z.infer<typeof submitApplicationResponse>;

/** Of the card of the session; newest first. */
export const applicationsResponse = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('applications'), applications: z.array(applicationStatus) }),
  refusal,
]);

/** On the web: whoever has the sheet has the number. */
export const statusQuery = z.strictObject({ applicationNumber, birthDate: civilDate });
export const statusResponse = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), application: applicationStatus }),
  refusal,
]);
export const withdrawalResponse = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('withdrawn'), application: applicationStatus }),
  refusal,
]);
/*
 * Kiosk API (mutual TLS), after authentication of the session:
 *   GET  /v1/sessions/:sessionId/domicile/municipalities              domicileMunicipalities
 *   GET  /v1/sessions/:sessionId/domicile/form?municipality=          domicileForm
 *   POST /v1/sessions/:sessionId/domicile/challenges                  applicationChallengeRequest -> applicationChallenge
 *   POST /v1/sessions/:sessionId/domicile/applications                signedApplication -> submitApplicationResponse
 *   GET  /v1/sessions/:sessionId/domicile/applications                applicationsResponse
 *   POST /v1/sessions/:sessionId/domicile/applications/:number/withdrawal   withdrawalResponse
 * Public port (PUBLIC_PORT), rate-limited, same bodies:
 *   GET  /apply (page)   GET /api/apply/municipalities   GET /api/apply/form?municipality=   POST /api/apply/challenges
 *   POST /api/apply/applications   POST /api/apply/status (statusQuery -> statusResponse)
 */
