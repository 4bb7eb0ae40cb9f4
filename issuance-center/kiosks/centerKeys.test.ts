import { X509Certificate, createPublicKey } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { centerKeys } from './centerKeys.ts';

const NOW = Date.parse('2026-11-20T10:00:00+09:00');
const folder = mkdtempSync(join(tmpdir(), 'center-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the center's keys", () => {
  it('are made once, for our eyes only', async () => {
    const first = await centerKeys(folder, NOW);
    const again = await centerKeys(folder, NOW);
    expect(again.caCertificate).toBe(first.caCertificate);
    expect(again.serverCertificate).toBe(first.serverCertificate);
    expect(again.manifestPublicKey).toBe(first.manifestPublicKey);
    const files = readdirSync(join(folder, 'center'));
    expect(files).toHaveLength(6);
    for (const file of files) expect(statSync(join(folder, 'center', file)).mode & 0o077).toBe(0);
  });

  it('name the server as kiosks call it, under the same CA', async () => {
    const before = await centerKeys(folder, NOW);
    for (const host of ['center.example', '192.0.2.7']) {
      const { caCertificate, serverCertificate } = await centerKeys(folder, NOW, host);
      const server = new X509Certificate(serverCertificate);
      expect(caCertificate).toBe(before.caCertificate);
      expect(server.verify(new X509Certificate(caCertificate).publicKey)).toBe(true);
      expect(isIPv4(host) ? server.checkIP(host) : server.checkHost(host)).toBe(host);
      expect(server.checkHost('localhost')).toBe('localhost');
    }
  });

  it('give a kiosk a client certificate that cannot issue others or serve', async () => {
    const keys = await centerKeys(folder, NOW);
    const { certificate, fingerprint } = await keys.issueKioskCertificate('store-001', NOW);
    const parsed = new X509Certificate(certificate);
    expect(parsed.subject).toBe('CN=store-001');
    expect(parsed.ca).toBe(false);
    expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(parsed.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(fingerprint);
  });

  it('seal documents with one pair, until it has less than two years left', async () => {
    const [first, again] = [await centerKeys(folder, NOW), await centerKeys(folder, NOW)];
    const certificate = new X509Certificate(first.documentSealer.certificate);
    expect(certificate.verify(new X509Certificate(first.caCertificate).publicKey)).toBe(true);
    expect(certificate.publicKey.equals(createPublicKey(first.documentSealer.key))).toBe(true);
    expect(again.documentSealer.certificate).toEqual(first.documentSealer.certificate);
    const later = await centerKeys(folder, NOW + 9 * 365 * 24 * 60 * 60 * 1000);
    expect(later.documentSealer.certificate).not.toEqual(first.documentSealer.certificate);
    expect(later.documentSealer.chain).toEqual(first.documentSealer.chain);
    const kept = `document-seal.${certificate.serialNumber.toLowerCase()}.pem`;
    expect(readdirSync(join(folder, 'center'))).toContain(kept);
  });
});
