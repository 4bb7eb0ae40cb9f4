/** A stranger that calls in a loop fills the audit with one line a minute, not with thousands. */
const INTERVAL_MS = 60_000;
const REMEMBERED = 1_000;

/** True when this key has not been said within the last minute. Remembers the last thousand keys at most. */
export function oncePerMinute(): (key: string, now: number) => boolean {
  const last = new Map<string, number>();
  return (key, now) => {
    if (now - (last.get(key) ?? -Infinity) < INTERVAL_MS) return false;
    if (last.size >= REMEMBERED) last.clear();
    last.set(key, now);
    return true;
  };
}
