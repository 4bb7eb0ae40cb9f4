/** 券面事項確認AP (card.md 2.10): what is printed on the card, as pictures. The simulator's pictures show no person. */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { CardData } from './cardFile.ts';
import { open, openedBy, secret, type Application, type ElementaryFile } from './fileSystem.ts';
import { birthDateInEra } from './matchingNumber.ts';
import { rsaPublicKeyTemplate } from './textApplication.ts';
import { tlv } from './tlv.ts';

/** A grey head and shoulders of 24 x 32 pixels as JPEG 2000. */
const PORTRAIT_JP2 = Buffer.from(
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAABDanAyaAAAABZpaGRyAAAAIAAAABgAAg8HAAAAAAAPY29scgEAAAAA' +
    'ABEAAAAWY2RlZgACAAAAAAABAAEAAQAAAAAAompwMmP/T/9RACwAAAAAABgAAAAgAAAAAAAAAAAAAAAYAAAAIAAAAAAAAAAAAAIP' +
    'AQEPAQH/UgAMAAAAAQAEBAQAAf9cABBAgIiIkIiIkIiIkIiIkP9kACUAAUNyZWF0ZWQgYnkgT3BlbkpQRUcgdmVyc2lvbiAyLjUu' +
    'MP+QAAoAAAAAACEAAf+TyIAB9c/8EAwByr+AgICAgICAgP/Z',
  'base64',
);

export function visualApplication(card: CardData): Application {
  const publicKey = tlv(0xdf12, rsaPublicKeyTemplate(card.issuerData.deviceKey));
  const signature = Buffer.from(card.issuerData.deviceKeySignature, 'base64');
  const birth = Buffer.from(birthDateInEra(card.holder.birthDate));
  const files = new Map<number, ElementaryFile>([
    [0x0001, openedBy(tlv(0xff10, tlv(0xdf11, birth), publicKey, tlv(0xdf13, signature)), 'visual-0011')],
    [0x0002, openedBy(printedItems(card, birth, signature), 'visual-0012', 'visual-0013')],
    [0x0003, open(cardInformation(card))],
    [0x0004, open(Buffer.from(card.issuerData.verifiableCertificate, 'base64'))],
    [0x0005, openedBy(individualNumberPicture(card, signature), 'visual-0013')],
    [0x0011, secret('visual-0011')],
    [0x0012, secret('visual-0012')],
    [0x0013, secret('visual-0013')],
  ]);
  return { name: 'visual', aid: Buffer.from('d3921000310001010402', 'hex'), files };
}

function printedItems(card: CardData, birth: Buffer, signature: Buffer): Buffer {
  const items = [
    tlv(0xdf22, birth),
    tlv(0xdf23, Buffer.from(card.holder.sex)),
    tlv(0xdf24, rsaPublicKeyTemplate(card.issuerData.deviceKey)),
    tlv(0xdf25, pictureOf(card.holder.name)),
    tlv(0xdf26, pictureOf(card.holder.address)),
    tlv(0xdf27, PORTRAIT_JP2),
    tlv(0xdf28, signature),
    tlv(0xdf29, Buffer.from(card.expiry.replaceAll('-', ''))),
    tlv(0xdf2a, pictureOf(card.securityCode)),
  ];
  const tableLength = 3 + items.length * 2;
  // FF20 and a length of three octets (82 hh ll): the pictures make the file longer than 255 bytes
  let offset = 5 + tableLength;
  const table = Buffer.alloc(items.length * 2);
  items.forEach((item, index) => {
    table.writeUInt16BE(offset, index * 2);
    offset += item.length;
  });
  return tlv(0xff20, tlv(0xdf21, table), ...items);
}

function cardInformation(card: CardData): Buffer {
  const key = createHash('sha256').update(`visual ${card.cardSerial}`).digest();
  return tlv(
    0xff30,
    tlv(0xdf31, Buffer.from('04020001', 'hex')),
    tlv(0xdf32, key.subarray(0, 16)),
    tlv(0xdf33, Buffer.from('01')),
    tlv(0xdf34, Buffer.from(card.municipalityCode)),
    tlv(0xdf35, key.subarray(16), Buffer.from(card.issuerData.deviceKeySignature, 'base64')),
  );
}

function individualNumberPicture(card: CardData, signature: Buffer): Buffer {
  const publicKey = tlv(0xdf42, rsaPublicKeyTemplate(card.issuerData.deviceKey));
  return tlv(0xff40, tlv(0xdf41, pictureOf(card.individualNumber)), publicKey, tlv(0xdf43, signature));
}

/** A 1-bit PNG of 32 x 8 pixels: the text's SHA-256 as dots, so that different texts give different pictures. */
function pictureOf(text: string): Buffer {
  const dots = createHash('sha256').update(text).digest();
  const rows = Array.from({ length: 8 }, (_, row) =>
    Buffer.concat([Buffer.of(0), dots.subarray(row * 4, row * 4 + 4)]),
  );
  const header = Buffer.from('00000020000000080100000000', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
