/** Longer than any healthy answer from the same machine, shorter than the patience of a person before a frozen screen. */
const ANSWER_LIMIT_MS = 1_500;

/** True when the agent answers at its health page, which needs no token. Never throws. */
export async function agentAnswers(origin: string, request: typeof fetch = fetch): Promise<boolean> {
  try {
    const answer = await request(`${origin}/health`, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return answer.ok;
  } catch {
    return false;
  }
}
