import { execFile } from 'node:child_process';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { civilDate } from '#templates/vocabulary.ts';
import { basicFourItems } from '#simulators/card/textApplication.ts';
import { elementAt, elements } from '#simulators/card/tlv.ts';
import { createAuthority, type Authority } from './authority.ts';
import { issueCard, type CardOrder } from './issueCard.ts';
import { startOcspResponder, type OcspResponder } from './ocspResponder.ts';

const run = promisify(execFile);
const holder = {
  name: '見本　太郎',
  address: '東京都見本市中央１丁目２番３号',
  birthDate: civilDate.parse('1980-01-01'),
  sex: 'male',
} as const;
const order: CardOrder = { holder, municipalityCode: '992011' };
/** openssl compares with the clock on the wall, so the authority runs by it here. */
const clock = () => Date.now();

let dir: string;
let authority: Authority;
let responder: OcspResponder;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'jpki-authority-'));
  authority = await createAuthority(join(dir, 'authority'), { clock });
  responder = await startOcspResponder({ authority, port: 0, clock });
});
afterAll(async () => {
  await responder.close();
  rmSync(dir, { recursive: true });
});

async function openssl(...args: readonly string[]): Promise<{ code: number; out: string }> {
  return run('openssl', args, { encoding: 'utf8' }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout + error.stderr,
    }),
  );
}

function extensionNames(text: string): string[] {
  const names = text.matchAll(/^ {12}(X509v3 [^:]+|Authority Information Access): ?(critical)?$/gm);
  return [...names].map(([, name, critical]) => `${name}${critical ? ' critical' : ''}`);
}

function pemFile(name: string, der: Uint8Array): string {
  const path = join(dir, `${name}.pem`);
  writeFileSync(path, new X509Certificate(der).toString());
  return path;
}

const der = (base64: string): Buffer => Buffer.from(base64, 'base64');

describe('the authority', () => {
  it('has four CAs: two names, four keys, one file each under trust/', () => {
    expect(readdirSync(authority.trustDir).sort()).toEqual([
      'digital-signature-1.der',
      'digital-signature-2.der',
      'user-authentication-1.der',
      'user-authentication-2.der',
    ]);
    expect(new Set(authority.cas.map((ca) => ca.issuerKeyId)).size).toBe(4);
    const subjects = authority.cas.map((ca) => new X509Certificate(ca.certificate).subject);
    expect(new Set(subjects).size).toBe(2);
    expect(subjects.every((subject) => subject.includes('O=JPKI-MOCK'))).toBe(true);
  });

  it('is the same after loading again', async () => {
    const again = await createAuthority(authority.dir, { clock });
    expect(again.cas.map((ca) => ca.issuerKeyId)).toEqual(authority.cas.map((ca) => ca.issuerKeyId));
  });

  it('is one when two processes make it at once', async () => {
    const home = join(dir, 'at-once');
    const [one, other] = await Promise.all([
      createAuthority(home, { clock }),
      createAuthority(home, { clock }),
    ]);
    expect(one.cas.map((ca) => ca.issuerKeyId)).toEqual(other.cas.map((ca) => ca.issuerKeyId));
    expect(readdirSync(dir).filter((name) => name.startsWith('at-once'))).toEqual(['at-once']);
  });

  it('has CA certificates with the extensions of the profile in their order', async () => {
    for (const ca of authority.cas) {
      const { out } = await openssl('x509', '-in', pemFile('ca-text', ca.certificate), '-noout', '-text');
      expect(extensionNames(out)).toEqual([
        'X509v3 Key Usage critical',
        'X509v3 Subject Alternative Name',
        'X509v3 Basic Constraints critical',
        'X509v3 CRL Distribution Points',
        'X509v3 Subject Key Identifier',
      ]);
      expect(out).toMatch(/Not After : \w+ +\d+ 14:59:59 \d{4} GMT/);
      expect(ca.certificate.toString('hex')).toContain('0603551d0f0101ff040403020106');
      expect(ca.certificate.toString('hex')).toContain('0603551d130101ff040530030101ff');
    }
  });

  it('refuses a directory that holds something else', async () => {
    const other = mkdtempSync(join(dir, 'other-'));
    writeFileSync(join(other, 'file'), 'x');
    await expect(createAuthority(other, { clock })).rejects.toThrow('holds no JPKI authority');
    expect(existsSync(join(other, 'trust'))).toBe(false);
  });
});

