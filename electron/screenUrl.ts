/**
 * The address of the agent's screen with the token that lets a screen in. Read again before every load: an agent that
 * has started anew has a new token.
 */
import { readFile } from 'node:fs/promises';
import type { FrameSettings } from './settings.ts';

const TOKEN = /^[A-Za-z0-9_-]{16,128}$/;

/** The URL to load, or null while the agent has not written a usable token yet. */
export async function screenUrl({ agentOrigin, screenTokenFile }: FrameSettings): Promise<string | null> {
  const text = await readFile(screenTokenFile, 'utf8').catch(() => '');
  const token = text.trim();
  return TOKEN.test(token) ? `${agentOrigin}/?token=${token}` : null;
}
