import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MANIFEST_TAG, type Manifest } from '#center/contract/kioskApi.ts';
import { civilDate, issueNumber, municipalityCode, yen } from '#templates/vocabulary.ts';
import { plainPdf } from './fixtures/plainPdf.ts';
import { checkPrepared, type PreparedCheck } from './manifestCheck.ts';

const center = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const NOW = Date.parse('2026-11-20T10:00:00Z');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const signed = (payload: string, key = center.privateKey, tag = MANIFEST_TAG) => ({
  payload,
  signature: sign(null, Buffer.from(tag + payload), key).toString('base64'),
});

/** A certificate of two pages as it leaves the center, and what the kiosk knows of the visit. */
async function prepared(change: Partial<Manifest> = {}): Promise<PreparedCheck & { manifest: Manifest }> {
  const document = await plainPdf(2);
  const holderCertificate = randomBytes(1_500);
  const municipality = municipalityCode.parse('992011');
  const manifest: Manifest = {
    version: 1,
    issueNumber: issueNumber.parse('ABCD-EFGH-JKMN-PQRS'),
    sessionId: randomUUID(),
    kioskId: 'kiosk-1',
    requestId: randomUUID(),
    municipality,
    kind: 'resident-record-copy',
    holderFingerprint: sha256(holderCertificate),
    pages: 2,
    sheets: 1,
    documentSha256: sha256(document),
    fee: yen.parse(300),
    issueDate: civilDate.parse('2026-11-20'),
    templateDigest: '0'.repeat(64),
    expiresAt: new Date(NOW + 60_000).toISOString(),
    ...change,
  };
  return {
    manifest,
    signedManifest: signed(JSON.stringify(manifest)),
    document,
    manifestKey: center.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sessionId: manifest.sessionId,
    kioskId: 'kiosk-1',
    requestId: manifest.requestId,
    holderCertificate,
    request: { municipality, kind: 'resident-record-copy', extent: 'whole', members: [], include: [] },
    fee: yen.parse(300),
    now: NOW,
    seenIssueNumbers: new Set(),
  };
}
const finding = (input: PreparedCheck) => {
  const outcome = checkPrepared(input);
  return outcome.kind === 'unsound' ? outcome.finding : outcome.kind;
};
function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

describe('the check before printing', () => {
  it('lets the right bytes of the right person pass', async () => {
    const input = await prepared();
    expect(checkPrepared(input)).toEqual({ kind: 'sound', manifest: input.manifest });
  });

  it('signed-by-a-stranger', async () => {
    const input = await prepared();
    const { payload } = input.signedManifest;
    expect(finding({ ...input, signedManifest: signed(payload, stranger.privateKey) })).toBe('signature');
  });
  it('signed-for-another-purpose', async () => {
    const input = await prepared();
    const { payload } = input.signedManifest;
    expect(finding({ ...input, signedManifest: signed(payload, center.privateKey, '') })).toBe('signature');
  });
  it('manifest-changed-after-signing', async () => {
    const input = await prepared();
    const payload = input.signedManifest.payload.replace('"fee":300', '"fee":200');
    expect(payload).not.toBe(input.signedManifest.payload);
    expect(finding({ ...input, signedManifest: { ...input.signedManifest, payload } })).toBe('signature');
  });
  it('signed-but-not-a-manifest', async () => {
    expect(finding({ ...(await prepared()), signedManifest: signed('{}') })).toBe('signature');
    expect(finding({ ...(await prepared()), signedManifest: signed('no json') })).toBe('signature');
  });
  it('key-of-another-kind', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
    const manifestKey = rsa.export({ type: 'spki', format: 'pem' }).toString();
    expect(finding({ ...(await prepared()), manifestKey })).toBe('signature');
  });
  it('document-of-another-session', async () => {
    expect(finding({ ...(await prepared()), sessionId: randomUUID() })).toBe('session');
  });
  it('document-for-another-kiosk', async () => {
    expect(finding({ ...(await prepared()), kioskId: 'kiosk-2' })).toBe('kiosk');
  });
  it('document-of-another-person', async () => {
    const input = await prepared();
    const other = flipped(input.holderCertificate, 700);
    expect(finding({ ...input, holderCertificate: other })).toBe('holder');
  });
  it('answer-to-another-request', async () => {
    expect(finding({ ...(await prepared()), requestId: randomUUID() })).toBe('request');
    expect(finding({ ...(await prepared()), fee: yen.parse(200) })).toBe('request');
    const input = await prepared();
    const request = { ...input.request, municipality: municipalityCode.parse('992020') };
    expect(finding({ ...input, request })).toBe('request');
  });
  it('certificate-of-another-kind', async () => {
    const input = await prepared();
    const request = { ...input.request, kind: 'seal-registration-certificate' as const };
    expect(finding({ ...input, request })).toBe('kind');
  });
  it('expired: the last moment is too late', async () => {
    const input = await prepared();
    expect(finding({ ...input, now: NOW + 59_999 })).toBe('sound');
    expect(finding({ ...input, now: NOW + 60_000 })).toBe('expired');
  });
  it('replayed: an issue number is printed once', async () => {
    const input = await prepared();
    const seenIssueNumbers = new Set([input.manifest.issueNumber as string]);
    expect(finding({ ...input, seenIssueNumbers })).toBe('replayed');
  });
  it('one-byte-changed anywhere in the document', async () => {
    const input = await prepared();
    for (let at = 0; at < input.document.length; at += 97) {
      expect(finding({ ...input, document: flipped(input.document, at) })).toBe('hash');
    }
  });
  it('page-missing: the document is as signed, but has not the pages it should', async () => {
    expect(finding(await prepared({ pages: 3 }))).toBe('pages');
    expect(finding(await prepared({ pages: 1 }))).toBe('pages');
  });
  it('back-missing: fronts without backs, or counted as sheets of their own', async () => {
    expect(finding(await prepared({ sheets: 2 }))).toBe('pages');
    const document = await plainPdf(3);
    const odd = await prepared({ pages: 3, sheets: 2, documentSha256: sha256(document) });
    expect(finding({ ...odd, document })).toBe('pages');
  });
  it('no-document: bytes that are no PDF have no pages', async () => {
    const document = Buffer.from('not a document');
    expect(finding({ ...(await prepared({ documentSha256: sha256(document) })), document })).toBe('pages');
  });
  it('several things wrong: the first of the fixed order is told', async () => {
    const input = await prepared();
    const worse = { ...input, sessionId: randomUUID(), kioskId: 'kiosk-2', document: Buffer.alloc(0) };
    expect(finding(worse)).toBe('session');
  });
});
