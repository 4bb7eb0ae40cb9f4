/**
 * The door for the page of the 利用登録 (contract/homeAgent.ts). The server has looked at Host and Origin already; this page
 * alone gets here. A body of another shape is answered 400 and nothing of it is kept.
 */
import { homeAgentRequest, type HomeAgentAccepted, type HomeAgentHello } from '#center/contract/homeAgent.ts';
import { consentPath } from './consentContract.ts';
import { bodyOf, done, header, json, refuse, type Exchange } from './http.ts';
import type { HomeRunner } from './runner.ts';

/** A request is below 2 kB: a statement of 400 characters at the most. */
const REQUEST_BYTES = 8 * 1024;
/** How long a browser need not ask again. */
const PREFLIGHT_S = 600;
const ONE_REQUEST = /^\/requests\/([0-9a-f]{32})$/;

export interface RequestDoor {
  readonly runner: HomeRunner;
  /** the page's origin */
  readonly site: string;
  /** `http://127.0.0.1:8792` */
  readonly own: string;
}

export const isRequestPath = (path: string): boolean => path === '/hello' || /^\/requests(\/|$)/.test(path);

export function openRequestDoor(door: RequestDoor, exchange: Exchange): Promise<void> | void {
  const { request, response, path } = exchange;
  response.setHeader('access-control-allow-origin', door.site);
  response.setHeader('vary', 'origin');
  response.setHeader('x-content-type-options', 'nosniff');
  const id = ONE_REQUEST.exec(path)?.[1];
  const methods = methodsOf(path, id);
  if (!methods) return refuse(exchange, 404);
  if (request.method === 'OPTIONS') return preflight(exchange, methods);
  if (!methods.includes(request.method ?? '')) return refuse(exchange, 405);
  if (path === '/requests') return take(door, exchange);
  if (id === undefined) return hello(door, exchange);
  if (request.method === 'GET') return json(exchange, 200, door.runner.answer(id));
  door.runner.drop(id);
  done(exchange);
}

function methodsOf(path: string, id: string | undefined): readonly string[] | null {
  if (path === '/hello') return ['GET'];
  if (path === '/requests') return ['POST'];
  return id === undefined ? null : ['GET', 'DELETE'];
}

/** Browsers ask before a page reaches the machine it runs on (Private Network Access). */
function preflight(exchange: Exchange, methods: readonly string[]): void {
  const { response } = exchange;
  response.setHeader('access-control-allow-methods', methods.join(', '));
  response.setHeader('access-control-allow-headers', 'content-type');
  response.setHeader('access-control-max-age', String(PREFLIGHT_S));
  response.setHeader('access-control-allow-private-network', 'true');
  done(exchange);
}

function hello({ runner }: RequestDoor, exchange: Exchange): void {
  const answer: HomeAgentHello = {
    product: 'certificate-kiosk-home-agent',
    version: 1,
    reader: runner.reader(),
  };
  json(exchange, 200, answer);
}

async function take({ runner, own }: RequestDoor, exchange: Exchange): Promise<void> {
  // the types a form of any page could send are no JSON
  if (!/^application\/json\b/.test(header(exchange, 'content-type'))) return refuse(exchange, 400);
  const body = await bodyOf(exchange, REQUEST_BYTES);
  if (!body) return refuse(exchange, 413);
  const parsed = homeAgentRequest.safeParse(jsonIn(body));
  if (!parsed.success) return refuse(exchange, 400);
  const id = runner.ask(parsed.data);
  const accepted: HomeAgentAccepted = { id, consentUrl: `${own}${consentPath(id)}` };
  json(exchange, 201, accepted);
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
