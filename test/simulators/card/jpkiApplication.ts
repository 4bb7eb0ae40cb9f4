/** 公的個人認証AP (card.md 2.2, 2.3). */
import { createPrivateKey } from 'node:crypto';
import type { CardData } from './cardFile.ts';
import { open, openedBy, secret, type Application, type ElementaryFile } from './fileSystem.ts';

/** Token labels, by which software tells a phone from a card. A foreign card has no such application. */
const LABELS = {
  'my-number': 'JPKIAPICCTOKEN2',
  juki: 'JPKIAPICCTOKEN',
  android: 'JPKIAPGPSETOKEN',
  iphone: 'JPKIAPIOSTOKEN',
  foreign: '',
} as const;

export function jpkiApplication(card: CardData): Application {
  const certificate = (base64: string): Buffer =>
    Buffer.concat([Buffer.from(base64, 'base64'), Buffer.alloc(card.certificateFiller, 0xff)]);
  const files = new Map<number, ElementaryFile>([
    [0x0002, open(certificate(card.signatureCa))],
    [0x0006, open(tokenInformation(card))],
    // signature certificate present, authentication certificate present, unknown
    [0x0008, open(Buffer.of(card.signature ? 0x8f : 0, 0x8f, 0))],
    [0x000a, open(certificate(card.authentication.certificate))],
    [0x000b, open(certificate(card.authenticationCa))],
    [0x0017, { kind: 'signing-key', key: createPrivateKey(card.authentication.key), access: ['jpki-0018'] }],
    [0x0018, secret('jpki-0018')],
    // stays selectable without 署名用 (card.md 7, row 8)
    [0x001b, secret('jpki-001b')],
  ]);
  if (card.signature) {
    files.set(0x0001, openedBy(certificate(card.signature.certificate), 'jpki-001b'));
    const key = createPrivateKey(card.signature.key);
    files.set(0x001a, { kind: 'signing-key', key, access: ['jpki-001b'] });
  }
  return { name: 'JPKI', aid: Buffer.from('d392f000260100000001', 'hex'), files };
}

/** EF 0006: a serialised PKCS#11 CK_TOKEN_INFO of 160 bytes, ULONGs as four bytes big-endian. */
function tokenInformation(card: CardData): Buffer {
  return Buffer.concat([
    Buffer.from(LABELS[card.kind].padEnd(32)),
    Buffer.from('1'.padStart(32, '0')),
    Buffer.from('E16R01NJ'.padEnd(16)),
    Buffer.from('1'.padStart(16, '0')),
    // RNG, login required, user PIN initialised, token initialised; sessions 1, 0, 1, 0; PIN length 16 to 6
    ulongs(0x40d, 1, 0, 1, 0, 16, 6, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff),
    Buffer.from('0301'),
    Buffer.from('9'.repeat(16)),
  ]);
}

function ulongs(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}
