/** Certificate revocation lists (RFC 5280 5), version 2 with reasons. */
import type { Authority, CertificationAuthority } from './authority.ts';
import { SHA256_WITH_RSA, signed } from './certificate.ts';
import { context, enumerated, integer, octetString, oid, sequence, utcTime } from './der.ts';
import { REVOCATION_REASONS } from './issuedIndex.ts';
import { authorityKeyIdentifier } from './profile.ts';

const CRL_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** The CRL of one CA as DER, with everything revoked or suspended at this moment. */
export function certificateRevocationList(
  authority: Authority,
  ca: CertificationAuthority,
  now: number,
): Buffer {
  const entries = authority.index.all(ca.issuerKeyId).flatMap(({ serial, record: { status } }) => {
    if (status.kind !== 'revoked') return [];
    const reason = octetString(enumerated(REVOCATION_REASONS[status.reason]));
    const extensions = sequence(sequence(oid('2.5.29.21'), reason));
    return [sequence(integer(Buffer.from(serial, 'hex')), utcTime(status.at), extensions)];
  });
  const number = sequence(oid('2.5.29.20'), octetString(integer(Math.floor(now / 1000))));
  const body = sequence(
    integer(1),
    SHA256_WITH_RSA,
    ca.name,
    utcTime(now),
    utcTime(now + CRL_LIFETIME_MS),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    context(0, sequence(authorityKeyIdentifier(ca.purpose, ca.subjectKeyId, ca.serial), number)),
  );
  return signed(body, ca.key);
}
