/**
 * The pinned CA certificates of JPKI_TRUST_DIR. Several generations share one name, so an anchor is known by its key and
 * nothing else (card.md 3.1). Which policies a generation issues under, and which responder answers for it, is
 * configuration; nothing of it is ever taken from a card's certificate.
 */
import { readFileSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isSignedBy, keyIdOf, readCertificate, type Certificate } from './certificate.ts';
import { isCa, keyUsageOf, subjectKeyIdOf } from './extensions.ts';

/** 利用者証明用: the policy of the production CAs known today (card.md 3.2). */
const USER_AUTHENTICATION_POLICIES = ['1.2.392.200149.8.5.1.3.30'];
/** 署名用 (card.md 3.3). */
const DIGITAL_SIGNATURE_POLICIES = ['1.2.392.200149.8.5.1.1.20'];

export interface TrustAnchor {
  /** SHA-256 of the CA's SPKI, hex */
  readonly keyId: string;
  readonly certificate: Certificate;
  readonly subjectKeyId: Buffer | undefined;
  /** policy OIDs this generation's 利用者証明用 certificates carry; one of them must be in the certificate */
  readonly policies: readonly string[];
  /** the same for its 署名用 certificates; a CA issues one sort only, which its certificates' usage tells */
  readonly signaturePolicies: readonly string[];
  readonly responderUrl: string;
}

export type ServiceMode = 'demo' | 'production';

export interface TrustOptions {
  readonly directory: string;
  readonly mode: ServiceMode;
  /** one responder for every CA, instead of responders.json */
  readonly ocspUrl?: string;
}

/** A trust directory the center will not start with: which file, and why. */
export class TrustError extends Error {}

const RESPONDERS_FILE = 'responders.json';
const POLICIES_FILE = 'policies.json';
const keyId = z.string().regex(/^[0-9a-f]{64}$/);
const respondersFile = z.record(keyId, z.url({ protocol: /^https?$/ }));
const policiesFile = z.record(keyId, z.array(z.string().regex(/^\d+(\.\d+)+$/)).min(1));

/** Mock and test hierarchies by the organisation in their name (card.md 3.6). */
const MOCK_ORGANISATION = 'JPKI-MOCK';
const UNREAL_ORGANISATIONS = [MOCK_ORGANISATION, 'JPKI-TEST'];

/**
 * Loads every CA certificate (DER or PEM) of the directory; responders.json and policies.json are optional maps from CA
 * key id to address and policy OIDs. Throws TrustError naming the file and the reason.
 */
export function loadTrustAnchors(options: TrustOptions): readonly TrustAnchor[] {
  const files = filesOf(options.directory);
  const responders = settings(options.directory, files, RESPONDERS_FILE, respondersFile);
  const policies = settings(options.directory, files, POLICIES_FILE, policiesFile);
  const certificates = files
    .filter((file) => file !== RESPONDERS_FILE && file !== POLICIES_FILE)
    .flatMap((file) => certificatesOf(options, file));
  const anchors = new Map<string, TrustAnchor>();
  for (const certificate of certificates) {
    const id = keyIdOf(certificate.spki);
    const responderUrl = options.ocspUrl ?? responders[id];
    if (!responderUrl) {
      throw new TrustError(
        `no OCSP responder for the CA ${id}: add it to ${RESPONDERS_FILE} or set OCSP_URL`,
      );
    }
    const subjectKeyId = subjectKeyIdOf(certificate);
    anchors.set(id, {
      keyId: id,
      certificate,
      subjectKeyId,
      policies: policies[id] ?? USER_AUTHENTICATION_POLICIES,
      signaturePolicies: policies[id] ?? DIGITAL_SIGNATURE_POLICIES,
      responderUrl,
    });
  }
  if (anchors.size === 0) throw new TrustError(`no CA certificate in ${options.directory}`);
  return Object.freeze([...anchors.values()]);
}

function filesOf(directory: string): readonly string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw new TrustError(`${directory} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

function settings<Value>(
  directory: string,
  files: readonly string[],
  file: string,
  schema: z.ZodType<Record<string, Value>>,
): Record<string, Value> {
  if (!files.includes(file)) return {};
  try {
    return schema.parse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON';
    throw new TrustError(`${file}: ${reason}`);
  }
}

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

function certificatesOf(options: TrustOptions, file: string): readonly Certificate[] {
  const bytes = readFileSync(join(options.directory, file));
  const blocks = [...bytes.toString('latin1').matchAll(PEM_BLOCK)].map((match) =>
    Buffer.from(match[1]!, 'base64'),
  );
  return (blocks.length > 0 ? blocks : [bytes]).map((der) => checkedCa(der, file, options.mode));
}

function checkedCa(der: Buffer, file: string, mode: ServiceMode): Certificate {
  const refuse = (reason: string): never => {
    throw new TrustError(`${file}: ${reason}`);
  };
  let certificate: Certificate;
  try {
    certificate = readCertificate(der);
  } catch {
    return refuse('is no X.509 certificate in DER or PEM');
  }
  if (!isCa(certificate) || !keyUsageOf(certificate)?.includes('keyCertSign')) {
    return refuse('is no CA certificate');
  }
  const { publicKey, signatureAlgorithm, tbs, signature } = certificate;
  const selfSigned = certificate.subject.equals(certificate.issuer);
  if (selfSigned && !isSignedBy(publicKey, signatureAlgorithm, tbs, signature)) {
    return refuse('its own signature does not verify');
  }
  const unreal = certificate.organisations.find((name) => UNREAL_ORGANISATIONS.includes(name));
  if (mode === 'production' && unreal) return refuse(`O=${unreal} is not accepted in production`);
  const isMock = certificate.organisations.length === 1 && unreal === MOCK_ORGANISATION;
  if (mode === 'demo' && !isMock) return refuse(`the demo accepts only O=${MOCK_ORGANISATION}`);
  return certificate;
}
