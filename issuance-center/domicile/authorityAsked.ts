/** The authority is asked about the card of an application once more before it is decided: days lie between. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import { readCertificate } from '../identity/certificate.ts';
import { userAuthenticationPath } from '../identity/certificatePath.ts';
import type { VerificationDeps } from '../identity/verification.ts';
import { pathOf } from './applicationVerification.ts';
import { expireOne } from './endings.ts';

/**
 * `good`: in force now. `ended`: revoked, and the application has expired with it. `not-known`: suspended, or the authority does
 * not answer. Of nobody's application, or one that is decided already: `good`.
 */
export async function endIfRevoked(
  deps: Pick<VerificationDeps, 'db' | 'anchors' | 'ocsp'>,
  { number, municipality }: { readonly number: string; readonly municipality: MunicipalityCode },
  now: number,
): Promise<'good' | 'ended' | 'not-known'> {
  const row = await deps.db
    .selectFrom('domicile_application')
    .select('authentication_certificate')
    .where('number', '=', number)
    .where('municipality', '=', municipality)
    .where('state', '=', 'checking')
    .executeTakeFirst();
  if (!row) return 'good';
  const certificate = readCertificate(row.authentication_certificate);
  const path = pathOf(certificate, deps, now, userAuthenticationPath);
  if (path.kind === 'refused') return 'not-known';
  const verdict = await deps.ocsp.check(certificate, path.anchor);
  if (verdict.kind !== 'refused') return 'good';
  if (verdict.reason !== 'certificate-revoked') return 'not-known';
  await expireOne(deps.db, number, 'certificate-revoked', now);
  return 'ended';
}
