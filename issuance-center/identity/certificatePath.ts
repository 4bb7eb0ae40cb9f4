/**
 * The path of a 利用者証明用 certificate: one tier below a pinned CA (RFC 5280 6.1 for a path of length one, with the
 * JPKI profile of card.md 3.2 on top). A chain builder that checks no dates, constraints or usages is the known trap;
 * here each is a line.
 */
import type { Certificate } from './certificate.ts';
import { isSignedBy } from './certificate.ts';
import {
  EXTENSION,
  authorityKeyIdOf,
  extendedKeyUsageOf,
  isCa,
  keyUsageOf,
  policiesOf,
} from './extensions.ts';
import { refused, type IdentityReason, type IdentityRefusal } from './reasons.ts';
import type { TrustAnchor } from './trustAnchors.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** Extensions whose meaning is checked here; any other that is marked critical refuses the certificate. */
const UNDERSTOOD: readonly string[] = [
  EXTENSION.keyUsage,
  EXTENSION.extendedKeyUsage,
  EXTENSION.certificatePolicies,
  EXTENSION.basicConstraints,
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.subjectKeyIdentifier,
];

export type Path = { readonly kind: 'valid'; readonly anchor: TrustAnchor } | IdentityRefusal;

/** Checks the certificate at the instant `now` (milliseconds). Throws DerError for an extension that cannot be read. */
export function checkPath(certificate: Certificate, anchors: readonly TrustAnchor[], now: number): Path {
  const candidates = anchors.filter((anchor) => couldBeIssuer(certificate, anchor));
  if (candidates.length === 0) return refused('issuer-unknown');
  const anchor = candidates.find(({ certificate: ca }) =>
    isSignedBy(ca.publicKey, certificate.signatureAlgorithm, certificate.tbs, certificate.signature),
  );
  if (!anchor) return refused('issuer-signature-invalid');
  const fault = faultOf(certificate, anchor, now);
  return fault ? refused(fault) : { kind: 'valid', anchor };
}

/** By key: the AuthorityKeyIdentifier when the certificate has one; all generations share one name. */
function couldBeIssuer(certificate: Certificate, anchor: TrustAnchor): boolean {
  const wanted = authorityKeyIdOf(certificate);
  if (wanted && anchor.subjectKeyId) return wanted.equals(anchor.subjectKeyId);
  return certificate.issuer.equals(anchor.certificate.subject);
}

function faultOf(certificate: Certificate, anchor: TrustAnchor, now: number): IdentityReason | undefined {
  const ca = anchor.certificate;
  if (!certificate.issuer.equals(ca.subject)) return 'issuer-unknown';
  if (now < ca.notBefore || now > ca.notAfter) return 'issuer-not-in-force';
  if (now < certificate.notBefore) return 'certificate-not-yet-valid';
  if (now > certificate.notAfter) return 'certificate-expired';
  if (isCa(certificate)) return 'is-a-ca';
  const usage = keyUsageOf(certificate);
  const onlySigns = usage?.length === 1 && usage[0] === 'digitalSignature';
  if (!onlySigns || !certificate.extensions.get(EXTENSION.keyUsage)?.critical) return 'key-usage';
  if (!extendedKeyUsageOf(certificate)?.includes(CLIENT_AUTH)) return 'extended-key-usage';
  if (!policiesOf(certificate)?.some((policy) => anchor.policies.includes(policy))) return 'policy';
  const stranger = [...certificate.extensions].some(
    ([id, { critical }]) => critical && !UNDERSTOOD.includes(id),
  );
  return stranger || certificate.version !== 3 ? 'unknown-critical-extension' : undefined;
}
