/** Everything about a visit that a chain of stores may want to set, frozen once at start. */
import { z } from 'zod';

export const visitSettings = z.object({
  /** screens.md 2: after this long without a touch the screen asks まだ操作中ですか */
  stillThereAfterMs: z.number().int().positive().default(45_000),
  /** and ends the visit after this long without an answer */
  stillThereForMs: z.number().int().positive().default(30_000),
  /** SELECT, certificate and counter take under 3 s on a slow card; a pulled card is noticed sooner */
  readingLimitMs: z.number().int().positive().default(20_000),
  /** VERIFY, signature, OCSP at the center: its own limits sum up to less */
  authenticatingLimitMs: z.number().int().positive().default(30_000),
  /** all certificates of a basket */
  preparingLimitMs: z.number().int().positive().default(90_000),
  /** a question to the center on the way to a 利用登録 */
  loadingLimitMs: z.number().int().positive().default(20_000),
  /** the card is asked for its letters, or opens its 署名用電子証明書 */
  cardWorkLimitMs: z.number().int().positive().default(20_000),
  /** challenge, two signatures of up to a second each (card.md 6.2) */
  signingLimitMs: z.number().int().positive().default(30_000),
  /** the center verifies (OCSP twice) and draws the sheet; when it does not answer, it is asked what became of it */
  sendingLimitMs: z.number().int().positive().default(60_000),
  /** 控え of an application */
  sheetLimitMs: z.number().int().positive().default(120_000),
  /** a notice goes away by itself, so that the next resident finds the first screen */
  noticeForMs: z.number().int().positive().default(60_000),
  /** the staff's screens close by themselves */
  staffForMs: z.number().int().positive().default(180_000),
  /** upper limit of copies in one visit; not published for Japan, operations.md 2.1 (11) */
  maxCopies: z.number().int().min(1).max(99).default(10),
  /** certificates (copies counted) in one basket */
  basketLimit: z.number().int().min(1).max(99).default(10),
});
export type VisitSettings = Readonly<z.infer<typeof visitSettings>>;

/** The settings with defaults filled in. Throws ZodError on a bad one. */
export function makeVisitSettings(given: Partial<VisitSettings> = {}): VisitSettings {
  return Object.freeze(visitSettings.parse(given));
}
