import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { describe, expect, it } from 'vitest';
import { codeMatrix } from './codeMatrix.ts';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });

/** The matrix as a picture: `scale` pixels a module, a quiet zone of four. */
function picture({ size, rows }: ReturnType<typeof codeMatrix>, scale: number) {
  const side = (size + 8) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < size * scale; y += 1) {
    for (let x = 0; x < size * scale; x += 1) {
      const [column, row] = [Math.floor(x / scale), Math.floor(y / scale)];
      const white = (rows[row * Math.ceil(size / 8) + (column >> 3)]! >> (7 - (column & 7))) & 1;
      if (!white)
        data.fill(
          0,
          ((y + 4 * scale) * side + x + 4 * scale) * 4,
          ((y + 4 * scale) * side + x + 4 * scale) * 4 + 3,
        );
    }
  }
  return { data, width: side, height: side, colorSpace: 'srgb' } as Parameters<typeof readBarcodes>[0];
}

describe('a code', () => {
  it.each([1, 60, 666, 997])('of %i bytes is read back byte for byte', async (length) => {
    const payload = Uint8Array.from({ length }, (_, index) => (index * 151 + 7) % 256);
    const [found] = await readBarcodes(picture(codeMatrix(payload), 2), { formats: ['QRCode'] });
    expect(found?.bytes).toEqual(payload);
  });

  it('of 666 bytes is of version 20, of 997 of version 25', () => {
    const version = (bytes: number) => (codeMatrix(new Uint8Array(bytes)).size - 17) / 4;
    expect([666, 997].map(version)).toEqual([20, 25]);
  });

  it('refuses what no symbol holds', () => {
    expect(() => codeMatrix(new Uint8Array(3_000))).toThrow();
  });
});
