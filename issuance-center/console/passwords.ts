/** Passwords of staff: scrypt (RFC 7914) with its parameters beside the hash, so that they can grow. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MB and some 80 ms: a guess costs as much as a sign-in. */
const COST = { N: 2 ** 15, r: 8, p: 1 };
const MAX_MEMORY = 64 * 1024 * 1024;
const KEY_BYTES = 32;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Hash of nothing anybody knows: an unknown login costs the same work. */
const NOBODYS = hashPassword(randomBytes(24).toString('base64url'));

/** False for a wrong password, and when there is none to compare with; the work is the same. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, N, r, p, salt, hash] = (stored ?? (await NOBODYS)).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derive(password, Buffer.from(salt!, 'base64url'), cost);
  const same = timingSafeEqual(found, Buffer.from(hash!, 'base64url'));
  return same && stored !== null;
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const text = password.normalize('NFKC');
  return new Promise((done, fail) => {
    scrypt(text, salt, KEY_BYTES, { ...cost, maxmem: MAX_MEMORY }, (error, key) =>
      error ? fail(error) : done(key),
    );
  });
}

/** The words common passwords are made of. */
const COMMON = [
  'password',
  'qwerty',
  'asdfgh',
  'abcdef',
  '123456',
  '111111',
  'iloveyou',
  'admin',
  'welcome',
  'letmein',
];

/** Why a password is not taken, in plain Japanese; undefined when it is. */
export function passwordFault(password: string, login: string): string | undefined {
  const lower = password.toLowerCase();
  const name = login.split('@')[0]!;
  if (name.length >= 4 && lower.includes(name)) return 'ログイン名をふくまないパスワードにしてください';
  if (new Set(password).size < 6) return 'もっと多くの種類の文字を使ってください';
  const rest = COMMON.reduce((text, word) => text.replaceAll(word, ''), lower);
  return rest.length < 6 ? 'よく使われるパスワードです。ほかのものにしてください' : undefined;
}
