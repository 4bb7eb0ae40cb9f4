/** One-time codes of an app (TOTP, RFC 6238) and recovery codes on paper. */
import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const STEP_S = 30;
/** A clock may be off by one step. */
const WINDOW = 1;
const ISSUER = '証明書交付センター';

export function newSecret(): Buffer {
  return Buffer.from(new Secret({ size: 20 }).bytes);
}

const totp = (secret: Buffer, label: string): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1', // what every code app understands
    digits: 6,
    period: STEP_S,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });

/** For the app: as a link, and in letters for people who type it. */
export function secretForApp(
  secret: Buffer,
  login: string,
): { readonly uri: string; readonly letters: string } {
  const own = totp(secret, login);
  return { uri: own.toString(), letters: own.secret.base32 };
}

/** The step the code is of, later than `lastStep`; undefined for a wrong, old or used code. */
export function stepOf(secret: Buffer, code: string, now: number, lastStep: number): number | undefined {
  const delta = totp(secret, '').validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now / 1000 / STEP_S) + delta;
  return step > lastStep ? step : undefined;
}

/** Crockford's letters: no look-alikes. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const RECOVERY_CODES = 10;

/** 50 random bits each, as `abcde-fghjk`; shown once. */
export function newRecoveryCodes(): readonly string[] {
  const letters = (count: number) =>
    Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]!).join('');
  return Array.from({ length: RECOVERY_CODES }, () => `${letters(5)}-${letters(5)}`);
}

export function recoveryHash(staffId: string, code: string): string {
  const plain = code.toLowerCase().replaceAll('-', '');
  return createHash('sha256').update(`${staffId}\n${plain}`).digest('hex');
}
