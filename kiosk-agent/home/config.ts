/** Configuration of `npm run home-agent`, checked at the door. */
import { z } from 'zod';
import { HOME_AGENT_ORIGIN } from '#center/contract/homeAgent.ts';

export interface HomeConfig {
  /** origin of the page that may ask: scheme, host, port */
  readonly site: string;
  /** on 127.0.0.1 */
  readonly port: number;
  /** part of a PC/SC reader name; null: the first reader found */
  readonly cardReader: string | null;
}
export class HomeConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HomeConfigError';
  }
}

/** A page that came over the net unprotected can be anybody's; on this machine it is the machine's own. */
function isTrusted(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname));
}

const environment = z.object({
  APPLY_URL: z
    .url('申請のページの住所（https://…）を書いてください')
    .refine(isTrusted, 'https:// で始まる住所にしてください'),
  HOME_AGENT: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/, 'http://127.0.0.1:番号 の形にしてください')
    .default(HOME_AGENT_ORIGIN),
  CARD_READER: z.string().min(1).optional(),
});

/** Throws HomeConfigError that names the variable. Empty values count as absent. */
export function readHomeConfig(env: Readonly<Record<string, string | undefined>>): HomeConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  if (given['APPLY_URL'] === undefined) {
    throw new HomeConfigError('APPLY_URL: 申請のページの住所（https://…）を書いてください');
  }
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new HomeConfigError(`${String(issue?.path[0])}: ${issue?.message}`);
  }
  const { APPLY_URL, HOME_AGENT, CARD_READER } = parsed.data;
  const site = new URL(APPLY_URL).origin;
  const own = new URL(HOME_AGENT);
  if (site === own.origin) throw new HomeConfigError('HOME_AGENT: APPLY_URL と同じ住所にはできません');
  return { site, port: Number(own.port || 80), cardReader: CARD_READER ?? null };
}
