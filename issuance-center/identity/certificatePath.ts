/**
 * The path of a certificate of a card: one tier below a pinned CA (RFC 5280 6.1 for a path of length one, with the JPKI
 * profile of card.md 3.2 or 3.3 on top). A chain builder that checks no dates, constraints or usages is the known trap;
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
  type KeyUsageBit,
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

/** What tells a 利用者証明用 certificate from a 署名用 one: neither passes for the other. */
export interface PathProfile {
  /** exactly these, critical */
  readonly usage: readonly KeyUsageBit[];
  /** purpose that must be among the extended ones; null: there are none */
  readonly purpose: string | null;
  readonly policiesOf: (anchor: TrustAnchor) => readonly string[];
}
export const userAuthenticationPath: PathProfile = {
  usage: ['digitalSignature'],
  purpose: CLIENT_AUTH,
  policiesOf: ({ policies }) => policies,
};
export const digitalSignaturePath: PathProfile = {
  usage: ['digitalSignature', 'nonRepudiation'],
  purpose: null,
  policiesOf: ({ signaturePolicies }) => signaturePolicies,
};

export type Path = { readonly kind: 'valid'; readonly anchor: TrustAnchor } | IdentityRefusal;

/** Checks the certificate at the instant `now` (milliseconds). Throws DerError for an extension that cannot be read. */
export function checkPath(
  certificate: Certificate,
  anchors: readonly TrustAnchor[],
  now: number,
  profile: PathProfile = userAuthenticationPath,
): Path {
  const candidates = anchors.filter((anchor) => couldBeIssuer(certificate, anchor));
  if (candidates.length === 0) return refused('issuer-unknown');
  const anchor = candidates.find(({ certificate: ca }) =>
    isSignedBy(ca.publicKey, certificate.signatureAlgorithm, certificate.tbs, certificate.signature),
  );
  if (!anchor) return refused('issuer-signature-invalid');
  const fault = faultOf(certificate, anchor, now, profile);
  return fault ? refused(fault) : { kind: 'valid', anchor };
}

/** By key: the AuthorityKeyIdentifier when the certificate has one; all generations share one name. */
function couldBeIssuer(certificate: Certificate, anchor: TrustAnchor): boolean {
  const wanted = authorityKeyIdOf(certificate);
  if (wanted && anchor.subjectKeyId) return wanted.equals(anchor.subjectKeyId);
  return certificate.issuer.equals(anchor.certificate.subject);
}

function faultOf(
  certificate: Certificate,
  anchor: TrustAnchor,
  now: number,
  profile: PathProfile,
): IdentityReason | undefined {
  const ca = anchor.certificate;
  if (!certificate.issuer.equals(ca.subject)) return 'issuer-unknown';
  if (now < ca.notBefore || now > ca.notAfter) return 'issuer-not-in-force';
  if (now < certificate.notBefore) return 'certificate-not-yet-valid';
  if (now > certificate.notAfter) return 'certificate-expired';
  if (isCa(certificate)) return 'is-a-ca';
  const isUsage = keyUsageOf(certificate)?.join() === profile.usage.join();
  if (!isUsage || !certificate.extensions.get(EXTENSION.keyUsage)?.critical) return 'key-usage';
  if (!isPurpose(certificate, profile)) return 'extended-key-usage';
  const accepted = profile.policiesOf(anchor);
  if (!policiesOf(certificate)?.some((policy) => accepted.includes(policy))) return 'policy';
  const stranger = [...certificate.extensions].some(
    ([id, { critical }]) => critical && !UNDERSTOOD.includes(id),
  );
  return stranger || certificate.version !== 3 ? 'unknown-critical-extension' : undefined;
}

function isPurpose(certificate: Certificate, { purpose }: PathProfile): boolean {
  const purposes = extendedKeyUsageOf(certificate);
  return purpose === null ? purposes === undefined : (purposes?.includes(purpose) ?? false);
}
