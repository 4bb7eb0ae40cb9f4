/** Waiting in these tests: on a condition, with a limit, never on time alone. */
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 15;
/** Two busy cores and a process that starts anew in between. */
export const LIMIT_MS = 25_000;

/** Resolves when the condition holds; throws with what was waited for, and what was there instead. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { limitMs = LIMIT_MS, seen = () => '' }: { readonly limitMs?: number; readonly seen?: () => string } = {},
): Promise<void> {
  const end = performance.now() + limitMs;
  for (;;) {
    if (await holds()) return;
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms for ${what}; seen: ${seen()}`);
    await pause(POLL_MS);
  }
}
