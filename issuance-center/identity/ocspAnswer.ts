/**
 * Reading and judging an OCSP answer (RFC 6960 4.2). Everything fails closed: what is not proven fresh, about this
 * certificate, for this question, and signed by a responder this very CA has authorised, is refused.
 */
import { createHash } from 'node:crypto';
import { isSignedBy, readCertificate, type Certificate } from './certificate.ts';
import {
  DER,
  DerError,
  bitStringOctets,
  decode,
  expect,
  contextOf,
  isContext,
  oidOf,
  sequenceOf,
  timeOf,
  type DerElement,
} from './der.ts';
import { EXTENSION, extendedKeyUsageOf, keyUsageOf } from './extensions.ts';
import { keyHashOf, ocspQuestion, type OcspQuestion } from './ocspRequest.ts';
import { refused, type IdentityRefusal } from './reasons.ts';
import type { TrustAnchor } from './trustAnchors.ts';

/** How far a responder's clock may differ from ours. */
export const OCSP_CLOCK_SKEW_MS = 60_000;
/** An answer without nextUpdate says newer ones always exist (RFC 6960 2.4): it must be this young. */
const MAX_AGE_WITHOUT_NEXT_UPDATE_MS = 10 * 60_000;

const BASIC_RESPONSE = '1.3.6.1.5.5.7.48.1.1';
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
const NO_CHECK = '1.3.6.1.5.5.7.48.1.5';
const CERTIFICATE_HOLD = 6;
const SUCCESSFUL = 0;

/** `answer`: the bytes that said so, to be kept where they are evidence */
export type OcspVerdict = { readonly kind: 'good'; readonly answer: Buffer } | IdentityRefusal;

/** Judges the bytes of an answer at the instant `now`. Never throws for what the responder sent. */
export function judgeOcspAnswer(
  bytes: Uint8Array,
  question: OcspQuestion,
  anchor: TrustAnchor,
  now: number,
  responders: ResponderCache,
): OcspVerdict {
  try {
    return judge(bytes, question, anchor, now, responders);
  } catch (error) {
    if (error instanceof DerError) return refused('ocsp-unavailable');
    throw error;
  }
}

function judge(
  bytes: Uint8Array,
  question: OcspQuestion,
  anchor: TrustAnchor,
  now: number,
  responders: ResponderCache,
): OcspVerdict {
  const basic = readBasicResponse(bytes);
  if (!basic) return refused('ocsp-unavailable');
  const signer = signerOf(basic, anchor, now, responders);
  if (!signer) return refused('ocsp-responder');
  const { publicKey } = signer;
  if (!isSignedBy(publicKey, basic.algorithm, basic.data, basic.signature)) return refused('ocsp-signature');
  const single = basic.responses.find(({ certId }) => certId.equals(question.certId));
  if (!single) return refused('ocsp-other-certificate');
  if (!basic.nonce?.equals(question.nonce)) return refused('ocsp-nonce');
  if (!isFresh(single, now)) return refused('ocsp-stale');
  const verdict = statusOf(single.status);
  return verdict.kind === 'good' ? { kind: 'good', answer: Buffer.from(bytes) } : verdict;
}

/**
 * Judges a kept answer again as of the instant `then`, when it was accepted. Its nonce cannot be asked for a second time: the
 * one in it is taken. Never throws for what is in the bytes.
 */
export function judgeKeptAnswer(
  bytes: Uint8Array,
  certificate: Certificate,
  anchor: TrustAnchor,
  then: number,
): OcspVerdict {
  try {
    const nonce = readBasicResponse(bytes)?.nonce;
    if (!nonce) return refused('ocsp-unavailable');
    return judge(bytes, ocspQuestion(certificate, anchor, nonce), anchor, then, responderCache());
  } catch (error) {
    if (error instanceof DerError) return refused('ocsp-unavailable');
    throw error;
  }
}

interface SingleResponse {
  readonly certId: Buffer;
  readonly status: DerElement;
  readonly thisUpdate: number;
  readonly nextUpdate: number | undefined;
}

interface BasicResponse {
  /** tbsResponseData, DER */
  readonly data: Buffer;
  readonly algorithm: string;
  readonly signature: Buffer;
  /** DER of each certificate that came with it */
  readonly certificates: readonly Buffer[];
  readonly responder: DerElement;
  readonly responses: readonly SingleResponse[];
  readonly nonce: Buffer | undefined;
}

/** Undefined when the responder says it cannot answer, or answers in a type other than basic. */
function readBasicResponse(bytes: Uint8Array): BasicResponse | undefined {
  const [status, content0] = sequenceOf(decode(bytes));
  const body = contextOf(content0, 0);
  if (expect(status, DER.enumerated).content[0] !== SUCCESSFUL || !body) return undefined;
  const [type, content] = sequenceOf(body.children[0]);
  if (oidOf(type) !== BASIC_RESPONSE) return undefined;
  const [data, algorithm, signature, certificates] = sequenceOf(
    decode(expect(content, DER.octetString).content),
  );
  const fields = [...sequenceOf(data)];
  if (isContext(fields[0], 0)) fields.shift(); // version
  const [responder, , responses, extensions] = fields;
  if (!responder) throw new DerError('no responderID');
  return {
    data: expect(data, DER.sequence).raw,
    algorithm: oidOf(sequenceOf(algorithm)[0]),
    signature: bitStringOctets(signature),
    certificates: certificatesOf(contextOf(certificates, 0)),
    responder,
    responses: sequenceOf(responses).map(readSingle),
    nonce: nonceOf(contextOf(extensions, 1)),
  };
}