describe('card certificates', () => {
  it('verify with openssl against their own generation and not against the other of the same name', async () => {
    const { card } = await issueCard(authority, order);
    const leaf = pemFile('leaf', der(card.authentication.certificate));
    const second = pemFile('ca2', authority.ca('user-authentication', 2).certificate);
    const first = pemFile('ca1', authority.ca('user-authentication', 1).certificate);
    expect(
      (await openssl('verify', '-x509_strict', '-purpose', 'sslclient', '-CAfile', second, leaf)).out,
    ).toContain(': OK');
    expect((await openssl('verify', '-CAfile', first, leaf)).code).not.toBe(0);
    const signature = pemFile('sign', der(card.signature?.certificate ?? ''));
    const signatureCa = pemFile('sca', authority.ca('digital-signature', 2).certificate);
    expect((await openssl('verify', '-CAfile', signatureCa, signature)).out).toContain(': OK');
  });

  it('have the profile of the user authentication certificate in its order', async () => {
    const { card } = await issueCard(authority, order);
    const path = pemFile('profile', der(card.authentication.certificate));
    const { out } = await openssl('x509', '-in', path, '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus');
    expect(extensionNames(out)).toEqual([
      'X509v3 Key Usage critical',
      'X509v3 Extended Key Usage',
      'X509v3 Certificate Policies critical',
      'X509v3 Issuer Alternative Name',
      'X509v3 CRL Distribution Points',
      'Authority Information Access',
      'X509v3 Authority Key Identifier',
      'X509v3 Subject Key Identifier',
    ]);
    expect(out).toMatch(/Not After : \w+ +\d+ 14:59:59 \d{4} GMT/);
    expect(out).toMatch(/Subject: C=JP,CN=\d{6}[A-Z0-9]{8}99201\d{3}A/);
    expect(out).toContain('Policy: 1.2.392.200149.8.5.1.3.30');
    expect(der(card.authentication.certificate).length).toBeGreaterThan(1500);
    expect(JSON.stringify(out)).not.toContain('見本');
  });

  it('have byte for byte the building blocks of the reference', async () => {
    const { card } = await issueCard(authority, order);
    const authentication = der(card.authentication.certificate).toString('hex');
    for (const block of [
      '0603551d0f0101ff040403020780',
      '0603551d25040c300a06082b06010505070302',
      '303d303b060b2a83088c9b55080501031e302c302a06082b06010505070201161e687474703a2f2f7777772e6a706b692e676f2e6a702f6370732e68746d6c',
      '3081aca481a93081a6310b3009060355040613024a50',
    ]) {
      expect(authentication).toContain(block);
    }
    const signature = der(card.signature?.certificate ?? '').toString('hex');
    for (const block of [
      '0603551d0f0101ff0404030206c0',
      'a01f060a2a83088c9b5508050501a0110c0fe8a68be69cace38080e5a4aae9838ea019060a2a83088c9b5508050504a00b0c09333139383030313031a011060a2a83088c9b5508050503a0030c0131a03d060a2a83088c9b5508050505a02f0c2d',
      'a015060a2a83088c9b5508050502a0070c053030303030a01f060a2a83088c9b5508050506a0110c0f303030303030303030303030303030',
      '060b2a83088c9b550805010114',
      '3081a3a481a030819d310b3009060355040613024a50',
    ]) {
      expect(signature).toContain(block);
    }
    expect(signature).toContain('0603551d11' + '0481c9' + '3081c6');
  });

  it('have the profile of the signature certificate in its order', async () => {
    const { card } = await issueCard(authority, order);
    const path = pemFile('sign-profile', der(card.signature?.certificate ?? ''));
    const { out } = await openssl('x509', '-in', path, '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus');
    expect(extensionNames(out)).toEqual([
      'X509v3 Key Usage critical',
      'X509v3 Subject Alternative Name',
      'X509v3 Certificate Policies critical',
      'X509v3 Issuer Alternative Name',
      'X509v3 CRL Distribution Points',
      'X509v3 Authority Key Identifier',
      'X509v3 Subject Key Identifier',
    ]);
    expect(out).toMatch(/Subject: C=JP,L=Mihon-ken,L=Mihon-shi,CN=\d{28}\n/);
  });

  it('end on a birthday, never after the card, and never twice the same serial', async () => {
    const { card } = await issueCard(authority, { ...order, withoutSignature: true });
    const { validTo } = new X509Certificate(der(card.authentication.certificate));
    expect(validTo).toMatch(/^Jan  1 14:59:59 /);
    const expiry = civilDate.parse(`${new Date(clock()).getUTCFullYear() + 1}-03-31`);
    const certificateSerial = card.authentication.serial;
    const short = await issueCard(authority, { ...order, expiry, withoutSignature: true });
    const shortened = new X509Certificate(der(short.card.authentication.certificate)).validTo;
    expect(shortened).toMatch(/^Mar 31 14:59:59 /);
    const again = issueCard(authority, { ...order, certificateSerial, withoutSignature: true });
    await expect(again).rejects.toThrow('was issued already');
  });

  it('mark the characters the signature certificate cannot hold', async () => {
    const name = '𠮷田　髙子';
    const { card } = await issueCard(authority, {
      ...order,
      holder: { ...holder, name },
      replacements: { 𠮷: '吉' },
    });
    const text = der(card.signature?.certificate ?? '').toString('utf8');
    expect(text).toContain('吉田　〓子');
    expect(text).toContain('10010');
  });

  it.each([
    ['expired', /certificate has expired/],
    ['not-yet-valid', /certificate is not yet valid/],
    ['unknown-ca', /signature failure|unable to get local issuer/],
    ['broken-signature', /signature failure/],
    ['wrong-extended-key-usage', /purpose|unsuitable/],
  ] as const)('%s is refused by openssl verify', async (variant, reason) => {
    const { card } = await issueCard(authority, { ...order, variant, withoutSignature: true });
    const leaf = pemFile(variant, der(card.authentication.certificate));
    const ca = pemFile('ca', authority.ca('user-authentication', 2).certificate);
    const { code, out } = await openssl('verify', '-purpose', 'sslclient', '-CAfile', ca, leaf);
    expect(code).not.toBe(0);
    expect(out).toMatch(reason);
  });

  it.each([
    ['missing-policy', '1.2.392.200149.8.5.1.3.30', false],
    ['foreign-policy', '1.2.392.200149.8.5.1.0.20', true],
    ['wrong-key-usage', 'Key Encipherment', true],
    ['missing-extended-key-usage', 'Extended Key Usage', false],
  ] as const)('%s deviates in that extension', async (variant, text, present) => {
    const { card } = await issueCard(authority, { ...order, variant, withoutSignature: true });
    const path = pemFile(variant, der(card.authentication.certificate));
    const { out } = await openssl('x509', '-in', path, '-noout', '-text');
    expect(out.includes(text)).toBe(present);
  });

  it('with another key than the one on the card', async () => {
    const { card } = await issueCard(authority, { ...order, variant: 'other-key', withoutSignature: true });
    const certificate = new X509Certificate(der(card.authentication.certificate));
    expect(certificate.checkPrivateKey(createPrivateKey(card.authentication.key))).toBe(false);
  });

  it('under 15 there is no signature certificate', async () => {
    const child = { ...holder, birthDate: civilDate.parse('2016-04-02') };
    expect((await issueCard(authority, { ...order, holder: child })).signature).toBeNull();
  });
});

