import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MANIFEST_TAG } from '#center/contract/kioskApi.ts';
import { SPECIMEN_TAG } from '#center/contract/testIssue.ts';
import { plainPdf } from './fixtures/plainPdf.ts';
import { checkSpecimen } from './specimenCheck.ts';

const keys = generateKeyPairSync('ed25519');
const pem = (key = keys.publicKey) => key.export({ type: 'spki', format: 'pem' }).toString();
const document = await plainPdf(2);
const ID = '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a01';
const whole = {
  version: 1,
  specimen: true,
  testIssueId: ID,
  kioskId: 'store-001',
  pages: 2,
  sheets: 1,
  documentSha256: createHash('sha256').update(document).digest('hex'),
  expiresAt: '2026-11-20T03:10:00.000Z',
};
function check(manifest: object, { tag = SPECIMEN_TAG, manifestKey = pem(), bytes = document } = {}) {
  const payload = JSON.stringify(manifest);
  const signature = sign(null, Buffer.from(tag + payload), keys.privateKey).toString('base64');
  const now = Date.parse('2026-11-20T03:00:00.000Z');
  const outcome = checkSpecimen({
    payload,
    signature,
    document: bytes,
    manifestKey,
    kioskId: 'store-001',
    testIssueId: ID,
    now,
  });
  return outcome.kind === 'sound' ? 'sound' : outcome.finding;
}

describe('the look before a specimen', () => {
  it('passes the center’s own, whole', () => {
    expect(check(whole)).toBe('sound');
  });

  it('takes no certificate’s manifest for a specimen’s, and no other key', () => {
    expect(check(whole, { tag: MANIFEST_TAG })).toBe('signature');
    expect(check(whole, { manifestKey: pem(generateKeyPairSync('ed25519').publicKey) })).toBe('signature');
    expect(check({ ...whole, specimen: false })).toBe('signature');
  });

  it.each([
    ['kiosk', { kioskId: 'store-002' }],
    ['request', { testIssueId: '7b1f4b9e-3a52-4bb1-9d0e-0c4f8f1f6a02' }],
    ['expired', { expiresAt: '2026-11-20T03:00:00.000Z' }],
    ['hash', { documentSha256: '0'.repeat(64) }],
    ['pages', { pages: 4, sheets: 2 }],
    ['pages', { sheets: 2 }],
  ])('finds %s', (finding, change) => {
    expect(check({ ...whole, ...change })).toBe(finding);
  });
});
