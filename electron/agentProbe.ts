/** Longer than any healthy answer from the same machine, shorter than the patience of a person before a frozen screen. */
const ANSWER_LIMIT_MS = 1_500;

/** True when something answers HTTP at this origin, whatever it says. Never throws. */
export async function agentAnswers(origin: string, request: typeof fetch = fetch): Promise<boolean> {
  try {
    await request(`${origin}/`, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return true;
  } catch {
    return false;
  }
}
