/** Questions to the home agent on this machine. None rejects: an agent that does not run is `silent`. */
import type { z } from 'zod';
import {
  HOME_AGENT_ORIGIN,
  homeAgentAccepted,
  homeAgentAnswer,
  homeAgentHello,
  type HomeAgentRequest,
} from '../../contract/homeAgent.ts';

const TIMEOUT_MS = 5_000;

async function ask<Answer>(
  path: string,
  answer: z.ZodType<Answer>,
  body?: HomeAgentRequest,
): Promise<Answer | null> {
  const sent = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : {};
  try {
    const response = await fetch(`${HOME_AGENT_ORIGIN}${path}`, {
      ...sent,
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const parsed = answer.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export const hello = () => ask('/hello', homeAgentHello);
export const request = (body: HomeAgentRequest) => ask('/requests', homeAgentAccepted, body);
export const outcome = (id: string) => ask(`/requests/${id}`, homeAgentAnswer);
export async function giveUp(id: string): Promise<void> {
  await fetch(`${HOME_AGENT_ORIGIN}/requests/${id}`, { method: 'DELETE', credentials: 'omit' }).catch(
    () => undefined,
  );
}
