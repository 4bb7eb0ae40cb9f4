/** One call to the coin mechanism, with its answer parsed. Never rejects; what may have happened is in the kind. */
import { z } from 'zod';

/** The mechanism is on the same machine; it answers from memory, and a refund in the time coins need to fall. */
const CALL_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 100_000;

const refusal = z.object({ error: z.string() });

export type CoinAnswer<Body> =
  | { readonly kind: 'answer'; readonly body: Body }
  | { readonly kind: 'absent' }
  /** refused without acting: 4xx other than 404; `error` is the mechanism's keyword, e.g. busy, conflict */
  | { readonly kind: 'refused'; readonly error: string }
  /** no answer that can be read; the mechanism may have acted */
  | { readonly kind: 'lost' };
export interface CoinClient {
  get<Body>(path: string, schema: z.ZodType<Body>): Promise<CoinAnswer<Body>>;
  post<Body>(path: string, body: unknown, schema: z.ZodType<Body>): Promise<CoinAnswer<Body>>;
}

/** PAYMENT_URL. Throws with words for the operator: money is never counted over a network in the clear. */
export function parsePaymentUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    throw new Error('PAYMENT_URL must be an http:// address of this machine, like http://127.0.0.1:8641');
  }
  return url;
}

/** @param paymentUrl what parsePaymentUrl accepts */
export function createCoinClient(paymentUrl: string, timeoutMs = CALL_TIMEOUT_MS): CoinClient {
  const base = parsePaymentUrl(paymentUrl);
  return {
    get: (path, schema) => call(new URL(path, base), { method: 'GET' }, schema, timeoutMs),
    post: (path, body, schema) =>
      call(
        new URL(path, base),
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        schema,
        timeoutMs,
      ),
  };
}

async function call<Body>(
  url: URL,
  init: RequestInit,
  schema: z.ZodType<Body>,
  timeoutMs: number,
): Promise<CoinAnswer<Body>> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      // the mechanism may close an idle connection at any time, which must not look like a lost reply
      headers: { ...init.headers, connection: 'close' },
    });
    const text = await response.text();
    if (response.status === 404) return { kind: 'absent' };
    if (response.status >= 400 && response.status < 500) {
      return { kind: 'refused', error: refusal.parse(JSON.parse(text)).error };
    }
    if (!response.ok || text.length > MAX_ANSWER_BYTES) return { kind: 'lost' };
    const body = schema.safeParse(JSON.parse(text));
    return body.success ? { kind: 'answer', body: body.data } : { kind: 'lost' };
  } catch {
    return { kind: 'lost' };
  }
}