describe('the OCSP responder, asked by openssl', () => {
  async function ask(certificate: string, url: string, ...more: readonly string[]) {
    const leaf = pemFile('asked', der(certificate));
    const ca = pemFile('ca', authority.ca('user-authentication', 2).certificate);
    return openssl('ocsp', '-issuer', ca, '-cert', leaf, '-CAfile', ca, '-url', url, '-no-CAfile', ...more);
  }
  const question = async (certificate: string): Promise<string> =>
    (await ask(certificate, responder.url)).out;

  it('says good, revoked with its reason, on hold, unknown, and changes its mind at once', async () => {
    const { card, authentication } = await issueCard(authority, { ...order, withoutSignature: true });
    const { certificate } = card.authentication;
    const good = await question(certificate);
    expect(good).toContain('Response verify OK');
    expect(good).toMatch(/: good/);
    expect(good).not.toContain('no nonce');
    const at = Math.floor(clock() / 1000) * 1000;
    authority.setStatus(authentication, { kind: 'revoked', reason: 'certificateHold', at });
    expect(await question(certificate)).toMatch(/: revoked[^]*Reason: certificateHold/);
    authority.setStatus(authentication, { kind: 'revoked', reason: 'affiliationChanged', at });
    expect(await question(certificate)).toMatch(/Reason: affiliationChanged/);
    authority.setStatus(authentication, { kind: 'unknown' });
    expect(await question(certificate)).toMatch(/: unknown/);
    const again = await createAuthority(authority.dir, { clock });
    expect(again.statusOf(authentication)).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['no-nonce', /no nonce in response/],
    ['wrong-nonce', /Nonce Verify error/],
    ['bad-signature', /signature failure|Response Verify Failure/i],
    ['unsigned', /Response Verify Failure/i],
    ['other-serial', /No Status found/i],
    ['stale', /Status times invalid/i],
    ['wrong-responder', /Response Verify Failure/i],
    ['responder-without-purpose', /Response Verify Failure/i],
    ['malformed', /Error|error/],
    ['try-later', /trylater/i],
    ['http-500', /Error|error/],
    ['down', /Error|error/],
  ] as const)('fault %s is noticed', async (kind, symptom) => {
    const { card } = await issueCard(authority, { ...order, withoutSignature: true });
    responder.setFault({ kind });
    const { out } = await ask(card.authentication.certificate, responder.url, '-status_age', '86400');
    responder.setFault({ kind: 'none' });
    expect(out).toMatch(symptom);
    expect(await question(card.authentication.certificate)).toContain('Response verify OK');
  });

  it('fault late is an answer that takes its time', async () => {
    const { card } = await issueCard(authority, { ...order, withoutSignature: true });
    responder.setFault({ kind: 'late', ms: 60 });
    const before = performance.now();
    expect(await question(card.authentication.certificate)).toContain('Response verify OK');
    expect(performance.now() - before).toBeGreaterThan(55);
    responder.setFault({ kind: 'none' });
  });

  it('serves a CRL that openssl verifies and that lists the revoked certificate', async () => {
    const { authentication } = await issueCard(authority, { ...order, state: 'revoked' });
    const response = await fetch(`${responder.url}/crl/user-authentication-2`);
    const path = join(dir, 'list.crl');
    writeFileSync(path, Buffer.from(await response.arrayBuffer()));
    const ca = pemFile('ca', authority.ca('user-authentication', 2).certificate);
    const { out } = await openssl('crl', '-inform', 'DER', '-in', path, '-CAfile', ca, '-noout', '-text');
    expect(out).toContain('verify OK');
    expect(out).toContain(authentication.serial.toUpperCase());
    expect(out).toContain('Affiliation Changed');
  });

  it('answers GET with base64 in the path, and refuses what is no request', async () => {
    const { card } = await issueCard(authority, { ...order, withoutSignature: true });
    const path = join(dir, 'request.der');
    const ca = pemFile('ca', authority.ca('user-authentication', 2).certificate);
    const leaf = pemFile('get', der(card.authentication.certificate));
    await openssl('ocsp', '-sha256', '-issuer', ca, '-cert', leaf, '-no_nonce', '-reqout', path);
    const encoded = encodeURIComponent(readFileSync(path).toString('base64'));
    const answer = join(dir, 'answer.der');
    writeFileSync(answer, Buffer.from(await (await fetch(`${responder.url}/${encoded}`)).arrayBuffer()));
    const { out } = await openssl(
      'ocsp',
      '-sha256',
      '-issuer',
      ca,
      '-cert',
      leaf,
      '-no_nonce',
      '-respin',
      answer,
      '-CAfile',
      ca,
    );
    expect(out).toMatch(/: good[^]*Response verify OK/);
    expect((await fetch(`${responder.url}/ocsp/${encoded}`)).status).toBe(200);
    expect((await (await fetch(`${responder.url}/%ZZ`)).arrayBuffer()).byteLength).toBe(5);
    const refused = await fetch(responder.url, { method: 'POST', body: 'no request' });
    expect(Buffer.from(await refused.arrayBuffer()).toString('hex')).toBe('30030a0101');
  });
});

describe('what the card issuer signs', () => {
  it('is an offset table whose every offset hits its tag', () => {
    const file = basicFourItems({ ...holder, sex: '1' });
    expect(file.toString('hex')).toMatch(/^ff205cdf2108000e00200050005bdf220fe8a68b/);
    const [table] = elements(elementAt(file, 0).value);
    const offsets = [0, 2, 4, 6].map((at) => table?.value.readUInt16BE(at) ?? 0);
    expect(offsets.map((offset) => file.readUInt16BE(offset))).toEqual([0xdf22, 0xdf23, 0xdf24, 0xdf25]);
  });
});
