/** A QR code's modules for the PDF writer. Error correction M: fifteen percent of a symbol may be lost. */
import { create } from 'qrcode';

export interface CodeMatrix {
  /** modules a side, without the quiet zone of four modules that the drawer leaves white */
  readonly size: number;
  /** one bit a module, 1 is white, each row padded to whole bytes */
  readonly rows: Uint8Array;
}

/**
 * Choosing the best of eight masks takes ten times as long; Reed-Solomon makes up for what a fixed one costs. This one
 * (row and column products, mod 2 and 3) leaves no pattern in binary data.
 */
const MASK = 5;

/** Throws Error when the payload exceeds a symbol of version 40. */
export function codeMatrix(payload: Uint8Array): CodeMatrix {
  const segments = [{ data: payload, mode: 'byte' as const }];
  const { modules } = create(segments, { errorCorrectionLevel: 'M', maskPattern: MASK });
  const { size, data } = modules;
  const rowBytes = Math.ceil(size / 8);
  const rows = new Uint8Array(rowBytes * size).fill(0xff);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (data[y * size + x]) rows[y * rowBytes + (x >> 3)]! &= ~(0x80 >> (x & 7));
    }
  }
  return { size, rows };
}
