/**
 * What the page asks the center, and what it answers: every answer is parsed against its contract, every refusal becomes
 * one kind of error with words for the reader. Paths are relative to the page's own origin.
 */
import type { z } from 'zod';
import { consoleFailure, type ConsoleFailure } from '../../../contract/console/session.ts';
import { searchOf, type Query } from './addresses.ts';

export interface FieldFault {
  /** of the field, e.g. kinds.0.fees.1.fee; empty: the whole */
  readonly path: string;
  readonly reason: string;
}

/** The center did not do what was asked, or could not be asked. */
export class ApiFailure extends Error {
  readonly kind: ConsoleFailure['kind'] | 'unreachable';
  readonly faults: readonly FieldFault[];
  constructor(kind: ApiFailure['kind'], reason: string, faults: readonly FieldFault[] = []) {
    super(reason);
    this.kind = kind;
    this.faults = faults;
  }
}

const UNREACHABLE = 'つながりません。ネットワークをたしかめて、もう一度試してください';
const UNREADABLE = '画面が古くなっています。画面をひらき直してください';

/** What a failure means to the reader, whatever was thrown. */
export const reasonOf = (failure: unknown): string =>
  failure instanceof ApiFailure ? failure.message : UNREADABLE;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type ApiPath = `/api/${string}`;

interface Listeners {
  /** the session is over */
  signedOut?: () => void;
  /** asks for the second factor once more; true: shown */
  confirm?: () => Promise<boolean>;
}
const listeners: Listeners = {};
let csrf = '';

/** Sent back with everything that changes something; told by sign-in steps and `/api/me`. */
export const keepCsrf = (token: string): void => void (csrf = token);
export const onSignedOut = (listener: () => void): void => void (listeners.signedOut = listener);
/** The dialog that asks for the second factor again; what was asked for is then asked once more. */
export const onConfirmNeeded = (listener: () => Promise<boolean>): void =>
  void (listeners.confirm = listener);

async function call(method: Method, path: ApiPath, body?: unknown): Promise<Response> {
  const sent = () =>
    fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        ...(method === 'GET' ? {} : { 'x-csrf-token': csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new ApiFailure('unreachable', UNREACHABLE);
    });
  let answer = await sent();
  if (answer.ok) return answer;
  let failure = await failureOf(answer);
  if (failure.kind === 'confirm-needed' && (await listeners.confirm?.())) {
    answer = await sent();
    if (answer.ok) return answer;
    failure = await failureOf(answer);
  }
  if (failure.kind === 'signed-out') listeners.signedOut?.();
  throw failure;
}

async function failureOf(answer: Response): Promise<ApiFailure> {
  const told = consoleFailure.safeParse(await answer.json().catch(() => undefined));
  if (!told.success) return new ApiFailure('unreachable', UNREACHABLE);
  return new ApiFailure(told.data.kind, told.data.reason, told.data.faults);
}

async function parsed<Answer extends z.ZodType>(
  answer: Response,
  contract: Answer,
): Promise<z.output<Answer>> {
  const found = contract.safeParse(await answer.json().catch(() => undefined));
  if (!found.success) throw new ApiFailure('fault', UNREADABLE);
  return found.data;
}

/** Every function throws ApiFailure. */
export const api = {
  get: async <Answer extends z.ZodType>(answer: Answer, path: ApiPath, query: Query = {}) =>
    parsed(await call('GET', `${path}${searchOf(query)}`), answer),
  post: async <Answer extends z.ZodType>(answer: Answer, path: ApiPath, body?: unknown) =>
    parsed(await call('POST', path, body), answer),
  put: async <Answer extends z.ZodType>(answer: Answer, path: ApiPath, body: unknown) =>
    parsed(await call('PUT', path, body), answer),
  delete: async <Answer extends z.ZodType>(answer: Answer, path: ApiPath) =>
    parsed(await call('DELETE', path), answer),
  /** a file as bytes: a PDF to show */
  file: async (method: Method, path: ApiPath, body?: unknown) =>
    new Uint8Array(await (await call(method, path, body)).arrayBuffer()),
};
