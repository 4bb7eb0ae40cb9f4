/**
 * The key that seals documents, in a file of its own beside the center's other keys: RSA private key and certificate, PEM.
 *
 * Renewal: the certificate is good for ten years and a number can be asked for a year or so. A start of the center that
 * finds less than two years left keeps the pair as `document-seal.<serial>.pem` and makes a new one under the same CA.
 * Sealed documents carry the certificate they were sealed under and stay valid; who trusts the CA notices nothing.
 */
import { X509Certificate, createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { existsSync, linkSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DocumentSealer } from '../documents/seal/documentSealer.ts';

const FILE = 'document-seal.pem';
/** 128 bits of security, so beyond 2030 (NIST SP 800-57); a signature costs 1.8 ms, with 2048 bits 0.3. */
const MODULUS_BITS = 3072;
const RENEW_WITHIN_MS = 2 * 365 * 24 * 60 * 60 * 1000;

/** Certifies this public key (SPKI, DER) with the center's CA; PEM. */
export type CertifySeal = (publicKey: Uint8Array) => Promise<string>;

/** Loads the pair of `folder`; makes one when there is none or the present one has less than two years left. */
export async function documentSealer(
  folder: string,
  now: number,
  caCertificate: string,
  certify: CertifySeal,
): Promise<DocumentSealer> {
  const path = join(folder, FILE);
  setAsideWhenOld(folder, now);
  if (!existsSync(path)) await makePair(folder, certify);
  const { key, certificate } = readPair(path);
  const ca = new X509Certificate(caCertificate);
  return { key, certificate: Uint8Array.from(certificate.raw), chain: [Uint8Array.from(ca.raw)] };
}

function readPair(path: string): { key: KeyObject; certificate: X509Certificate } {
  const pem = readFileSync(path, 'utf8');
  return {
    key: createPrivateKey(pem),
    certificate: new X509Certificate(pem.slice(pem.indexOf(CERTIFICATE))),
  };
}
const CERTIFICATE = '-----BEGIN CERTIFICATE-----';

function setAsideWhenOld(folder: string, now: number): void {
  const path = join(folder, FILE);
  if (!existsSync(path)) return;
  const { certificate } = readPair(path);
  if (Date.parse(certificate.validTo) - now > RENEW_WITHIN_MS) return;
  renameSync(path, join(folder, `document-seal.${certificate.serialNumber.toLowerCase()}.pem`));
}

/** Written beside its place and linked into it: never half a pair, and of two processes the first one's counts. */
async function makePair(folder: string, certify: CertifySeal): Promise<void> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  const certificate = await certify(publicKey.export({ type: 'spki', format: 'der' }));
  const draft = mkdtempSync(join(folder, 'document-seal.new-'));
  const pem = `${privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}${certificate}\n`;
  writeFileSync(join(draft, FILE), pem, { mode: 0o600 });
  try {
    linkSync(join(draft, FILE), join(folder, FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { recursive: true });
  }
}
