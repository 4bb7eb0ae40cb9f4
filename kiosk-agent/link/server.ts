/**
 * The door between screen and agent: HTTP and one WebSocket on 127.0.0.1, nothing else listens. Host and Origin are
 * checked (DNS rebinding, foreign pages), the page needs the cookie a one-time token gave, messages are parsed here.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { commandMessage, deviceLinkPath } from '../contract/deviceLink.ts';
import type { CommandMessage, ViewMessage } from '../contract/deviceLink.ts';
import type { Admission } from './admission.ts';
import { securityHeaders, type Page } from './pages.ts';

export interface LinkOptions {
  /** 0: any free port */
  readonly port: number;
  readonly pages: ReadonlyMap<string, Page>;
  /** a function is called when the port is ours: an agent that cannot listen spoils no token of the one that does */
  readonly admission: Admission | (() => Admission);
  readonly watch: (listener: (message: ViewMessage) => void) => () => void;
  readonly onCommand: (message: CommandMessage) => void;
  readonly onRejected: (why: 'host' | 'origin' | 'cookie' | 'token' | 'message') => void;
}
type Door = Omit<LinkOptions, 'admission'> & { readonly admission: Admission };
export interface Link {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /** Staff restarted the screen: the page loads itself again. */
  reload(): void;
  close(): Promise<void>;
}
export class PortTaken extends Error {
  constructor(port: number) {
    super(`port ${port} on 127.0.0.1 is in use: another agent runs, or set KIOSK_PORT`);
    this.name = 'PortTaken';
  }
}

/** A command is a few hundred bytes; `answer` with 99 values stays below. */
const MESSAGE_LIMIT_BYTES = 4_096;
const COOKIE = 'kiosk-screen';
/** WebSocket close codes of RFC 6455 7.4: 1008 policy violation, 4000 upward ours */
const REPLACED = 4000;
const BAD_MESSAGE = 1008;

/** Listens. Rejects with PortTaken when somebody else has the port. */
export async function startLink(given: LinkOptions): Promise<Link> {
  const server = createServer();
  const port = await listen(server, given.port);
  const admission = typeof given.admission === 'function' ? given.admission() : given.admission;
  const options: Door = { ...given, admission };
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT_BYTES,
    perMessageDeflate: false,
  });
  const screens = oneScreen(options);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const host = hostOf(request, hosts, options);
    if (!host) return answer(response, 421, 'text/plain', 'wrong host');
    for (const [name, value] of Object.entries(securityHeaders(host))) response.setHeader(name, value);
    respond(request, response, options);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const host = hostOf(request, hosts, options);
    const refused = host ? refusal(request, host, options) : 'host';
    if (refused) {
      options.onRejected(refused);
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => screens.take(webSocket));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    reload: screens.reload,
    close: () => close(server, sockets),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error);
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  sockets.close();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function hostOf(request: IncomingMessage, hosts: readonly string[], options: Door): string | null {
  const host = request.headers.host ?? '';
  if (hosts.includes(host)) return host;
  options.onRejected('host');
  return null;
}

function cookieOf(request: IncomingMessage): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}

function refusal(request: IncomingMessage, host: string, options: Door): 'origin' | 'cookie' | null {
  const path = new URL(request.url ?? '/', `http://${host}`).pathname;
  if (path !== deviceLinkPath || request.headers.origin !== `http://${host}`) return 'origin';
  return options.admission.isAdmitted(cookieOf(request)) ? null : 'cookie';
}

function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

function respond(request: IncomingMessage, response: ServerResponse, options: Door): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return answer(response, 405, 'text/plain', 'GET only');
  }
  // for the watchdog of the window: no data, no cookie needed
  if (url.pathname === '/health') return answer(response, 200, 'application/json', '{"status":"ok"}');
  const token = url.searchParams.get('token');
  if (url.pathname === '/' && token !== null) return open(response, token, request, options);
  if (!options.admission.isAdmitted(cookieOf(request))) {
    options.onRejected('cookie');
    return answer(response, 403, 'text/plain', 'This screen is not admitted. Open it with a new token.');
  }
  const page = options.pages.get(url.pathname);
  if (!page) return answer(response, 404, 'text/plain', 'not found');
  const caching = page.cacheable ? 'public, max-age=31536000, immutable' : 'no-store';
  response.writeHead(200, { 'content-type': page.type, 'cache-control': caching });
  response.end(page.body);
}

/** The token leaves the address bar at once. A screen that has its cookie may repeat a spent address (reload). */
function open(response: ServerResponse, token: string, request: IncomingMessage, options: Door): void {
  const cookie = options.admission.redeem(token);
  if (cookie !== null) {
    response.setHeader('set-cookie', `${COOKIE}=${cookie}; HttpOnly; SameSite=Strict; Path=/`);
  } else if (!options.admission.isAdmitted(cookieOf(request))) {
    options.onRejected('token');
    return answer(response, 403, 'text/plain', 'This token was used already, or is not ours.');
  }
  response.writeHead(303, { location: '/', 'cache-control': 'no-store' });
  response.end();
}

/** One screen at a time: a newer one takes over, the older is told so. */
function oneScreen(options: Door) {
  let current: WebSocket | null = null;
  const take = (socket: WebSocket): void => {
    current?.close(REPLACED, 'another screen took over');
    current = socket;
    const unwatch = options.watch((message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    });
    socket.on('message', (data, isBinary) => {
      if (socket !== current) return;
      const message = isBinary ? null : parsed(data.toString());
      if (message) return options.onCommand(message);
      options.onRejected('message');
      socket.close(BAD_MESSAGE, 'not a command');
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      unwatch();
      if (current === socket) current = null;
    });
  };
  const reload = (): void => current?.send(JSON.stringify({ type: 'reload' }));
  return { take, reload };
}

function parsed(text: string): CommandMessage | null {
  try {
    const result = commandMessage.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
