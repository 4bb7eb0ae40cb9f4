/**
 * The card file: everything one virtual card is, as one JSON. It holds private keys and PINs of a fictional person, so it
 * is written with mode 0600. Counters and changed PINs are written back into the same file.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { civilDate } from '#templates/vocabulary.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
const hex = z.string().regex(/^([0-9a-f]{2})+$/);

export const cardKinds = ['my-number', 'juki', 'android', 'iphone', 'foreign'] as const;
export const cardStates = [
  'valid',
  'expired',
  'revoked',
  'suspended',
  'blocked',
  'no-signature-certificate',
  'juki',
  'smartphone',
] as const;
export type CardState = (typeof cardStates)[number];

/** A certificate with the key on the card; issuer key id (SHA-256 of the CA's SPKI) and serial name it everywhere. */
const keyPair = z.object({
  /** PKCS#8 PEM, RSA-2048 */
  key: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  /** DER */
  certificate: base64,
  issuerKeyId: hex,
  serial: hex,
});

/** The secret references with a counter: application, then EF id (card.md 2.8). */
export const secretReferences = [
  'jpki-0018',
  'jpki-001b',
  'text-0011',
  'text-0012',
  'text-0014',
  'text-0015',
  'visual-0011',
  'visual-0012',
  'visual-0013',
  'resident-001c',
  'common-001c',
] as const;
export type SecretReference = (typeof secretReferences)[number];

export const cardFileSchema = z.object({
  version: z.literal(1),
  kind: z.enum(cardKinds),
  /** what the card was made as; a label for people, the bytes follow from the rest */
  state: z.enum(cardStates),
  atr: hex,
  /** 製造番号, 15 digits of the 共通カードAP record */
  cardSerial: z.string().regex(/^\d{15}$/),
  /** 市区町村コード without its check digit */
  municipalityCode: z.string().regex(/^\d{5}$/),
  /** last day on which the card itself is valid */
  expiry: civilDate,
  securityCode: z.string().regex(/^\d{4}$/),
  individualNumber: z.string().regex(/^\d{12}$/),
  holder: z.object({
    name: z.string().min(1),
    address: z.string().min(1),
    birthDate: civilDate,
    /** JIS X 0303: 1 男, 2 女, 9 適用不能 */
    sex: z.enum(['1', '2', '9']),
  }),
  authentication: keyPair,
  /** null: no 署名用電子証明書 on this card */
  signature: keyPair.nullable(),
  authenticationCa: base64,
  signatureCa: base64,
  /** what the card issuer signed for 券面事項入力補助AP and 券面事項確認AP */
  issuerData: z.object({
    /** PKCS#8 PEM of the key for internal authentication */
    deviceKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
    /** 0003 of the 券面事項入力補助AP */
    textSignature: base64,
    /** 0004, a card-verifiable certificate */
    verifiableCertificate: base64,
    /** signature over the device's public key */
    deviceKeySignature: base64,
  }),
  pins: z.object({
    authentication: z.string().regex(/^\d{4}$/),
    signature: z.string().regex(/^[A-Z0-9]{6,16}$/),
    text: z.string().regex(/^\d{4}$/),
    resident: z.string().regex(/^\d{4}$/),
    common: z.string().regex(/^\d{4}$/),
  }),
  /** tries left; absent means all */
  counters: z.partialRecord(z.enum(secretReferences), z.number().int().min(0).max(10)),
  /** number of FF bytes after each certificate in its file */
  certificateFiller: z.number().int().min(0).max(1024),
});
export type CardData = z.infer<typeof cardFileSchema>;
export type CardKeyPair = z.infer<typeof keyPair>;

/** Reads and validates a card file. Throws Error with a sentence for people. */
export function readCardFile(path: string): CardData {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(
      `cannot read the card file ${path}: ${error instanceof Error ? error.name : 'unknown error'}`,
    );
  }
  const parsed = cardFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new Error(`${path} is not a card file (wrong: ${fields})`);
}

/** Replaces the card file at once: a reader sees the old one or the new one, also after a power cut. */
export function writeCardFile(path: string, card: CardData): void {
  const temporary = `${path}.${process.pid}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(card, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}
