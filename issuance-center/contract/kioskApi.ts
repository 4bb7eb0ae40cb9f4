/**
 * The kiosk API of the issuance center, parsed at both ends. JSON over mutual TLS; bytes travel as base64.
 *
 *   POST /v1/sessions                              openSession
 *   POST /v1/sessions/:sessionId/authentication    authenticate
 *   GET  /v1/sessions/:sessionId/offer?municipality= offer
 *   POST /v1/sessions/:sessionId/certificates      prepare   (one call, one certificate, one copy)
 *   POST /v1/sessions/:sessionId/receipt           receipt   (after payment; no personal data; a refusal changes nothing)
 *   POST /v1/certificates/:issueNumber/confirmation confirm  (idempotent)
 *   POST /v1/certificates/:issueNumber/void         void     (idempotent)
 *   POST /v1/alarms                                 alarm
 *   GET  /v1/service                                service  (today's hours and stops, for the idle screen)
 */
import { z } from 'zod';
import {
  certificateKindId,
  civilDate,
  extent,
  issueNumber,
  municipalityCode,
  yen,
} from '#templates/vocabulary.ts';
import { graphemeOutlines } from '#templates/graphemeOutline.ts';
import { kindExtent, optionAsking } from '#templates/kindSchema.ts';
import { noticeCode } from '#templates/notices/notices.ts';
import { base64, refusal } from './wire.ts';

export { base64, refusal, type Refusal } from './wire.ts';

/** Fixed first part of what the card signs: no signature made for something else can be replayed here. */
export const CHALLENGE_DOMAIN_TAG = 'certificate-kiosk/authentication/v1';

/**
 * The bytes whose SHA-256 the card signs: tag, kiosk id and session id as UTF-8, each ended by a zero byte, then the
 * 32 challenge bytes (architecture.md 3.2).
 */
export function challengeMessage(kioskId: string, sessionId: string, challenge: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`${CHALLENGE_DOMAIN_TAG}\0${kioskId}\0${sessionId}\0`, 'utf8'),
    Buffer.from(challenge),
  ]);
}

export const sessionId = z.string().uuid();

export const openSessionResponse = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('opened'),
    sessionId,
    /** 32 bytes */
    challenge: base64,
    expiresAt: z.string().datetime(),
  }),
  refusal,
]);

export const authenticateRequest = z.object({
  /** 利用者証明用電子証明書, DER */
  certificate: base64.max(8192),
  /** the card's answer to 80 2A; its length follows the card's key */
  signature: base64.max(1024),
});
export const authenticateResponse = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('authenticated'),
    /** where the resident can ask for certificates: the residence first, then any 本籍地 registered */
    municipalities: z.array(
      z.object({
        code: municipalityCode,
        name: z.string(),
        relation: z.enum(['residence', 'registered-domicile']),
        /** what ended the registration; null: it is in force */
        ended: noticeCode.nullable().optional(),
      }),
    ),
    /** 「他市区町村の証明書（本籍地）」: applications for a 利用登録 are taken at kiosks */
    domicileApplications: z.boolean().optional(),
  }),
  refusal,
]);

/** A question the resident answers about one certificate; the kind file declares it, the profile allows it. */
export const offeredOption = z.object({
  /** e.g. relationship, registered-domicile, individual-number, nationality */
  id: z.string(),
  label: z.string(),
  explanation: z.string(),
  preselected: z.boolean(),
  /** numbers of the members it says something about: asked only when one of them is to be printed */
  concerns: z.array(z.number().int().min(1)).min(1),
});
export const offeredMember = z.object({
  /** position in the record, 1-based: the only handle a kiosk has for a person */
  number: z.number().int().min(1),
  /** as registered; shown on the screen, never stored */
  name: z.string(),
  self: z.boolean(),
  /** by grapheme of `name`: those the screen draws instead of setting them in its font */
  outlines: graphemeOutlines.optional(),
});
export type OfferedMember = z.infer<typeof offeredMember>;
export const offeredKind = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('offered'),
    kind: certificateKindId,
    label: z.string(),
    purpose: z.string(),
    fee: yen,
    /** with the words of the kind: a household's and a family register's are others */
    extents: z.array(kindExtent).min(1),
    members: z.array(offeredMember),
    options: z.array(offeredOption),
    /** each option on a screen of its own, or all that concern somebody on one screen to tick */
    asking: optionAsking,
    maxCopies: z.number().int().min(1),
  }),
  z.object({
    status: z.literal('withheld'),
    kind: certificateKindId,
    label: z.string(),
    purpose: z.string(),
    notice: noticeCode,
    until: z.string().datetime({ offset: true }).optional(),
  }),
]);
export type OfferedKind = z.infer<typeof offeredKind>;
export const offerResponse = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offer'), municipality: municipalityCode, kinds: z.array(offeredKind) }),
  refusal,
]);

