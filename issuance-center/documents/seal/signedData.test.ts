import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, oidOf, sequenceOf } from '../../identity/der.ts';
import { centerKeys } from '../../kiosks/centerKeys.ts';
import type { DocumentSealer } from './documentSealer.ts';
import { cmsSigner } from './signedData.ts';

const NOW = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'signed-data-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let sealer: DocumentSealer;
let caFile: string;
beforeAll(async () => {
  const keys = await centerKeys(join(folder, 'data'), NOW);
  sealer = keys.documentSealer;
  caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, keys.caCertificate);
});

const CONTENT = Buffer.from('架空の証明書');
const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function openssl(signature: Uint8Array, content: Uint8Array): string {
  const [signed, text] = [join(folder, 'signature.der'), join(folder, 'content')];
  writeFileSync(signed, signature);
  writeFileSync(text, content);
  const files = ['-inform', 'DER', '-in', signed, '-content', text, '-CAfile', caFile, '-out', '/dev/null'];
  return execFileSync('openssl', ['cms', '-verify', '-binary', '-cades', ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('a CMS signature', () => {
  it('is verified by openssl as CAdES up to the CA, for this content only', () => {
    const signature = cmsSigner(sealer).sign(digestOf(CONTENT));
    expect(() => openssl(signature, CONTENT)).not.toThrow();
    expect(() => openssl(signature, Buffer.concat([CONTENT, Buffer.of(0)]))).toThrow(/digest|verif/i);
  });

  it('has the length it says and the same bytes each time', () => {
    const [one, other] = [cmsSigner(sealer), cmsSigner(sealer)];
    const signature = one.sign(digestOf(CONTENT));
    expect(signature).toHaveLength(one.length);
    expect(other.sign(digestOf(CONTENT)).equals(signature)).toBe(true);
    expect(one.sign(digestOf(Buffer.of(1))).equals(signature)).toBe(false);
  });

  it('signs content type, digest and signing-certificate-v2, and no time', () => {
    const [, wrapped] = sequenceOf(decode(cmsSigner(sealer).sign(digestOf(CONTENT))));
    const [signedData] = wrapped!.children;
    const [signerInfo] = sequenceOf(signedData).at(-1)!.children;
    const attributes = sequenceOf(signerInfo)[3]!.children.map((attribute) => oidOf(attribute.children[0]));
    expect(attributes.toSorted()).toEqual([
      '1.2.840.113549.1.9.16.2.47',
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
    ]);
  });

  it('is not made with a key of another certificate or another kind', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(() => cmsSigner({ ...sealer, key: privateKey })).toThrow(RangeError);
    const curve = generateKeyPairSync('ed25519').privateKey;
    expect(() => cmsSigner({ ...sealer, key: curve })).toThrow(RangeError);
  });
});
