/** Signing in to the console, and one's own account. */
import { z } from 'zod';
import { municipalityCode } from '#templates/vocabulary.ts';
import { role } from '../../console/permissions.ts';

export const login = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9.@_-]{1,62})[a-z0-9]$/,
    '3〜64文字の、英小文字・数字・記号（. @ _ -）で書いてください',
  );
export const password = z.string().min(12, 'パスワードは12文字以上にしてください').max(200);
export const oneTimeCode = z.string().regex(/^[0-9]{6}$/, '6けたの数字を入れてください');
/** ten letters and digits in two groups */
export const recoveryCode = z.string().regex(/^[0-9a-hjkmnp-tv-z]{5}-?[0-9a-hjkmnp-tv-z]{5}$/i);
/** What the passkey library's two halves say to each other: checked by the library. */
export const passkeyJson = z.record(z.string(), z.unknown());

export const me = z.object({
  staffId: z.uuid(),
  displayName: z.string(),
  login: z.string(),
  roles: z.array(role),
  municipality: municipalityCode,
  municipalityName: z.string(),
  /** sent back with everything that changes something */
  csrf: z.string(),
  /** of the center: it may play another day */
  now: z.iso.datetime(),
});
export type Me = z.infer<typeof me>;

export const passwordRequest = z.object({ login: z.string().max(100), password: z.string().max(200) });
export const passwordAnswer = z.object({
  kind: z.literal('second-factor'),
  csrf: z.string(),
  factors: z.array(z.enum(['passkey', 'one-time-code'])),
});
export const factorAnswer = z.object({ kind: z.literal('signed-in') });
export const codeRequest = z.object({ code: z.union([oneTimeCode, recoveryCode]) });
export const passkeyRequest = z.object({ response: passkeyJson });
export const passkeyOptions = z.object({ options: passkeyJson });

/** What every refusal looks like. */
export const consoleFailure = z.object({
  kind: z.enum([
    'signed-out',
    'not-allowed',
    'confirm-needed',
    'missing',
    'not-now',
    'faults',
    'too-many',
    'fault',
  ]),
  reason: z.string(),
  faults: z.array(z.object({ path: z.string(), reason: z.string() })),
});
export type ConsoleFailure = z.infer<typeof consoleFailure>;

export const invitation = z.object({ token: z.string().max(100) });
export const invited = z.object({ login: z.string(), displayName: z.string(), municipalityName: z.string() });
export const enrolPassword = z.object({ token: z.string().max(100), password });
export const enrolAnswer = z.object({ kind: z.literal('choose-factor'), csrf: z.string() });
export const oneTimeSetUp = z.object({
  /** for people who cannot scan it */
  secret: z.string(),
  /** SVG */
  picture: z.string(),
});
export const enrolled = z.object({ kind: z.literal('signed-in'), recoveryCodes: z.array(z.string()) });
export const namedPasskey = z.object({ response: passkeyJson, label: z.string().min(1).max(40) });

export const account = z.object({
  passkeys: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      createdAt: z.iso.datetime(),
      lastUsedAt: z.iso.datetime().nullable(),
    }),
  ),
  oneTimeCode: z.boolean(),
  recoveryCodesLeft: z.number().int(),
});
export type Account = z.infer<typeof account>;
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
export const passwordChange = z.object({ current: z.string().max(200), password });
export const passkeyId = z.object({ id: z.string().max(512) });
export const done = z.object({ kind: z.literal('done') });
