/** A seal of 100 × 100 pixels, 1 bit, as PNG: correct in form, too coarse to print. */
import { crc32, deflateSync } from 'node:zlib';

const SIDE = 100;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function header(): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(SIDE, 0);
  data.writeUInt32BE(SIDE, 4);
  // depth 1, greyscale, no interlace (RFC 2083)
  data[8] = 1;
  return data;
}

const rows = Buffer.alloc((1 + Math.ceil(SIDE / 8)) * SIDE);
export const PNG_1BIT_COARSE = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', header()),
  chunk('IDAT', deflateSync(rows)),
  chunk('IEND', Buffer.alloc(0)),
]);
