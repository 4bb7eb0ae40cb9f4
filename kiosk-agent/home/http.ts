/** Small parts of an HTTP answer and of a request's body, for the two doors of the home agent. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** without the query */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Empty but for its status: nobody is told why. */
export function refuse({ response }: Exchange, status: 400 | 403 | 404 | 405 | 409 | 413): void {
  response.writeHead(status, { 'cache-control': 'no-store' }).end();
}
export function done({ response }: Exchange): void {
  response.writeHead(204, { 'cache-control': 'no-store' }).end();
}
export function json({ response }: Exchange, status: 200 | 201, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

export const header = ({ request }: Exchange, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/**
 * The whole body in a buffer of its own, the parts it came in zeroed. Null: longer than `limit`, or cut off. The caller
 * zeroes the result where it is a secret.
 */
export async function bodyOf({ request }: Exchange, limit: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return null;
  const whole = Buffer.alloc(limit);
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      const fits = length + part.length <= limit;
      if (fits) part.copy(whole, length);
      length += part.length;
      part.fill(0);
      if (!fits) break;
    }
  } catch {
    length = limit + 1;
  }
  if (length <= limit) return whole.subarray(0, length);
  whole.fill(0);
  return null;
}

/** In constant time; false for what has another length. */
export function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
