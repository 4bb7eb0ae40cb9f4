/** The store code of the staff screen: kept as a scrypt hash, locked for a while after five wrong entries. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#templates/vocabulary.ts';
import type { Journal } from '../transaction/journal.ts';

/** `scrypt$<salt base64>$<hash base64>`, the content of STAFF_CODE_FILE. */
const STORED = /^scrypt\$([A-Za-z0-9+/]+=*)\$([A-Za-z0-9+/]+=*)$/;
/** RFC 7914 with OWASP's figures: 32 MiB and tens of milliseconds a try on a kiosk's processor. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const HASH_BYTES = 32;
/** A six-digit code withstands five tries a quarter of an hour for years. */
const WRONG_BEFORE_LOCK = 5;
const LOCK_MS = 15 * 60_000;

function derive(code: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(code, salt, HASH_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** The line to store for this code. Throws RangeError unless it is 6 to 12 digits. */
export async function hashStaffCode(code: string, salt: Buffer = randomBytes(16)): Promise<string> {
  if (!/^\d{6,12}$/.test(code)) throw new RangeError('a store code has 6 to 12 digits');
  const hash = await derive(code, salt);
  return `scrypt$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** Throws RangeError for a line that hashStaffCode did not make. */
export function parseStaffCode(line: string): { readonly salt: Buffer; readonly hash: Buffer } {
  const [, salt, hash] = STORED.exec(line.trim()) ?? [];
  if (!salt || !hash) throw new RangeError('not a stored store code (scrypt$salt$hash)');
  return { salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

export type StaffCodeAnswer =
  { readonly kind: 'admitted' } | { readonly kind: 'refused'; readonly lockedUntil: string | null };
export interface StaffCode {
  check(code: string): Promise<StaffCodeAnswer>;
}

/** The counter is written down before the code is looked at: switching the kiosk off gives no further tries. */
export function staffCodeOver(
  stored: ReturnType<typeof parseStaffCode>,
  journal: Pick<Journal, 'notes' | 'note'>,
  clock: Clock,
): StaffCode {
  const check = async (code: string): Promise<StaffCodeAnswer> => {
    const { staffCodeWrong, staffCodeLockedUntil } = journal.notes();
    const locked = staffCodeLockedUntil !== null && Date.parse(staffCodeLockedUntil) > clock();
    if (locked) return { kind: 'refused', lockedUntil: staffCodeLockedUntil };
    const wrong = staffCodeWrong + 1;
    const lockedUntil = wrong >= WRONG_BEFORE_LOCK ? new Date(clock() + LOCK_MS).toISOString() : null;
    journal.note({ staffCodeWrong: lockedUntil ? 0 : wrong, staffCodeLockedUntil: lockedUntil });
    if (!timingSafeEqual(await derive(code, stored.salt), stored.hash)) {
      return { kind: 'refused', lockedUntil };
    }
    journal.note({ staffCodeWrong: 0, staffCodeLockedUntil: null });
    return { kind: 'admitted' };
  };
  return { check };
}
