/** Questions to the center that served the page. None rejects, none is sent twice. */
import type { z } from 'zod';
import {
  applicationChallenge,
  domicileForm,
  domicileMunicipalities,
  statusResponse,
  submitApplicationResponse,
  type SignedApplication,
} from '../../contract/domicileApplication.ts';

/** `limited`: too many questions from this address; `silent`: no answer, or one that is none */
export type Asked<Answer> = Answer | { readonly kind: 'limited' } | { readonly kind: 'silent' };

const TIMEOUT_MS = 15_000;
/** Two OCSP responders and a sheet. */
const SUBMIT_TIMEOUT_MS = 45_000;

async function ask<Answer>(
  path: string,
  answer: z.ZodType<Answer>,
  body?: object,
  timeoutMs = TIMEOUT_MS,
): Promise<Asked<Answer>> {
  const sent = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : {};
  try {
    const response = await fetch(`/api/apply/${path}`, {
      ...sent,
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 429) return { kind: 'limited' };
    const parsed = answer.safeParse(await response.json());
    return parsed.success ? parsed.data : { kind: 'silent' };
  } catch {
    return { kind: 'silent' };
  }
}

export async function askPlaces() {
  const answer = await ask('municipalities', domicileMunicipalities);
  return 'municipalities' in answer ? { kind: 'places' as const, places: answer.municipalities } : answer;
}
export const askForm = (municipality: string) =>
  ask(`form?municipality=${encodeURIComponent(municipality)}`, domicileForm);
export const askChallenge = (municipality: string) =>
  ask('challenges', applicationChallenge, { municipality });
export const submit = (application: SignedApplication) =>
  ask('applications', submitApplicationResponse, application, SUBMIT_TIMEOUT_MS);
export const askStatus = (applicationNumber: string, birthDate: string) =>
  ask('status', statusResponse, { applicationNumber, birthDate });
