/**
 * 印鑑登録とカード: at the counter staff looks at the card's face and at the registered seal, the resident agrees, and the
 * serial of the card's 利用者証明用電子証明書 is tied to the registration (seeds.md 10). No PIN is asked for.
 */
import { z } from 'zod';
import { civilDate } from '#templates/vocabulary.ts';

const residentId = z.string().regex(/^[a-z0-9-]{1,64}$/);

export const sealSearch = z.object({
  name: z.string().min(1, '氏名を入れてください').max(80),
  birthDate: civilDate,
});
export const sealHolders = z.object({
  people: z.array(
    z.object({
      residentId,
      name: z.string(),
      furigana: z.string().nullable(),
      birthDate: civilDate,
      address: z.string(),
    }),
  ),
});
export type SealHolders = z.infer<typeof sealHolders>;

export const sealCardLink = z.object({
  id: z.number().int(),
  /** last digits of the serial, to tell two cards apart */
  serialEnd: z.string(),
  linkedAt: z.iso.datetime(),
  linkedBy: z.string().nullable(),
});
export const sealQuery = z.object({ residentId });
export const sealShown = z.object({
  residentId,
  name: z.string(),
  registeredOn: civilDate,
  /** base64 of a PNG */
  imprint: z.string(),
  /** printed so wide */
  widthMm: z.number(),
  cards: z.array(sealCardLink),
});
export type SealShown = z.infer<typeof sealShown>;

export const sealCardRequest = z.object({
  residentId,
  /** DER, base64, as the reader at the counter gave it */
  certificate: z
    .string()
    .regex(/^[A-Za-z0-9+/]*={0,2}$/)
    .max(8_000),
  /** the resident has agreed to this use of the certificate */
  consented: z.literal(true, { error: '本人の同意をたしかめてください' }),
});
export const sealCardId = z.object({ id: z.coerce.number().int() });
export const sealCardDone = z.object({ kind: z.literal('done') });

/** What the reader on the counter's own machine answers: GET COUNTER_READER/certificate. */
export const counterReaderAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('certificate'), certificate: z.string() }),
  z.object({ kind: z.literal('no-card') }),
  z.object({ kind: z.literal('not-readable') }),
]);
export const counterReader = z.object({ origin: z.string() });
