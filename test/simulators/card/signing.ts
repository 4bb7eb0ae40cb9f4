/** What the card computes with its RSA key: 80 2A with P1 = 00..05 (card.md 2.6), PKCS#1 (RFC 8017). */
import { constants, createHash, privateDecrypt, randomBytes, type KeyObject } from 'node:crypto';
import { demand, SW } from './statusWord.ts';

const MODULUS_BYTES = 256;
const HASH_BYTES = 32;
/** 00 01, at least eight FF, 00 (RFC 8017 9.2) */
const PADDING_BYTES = 11;
/** Not established for the real card; the length of the hash is what RFC 8017 9.1 calls typical. */
const SALT_BYTES = 32;
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/**
 * The 256-byte answer of 80 2A. P1: 00 data padded as it is, 01 SHA-256 bare, 02 hash given, 03 SHA-256 with RSA,
 * 04 hash given with PSS, 05 SHA-256 with PSS. Throws CardRefusal 6A86 (P1) or 6985 (length).
 */
export function computeSignature(p1: number, data: Buffer, key: KeyObject): Buffer {
  switch (p1) {
    case 0:
      demand(data.length >= 1 && data.length <= MODULUS_BYTES - PADDING_BYTES, SW.conditionsOfUse);
      return rawPrivate(type1Padding(data), key);
    case 1:
      return rawPrivate(type1Padding(sha256(message(data))), key);
    case 2:
      return rawPrivate(type1Padding(Buffer.concat([SHA256_DIGEST_INFO, givenHash(data)])), key);
    case 3:
      return rawPrivate(type1Padding(Buffer.concat([SHA256_DIGEST_INFO, sha256(message(data))])), key);
    case 4:
      return rawPrivate(pssEncoding(givenHash(data)), key);
    case 5:
      return rawPrivate(pssEncoding(sha256(message(data))), key);
    default:
      demand(false, SW.wrongParameters);
      throw new Error('unreachable');
  }
}

function message(data: Buffer): Buffer {
  demand(data.length >= 1 && data.length <= 255, SW.conditionsOfUse);
  return data;
}

function givenHash(data: Buffer): Buffer {
  demand(data.length === HASH_BYTES, SW.conditionsOfUse);
  return data;
}

function sha256(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

function type1Padding(data: Buffer): Buffer {
  const filler = Buffer.alloc(MODULUS_BYTES - 3 - data.length, 0xff);
  return Buffer.concat([Buffer.of(0, 1), filler, Buffer.of(0), data]);
}

/** EMSA-PSS-ENCODE of RFC 8017 9.1.1 for a 2048-bit modulus; written out because Node signs no ready-made hash with PSS. */
function pssEncoding(hash: Buffer): Buffer {
  const salt = randomBytes(SALT_BYTES);
  const h = sha256(Buffer.concat([Buffer.alloc(8), hash, salt]));
  const filler = Buffer.alloc(MODULUS_BYTES - SALT_BYTES - HASH_BYTES - 2);
  const block = Buffer.concat([filler, Buffer.of(1), salt]);
  const mask = mgf1(h, block.length);
  const masked = Buffer.from(block.map((byte, index) => byte ^ (mask[index] ?? 0)));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return Buffer.concat([masked, h, Buffer.of(0xbc)]);
}

function mgf1(seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0; blocks.length * HASH_BYTES < length; counter++) {
    const octets = Buffer.alloc(4);
    octets.writeUInt32BE(counter);
    blocks.push(sha256(Buffer.concat([seed, octets])));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function rawPrivate(block: Buffer, key: KeyObject): Buffer {
  return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block);
}
