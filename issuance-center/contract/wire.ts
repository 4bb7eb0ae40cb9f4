/** The few shapes that every contract has. Pure and small: pages in a browser parse with them too. */
import { z } from 'zod';
import { noticeCode } from '#templates/notices/notices.ts';

export const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
/** A refusal every caller can meet, as the body of a 200 answer tagged `refused`. `until` is an instant, ISO 8601. */
export const refusal = z.object({
  kind: z.literal('refused'),
  notice: noticeCode,
  until: z.string().datetime({ offset: true }).optional(),
});
export type Refusal = z.infer<typeof refusal>;
