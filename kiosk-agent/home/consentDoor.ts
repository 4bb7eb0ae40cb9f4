/**
 * The door for the agent's own consent page: its files, the state to show, what is touched and typed. State and touches are
 * for the page alone: headers that no other origin can send, the token of the request, and for touches the Origin.
 */
import { setMaxListeners } from 'node:events';
import type { Page } from '../link/pages.ts';
import type { Wait } from '../wait.ts';
import {
  consentSecrets,
  consentTouches,
  PAGE_HEADER,
  SECRET_FORMS,
  TOKEN_HEADER,
  TURN_HEADER,
  type ConsentSecret,
  type ConsentTouch,
} from './consentContract.ts';
import { bodyOf, done, header, isSame, json, refuse, type Exchange } from './http.ts';
import type { HomeRunner } from './runner.ts';

/** Shorter than what a browser or a proxy on the machine waits for. */
const NEWS_MS = 25_000;
/** 16 characters of a password, and one more to see that it is too long */
const SECRET_BYTES = 17;
const CONSENT = /^\/consent\/([0-9a-f]{32})(?:\/([a-z-]+))?$/;
const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
const TO_CAPITAL = 0x20;

export interface ConsentDoor {
  readonly runner: HomeRunner;
  readonly pages: ReadonlyMap<string, Page>;
  readonly wait: Wait;
  /** `http://127.0.0.1:8792` */
  readonly own: string;
}

/** Nothing from elsewhere, nothing inline, in no frame; the window that opened this one has no hold on it. */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
};

export function openConsentDoor(door: ConsentDoor, exchange: Exchange): Promise<void> | void {
  const { request, response, path } = exchange;
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
  const [, id, act] = CONSENT.exec(path) ?? [];
  if (id === undefined || act === undefined) {
    return request.method === 'GET' ? file(door, exchange, id !== undefined) : refuse(exchange, 405);
  }
  if (act === 'state')
    return request.method === 'GET' ? tellState(door, exchange, id) : refuse(exchange, 405);
  if (request.method !== 'POST') return refuse(exchange, 405);
  return takeAct(door, exchange, id, act);
}

function file({ pages }: ConsentDoor, exchange: Exchange, isConsent: boolean): void {
  // the bare start page asks for nothing and is not shown
  const page = pages.get(isConsent ? '/index.html' : exchange.path);
  if (!page || (!isConsent && page.type.startsWith('text/html'))) return refuse(exchange, 404);
  exchange.response.writeHead(200, { 'content-type': page.type, 'cache-control': 'no-store' }).end(page.body);
}

/** Waits for news; the page is open as long as it asks. */
async function tellState(door: ConsentDoor, exchange: Exchange, id: string): Promise<void> {
  const { request, response, query } = exchange;
  if (header(exchange, PAGE_HEADER) === '') return refuse(exchange, 403);
  const { runner, wait } = door;
  const gone = new AbortController();
  setMaxListeners(0, gone.signal);
  const away = runner.watching(id);
  response.once('close', () => {
    gone.abort();
    away();
  });
  const after = query.get('after') ?? '';
  if (/^\d{1,15}$/.test(after) && !request.destroyed && runner.consent(id).kind !== 'gone') {
    await Promise.race([runner.changed(Number(after), gone.signal), wait(NEWS_MS, gone.signal)]);
  }
  if (!response.destroyed) json(exchange, 200, runner.consent(id));
}

async function takeAct(door: ConsentDoor, exchange: Exchange, id: string, act: string): Promise<void> {
  const { runner, own } = door;
  if (header(exchange, 'origin') !== own) return refuse(exchange, 403);
  const token = runner.token(id);
  if (token === null) return refuse(exchange, 409);
  if (!isSame(header(exchange, TOKEN_HEADER), token)) return refuse(exchange, 403);
  const turn = Number(/^\d{1,15}$/.exec(header(exchange, TURN_HEADER))?.[0] ?? NaN);
  if (Number.isNaN(turn)) return refuse(exchange, 400);
  const secret = consentSecrets.find((name) => name === act);
  if (secret) return takeSecret(runner, exchange, { id, turn, secret });
  const touch = consentTouches.find((name) => name === act);
  if (!touch) return refuse(exchange, 404);
  return takeTouch(runner, exchange, { id, turn, touch });
}

function takeTouch(
  runner: HomeRunner,
  exchange: Exchange,
  { id, turn, touch }: { readonly id: string; readonly turn: number; readonly touch: ConsentTouch },
): void {
  exchange.request.resume();
  if (touch === 'cancel') {
    runner.cancel(id);
    return done(exchange);
  }
  return runner.touch(id, turn, touch) ? done(exchange) : refuse(exchange, 409);
}

async function takeSecret(
  runner: HomeRunner,
  exchange: Exchange,
  { id, turn, secret }: { readonly id: string; readonly turn: number; readonly secret: ConsentSecret },
): Promise<void> {
  const bytes = await bodyOf(exchange, SECRET_BYTES);
  if (!bytes) return refuse(exchange, 400);
  if (secret === 'password') toCapitals(bytes);
  if (!hasForm(bytes, SECRET_FORMS[secret])) {
    bytes.fill(0);
    return refuse(exchange, 400);
  }
  return runner.enter(id, turn, secret, bytes) ? done(exchange) : refuse(exchange, 409);
}

/** The card knows capitals only. In place. */
function toCapitals(bytes: Buffer): void {
  for (const [index, byte] of bytes.entries()) {
    if (byte >= SMALL_A && byte <= SMALL_Z) bytes[index] = byte - TO_CAPITAL;
  }
}
/** Looked at byte by byte: no text of the secret is made. */
function hasForm(
  bytes: Buffer,
  { shortest, longest, letters }: (typeof SECRET_FORMS)[ConsentSecret],
): boolean {
  const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
  const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;
  const isTaken = (byte: number): boolean => isDigit(byte) || (letters && isCapital(byte));
  return bytes.length >= shortest && bytes.length <= longest && bytes.every(isTaken);
}
