/**
 * Who may be the screen. A token is good for opening the page once and becomes a cookie that survives a reload and a
 * restart of the agent; the next token is made at once and handed to the caller (a 0600 file, the parent process).
 * Only hashes are kept: neither this memory nor the file opens a screen.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Admission {
  /** The token that opens the next screen. */
  token(): string;
  /** The cookie value for a right token, which is spent then; null for a wrong one. */
  redeem(token: string): string | null;
  isAdmitted(cookie: string | undefined): boolean;
}
export interface AdmissionStore {
  /** SHA-256 of the cookie of the admitted screen, hex; null when none was admitted yet */
  readonly admitted: () => string | null;
  readonly admit: (hash: string) => void;
  /** the next token, for whoever starts the screen */
  readonly offer: (token: string) => void;
}
/** 256 bits from the system's generator */
const SECRET_BYTES = 32;

export function makeAdmission(store: AdmissionStore): Admission {
  let token = '';
  const renew = (): void => {
    token = randomBytes(SECRET_BYTES).toString('base64url');
    store.offer(token);
  };
  renew();
  return {
    token: () => token,
    redeem: (given) => {
      if (!same(hashOf(given), hashOf(token))) return null;
      const cookie = randomBytes(SECRET_BYTES).toString('base64url');
      store.admit(hashOf(cookie));
      renew();
      return cookie;
    },
    isAdmitted: (cookie) => {
      const admitted = store.admitted();
      return cookie !== undefined && admitted !== null && same(hashOf(cookie), admitted);
    },
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
function same(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
