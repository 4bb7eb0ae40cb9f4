/** 券面事項入力補助AP (card.md 2.9): the printed items as text, with their offset table and signatures. */
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { CardData } from './cardFile.ts';
import { open, openedBy, secret, type Application, type ElementaryFile } from './fileSystem.ts';
import { tlv } from './tlv.ts';

const KEY_ID = Buffer.from('4a504b494d4f434b0000000000000001', 'hex');

export function textApplication(card: CardData): Application {
  const basicItems = basicFourItems(card.holder);
  const deviceKey = createPrivateKey(card.issuerData.deviceKey);
  const publicKey = rsaPublicKeyTemplate(card.issuerData.deviceKey);
  const files = new Map<number, ElementaryFile>([
    [0x0001, openedBy(individualNumberFile(card.individualNumber), 'text-0011', 'text-0014')],
    [0x0002, openedBy(basicItems, 'text-0011', 'text-0015')],
    [0x0003, openedBy(signatureFile(card), 'text-0011', 'text-0014', 'text-0015')],
    [0x0004, open(Buffer.from(card.issuerData.verifiableCertificate, 'base64'))],
    [0x0005, open(applicationInformation(card))],
    [0x0006, openedBy(tlv(0xa1, publicKey), 'text-0011', 'text-0014', 'text-0015')],
    [0x0007, openedBy(deviceKeyFile(card), 'text-0011', 'text-0014', 'text-0015')],
    [0x0008, open(Buffer.alloc(16, 0xff))],
    [0x0011, secret('text-0011')],
    [0x0012, secret('text-0012')],
    [0x0013, { kind: 'signing-key', key: deviceKey, access: 'free' }],
    [0x0014, secret('text-0014')],
    [0x0015, secret('text-0015')],
  ]);
  return { name: 'text', aid: Buffer.from('d3921000310001010408', 'hex'), files };
}

/** EF 0001 as it lies on the card: 17 bytes with two bytes of filler. */
export function individualNumberFile(individualNumber: string): Buffer {
  return Buffer.concat([tlv(0xff10, Buffer.from(individualNumber)), Buffer.of(0xff, 0xff)]);
}

/** EF 0002: FF20 { DF21 offsets from the start of the file to each tag, DF22 name, DF23 address, DF24 birth, DF25 sex }. */
export function basicFourItems(holder: CardData['holder']): Buffer {
  const items = [
    tlv(0xdf22, Buffer.from(holder.name)),
    tlv(0xdf23, Buffer.from(holder.address)),
    tlv(0xdf24, Buffer.from(holder.birthDate.replaceAll('-', ''))),
    tlv(0xdf25, Buffer.from(holder.sex)),
  ];
  const content = (first: number): Buffer => Buffer.concat([tlv(0xdf21, offsets(items, first)), ...items]);
  const headerLength = tlv(0xff20, content(0)).length - content(0).length;
  return tlv(0xff20, content(headerLength + tlv(0xdf21, Buffer.alloc(8)).length));
}

/** The bytes whose SHA-256 are DF31 and DF32 and whose DF33 the card issuer signs. */
export function signedTextDigests(card: Pick<CardData, 'individualNumber' | 'holder'>): Buffer {
  const items = basicFourItems(card.holder);
  const fromName = items.subarray(items.indexOf(Buffer.of(0xdf, 0x22)));
  return Buffer.concat([
    tlv(0xdf31, sha256(individualNumberFile(card.individualNumber))),
    tlv(0xdf32, sha256(fromName)),
  ]);
}

/** `90` modulus-independent part first: the exponent, then `91` the modulus, as in the card-verifiable certificate. */
export function rsaPublicKeyTemplate(pem: string): Buffer {
  const { n } = createPublicKey(pem).export({ format: 'jwk' });
  if (!n) throw new Error('not an RSA key');
  return Buffer.concat([tlv(0x90, Buffer.of(1, 0, 1)), tlv(0x91, Buffer.from(n, 'base64url'))]);
}

function signatureFile(card: CardData): Buffer {
  const signature = Buffer.from(card.issuerData.textSignature, 'base64');
  return tlv(0xff30, signedTextDigests(card), tlv(0xdf33, signature));
}

/** EF 0005; its outer length and that of DF43 are written with two octets more than needed, as on real cards. */
function applicationInformation(card: CardData): Buffer {
  const digest = createHash('sha512').update(card.cardSerial).digest();
  const content = Buffer.concat([
    tlv(0xdf41, Buffer.from('04080001', 'hex')),
    tlv(0xdf42, KEY_ID),
    Buffer.from('df43820080', 'hex'),
    digest,
    digest,
  ]);
  return Buffer.concat([Buffer.from('ff4082009f', 'hex'), content]);
}

function deviceKeyFile(card: CardData): Buffer {
  const signature = Buffer.from(card.issuerData.deviceKeySignature, 'base64');
  return tlv(0xff50, tlv(0xdf51, rsaPublicKeyTemplate(card.issuerData.deviceKey)), tlv(0xdf52, signature));
}

function offsets(items: readonly Buffer[], first: number): Buffer {
  const table = Buffer.alloc(items.length * 2);
  let offset = first;
  items.forEach((item, index) => {
    table.writeUInt16BE(offset, index * 2);
    offset += item.length;
  });
  return table;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
