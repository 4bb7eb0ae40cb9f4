/** After five failures in a row an account waits: a quarter of an hour, twice as long each time, a day at most. Pure. */
export interface Lock {
  readonly failures: number;
  readonly locks: number;
  readonly locked_until: Date | null;
}

const FAILURES = 5;
const FIRST_LOCK_MS = 15 * 60_000;
const LONGEST_LOCK_MS = 24 * 60 * 60_000;

export const isLocked = ({ locked_until }: Lock, now: number): boolean =>
  locked_until !== null && locked_until.getTime() > now;

export function afterFailure({ failures, locks }: Lock, now: number): Lock {
  if (failures + 1 < FAILURES) return { failures: failures + 1, locks, locked_until: null };
  const wait = Math.min(FIRST_LOCK_MS * 2 ** locks, LONGEST_LOCK_MS);
  return { failures: 0, locks: locks + 1, locked_until: new Date(now + wait) };
}

export const AFTER_SUCCESS: Lock = { failures: 0, locks: 0, locked_until: null };
