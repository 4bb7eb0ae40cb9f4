/** 開示: which certificates have shown a resident's data, for the resident's own request. Each look is in the audit. */
import { z } from 'zod';
import { certificateKindId, civilDate } from '#templates/vocabulary.ts';

/** 受付番号 of the request: the look has a reason on paper. */
export const requestNumber = z
  .string()
  .regex(/^[0-9A-Za-z-]{1,40}$/, '受付番号（英数字とハイフン、40文字まで）を入れてください');

export const personQuery = z.object({
  requestNumber,
  /** as registered, or its reading; the beginning is enough */
  name: z.string().min(1, '氏名を入れてください').max(80),
  birthDate: civilDate,
});
export const people = z.object({
  people: z.array(
    z.object({
      residentId: z.string(),
      name: z.string(),
      furigana: z.string().nullable(),
      birthDate: civilDate,
      address: z.string(),
    }),
  ),
});
export type People = z.infer<typeof people>;

export const disclosureRequest = z.object({
  requestNumber,
  residentId: z.string().regex(/^[a-z0-9-]{1,64}$/),
});
export const disclosure = z.object({
  residentId: z.string(),
  name: z.string(),
  certificates: z.array(
    z.object({
      issueNumber: z.string(),
      kind: certificateKindId,
      label: z.string(),
      at: z.iso.datetime(),
      kioskId: z.string(),
      store: z.string(),
      state: z.enum(['prepared', 'printed', 'void']),
      withdrawn: z.boolean(),
      /** asked for by the resident, or by somebody of the same household or 戸籍 */
      by: z.enum(['self', 'other']),
    }),
  ),
});
export type Disclosure = z.infer<typeof disclosure>;
export const disclosureFileRequest = disclosureRequest.extend({ format: z.enum(['csv', 'pdf']) });
