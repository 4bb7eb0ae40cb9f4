import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCertificateFont } from '../font.ts';
import { loadFonts } from '../fontFile.ts';
import { issuedFinish, requestOf, testSeal, tool } from '../paper/paper.fixture.ts';
import { createRenderer } from '../renderer.ts';

const folder = mkdtempSync(join(tmpdir(), 'pdf-seal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const trusting = `sql:${join(folder, 'trusting')}`;
const caFile = join(folder, 'ca.pem');

let bytes: Uint8Array;
beforeAll(async () => {
  const { sealer, caCertificate } = await testSeal();
  const outcome = createRenderer(openCertificateFont(loadFonts()), { seal: sealer })(requestOf(issuedFinish));
  if (outcome.kind !== 'rendered') throw new Error(outcome.reason);
  ({ bytes } = outcome);
  writeFileSync(caFile, caCertificate);
  execFileSync('mkdir', [join(folder, 'trusting')]);
  execFileSync('certutil', ['-N', '-d', trusting, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', trusting, '-n', 'center', '-t', 'CT,C,C', '-i', caFile]);
});

const pdfsig = (file: Uint8Array): string => tool('pdfsig', ['-nssdir', trusting], file);

/** The four numbers of /ByteRange. */
function byteRange(file: Uint8Array): readonly [number, number, number, number] {
  const text = Buffer.from(file).toString('latin1');
  const numbers = /\/ByteRange\[([\d ]+)\]/.exec(text)![1]!.trim().split(/\s+/).map(Number);
  return numbers as [number, number, number, number];
}

describe('the seal of a document', () => {
  it('is one valid signature over the whole document, by a trusted signer', () => {
    const report = pdfsig(bytes);
    expect(report).toContain('Signature Validation: Signature is Valid.');
    expect(report).toContain('Certificate Validation: Certificate is Trusted.');
    expect(report).toContain('Total document signed');
    expect(report).toContain('ETSI.CAdES.detached');
    expect(report.match(/Signature #/g)).toHaveLength(1);
  });

  it('claims the issue day, not the clock', () => {
    expect(pdfsig(bytes)).toContain('Signing Time: Nov 20 2026 15:00:00'); // midnight of the 21st in Japan
  });

  it('covers every byte but its own', () => {
    const [start, length, after, rest] = byteRange(bytes);
    expect(start).toBe(0);
    expect(bytes[length]).toBe('<'.charCodeAt(0));
    expect(bytes[after - 1]).toBe('>'.charCodeAt(0));
    expect(after + rest).toBe(bytes.length);
  });

  it.each([
    ['in the front', 0.1],
    ['in the font', 0.5],
    ['behind the signature', 0.999],
  ])('is broken by one flipped bit %s', (_place, share) => {
    const forged = Uint8Array.from(bytes);
    const at = Math.floor(bytes.length * share);
    forged[at] = forged[at]! ^ 1;
    expect(pdfsig(forged)).not.toContain('Signature is Valid');
  });

  it('a digest that does not match is named as such', () => {
    const forged = Buffer.from(bytes);
    // the year of the signing time, which is signed with everything else
    const at = forged.indexOf('/M(D:2026') + '/M(D:202'.length;
    forged[at] = '7'.charCodeAt(0);
    expect(pdfsig(forged)).toContain('Digest Mismatch');
  });

  it('is verified by openssl up to the center’s CA', () => {
    const [, length, after] = byteRange(bytes);
    const [signature, content] = [join(folder, 'seal.der'), join(folder, 'content')];
    const hex = Buffer.from(bytes.subarray(length + 1, after - 1)).toString('latin1');
    writeFileSync(signature, Buffer.from(hex, 'hex'));
    writeFileSync(content, Buffer.concat([bytes.subarray(0, length), bytes.subarray(after)]));
    const files = [
      '-inform',
      'DER',
      '-in',
      signature,
      '-content',
      content,
      '-CAfile',
      caFile,
      '-out',
      '/dev/null',
    ];
    const verify = () =>
      execFileSync('openssl', ['cms', '-verify', '-binary', '-cades', ...files], { stdio: 'pipe' });
    expect(verify).not.toThrow();
    writeFileSync(content, bytes);
    expect(verify).toThrow();
  });
});