function readSingle(part: DerElement): SingleResponse {
  const [certId, status, thisUpdate, nextUpdate] = sequenceOf(part);
  if (!status) throw new DerError('no certStatus');
  const validUntil = contextOf(nextUpdate, 0);
  return {
    certId: expect(certId, DER.sequence).raw,
    status,
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: validUntil && timeOf(validUntil.children[0]),
  };
}

function certificatesOf(part: DerElement | undefined): readonly Buffer[] {
  return part ? sequenceOf(part.children[0]).map(({ raw }) => raw) : [];
}

function nonceOf(extensions: DerElement | undefined): Buffer | undefined {
  if (!extensions) return undefined;
  const entry = sequenceOf(extensions.children[0])
    .map(sequenceOf)
    .find(([id]) => oidOf(id) === NONCE);
  const value = entry && expect(entry.at(-1), DER.octetString).content;
  return value && expect(decode(value), DER.octetString).content;
}

function isFresh({ thisUpdate, nextUpdate }: SingleResponse, now: number): boolean {
  if (thisUpdate > now + OCSP_CLOCK_SKEW_MS) return false;
  if (nextUpdate === undefined) return thisUpdate >= now - MAX_AGE_WITHOUT_NEXT_UPDATE_MS;
  return nextUpdate >= now - OCSP_CLOCK_SKEW_MS;
}

/** CertStatus: good [0], revoked [1] { time, reason [0]? }, unknown [2]. */
function statusOf(status: DerElement): { readonly kind: 'good' } | IdentityRefusal {
  if (isContext(status, 0)) return { kind: 'good' };
  if (!isContext(status, 1)) return refused('ocsp-unknown-certificate');
  const reason = status.children.find((part) => isContext(part, 0))?.children[0];
  const held = reason !== undefined && expect(reason, DER.enumerated).content[0] === CERTIFICATE_HOLD;
  return refused(held ? 'certificate-suspended' : 'certificate-revoked');
}

/** Who signed: the certificate the responderID names among those sent, if this CA authorised it; the CA itself; or nobody. */
function signerOf(
  basic: BasicResponse,
  anchor: TrustAnchor,
  now: number,
  responders: ResponderCache,
): Certificate | undefined {
  if (isNamed(basic.responder, anchor.certificate)) return anchor.certificate;
  for (const der of basic.certificates) {
    const delegate = responders.authorised(der, anchor, now);
    if (delegate && isNamed(basic.responder, delegate)) return delegate;
  }
  return undefined;
}

/** ResponderID: byName [1], byKey [2]. Names are not unique among generations; a wrong one fails at the signature. */
function isNamed(responder: DerElement, certificate: Certificate): boolean {
  if (isContext(responder, 1)) return responder.children[0]?.raw.equals(certificate.subject) ?? false;
  const hash = isContext(responder, 2) ? responder.children[0] : undefined;
  return hash !== undefined && expect(hash, DER.octetString).content.equals(keyHashOf(certificate.spki));
}

export interface ResponderCache {
  /** The responder's certificate when this CA issued it for OCSP and it is in force at `now`; else undefined. */
  readonly authorised: (der: Buffer, anchor: TrustAnchor, now: number) => Certificate | undefined;
}

/** One CA uses a handful of responder certificates at a time. */
const CACHED_RESPONDERS = 32;

/** Remembers which responder certificates passed, so that an answer costs one signature check instead of two. */
export function responderCache(): ResponderCache {
  const passed = new Map<string, Certificate>();
  return {
    authorised: (der, anchor, now) => {
      const key = `${anchor.keyId} ${createHash('sha256').update(der).digest('hex')}`;
      const certificate = passed.get(key) ?? authorisedBy(der, anchor);
      if (!certificate) return undefined;
      if (passed.size >= CACHED_RESPONDERS && !passed.has(key)) passed.clear();
      passed.set(key, certificate);
      return certificate.notBefore <= now + OCSP_CLOCK_SKEW_MS && now <= certificate.notAfter
        ? certificate
        : undefined;
    },
  };
}

const UNDERSTOOD: readonly string[] = [...Object.values(EXTENSION), NO_CHECK];

/** RFC 6960 4.2.2.2: issued directly by the CA that issued the certificate in question, with the OCSPSigning purpose. */
function authorisedBy(der: Buffer, anchor: TrustAnchor): Certificate | undefined {
  const certificate = readCertificate(der);
  const ca = anchor.certificate;
  if (!certificate.issuer.equals(ca.subject)) return undefined;
  if (!extendedKeyUsageOf(certificate)?.includes(OCSP_SIGNING)) return undefined;
  const usage = keyUsageOf(certificate);
  if (usage && !usage.includes('digitalSignature')) return undefined;
  if ([...certificate.extensions].some(([id, { critical }]) => critical && !UNDERSTOOD.includes(id)))
    return undefined;
  const { signatureAlgorithm, tbs, signature } = certificate;
  return isSignedBy(ca.publicKey, signatureAlgorithm, tbs, signature) ? certificate : undefined;
}
