/**
 * The home agent (`npm run home-agent`), as the page of the 利用登録 on the internet sees it: signatures of the card on the
 * applicant's own reader, made by the card code of the kiosk. HTTP on 127.0.0.1, JSON. Only the one page it was started for
 * may ask (Origin and Host are checked before anything else). PIN and password are typed on the agent's own page
 * (`consentUrl`, another origin), where what is signed is shown: one consent, one application. Pure; also read by browsers.
 *
 *   GET    /hello               homeAgentHello
 *   POST   /requests            homeAgentRequest -> homeAgentAccepted (201)
 *   GET    /requests/:id        homeAgentAnswer; `signed` is handed out once, `gone` afterwards
 *   DELETE /requests/:id        204; the page has given up
 */
import { z } from 'zod';
import { noticeCode } from '#templates/notices/notices.ts';
import { municipalityCode } from '#templates/vocabulary.ts';
import { applicantStatement, signedApplication } from './domicileApplication.ts';
import { base64 } from './wire.ts';

/** Where it listens unless told otherwise. A name would be looked up; the number is the machine itself. */
export const HOME_AGENT_ORIGIN = 'http://127.0.0.1:8792';

export const homeAgentHello = z.object({
  product: z.literal('certificate-kiosk-home-agent'),
  version: z.literal(1),
  /** no reader is found, it is empty, or something lies on it */
  reader: z.enum(['unavailable', 'empty', 'present']),
});
export type HomeAgentHello = z.infer<typeof homeAgentHello>;

/** One application to sign. A new one takes the place of the one before. */
export const homeAgentRequest = z.strictObject({
  municipality: municipalityCode,
  /** 都道府県 and 市区町村, shown to the applicant */
  municipalityName: z.string().min(1).max(60),
  /** the 券面事項入力補助AP may be read, if the applicant wants it */
  cardText: z.boolean(),
  challengeId: z.uuid(),
  /** 32 bytes, base64 */
  challenge: base64.length(44),
  /** for how long from now on the center takes the challenge, milliseconds: clocks at home go wrong */
  lifetimeMs: z.number().int().min(1).max(3_600_000),
  statement: applicantStatement,
});
export type HomeAgentRequest = z.infer<typeof homeAgentRequest>;

export const homeAgentAccepted = z.object({
  /** 128 random bits, hex */
  id: z.string().regex(/^[0-9a-f]{32}$/),
  /** the agent's own page for this request, to be opened in a window of its own */
  consentUrl: z.url(),
});
export type HomeAgentAccepted = z.infer<typeof homeAgentAccepted>;

export const homeAgentAnswer = z.discriminatedUnion('kind', [
  /** the applicant has not decided yet */
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('signed'), application: signedApplication }),
  /** card or reader: nothing was signed, the notice says why */
  z.object({ kind: z.literal('refused'), notice: noticeCode }),
  /** the applicant said no, or closed the window */
  z.object({ kind: z.literal('cancelled') }),
  /** not known, or not any more: replaced, handed out, too old */
  z.object({ kind: z.literal('gone') }),
]);
export type HomeAgentAnswer = z.infer<typeof homeAgentAnswer>;
