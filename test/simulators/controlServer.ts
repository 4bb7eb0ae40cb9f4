/**
 * A small JSON server on 127.0.0.1 for the control channels of the simulators and the coin mechanism's own protocol.
 * A route may answer JSON, bytes, or break the connection as a failing device would.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

const MAX_BODY_BYTES = 100_000;

export type Reply =
  | { readonly kind: 'json'; readonly status?: number; readonly body: unknown }
  | { readonly kind: 'bytes'; readonly contentType: string; readonly body: Uint8Array }
  | { readonly kind: 'broken' };
/** `parameters` are the decoded path segments written `:name` in the route. */
export type Route = (parameters: readonly string[], body: unknown) => Reply | Promise<Reply>;
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

export const json = (body: unknown, status = 200): Reply => ({ kind: 'json', status, body });

/** Routes are written `POST /jam` or `GET /documents/:id/bytes`. Rejects when the port is in use. */
export async function startJsonServer(
  port: number,
  routes: Readonly<Record<string, Route>>,
): Promise<RunningServer> {
  const table = Object.entries(routes).map(([pattern, route]) => ({ ...parsePattern(pattern), route }));
  const server = createServer((request, response) => {
    void answer(table, request, response).catch((error: unknown) => {
      send(response, json({ error: error instanceof Error ? error.message : 'failed' }, 400));
    });
  });
  return listen(server, port);
}

/** Listens on 127.0.0.1 (0 chooses a free port); `close` also ends the connections that are open. */
export async function listen(server: Server, port: number): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface TableRow {
  readonly method: string;
  readonly path: RegExp;
  readonly route: Route;
}

function parsePattern(pattern: string): { method: string; path: RegExp } {
  const [method = '', path = ''] = pattern.split(' ');
  return { method, path: new RegExp(`^${path.replace(/:[a-zA-Z]+/g, '([^/]+)')}$`) };
}

async function answer(table: readonly TableRow[], request: IncomingMessage, response: ServerResponse) {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const row = table.find((candidate) => candidate.method === request.method && candidate.path.test(path));
  if (!row) return send(response, json({ error: 'no such route' }, 404));
  const bytes = await readBody(request, MAX_BODY_BYTES);
  const body: unknown = bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : {};
  const parameters = (row.path.exec(path) ?? []).slice(1).map(decodeURIComponent);
  send(response, await row.route(parameters, body));
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.kind === 'broken') {
    response.socket?.destroy();
    return;
  }
  const bytes = reply.kind === 'bytes' ? reply.body : Buffer.from(JSON.stringify(reply.body));
  response.writeHead(reply.kind === 'json' ? (reply.status ?? 200) : 200, {
    'content-type': reply.kind === 'bytes' ? reply.contentType : 'application/json; charset=utf-8',
    'content-length': bytes.length,
  });
  response.end(bytes);
}
