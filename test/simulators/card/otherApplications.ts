/** 共通カードAP, 住基AP (card.md 2.11) and the power-on default DF. */
import { createPrivateKey } from 'node:crypto';
import type { CardData } from './cardFile.ts';
import { open, secret, type Application, type ElementaryFile } from './fileSystem.ts';
import { tlv } from './tlv.ts';

/** 16-byte key references; their meaning is not public, the bytes are ours. */
const KEY_REFERENCE = Buffer.from('4a504b494d4f434b0000000000000002', 'hex');

/** Record 1 of EF 0001: serial (15), 市区町村コード (5), expiry YYYYMMDD (8), readable by everyone. */
export function commonApplication(card: CardData): Application {
  const digits = `${card.cardSerial}${card.municipalityCode}${card.expiry.replaceAll('-', '')}`;
  const files = new Map<number, ElementaryFile>([
    [0x0001, { kind: 'record', records: [tlv(0x01, Buffer.from(digits))], access: 'free' }],
    [0x0002, open(KEY_REFERENCE)],
    [0x0019, { kind: 'authentication-key', key: createPrivateKey(card.issuerData.deviceKey) }],
    [0x001c, secret('common-001c')],
  ]);
  return { name: 'common', aid: Buffer.from('d3921000310001010100', 'hex'), files };
}

export function residentApplication(): Application {
  const files = new Map<number, ElementaryFile>([
    [0x0002, { kind: 'record', records: [KEY_REFERENCE], access: 'free' }],
    [0x001c, secret('resident-001c')],
  ]);
  return { name: 'resident', aid: Buffer.from('d3921000310001010401', 'hex'), files };
}

/** GlobalPlatform issuer security domain: can be selected, holds nothing for us. */
export function issuerSecurityDomain(): Application {
  return { name: 'issuer', aid: Buffer.from('a0000001510000', 'hex'), files: new Map() };
}
