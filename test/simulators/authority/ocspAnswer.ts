/**
 * OCSP answers (RFC 6960), pure: request bytes in, response bytes out. Keys and constant parts are ready before the first
 * question; what remains per answer is a dozen elements and one RSA signature.
 */
import { createHash, createPublicKey, randomBytes, sign } from 'node:crypto';
import { elementAt, elements, tlv, type Element } from '#simulators/card/tlv.ts';
import type { Authority, CertificationAuthority, Responder } from './authority.ts';
import { keyIdentifier, SHA256_WITH_RSA } from './certificate.ts';
import {
  bitString,
  context,
  enumerated,
  generalizedTime,
  implicit,
  octetString,
  oid,
  sequence,
} from './der.ts';
import { REVOCATION_REASONS, type CertificateStatus } from './issuedIndex.ts';

/** What is wrong with the content of an answer; transport faults are the HTTP server's. */
export type AnswerFault =
  | 'no-nonce'
  | 'wrong-nonce'
  | 'bad-signature'
  | 'unsigned'
  | 'other-serial'
  | 'stale'
  /** signed and certified by the responder of another CA */
  | 'wrong-responder'
  /** issued by the right CA without the OCSPSigning purpose */
  | 'responder-without-purpose';

const NONCE_OID = oid('1.3.6.1.5.5.7.48.1.2');
const BASIC_RESPONSE_OID = oid('1.3.6.1.5.5.7.48.1.1');
const HASHES = { '06052b0e03021a': 'sha1', '0609608648016503040201': 'sha256' } as const;
const FAILURES = { malformedRequest: 1, tryLater: 3, unauthorized: 6 } as const;

/** How long an answer may be kept: one hour, and an hour of slack before now for clocks that run late. */
const ANSWER_LIFETIME_MS = 60 * 60 * 1000;
const STALE_BY_MS = 48 * 60 * 60 * 1000;

export type OcspAnswerer = (request: Buffer, now: number, fault?: AnswerFault) => Buffer;

interface Signer {
  readonly key: Responder['key'];
  /** responderID, byKey */
  readonly id: Buffer;
  readonly certificates: Buffer;
  readonly certificatesWithoutPurpose: Buffer;
}

interface KnownIssuer {
  readonly ca: CertificationAuthority;
  readonly signer: Signer;
}

/** Prepares the responder of every CA of the authority. */
export function ocspAnswerer(authority: Authority): OcspAnswerer {
  const issuers = new Map<string, KnownIssuer>();
  for (const ca of authority.cas) {
    for (const hash of ['sha1', 'sha256'] as const) {
      const nameHash = createHash(hash).update(ca.name).digest('hex');
      issuers.set(`${nameHash} ${keyIdentifier(ca.publicKey, hash).toString('hex')}`, {
        ca,
        signer: signerOf(ca),
      });
    }
  }
  const strangers = new Map(
    authority.cas.map((ca) => [ca.id, signerOf(authority.ca(ca.purpose, ca.generation === 1 ? 2 : 1))]),
  );
  return (bytes, now, fault) => {
    const request = parsed(bytes);
    if (!request) return ocspFailure('malformedRequest');
    const asked = request.certIds.map((certId) => ({ certId, issuer: issuers.get(certId.issuer) }));
    const issuer = asked[0]?.issuer;
    if (!issuer || asked.some((one) => one.issuer !== issuer)) return ocspFailure('unauthorized');
    const signer =
      fault === 'wrong-responder' ? (strangers.get(issuer.ca.id) ?? issuer.signer) : issuer.signer;
    const thisUpdate = fault === 'stale' ? now - STALE_BY_MS : now;
    const singles = request.certIds.map((certId) => {
      const link = { issuerKeyId: issuer.ca.issuerKeyId, serial: certId.serial };
      const status = authority.statusOf(link) ?? { kind: 'unknown' };
      return singleResponse(
        fault === 'other-serial' ? anotherSerial(certId.whole) : certId.whole,
        status,
        thisUpdate,
      );
    });
    const data = sequence(
      signer.id,
      generalizedTime(thisUpdate),
      sequence(...singles),
      ...nonceExtension(request.nonce, fault),
    );
    return successful(data, signer, fault);
  };
}

