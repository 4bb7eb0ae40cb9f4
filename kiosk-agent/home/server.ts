/**
 * Who may ask the home agent what: Host and Origin are looked at before anything else, then one of two doors. Only 127.0.0.1
 * listens. A page of somebody else's that has found a name for this machine (DNS rebinding) has another Host.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Page } from '../link/pages.ts';
import type { Wait } from '../wait.ts';
import { openConsentDoor } from './consentDoor.ts';
import { refuse, type Exchange } from './http.ts';
import { isRequestPath, openRequestDoor } from './requestDoor.ts';
import type { HomeRunner } from './runner.ts';

export interface HomeServer {
  readonly runner: HomeRunner;
  /** origin of the page that may ask */
  readonly site: string;
  /** the built consent page, by path */
  readonly pages: ReadonlyMap<string, Page>;
  readonly wait: Wait;
  /** the name of an error, nothing else */
  readonly onFault: (name: string) => void;
}

/** `listen` is the caller's, on 127.0.0.1. */
export function homeServer(parts: HomeServer): Server {
  return createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      parts.onFault(error instanceof Error ? error.name : 'unknown');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

async function answer(
  { runner, site, pages, wait }: HomeServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const port = request.socket.localPort;
  const own = `http://127.0.0.1:${port}`;
  const [path = '', query] = (request.url ?? '').split('?', 2);
  const exchange: Exchange = { request, response, path, query: new URLSearchParams(query) };
  const { host, origin } = request.headers;
  if (isRequestPath(path)) {
    const isHere = host === `127.0.0.1:${port}` || host === `localhost:${port}`;
    if (!isHere || origin !== site) return refuse(exchange, 403);
    return openRequestDoor({ runner, site, own }, exchange);
  }
  // the page is at one address only: what is sent from it has one Origin
  const isOwn = host === `127.0.0.1:${port}` && (origin === undefined || origin === own);
  if (!isOwn) return refuse(exchange, 403);
  return openConsentDoor({ runner, pages, wait, own }, exchange);
}
