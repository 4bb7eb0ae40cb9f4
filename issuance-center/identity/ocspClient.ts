/** Asks a CA's responder over HTTP (RFC 6960 appendix A.1), on kept-alive connections, with one deadline for it all. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '#templates/vocabulary.ts';
import type { Certificate } from './certificate.ts';
import { judgeOcspAnswer, responderCache, type OcspVerdict } from './ocspAnswer.ts';
import { ocspQuestion } from './ocspRequest.ts';
import { refused, type IdentityReason } from './reasons.ts';
import type { TrustAnchor } from './trustAnchors.ts';

export interface OcspClient {
  /** Whether the certificate is good right now; every kind of failure is a refusal with its own reason. */
  readonly check: (certificate: Certificate, anchor: TrustAnchor) => Promise<OcspVerdict>;
}

/** A resident stands and waits: a responder that takes longer than this is treated as not answering. */
const OCSP_TIMEOUT_MS = 5_000;
/** Answers are about 2 kB; anything much larger is no answer. */
const MAX_ANSWER_BYTES = 64 * 1024;
const NONCE_BYTES = 32;

export function ocspClient(clock: Clock, timeoutMs = OCSP_TIMEOUT_MS): OcspClient {
  const responders = responderCache();
  return {
    check: async (certificate, anchor) => {
      const question = ocspQuestion(certificate, anchor, randomBytes(NONCE_BYTES));
      const answer = await ask(anchor.responderUrl, question.request, AbortSignal.timeout(timeoutMs));
      if (answer.kind === 'failed') return refused(answer.reason);
      return judgeOcspAnswer(answer.bytes, question, anchor, clock(), responders);
    },
  };
}

type Answer =
  | { readonly kind: 'answered'; readonly bytes: Buffer }
  | { readonly kind: 'failed'; readonly reason: IdentityReason };

async function ask(url: string, request: Buffer, deadline: AbortSignal): Promise<Answer> {
  try {
    return await post(url, request, deadline);
  } catch {
    if (deadline.aborted) return { kind: 'failed', reason: 'ocsp-late' };
  }
  // a kept-alive connection may have been closed by the other side in the same moment: one more try, same deadline
  try {
    return await post(url, request, deadline);
  } catch {
    return { kind: 'failed', reason: deadline.aborted ? 'ocsp-late' : 'ocsp-unreachable' };
  }
}

async function post(url: string, request: Buffer, deadline: AbortSignal): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
    body: request,
    redirect: 'error',
    signal: deadline,
  });
  const bytes = await limited(response);
  if (response.status !== 200 || !bytes) return { kind: 'failed', reason: 'ocsp-unavailable' };
  return { kind: 'answered', bytes };
}

/** The body, or undefined when it is longer than any answer. */
async function limited(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += (chunk as Uint8Array).length;
    if (length > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}
