/**
 * The center's own keys, made once in DATA_DIR/center and never again: the CA that kiosks and server chain to, the
 * server's certificate, the key that signs manifests and the one that seals documents. Private keys are files of mode 0600.
 */
import 'reflect-metadata';
import {
  X509Certificate as NodeCertificate,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  webcrypto,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { join, resolve } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  AuthorityKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  PublicKey,
  type Extension,
} from '@peculiar/x509';
import type { DocumentSealer } from '../documents/seal/documentSealer.ts';
import { documentSealer } from './documentSealKey.ts';

export interface CenterKeys {
  /** PEM */
  readonly caCertificate: string;
  readonly serverCertificate: string;
  readonly serverKey: string;
  /** Ed25519 */
  readonly manifestKey: KeyObject;
  /** PEM, SPKI */
  readonly manifestPublicKey: string;
  readonly documentSealer: DocumentSealer;
  /** A client certificate for one kiosk, with a key made for it. */
  readonly issueKioskCertificate: (kioskId: string, now: number) => Promise<IssuedClient>;
  /** A client certificate for one of a municipality's feed clients; it is no kiosk's, and no kiosk's is one. */
  readonly issueFeedCertificate: (
    municipality: string,
    clientId: string,
    now: number,
  ) => Promise<IssuedClient>;
}

export interface IssuedClient {
  /** PEM */
  readonly certificate: string;
  readonly privateKey: string;
  /** SHA-256 of the DER, hex */
  readonly fingerprint: string;
}

const FILES = {
  caKey: 'ca-key.pem',
  caCertificate: 'ca.pem',
  serverKey: 'server-key.pem',
  serverCertificate: 'server.pem',
  manifestKey: 'manifest-key.pem',
} as const;

const CURVE = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const CENTER_NAME = 'CN=certificate kiosk center CA';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Kiosks stand for years; their certificate is ended by revocation, not by a date nobody remembers. */
const LIFETIME_DAYS = 3650;

/**
 * Loads the keys of `dataDir`, making them first when there are none. The server's certificate is made again, by the same
 * CA, when it does not name `host`; kiosks trust the CA and notice nothing.
 */
export async function centerKeys(dataDir: string, now: number, host = 'localhost'): Promise<CenterKeys> {
  const folder = join(resolve(dataDir), 'center');
  if (!existsSync(folder)) await makeKeys(folder, now);
  await nameServer(folder, host, now);
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const manifestKey = createPrivateKey(read(FILES.manifestKey));
  const caCertificate = read(FILES.caCertificate);
  const ca = { key: read(FILES.caKey), certificate: new X509Certificate(caCertificate) };
  return {
    caCertificate,
    serverCertificate: read(FILES.serverCertificate),
    serverKey: read(FILES.serverKey),
    manifestKey,
    manifestPublicKey: createPublicKey(manifestKey).export({ type: 'spki', format: 'pem' }).toString(),
    documentSealer: await documentSealer(folder, now, caCertificate, (key) => issueSeal(ca, key, now)),
    issueKioskCertificate: (kioskId, at) => issueClient(ca, `CN=${kioskId}`, at),
    issueFeedCertificate: (municipality, clientId, at) =>
      issueClient(ca, `CN=${clientId}, OU=register feed, O=${municipality}`, at),
  };
}

/** Made beside its place and renamed into it: there is never half a set of keys. */
async function makeKeys(folder: string, now: number): Promise<void> {
  mkdirSync(join(folder, '..'), { recursive: true, mode: 0o700 });
  const draft = mkdtempSync(`${folder}.new-`);
  const save = (file: string, text: string) => writeFileSync(join(draft, file), text, { mode: 0o600 });
  const caPair = await newPair();
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: CENTER_NAME,
    ...validity(now),
    signingAlgorithm: CURVE,
    keys: caPair,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(caPair.publicKey),
    ],
  });
  const issuer = { key: await pemOf(caPair.privateKey), certificate: ca };
  const server = await issueServer(issuer, 'localhost', now);
  save(FILES.caKey, issuer.key);
  save(FILES.caCertificate, ca.toString('pem'));
  save(FILES.serverKey, server.privateKey);
  save(FILES.serverCertificate, server.certificate);
  const { privateKey } = generateKeyPairSync('ed25519');
  save(FILES.manifestKey, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true });
    // another process was first: its keys count
    if (!existsSync(join(folder, FILES.manifestKey))) throw error;
  }
}

