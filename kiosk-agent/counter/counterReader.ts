/**
 * The card reader of a municipality's counter, as the console's page in the browser beside it sees it: one address on
 * 127.0.0.1 that answers with the certificate of the card that lies on it. No PIN, no signature, nothing kept. Only the
 * console's own page may ask: another origin, or another name for this machine, is refused before the card is touched.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { counterReaderAnswer } from '#center/contract/console/counter.ts';
import type { CardReaderPort } from '../card/cardReaderPort.ts';
import type { CardSteps } from '../visit/ports.ts';

export interface CounterReader {
  readonly reader: CardReaderPort;
  readonly card: Pick<CardSteps, 'readHolder'>;
  /** scheme, host and port of the console, e.g. https://console.example */
  readonly consoleOrigin: string;
}
type Answer = z.infer<typeof counterReaderAnswer>;

const NAMES = /^(127\.0\.0\.1|localhost)(:\d+)?$/;
const NO_CARD: Answer = { kind: 'no-card' };
const NOT_READABLE: Answer = { kind: 'not-readable' };

/** Answers GET /certificate; `listen` is the caller's. One card is read at a time. */
export function counterReaderServer(parts: CounterReader): Server {
  let last: Promise<unknown> = Promise.resolve();
  return createServer((request, response) => {
    const refusal = whyNot(request, parts.consoleOrigin);
    if (refusal) return send(response, refusal);
    response.setHeader('access-control-allow-origin', parts.consoleOrigin);
    response.setHeader('vary', 'origin');
    response.setHeader('cache-control', 'no-store');
    if (request.method === 'OPTIONS') return preflight(response);
    const answer = last.then(() => readCard(parts)).catch(() => NOT_READABLE);
    last = answer;
    void answer.then((body) => send(response, 200, body));
  });
}

function whyNot(
  { method, url, headers }: IncomingMessage,
  consoleOrigin: string,
): 403 | 404 | 405 | undefined {
  // a page of somebody else's that has found a name for this machine (DNS rebinding) has another Host
  if (!NAMES.test(headers.host ?? '') || headers.origin !== consoleOrigin) return 403;
  if (url !== '/certificate') return 404;
  return method === 'GET' || method === 'OPTIONS' ? undefined : 405;
}

/** Browsers ask before a page reaches the machine it runs on (Private Network Access). */
function preflight(response: ServerResponse): void {
  response.setHeader('access-control-allow-methods', 'GET');
  response.setHeader('access-control-allow-private-network', 'true');
  send(response, 204);
}

function send(response: ServerResponse, status: number, body?: Answer): void {
  if (body) response.setHeader('content-type', 'application/json');
  response.writeHead(status).end(body ? JSON.stringify(body) : undefined);
}

async function readCard({ reader, card }: CounterReader): Promise<Answer> {
  if (reader.status().kind !== 'present') return NO_CARD;
  const connection = await reader.connect();
  try {
    const holder = await card.readHolder(connection);
    if (holder.kind !== 'holder') return NOT_READABLE;
    return { kind: 'certificate', certificate: Buffer.from(holder.certificate).toString('base64') };
  } finally {
    await connection.close();
  }
}
