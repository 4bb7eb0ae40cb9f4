/**
 * One IPP request and its answer over HTTP (RFC 8010, RFC 8011). Bytes stay in memory: the codec is @sealsystems/ipp,
 * the transport node's own http, because a document must never pass through a spool file.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import ipp, { type IppAttributes, type IppValue } from '@sealsystems/ipp';

/** An answer to an IPP request is a few kilobytes; a megabyte is not an answer. */
const MAX_ANSWER_BYTES = 1_000_000;
const DEFAULT_IPP_PORT = 631;

export interface IppAnswer {
  readonly kind: 'answer';
  /** keyword of RFC 8011 appendix B, e.g. successful-ok */
  readonly status: string;
  readonly printer: IppAttributes;
  readonly jobs: readonly IppAttributes[];
}
/** `notSent`: no connection came about, so nothing was printed; `lost`: the printer may have acted on the request. */
export type IppResult = IppAnswer | { readonly kind: 'notSent' } | { readonly kind: 'lost' };

export interface IppRequest {
  readonly operation: string;
  readonly attributes?: IppAttributes;
  readonly jobAttributes?: IppAttributes;
  readonly document?: Uint8Array;
}
export interface IppClient {
  /** Never rejects. */
  send(request: IppRequest, timeoutMs: number): Promise<IppResult>;
}

/** PRINTER_URL, `ipp://host[:631]/path` or `ipps://`. Throws with words for the operator. */
export function parsePrinterUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['ipp:', 'ipps:'].includes(url.protocol) || url.hostname === '') {
    throw new Error('PRINTER_URL must look like ipp://host:631/ipp/print or ipps://host:631/ipp/print');
  }
  if (url.username !== '' || url.password !== '') {
    throw new Error('PRINTER_URL must not carry a user or a password');
  }
  return url;
}

/** @param printerUrl what parsePrinterUrl accepts */
export function createIppClient(printerUrl: string): IppClient {
  const url = parsePrinterUrl(printerUrl);
  return {
    send: (request, timeoutMs) => exchange(url, encode(url, request), timeoutMs),
  };
}

function encode(url: URL, request: IppRequest): Buffer {
  const message = ipp.serialize({
    version: '2.0',
    operation: request.operation,
    'operation-attributes-tag': {
      'attributes-charset': 'utf-8',
      'attributes-natural-language': 'en',
      'printer-uri': url.href,
      ...request.attributes,
    },
    ...(request.jobAttributes ? { 'job-attributes-tag': request.jobAttributes } : {}),
  });
  return request.document ? Buffer.concat([message, request.document]) : message;
}

function exchange(url: URL, body: Buffer, timeoutMs: number): Promise<IppResult> {
  return new Promise((resolve) => {
    const send = url.protocol === 'ipps:' ? httpsRequest : httpRequest;
    const outgoing = send({
      method: 'POST',
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? DEFAULT_IPP_PORT : Number(url.port),
      path: url.pathname || '/',
      headers: { 'content-type': 'application/ipp', 'content-length': body.length },
      // a connection of its own: a kept-alive one that the printer just closed would look like a lost reply
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
    });
    let connected = false;
    outgoing.once('socket', (socket) => {
      socket.once(url.protocol === 'ipps:' ? 'secureConnect' : 'connect', () => (connected = true));
    });
    outgoing.once('error', () => resolve({ kind: connected ? 'lost' : 'notSent' }));
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAX_ANSWER_BYTES) incoming.destroy();
        else chunks.push(chunk);
      });
      incoming.once('error', () => resolve({ kind: 'lost' }));
      incoming.once('close', () => resolve({ kind: 'lost' }));
      incoming.once('end', () => resolve(decode(incoming.statusCode ?? 0, Buffer.concat(chunks))));
    });
    outgoing.end(body);
  });
}

function decode(httpStatus: number, bytes: Buffer): IppResult {
  if (httpStatus !== 200) return { kind: 'lost' };
  try {
    const message = ipp.parse(bytes);
    const jobs = message['job-attributes-tag'] ?? [];
    return {
      kind: 'answer',
      status: message.statusCode ?? 'unknown',
      printer: message['printer-attributes-tag'] ?? {},
      jobs: Array.isArray(jobs) ? jobs : [jobs],
    };
  } catch {
    return { kind: 'lost' };
  }
}

/** successful-ok and its variants (RFC 8011 4.1.6.1). */
export function isSuccessful(answer: IppAnswer): boolean {
  return answer.status.startsWith('successful-ok');
}

/** An attribute's values as words; the codec gives one value bare and several as an array. */
export function words(attributes: IppAttributes, name: string): string[] {
  const value: IppValue | undefined = attributes[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** An integer attribute; null when absent, no-value or unknown. */
export function integer(attributes: IppAttributes, name: string): number | null {
  const value = attributes[name];
  return typeof value === 'number' ? value : null;
}
