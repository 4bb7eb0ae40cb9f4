/**
 * CenterPort over HTTPS with the kiosk's own certificate. Every answer is parsed with the center's contract; what cannot
 * be reached, read or trusted becomes `unreachable`. An axios error holds the private key, so none leaves this file.
 */
import { Agent } from 'node:https';
import axios, { type AxiosInstance } from 'axios';
import { z } from 'zod';
import {
  applicationChallenge,
  applicationsResponse,
  domicileForm,
  domicileMunicipalities,
  submitApplicationResponse,
  withdrawalResponse,
} from '#center/contract/domicileApplication.ts';
import {
  authenticateResponse,
  offerResponse,
  openSessionResponse,
  prepareResponse,
  receiptResponse,
  refusal,
  serviceResponse,
  settleResponse,
  type KioskEnrolment,
} from '#center/contract/kioskApi.ts';
import {
  specimenResponse,
  testIssueOutcomeResponse,
  testIssuesResponse,
} from '#center/contract/testIssue.ts';
import { kioskStatusResponse } from '#center/contract/kioskStatus.ts';
import type { CenterPort, Unreachable } from './centerPort.ts';
import { unreachableOf } from './centerFailure.ts';

/** A question the center answers from memory or with one query. */
const SHORT_TIMEOUT_MS = 5_000;
/** Verification asks the OCSP responder, which has its own limit of a few seconds at the center. */
const AUTHENTICATE_TIMEOUT_MS = 15_000;
/** A certificate is rendered in tens of milliseconds; at the peak it waits its turn behind others. */
const PREPARE_TIMEOUT_MS = 30_000;
/** The largest document is some tens of pages; base64 makes it a third larger. */
const MAX_ANSWER_BYTES = 20_000_000;
const MAX_QUESTION_BYTES = 100_000;

/** @param enrolment what `npm run kiosk:enrol` wrote. The connection is kept open between calls. */
export function createHttpCenter(
  enrolment: KioskEnrolment,
  { shortTimeoutMs = SHORT_TIMEOUT_MS }: { readonly shortTimeoutMs?: number } = {},
): CenterPort {
  const http = createHttp(enrolment);
  const post = <Body>(path: string, body: unknown, answer: z.ZodType<Body>, timeoutMs = shortTimeoutMs) =>
    call(http, { method: 'POST', url: path, data: body }, answer, timeoutMs);
  const get = <Body>(path: string, answer: z.ZodType<Body>) =>
    call(http, { method: 'GET', url: path }, answer, shortTimeoutMs);
  return {
    kioskId: enrolment.kioskId,
    service: async () => {
      const answer = await get('/v1/service', serviceResponse);
      return 'now' in answer ? { kind: 'service', ...answer } : answer;
    },
    openSession: async () => {
      const answer = await post('/v1/sessions', {}, openSessionResponse);
      if (answer.kind !== 'opened') return answer;
      return { ...answer, challenge: Buffer.from(answer.challenge, 'base64') };
    },
    authenticate: async (sessionId, { certificate, signature }) => {
      const answer = await post(
        path`/v1/sessions/${sessionId}/authentication`,
        { certificate: certificate.toString('base64'), signature: signature.toString('base64') },
        authenticateResponse,
        AUTHENTICATE_TIMEOUT_MS,
      );
      if (answer.kind !== 'authenticated') return answer;
      const municipalities = answer.municipalities.map((one) => ({ ...one, ended: one.ended ?? null }));
      return { kind: 'authenticated', municipalities, others: answer.domicileApplications ?? false };
    },
    offer: (sessionId, municipality) =>
      get(path`/v1/sessions/${sessionId}/offer?municipality=${municipality}`, offerResponse),
    prepare: async (sessionId, requestId, certificate) => {
      const answer = await post(
        path`/v1/sessions/${sessionId}/certificates`,
        { requestId, certificate },
        prepareResponse,
        PREPARE_TIMEOUT_MS,
      );
      if (answer.kind !== 'prepared') return answer;
      return { ...answer, document: Buffer.from(answer.document, 'base64') };
    },
    receipt: async (sessionId, body) => {
      const answer = await post(
        path`/v1/sessions/${sessionId}/receipt`,
        body,
        receiptResponse,
        PREPARE_TIMEOUT_MS,
      );
      if (answer.kind !== 'receipt') return answer;
      return { ...answer, document: Buffer.from(answer.document, 'base64') };
    },
    confirm: (issueNumber, body) =>
      post(path`/v1/certificates/${issueNumber}/confirmation`, body, settleResponse),
    void: (issueNumber, body) => post(path`/v1/certificates/${issueNumber}/void`, body, settleResponse),
    testIssues: () => get('/v1/test-issues', testIssuesResponse),
    fetchTestIssue: async (id) => {
      const answer = await post(
        path`/v1/test-issues/${id}/document`,
        {},
        specimenResponse,
        PREPARE_TIMEOUT_MS,
      );
      if (answer.kind !== 'specimen') return answer;
      return { ...answer, document: Buffer.from(answer.document, 'base64') };
    },
    endTestIssue: (id, outcome) =>
      post(path`/v1/test-issues/${id}/outcome`, { outcome }, testIssueOutcomeResponse),
    status: (body) => post('/v1/kiosk-status', body, kioskStatusResponse),
    domicile: domicileCalls(post, get),
    alarm: async (body) => {
      const answer = await send(http, { method: 'POST', url: '/v1/alarms', data: body }, shortTimeoutMs);
      if (answer.kind !== 'answer') return answer;
      return answer.success ? { kind: 'raised' } : { kind: 'unreachable', reason: 'fault' };
    },
  };
}