/** What the resident asks to have printed. */
export const certificateRequest = z.object({
  municipality: municipalityCode,
  kind: certificateKindId,
  extent,
  /** member numbers of the offer; only with extent `part` */
  members: z.array(z.number().int().min(1)).max(99),
  /** ids of the offered options that shall be shown */
  include: z.array(z.string()).max(32),
});
export type CertificateRequest = z.infer<typeof certificateRequest>;

export const prepareRequest = z.object({
  /** made by the agent, random; an id makes one certificate or none: used again it is refused and voids what it made */
  requestId: z.string().uuid(),
  certificate: certificateRequest,
});

/** The center's signed word on one certificate (architecture.md 3.5). `manifest` travels as the exact string signed. */
export const manifest = z.object({
  version: z.literal(1),
  issueNumber,
  sessionId,
  kioskId: z.string(),
  requestId: z.string().uuid(),
  municipality: municipalityCode,
  kind: certificateKindId,
  /** SHA-256 of the DER of the resident's certificate, hex */
  holderFingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** pages of the PDF, backs included */
  pages: z.number().int().min(1),
  /** sheets of paper when printed on both sides: a front and its back are one */
  sheets: z.number().int().min(1),
  /** SHA-256 of the document's bytes, hex */
  documentSha256: z.string().regex(/^[0-9a-f]{64}$/),
  fee: yen,
  issueDate: civilDate,
  /** digest of kind, layout and profile in force, hex */
  templateDigest: z.string().regex(/^[0-9a-f]{64}$/),
  expiresAt: z.string().datetime(),
});
export type Manifest = z.infer<typeof manifest>;
export const signedManifest = z.object({
  /** JSON of `manifest`, the exact bytes that were signed */
  payload: z.string(),
  /** Ed25519 over the UTF-8 of MANIFEST_TAG followed by payload, base64 */
  signature: base64,
});
export type SignedManifest = z.infer<typeof signedManifest>;
export const MANIFEST_TAG = 'certificate-kiosk/manifest/v1\0';

export const prepareResponse = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('prepared'), manifest: signedManifest, document: base64 }),
  refusal,
]);

/** 領収書 of what was printed and paid in this session; the center knows kinds, fees and municipality by the numbers. */
export const receiptRequest = z.object({
  certificates: z.array(z.object({ issueNumber })).min(1).max(99),
  store: z.object({
    name: z.string().min(1).max(60),
    number: z.string().min(1).max(20),
    machineSerial: z.string().min(1).max(40),
  }),
  /** 取扱番号: the number the resident names when asking about this visit, `K7Q2-9MXD` */
  inquiryNumber: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/),
  paidAt: z.string().datetime(),
});
export type ReceiptRequest = z.infer<typeof receiptRequest>;
export const receiptResponse = z.discriminatedUnion('kind', [
  /** printed on one side; `pages` of the PDF */
  z.object({ kind: z.literal('receipt'), document: base64, pages: z.number().int().min(1) }),
  refusal,
]);

export const confirmRequest = z.object({ paid: yen, sheets: z.number().int().min(1) });
export const voidRequest = z.object({
  reason: z.enum(['cancelled', 'timed-out', 'declined', 'print-failed', 'check-failed', 'recovered']),
  /** what the resident got back; 0 when nothing had been taken */
  refunded: yen,
});
/** `conflict`: the certificate already reached the other end state; nothing changed. */
export const settleResponse = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('settled'), state: z.enum(['printed', 'void']) }),
  z.object({ kind: z.literal('conflict'), state: z.enum(['printed', 'void']) }),
  z.object({ kind: z.literal('unknown-issue-number') }),
]);

export const alarmRequest = z.object({
  /** what the check before printing found */
  finding: z.enum([
    'signature',
    'session',
    'kiosk',
    'holder',
    'hash',
    'pages',
    'expired',
    'replayed',
    'kind',
    'request',
  ]),
  issueNumber: issueNumber.nullable(),
  municipality: municipalityCode.nullable(),
});
export const alarmResponse = z.object({ kind: z.literal('raised') });
export const serviceResponse = z.object({
  kioskId: z.string(),
  /** server time, to see a kiosk's clock drift */
  now: z.string().datetime(),
  open: z.boolean(),
  hoursToday: z.string(),
  notice: noticeCode.nullable(),
});

/** Written by `npm run kiosk:enrol`, read by the agent at start: all that a kiosk needs to trust and be trusted. */
export const kioskEnrolment = z.object({
  kioskId: z.string(),
  centerUrl: z.string().url(),
  /** PEM */
  certificate: z.string(),
  /** PEM */
  privateKey: z.string(),
  /** PEM of the CA of the center's server certificate */
  serverCa: z.string(),
  /** Ed25519, PEM (SPKI): the only key manifests are accepted from */
  manifestKey: z.string(),
});
export type KioskEnrolment = z.infer<typeof kioskEnrolment>;