async function nameServer(folder: string, host: string, now: number): Promise<void> {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const current = new NodeCertificate(read(FILES.serverCertificate));
  if (isIPv4(host) ? current.checkIP(host) : current.checkHost(host)) return;
  const issuer = { key: read(FILES.caKey), certificate: new X509Certificate(read(FILES.caCertificate)) };
  const server = await issueServer(issuer, host, now);
  writeFileSync(join(folder, FILES.serverKey), server.privateKey, { mode: 0o600 });
  writeFileSync(join(folder, FILES.serverCertificate), server.certificate, { mode: 0o600 });
}

/** A server certificate for the loopback names and `host`, with a key of its own; PEM. */
async function issueServer(issuer: Issuer, host: string, now: number) {
  const own = { type: isIPv4(host) ? ('ip' as const) : ('dns' as const), value: host };
  const issued = await issue(issuer, `CN=${host}`, now, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension([
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
      ...(host === 'localhost' || host === '127.0.0.1' ? [] : [own]),
    ]),
  ]);
  return { certificate: issued.certificate.toString('pem'), privateKey: issued.privateKey };
}

interface Issuer {
  /** PKCS#8 PEM */
  readonly key: string;
  readonly certificate: X509Certificate;
}

async function issueClient(issuer: Issuer, subject: string, now: number): Promise<IssuedClient> {
  const issued = await issue(issuer, subject, now, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
  ]);
  return {
    certificate: issued.certificate.toString('pem'),
    privateKey: issued.privateKey,
    fingerprint: Buffer.from(await issued.certificate.getThumbprint('SHA-256')).toString('hex'),
  };
}

/** Also for non-repudiation: what it signs shall bind the center later (RFC 5280, 4.2.1.3). */
async function issueSeal(issuer: Issuer, publicKey: Uint8Array, now: number): Promise<string> {
  const usage = KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation;
  const key = new PublicKey(Uint8Array.from(publicKey));
  return (await certify(issuer, 'CN=certificate kiosk document seal', key, usage, now, [])).toString('pem');
}

async function issue(issuer: Issuer, subject: string, now: number, extensions: readonly Extension[]) {
  const pair = await newPair();
  const key = new PublicKey(await webcrypto.subtle.exportKey('spki', pair.publicKey));
  const usage = KeyUsageFlags.digitalSignature;
  const certificate = await certify(issuer, subject, key, usage, now, extensions);
  return { certificate, privateKey: await pemOf(pair.privateKey) };
}

async function certify(
  issuer: Issuer,
  subject: string,
  publicKey: PublicKey,
  usage: KeyUsageFlags,
  now: number,
  extensions: readonly Extension[],
): Promise<X509Certificate> {
  return X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject,
    issuer: issuer.certificate.subject,
    ...validity(now),
    signingAlgorithm: CURVE,
    signingKey: await privateKeyOf(issuer.key),
    publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(usage, true),
      ...extensions,
      await AuthorityKeyIdentifierExtension.create(issuer.certificate),
      await SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
}

/** RFC 5280 allows no fractions of a second; a day of slack for kiosks whose clock runs late. */
function validity(now: number): { notBefore: Date; notAfter: Date } {
  const start = Math.floor((now - DAY_MS) / 1000) * 1000;
  return { notBefore: new Date(start), notAfter: new Date(start + LIFETIME_DAYS * DAY_MS) };
}

/** 127 random bits, positive. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}

function newPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

function privateKeyOf(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, CURVE, false, ['sign']);
}
