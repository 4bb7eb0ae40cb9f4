/** An agent for the frame alone: serves one page to whoever brings the token, and can go away and come back. */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAgent {
  readonly port: number;
  readonly token: string;
  /** how often the page was served */
  readonly served: () => number;
  readonly goAway: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
}

const PAGE = '<!doctype html><html lang="ja"><title>screen</title><h1 id="screen">screen</h1></html>';

/** Listens on a free port of 127.0.0.1. */
export async function startFakeAgent(): Promise<FakeAgent> {
  const token = randomBytes(24).toString('base64url');
  let count = 0;
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;

  function listen(at: number): Promise<Server> {
    const made = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (url.pathname === '/health') return void response.writeHead(200).end();
      const welcome = url.searchParams.get('token') === token;
      if (welcome && request.method === 'GET') count += 1;
      response.writeHead(welcome ? 200 : 403, { 'content-type': 'text/html; charset=utf-8' });
      response.end(welcome ? PAGE : '');
    });
    return new Promise((resolve) => made.listen(at, '127.0.0.1', () => resolve(made)));
  }

  return {
    port,
    token,
    served: () => count,
    goAway: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    comeBack: async () => {
      server = await listen(port);
    },
  };
}
