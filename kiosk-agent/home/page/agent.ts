/** The page's one correspondent: the agent that served it. */
import {
  consentPath,
  consentState,
  PAGE_HEADER,
  TOKEN_HEADER,
  TURN_HEADER,
  type ConsentSecret,
  type ConsentState,
  type ConsentTouch,
  type OpenConsent,
} from '../consentContract.ts';

/** Waits for something newer than `after`; without it, what is now. Rejects when the agent is not there. */
export async function askState(id: string, after: number | null, signal: AbortSignal): Promise<ConsentState> {
  const query = after === null ? '' : `?after=${after}`;
  const answer = await fetch(`${consentPath(id)}/state${query}`, { headers: { [PAGE_HEADER]: '1' }, signal });
  return consentState.parse(await answer.json());
}

type Shown = Pick<OpenConsent, 'token' | 'turn'>;
const headersOf = ({ token, turn }: Shown) => ({ [TOKEN_HEADER]: token, [TURN_HEADER]: String(turn) });

/** What came of it is seen in the next state; a touch for a stage that has passed changes nothing. */
export async function touch(id: string, shown: Shown, act: ConsentTouch): Promise<void> {
  await fetch(`${consentPath(id)}/${act}`, { method: 'POST', headers: headersOf(shown) });
}

/** In the body, as bytes: nothing that is typed is in an address or kept. */
export async function enter(id: string, shown: Shown, secret: ConsentSecret, typed: string): Promise<void> {
  const body = new TextEncoder().encode(typed);
  const headers = { ...headersOf(shown), 'content-type': 'application/octet-stream' };
  await fetch(`${consentPath(id)}/${secret}`, { method: 'POST', headers, body });
  body.fill(0);
}
