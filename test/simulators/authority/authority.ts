/**
 * The simulated 公的個人認証サービス: two CAs in two generations each, same name and different keys, with a delegated OCSP
 * responder per CA. Made once in a directory, loaded again afterwards; `<dir>/trust/` holds the four CA certificates.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Clock } from '#templates/vocabulary.ts';
import { issuerKeyIdOf, keyIdentifier, newRsaKey, pemOf } from './certificate.ts';
import { authorityCertificate, responderCertificate, type AuthorityPlan } from './authorityCertificates.ts';
import {
  openIssuedIndex,
  type CertificateLink,
  type CertificateStatus,
  type IssuedIndex,
} from './issuedIndex.ts';
import { authorityName, certificatePurposes, type CertificatePurpose } from './profile.ts';

const DEFAULT_OCSP_URL = 'http://127.0.0.1:8089/ocsp';
const generations = [1, 2] as const;
export type Generation = (typeof generations)[number];

export interface CertificationAuthority {
  /** e.g. user-authentication-2, also the name of its file under trust/ */
  readonly id: string;
  readonly purpose: CertificatePurpose;
  readonly generation: Generation;
  /** DER Name, the same for all generations */
  readonly name: Buffer;
  readonly certificate: Buffer;
  readonly key: KeyObject;
  readonly publicKey: KeyObject;
  /** SHA-256 of its SubjectPublicKeyInfo, lower-case hexadecimal */
  readonly issuerKeyId: string;
  readonly subjectKeyId: Buffer;
  readonly serial: Buffer;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly responder: Responder;
}

export interface Responder {
  readonly key: KeyObject;
  readonly certificate: Buffer;
  /** the same key in a certificate that is not allowed to sign OCSP answers */
  readonly withoutPurpose: Buffer;
}

export interface Authority {
  readonly dir: string;
  /** directory with the four CA certificates as DER, and nothing else */
  readonly trustDir: string;
  readonly clock: Clock;
  /** address written into 利用者証明用 certificates; no verifier may take it from there */
  readonly ocspUrl: string;
  readonly cas: readonly CertificationAuthority[];
  ca(purpose: CertificatePurpose, generation: Generation): CertificationAuthority;
  /** a CA with the right name and a key nobody trusts */
  impostor(purpose: CertificatePurpose): CertificationAuthority;
  /** signs what the card issuer signs on the card (券面事項入力補助AP) */
  readonly cardIssuerKey: KeyObject;
  /** key for internal authentication, one for the whole production batch */
  readonly deviceKey: KeyObject;
  readonly index: IssuedIndex;
  /** takes effect with the next OCSP answer and is stored */
  setStatus(link: CertificateLink, status: CertificateStatus): void;
  /** undefined when never issued here */
  statusOf(link: CertificateLink): CertificateStatus | undefined;
}

export interface AuthorityOptions {
  readonly clock: Clock;
  readonly ocspUrl?: string;
}

const storedCa = z.object({
  id: z.string(),
  purpose: z.enum(certificatePurposes),
  generation: z.union([z.literal(1), z.literal(2)]),
  trusted: z.boolean(),
  serial: z.string(),
  notBefore: z.number(),
  notAfter: z.number(),
  key: z.string(),
  certificate: z.base64(),
  responderKey: z.string(),
  responderCertificate: z.base64(),
  responderWithoutPurpose: z.base64(),
});
const storedAuthority = z.object({
  version: z.literal(1),
  ocspUrl: z.url(),
  cardIssuerKey: z.string(),
  deviceKey: z.string(),
  cas: z.array(storedCa).length(6),
});
type StoredCa = z.infer<typeof storedCa>;