/** A response without content: malformedRequest, tryLater or unauthorized. */
export function ocspFailure(failure: keyof typeof FAILURES): Buffer {
  return sequence(enumerated(FAILURES[failure]));
}

function signerOf(ca: CertificationAuthority): Signer {
  const { key, certificate, withoutPurpose } = ca.responder;
  return {
    key,
    id: context(2, octetString(keyIdentifier(createPublicKey(key)))),
    certificates: context(0, sequence(certificate)),
    certificatesWithoutPurpose: context(0, sequence(withoutPurpose)),
  };
}

interface CertId {
  readonly whole: Buffer;
  /** hexadecimal hashes of the issuer's name and key, with a space between */
  readonly issuer: string;
  readonly serial: string;
}

/** OCSPRequest; undefined when the bytes are none or use a hash other than SHA-1 and SHA-256. */
function parsed(bytes: Buffer): { certIds: CertId[]; nonce: Buffer | undefined } | undefined {
  try {
    const [body] = elements(elementAt(bytes, 0).value);
    const parts = elements(body?.value ?? Buffer.alloc(0));
    const list = parts.find(({ tag }) => tag === 0x30);
    const certIds = elements(list?.value ?? Buffer.alloc(0)).map((request) =>
      certIdOf(elementAt(request.value, 0)),
    );
    const extensions = parts.find(({ tag }) => tag === 0xa2);
    return certIds.length === 0 ? undefined : { certIds, nonce: extensions && nonceOf(extensions) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function certIdOf(certId: Element): CertId {
  const [algorithm, nameHash, keyHash, serial] = elements(certId.value);
  if (!algorithm || !nameHash || !keyHash || !serial) throw new RangeError('CertID is incomplete');
  const hash = elementAt(algorithm.value, 0).whole.toString('hex');
  if (!(hash in HASHES)) throw new RangeError('CertID has an unknown hash');
  return {
    whole: certId.whole,
    issuer: `${nameHash.value.toString('hex')} ${keyHash.value.toString('hex')}`,
    serial: serial.value.toString('hex').replace(/^(00)+(?=..)/, ''),
  };
}

/** The nonce extension as it came, header and all. */
function nonceOf(extensions: Element): Buffer | undefined {
  const list = elements(elementAt(extensions.value, 0).value);
  return list.find(({ value }) => value.subarray(0, NONCE_OID.length).equals(NONCE_OID))?.whole;
}

function nonceExtension(nonce: Buffer | undefined, fault: AnswerFault | undefined): Buffer[] {
  if (!nonce || fault === 'no-nonce') return [];
  if (fault !== 'wrong-nonce') return [context(1, sequence(nonce))];
  return [context(1, sequence(sequence(NONCE_OID, octetString(octetString(randomBytes(16))))))];
}

function singleResponse(certId: Buffer, status: CertificateStatus, thisUpdate: number): Buffer {
  const nextUpdate = context(0, generalizedTime(thisUpdate + ANSWER_LIFETIME_MS));
  return sequence(certId, certStatus(status), generalizedTime(thisUpdate), nextUpdate);
}

function certStatus(status: CertificateStatus): Buffer {
  switch (status.kind) {
    case 'good':
      return implicit(0);
    case 'unknown':
      return implicit(2);
    case 'revoked': {
      const reason = context(0, enumerated(REVOCATION_REASONS[status.reason]));
      return context(1, generalizedTime(status.at), reason);
    }
  }
}

function anotherSerial(certId: Buffer): Buffer {
  const changed = Buffer.from(certId);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  return changed;
}

function successful(data: Buffer, signer: Signer, fault: AnswerFault | undefined): Buffer {
  const signature = fault === 'unsigned' ? Buffer.alloc(0) : sign('sha256', data, signer.key);
  if (fault === 'bad-signature') signature.writeUInt8(signature.readUInt8(20) ^ 1, 20);
  const certificates =
    fault === 'responder-without-purpose' ? signer.certificatesWithoutPurpose : signer.certificates;
  const basic = sequence(data, SHA256_WITH_RSA, bitString(signature), certificates);
  return sequence(enumerated(0), context(0, sequence(BASIC_RESPONSE_OID, tlv(0x04, basic))));
}
