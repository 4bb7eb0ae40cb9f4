/**
 * The one table of notices a resident can meet (architecture.md 5). Data in notices.json; the code never says which
 * cause of the shared counter answer (DESK-01) applied.
 */
import { z } from 'zod';
import catalogue from './notices.json' with { type: 'json' };

const words = z.object({ ja: z.string().min(1) });
const notice = z.object({
  code: z.string().regex(/^[A-Z]{3,4}-\d{2}$/),
  group: z.enum([
    'card',
    'certificate',
    'identity',
    'validity',
    'service',
    'rule',
    'desk',
    'payment',
    'printer',
    'safety',
    'time',
    'kiosk',
    'system',
    'signature',
    'application',
  ]),
  title: words,
  text: words,
  /** what the resident can do now */
  todo: words,
  /** trying again at this machine can help */
  retry: z.boolean(),
  /** the store's staff shall be called */
  attendant: z.boolean(),
});
export type Notice = z.infer<typeof notice>;

export const notices: readonly Notice[] = Object.freeze(z.array(notice).parse(catalogue));
const byCode = new Map(notices.map((entry) => [entry.code, entry]));

/** A code of the catalogue; anything else is a fault of the sender. */
export const noticeCode = z
  .string()
  .refine((code) => byCode.has(code), 'no such notice')
  .brand<'NoticeCode'>();
export type NoticeCode = z.infer<typeof noticeCode>;

/** The code as a typed constant; throws at load time when the catalogue lacks it. */
export function noticeOf(code: string): NoticeCode {
  return noticeCode.parse(code);
}

/** Words of a notice. Throws for a code outside the catalogue. */
export function noticeByCode(code: NoticeCode): Notice {
  const entry = byCode.get(code);
  if (!entry) throw new Error(`no notice ${code}`);
  return entry;
}