/** Loads the authority of `dir`, making it first when the directory has none. Throws Error when the directory is something else. */
export async function createAuthority(dir: string, options: AuthorityOptions): Promise<Authority> {
  const home = resolve(dir);
  if (!existsSync(join(home, 'authority.json'))) await makeAuthority(home, options);
  const stored = storedAuthority.parse(JSON.parse(readFileSync(join(home, 'authority.json'), 'utf8')));
  const cas = stored.cas.map((ca) => ({ trusted: ca.trusted, ca: loadCa(ca) }));
  const pick = (trusted: boolean, purpose: CertificatePurpose, generation: Generation) => {
    const found = cas.find(
      (one) => one.trusted === trusted && one.ca.purpose === purpose && one.ca.generation === generation,
    );
    if (!found) throw new Error(`no CA ${purpose}-${generation}`);
    return found.ca;
  };
  const index = openIssuedIndex(join(home, 'issued'));
  return {
    dir: home,
    trustDir: join(home, 'trust'),
    clock: options.clock,
    ocspUrl: options.ocspUrl ?? stored.ocspUrl,
    cas: cas.filter(({ trusted }) => trusted).map(({ ca }) => ca),
    ca: (purpose, generation) => pick(true, purpose, generation),
    impostor: (purpose) => pick(false, purpose, 2),
    cardIssuerKey: createPrivateKey(stored.cardIssuerKey),
    deviceKey: createPrivateKey(stored.deviceKey),
    index,
    setStatus: (link, status) => index.setStatus(link, status),
    statusOf: (link) => index.find(link)?.status,
  };
}

/** Made beside its place and renamed into it: two processes that start at once end with one authority. */
async function makeAuthority(home: string, options: AuthorityOptions): Promise<void> {
  mkdirSync(dirname(home), { recursive: true });
  const draft = mkdtempSync(`${home}.new-`);
  const plans = certificatePurposes.flatMap((purpose) => [
    ...generations.map((generation) => ({ purpose, generation, trusted: true })),
    { purpose, generation: 2 as const, trusted: false },
  ]);
  const now = options.clock();
  const stored: z.infer<typeof storedAuthority> = {
    version: 1,
    ocspUrl: options.ocspUrl ?? DEFAULT_OCSP_URL,
    cardIssuerKey: pemOf(await newRsaKey()),
    deviceKey: pemOf(await newRsaKey()),
    cas: await Promise.all(plans.map((plan) => makeCa(plan, now))),
  };
  mkdirSync(join(draft, 'trust'));
  for (const ca of stored.cas.filter(({ trusted }) => trusted)) {
    writeFileSync(join(draft, 'trust', `${ca.id}.der`), Buffer.from(ca.certificate, 'base64'));
  }
  mkdirSync(join(draft, 'issued'));
  writeFileSync(join(draft, 'authority.json'), JSON.stringify(stored, null, 2), { mode: 0o600 });
  try {
    renameSync(draft, home);
  } catch {
    rmSync(draft, { recursive: true });
    if (!existsSync(join(home, 'authority.json'))) {
      throw new Error(`${home} is not empty and holds no JPKI authority`);
    }
  }
}

async function makeCa(plan: Omit<AuthorityPlan, 'now'>, now: number): Promise<StoredCa> {
  const [key, responderKey] = await Promise.all([newRsaKey(), newRsaKey()]);
  const { certificate, ...facts } = authorityCertificate({ ...plan, now }, key);
  const responder = (allowed: boolean): string =>
    responderCertificate({ ...facts, ...plan, key, responderKey, allowed }).toString('base64');
  return {
    ...plan,
    ...facts,
    serial: facts.serial.toString('hex'),
    id: plan.trusted ? `${plan.purpose}-${plan.generation}` : `impostor-${plan.purpose}`,
    key: pemOf(key),
    certificate: certificate.toString('base64'),
    responderKey: pemOf(responderKey),
    responderCertificate: responder(true),
    responderWithoutPurpose: responder(false),
  };
}

function loadCa(stored: StoredCa): CertificationAuthority {
  const key = createPrivateKey(stored.key);
  const publicKey = createPublicKey(key);
  return {
    id: stored.id,
    purpose: stored.purpose,
    generation: stored.generation,
    notBefore: stored.notBefore,
    notAfter: stored.notAfter,
    name: authorityName(stored.purpose),
    certificate: Buffer.from(stored.certificate, 'base64'),
    serial: Buffer.from(stored.serial, 'hex'),
    key,
    publicKey,
    issuerKeyId: issuerKeyIdOf(publicKey),
    subjectKeyId: keyIdentifier(publicKey),
    responder: {
      key: createPrivateKey(stored.responderKey),
      certificate: Buffer.from(stored.responderCertificate, 'base64'),
      withoutPurpose: Buffer.from(stored.responderWithoutPurpose, 'base64'),
    },
  };
}
