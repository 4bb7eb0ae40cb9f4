/** Between the home agent and its own consent page, same origin. Parsed by the page. Pure; nothing of node. */
import { z } from 'zod';
import { applicantStatement, basicFourItems, cardText } from '#center/contract/domicileApplication.ts';

/** Carries the token of the request; a page of another origin can neither read nor send it. */
export const TOKEN_HEADER = 'x-consent-token';
/** The stage a touch is meant for: what comes twice is taken once. */
export const TURN_HEADER = 'x-consent-turn';
/** Any value: a page of another origin may not send it. */
export const PAGE_HEADER = 'x-consent-page';

export const consentPath = (id: string): string => `/consent/${id}`;
/** POST with an empty body. */
export const consentTouches = ['begin', 'skip-text', 'confirm', 'back', 'again', 'cancel'] as const;
export type ConsentTouch = (typeof consentTouches)[number];
/** POST with the characters as bytes (application/octet-stream), so that nothing but bytes has to be wiped. */
export const consentSecrets = ['text-pin', 'password', 'pin'] as const;
export type ConsentSecret = (typeof consentSecrets)[number];
/** How long each may be, in characters; letters (small ones are taken as capitals) in the password only. */
export const SECRET_FORMS: Readonly<
  Record<ConsentSecret, { readonly shortest: number; readonly longest: number; readonly letters: boolean }>
> = {
  'text-pin': { shortest: 4, longest: 4, letters: false },
  password: { shortest: 6, longest: 16, letters: true },
  pin: { shortest: 4, longest: 4, letters: false },
};

const words = z.object({ code: z.string(), title: z.string(), text: z.string(), todo: z.string() });
export type NoticeWords = z.infer<typeof words>;
const triesLeft = z.number().int().min(0).nullable();

const consentStage = z.discriminatedUnion('at', [
  z.object({ at: z.literal('asking') }),
  z.object({ at: z.literal('placing') }),
  z.object({ at: z.literal('working'), what: z.enum(['reading', 'letters', 'password', 'signing']) }),
  z.object({ at: z.literal('enteringTextPin'), triesLeft, wrong: z.boolean() }),
  z.object({ at: z.literal('enteringPassword'), triesLeft, wrong: z.boolean() }),
  z.object({ at: z.literal('reviewing'), items: basicFourItems, text: cardText.nullable() }),
  z.object({ at: z.literal('enteringPin'), triesLeft, wrong: z.boolean() }),
  z.object({ at: z.literal('noticed'), notice: words }),
]);
export type ConsentStage = z.infer<typeof consentStage>;

/** GET /consent/:id/state?after=version; waits until there is something newer. */
export const consentState = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    version: z.number().int(),
    turn: z.number().int(),
    token: z.string(),
    /** origin of the page that asks */
    site: z.string(),
    reader: z.enum(['unavailable', 'empty', 'present']),
    municipalityName: z.string(),
    statement: applicantStatement,
    stage: consentStage,
  }),
  z.object({
    kind: z.literal('ended'),
    version: z.number().int(),
    how: z.enum(['signed', 'refused', 'cancelled', 'dropped']),
    notice: words.nullable(),
  }),
  /** another request has taken its place, or it was long ago */
  z.object({ kind: z.literal('gone') }),
]);
export type ConsentState = z.infer<typeof consentState>;
export type OpenConsent = Extract<ConsentState, { kind: 'open' }>;
