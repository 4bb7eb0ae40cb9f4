/**
 * The responder over HTTP: POST / with application/ocsp-request or GET /<base64> (RFC 6960 appendix A), and the CRL of each
 * CA at GET /crl/<ca id>. Every fault a verifier has to survive can be switched on.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '#templates/vocabulary.ts';
import type { Authority } from './authority.ts';
import { certificateRevocationList } from './crl.ts';
import { ocspAnswerer, ocspFailure, type AnswerFault, type OcspAnswerer } from './ocspAnswer.ts';

export type OcspFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'late'; readonly ms: number }
  | { readonly kind: AnswerFault }
  /** bytes that are no OCSP response */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'try-later' }
  | { readonly kind: 'http-500' }
  /** every connection is cut at once */
  | { readonly kind: 'down' };

export interface OcspResponder {
  /** where OCSP requests go; the CRLs are under `${url}/crl/<ca id>` */
  readonly url: string;
  setFault(fault: OcspFault): void;
  /** OCSP answers given since the start */
  answered(): number;
  close(): Promise<void>;
}

const MAX_REQUEST_BYTES = 4096;
/** Longer than any verifier pools its connections: a reused one is never being closed. */
const KEEP_ALIVE_MS = 120_000;

export interface ResponderOptions {
  readonly authority: Authority;
  /** 0 picks a free one */
  readonly port: number;
  readonly clock: Clock;
  readonly host?: string;
}

/** Listens, then resolves. Rejects when the port is taken. */
export async function startOcspResponder(options: ResponderOptions): Promise<OcspResponder> {
  const answer = ocspAnswerer(options.authority);
  const sockets = new Set<Socket>();
  let fault: OcspFault = { kind: 'none' };
  let answers = 0;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      answers++;
      respond({ ...options, answer, fault }, request, body, response);
    });
  });
  server.on('connection', (socket) => {
    if (fault.kind === 'down') return void socket.destroy();
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const host = options.host ?? '127.0.0.1';
  await listen(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://${host}:${port}`,
    answered: () => answers,
    setFault: (next) => {
      fault = next;
      if (next.kind === 'down') cut();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

interface Context extends ResponderOptions {
  readonly answer: OcspAnswerer;
  readonly fault: OcspFault;
}

function respond(context: Context, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const path = request.url ?? '/';
  if (path.startsWith('/crl/')) return sendCrl(context, path.slice('/crl/'.length), response);
  const question = request.method === 'GET' ? questionInPath(path) : body;
  const { fault, clock } = context;
  switch (fault.kind) {
    case 'none':
      return sendOcsp(response, context.answer(question, clock()));
    case 'late': {
      const timer = setTimeout(() => sendOcsp(response, context.answer(question, clock())), fault.ms);
      response.once('close', () => clearTimeout(timer));
      return;
    }
    case 'malformed':
      return sendOcsp(response, Buffer.from('this is not an OCSP response'));
    case 'try-later':
      return sendOcsp(response, ocspFailure('tryLater'));
    case 'http-500':
      return void response.writeHead(500).end();
    case 'down':
      return void response.destroy();
    default:
      return sendOcsp(response, context.answer(question, clock(), fault.kind));
  }
}

/** Base64 behind the first slash, or behind /ocsp/; empty, and so malformed, when the escapes are broken. */
function questionInPath(path: string): Buffer {
  try {
    return Buffer.from(decodeURIComponent(path.replace(/^\/(ocsp\/)?/, '')), 'base64');
  } catch {
    return Buffer.alloc(0);
  }
}

function sendOcsp(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/ocsp-response', 'content-length': bytes.length });
  response.end(bytes);
}

function sendCrl({ authority, clock }: Context, id: string, response: ServerResponse): void {
  const ca = authority.cas.find((one) => one.id === id);
  if (!ca) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'application/pkix-crl' });
  response.end(certificateRevocationList(authority, ca, clock()));
}

/** What came, up to the size of any honest request; the rest is dropped and then fails as malformed. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_REQUEST_BYTES) chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve(Buffer.alloc(0)));
  });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
