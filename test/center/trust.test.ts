import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from '#center/identity/certificate.ts';
import { checkPath } from '#center/identity/certificatePath.ts';
import { TrustError, loadTrustAnchors } from '#center/identity/trustAnchors.ts';
import { createAuthority, type Authority } from '#simulators/authority/authority.ts';
import { issueCard } from '#simulators/authority/issueCard.ts';
import { residentItems } from '#templates/datasets/residentRecord.ts';
import { NOW } from './harness.ts';

const OCSP = 'http://127.0.0.1:1/ocsp';
let folder: string;
let authority: Authority;
let card: Buffer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trust-'));
  authority = await createAuthority(join(folder, 'authority'), { clock: () => NOW });
  const birthDate = residentItems.shape.birthDate.parse('1980-01-02');
  const holder = { name: '見本　太郎', address: '架空県', birthDate, sex: 'male' as const };
  const issued = await issueCard(authority, { holder, municipalityCode: '99201', withoutSignature: true });
  card = Buffer.from(issued.card.authentication.certificate, 'base64');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
/** A trust directory with these files. */
function directory(files: Record<string, string | Buffer>): string {
  const path = join(folder, `trust-${++made}`);
  mkdirSync(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}
const caFile = (name = 'user-authentication-2.der') => readFileSync(join(authority.trustDir, name));
const load = (
  files: Record<string, string | Buffer>,
  mode: 'demo' | 'production' = 'demo',
  ocspUrl: string | undefined = OCSP,
) => loadTrustAnchors({ directory: directory(files), mode, ocspUrl });

describe('the trust directory', () => {
  it('takes DER and PEM, and tells the generations apart by their keys', () => {
    const pem = new X509Certificate(caFile()).toString();
    const anchors = load({ 'first.der': caFile('user-authentication-1.der'), 'second.pem': pem });
    expect(new Set(anchors.map(({ keyId }) => keyId)).size).toBe(2);
    const [first, second] = anchors.map(({ certificate }) => certificate);
    expect(first!.subject.equals(second!.subject)).toBe(true);
    expect(anchors.map(({ keyId }) => keyId)).toContain(authority.ca('user-authentication', 2).issuerKeyId);
  });

  const refused: [string, () => Record<string, string | Buffer>, RegExp][] = [
    ['a file that is no certificate', () => ({ 'readme.txt': 'hello' }), /readme\.txt: is no X\.509/],
    ["a card's certificate", () => ({ 'card.der': card }), /card\.der: is no CA certificate/],
    ['an empty directory', () => ({}), /no CA certificate in/],
    [
      'a CA whose own signature is broken',
      () => {
        const bytes = Buffer.from(caFile());
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
        return { 'ca.der': bytes };
      },
      /ca\.der: its own signature/,
    ],
    [
      'a map of responders that is none',
      () => ({ 'ca.der': caFile(), 'responders.json': '{"x":1}' }),
      /responders\.json/,
    ],
  ];
  it.each(refused)('refuses %s, naming file and reason', (_, files, reason) => {
    expect(() => load(files())).toThrow(TrustError);
    expect(() => load(files())).toThrow(reason);
  });

  it('refuses the mock hierarchy in production, and a missing directory', () => {
    expect(() => load({ 'ca.der': caFile() }, 'production')).toThrow(
      /O=JPKI-MOCK is not accepted in production/,
    );
    expect(() => loadTrustAnchors({ directory: join(folder, 'none'), mode: 'demo', ocspUrl: OCSP })).toThrow(
      /ENOENT/,
    );
  });

  it('takes the responder of each CA from responders.json, never from a certificate, unless OCSP_URL overrides all', () => {
    const files = { 'ca.der': caFile() };
    const keyId = authority.ca('user-authentication', 2).issuerKeyId;
    expect(() => loadTrustAnchors({ directory: directory(files), mode: 'demo' })).toThrow(
      /no OCSP responder for the CA/,
    );
    const responders = JSON.stringify({ [keyId]: 'http://127.0.0.1:2/' });
    const withMap = directory({ ...files, 'responders.json': responders });
    expect(loadTrustAnchors({ directory: withMap, mode: 'demo' })[0]!.responderUrl).toBe(
      'http://127.0.0.1:2/',
    );
    expect(loadTrustAnchors({ directory: withMap, mode: 'demo', ocspUrl: OCSP })[0]!.responderUrl).toBe(OCSP);
  });
});

describe('the path', () => {
  it('needs the generation that issued the card: its namesake is not enough', () => {
    const certificate = readCertificate(card);
    const own = load({ 'ca.der': caFile() });
    const namesake = load({ 'ca.der': caFile('user-authentication-1.der') });
    expect(checkPath(certificate, own, NOW).kind).toBe('valid');
    expect(checkPath(certificate, namesake, NOW)).toEqual({ kind: 'refused', reason: 'issuer-unknown' });
  });

  it('ends with the CA: a card that outlives it is refused', () => {
    const anchors = load({ 'ca.der': caFile() });
    const { notAfter } = anchors[0]!.certificate;
    const certificate = { ...readCertificate(card), notAfter: notAfter + 1000 };
    expect(checkPath(certificate, anchors, notAfter + 500)).toEqual({
      kind: 'refused',
      reason: 'issuer-not-in-force',
    });
  });

  it('takes the policies of a generation from configuration', () => {
    const keyId = authority.ca('user-authentication', 2).issuerKeyId;
    const anchors = load({ 'ca.der': caFile(), 'policies.json': JSON.stringify({ [keyId]: ['1.2.3.4'] }) });
    expect(checkPath(readCertificate(card), anchors, NOW)).toEqual({ kind: 'refused', reason: 'policy' });
  });

  it('refuses what it does not understand when it is marked critical', () => {
    const good = readCertificate(card);
    const extensions = new Map(good.extensions).set('1.2.3.4.5', { critical: true, value: Buffer.alloc(0) });
    const refusal = { kind: 'refused', reason: 'unknown-critical-extension' };
    expect(checkPath({ ...good, extensions }, load({ 'ca.der': caFile() }), NOW)).toEqual(refusal);
  });

  it('has all four pinned certificates of the demo authority to choose from', () => {
    const files = readdirSync(authority.trustDir);
    expect(files).toHaveLength(4);
    const anchors = loadTrustAnchors({ directory: authority.trustDir, mode: 'demo', ocspUrl: OCSP });
    expect(checkPath(readCertificate(card), anchors, NOW)).toMatchObject({
      kind: 'valid',
      anchor: { keyId: authority.ca('user-authentication', 2).issuerKeyId },
    });
  });
});
