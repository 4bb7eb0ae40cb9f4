/** Asks the center about an issue number. */
import { certificateStatus, type CertificateStatus } from '../../contract/verification.ts';

export type LookUp =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly answer: CertificateStatus }
  | { readonly kind: 'limited' }
  | { readonly kind: 'unreachable' };

const TIMEOUT_MS = 10_000;

/** Never rejects. `issueNumber` as printed. */
export async function lookUp(get: typeof fetch, issueNumber: string): Promise<LookUp> {
  try {
    const answer = await get(`./v1/certificates/${encodeURIComponent(issueNumber)}`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.status === 429) return { kind: 'limited' };
    const parsed = certificateStatus.safeParse(await answer.json());
    return parsed.success ? { kind: 'answered', answer: parsed.data } : { kind: 'unreachable' };
  } catch {
    return { kind: 'unreachable' };
  }
}