type Post = <Body>(
  path: string,
  body: unknown,
  answer: z.ZodType<Body>,
  timeoutMs?: number,
) => Promise<Body | Unreachable>;
type Get = <Body>(path: string, answer: z.ZodType<Body>) => Promise<Body | Unreachable>;

const places = z.union([domicileMunicipalities, refusal]);

/** 本籍地の利用登録. Each call is sent once. */
function domicileCalls(post: Post, get: Get): CenterPort['domicile'] {
  const under = (sessionId: string) => path`/v1/sessions/${sessionId}/domicile`;
  return {
    municipalities: async (sessionId) => {
      const answer = await get(`${under(sessionId)}/municipalities`, places);
      return 'municipalities' in answer ? { kind: 'municipalities', ...answer } : answer;
    },
    form: (sessionId, municipality) =>
      get(under(sessionId) + path`/form?municipality=${municipality}`, domicileForm),
    challenge: (sessionId, municipality) =>
      post(`${under(sessionId)}/challenges`, { municipality }, applicationChallenge),
    submit: async (sessionId, application) => {
      const whole = `${under(sessionId)}/applications`;
      const answer = await post(whole, application, submitApplicationResponse, PREPARE_TIMEOUT_MS);
      if (answer.kind !== 'received') return answer;
      return { ...answer, sheet: answer.sheet === null ? null : Buffer.from(answer.sheet, 'base64') };
    },
    applications: (sessionId) => get(`${under(sessionId)}/applications`, applicationsResponse),
    withdraw: (sessionId, number) =>
      post(under(sessionId) + path`/applications/${number}/withdrawal`, {}, withdrawalResponse),
  };
}

function createHttp(enrolment: KioskEnrolment): AxiosInstance {
  return axios.create({
    baseURL: enrolment.centerUrl,
    httpsAgent: new Agent({
      cert: enrolment.certificate,
      key: enrolment.privateKey,
      ca: enrolment.serverCa,
      keepAlive: true,
      minVersion: 'TLSv1.3',
    }),
    // the environment of a store machine must not send a resident's data through somebody's proxy
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    maxBodyLength: MAX_QUESTION_BYTES,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
  });
}

interface Question {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly data?: unknown;
}

async function call<Body>(
  http: AxiosInstance,
  question: Question,
  schema: z.ZodType<Body>,
  timeoutMs: number,
): Promise<Body | Unreachable> {
  const answer = await send(http, question, timeoutMs);
  if (answer.kind !== 'answer') return answer;
  const body = parseJson(answer.text);
  const parsed = schema.safeParse(body);
  // a center that is too busy says so in a notice: of an answer that is not 2xx only a refusal counts
  const counts = answer.success || refusal.safeParse(body).success;
  return parsed.success && counts ? parsed.data : { kind: 'unreachable', reason: 'fault' };
}

async function send(
  http: AxiosInstance,
  question: Question,
  timeoutMs: number,
): Promise<{ readonly kind: 'answer'; readonly success: boolean; readonly text: string } | Unreachable> {
  try {
    const response = await http.request<string>({
      ...question,
      timeout: timeoutMs,
      // axios's own limit starts when it is connected
      signal: AbortSignal.timeout(timeoutMs),
    });
    const notAdmitted = response.status === 401 || response.status === 403;
    if (notAdmitted) return { kind: 'unreachable', reason: 'not-admitted' };
    const success = response.status >= 200 && response.status < 300;
    return { kind: 'answer', success, text: response.data };
  } catch (error) {
    return unreachableOf(error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: parts }, ...values.map(encodeURIComponent));
}
