/** Paper as a scanner sees it: a PDF page as a grey picture, turned, noisy, blurred and pressed as JPEG; and its codes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeMatrix } from './codeMatrix.ts';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer as ArrayBuffer } });

/** The bytes of every code in a picture file (PNG, JPEG). */
export async function codesInPicture(picture: Uint8Array): Promise<readonly Uint8Array[]> {
  const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 16 });
  return found.filter(({ isValid }) => isValid).map(({ bytes }) => Uint8Array.from(bytes));
}

/** The fronts (odd pages) or the backs (even pages) of a PDF, each as a grey PNG. */
export function scanned(pdf: Uint8Array, dpi: number, side: 'fronts' | 'backs'): readonly Buffer[] {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'in.pdf'), pdf);
    const pages = side === 'fronts' ? '-o' : '-e';
    run('pdftoppm', [
      pages,
      '-r',
      String(dpi),
      '-gray',
      '-png',
      join(folder, 'in.pdf'),
      join(folder, 'page'),
    ]);
    const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'));
    return pictures.sort().map((name) => readFileSync(join(folder, name)));
  });
}

/** One code on white, six pixels a module: JPEG. */
export function drawn(code: Uint8Array): Buffer {
  const { size, rows } = codeMatrix(code);
  return inFolder((folder) => {
    const [from, to] = [join(folder, 'in.pbm'), join(folder, 'out.jpg')];
    // in a PBM 1 is black
    writeFileSync(from, Buffer.concat([Buffer.from(`P4\n${size} ${size}\n`), rows.map((byte) => ~byte)]));
    run('convert', [from, '-scale', '600%', '-bordercolor', 'white', '-border', '24', to]);
    return readFileSync(to);
  });
}

export interface Wear {
  readonly degrees: number;
  /** standard deviation of ImageMagick's gaussian noise, in parts of its default */
  readonly noise: number;
  /** pixels */
  readonly blur: number;
  /** of the JPEG, 1 to 100 */
  readonly quality: number;
}

/** The picture after a day on a desk and a cheap scanner: JPEG. */
export function worn(picture: Uint8Array, { degrees, noise, blur, quality }: Wear): Buffer {
  return inFolder((folder) => {
    const [from, to] = [join(folder, 'in.png'), join(folder, 'out.jpg')];
    writeFileSync(from, picture);
    run('convert', [
      from,
      ...['-background', 'white', '-virtual-pixel', 'white', '-rotate', String(degrees)],
      ...['-seed', '7', '-attenuate', String(noise), '+noise', 'Gaussian'],
      ...['-blur', `0x${blur}`, '-colorspace', 'Gray', '-quality', String(quality)],
      to,
    ]);
    return readFileSync(to);
  });
}

function inFolder<Result>(work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'scan-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args);
  if (status !== 0) throw new Error(`${command}: ${stderr?.toString() ?? 'cannot be run'}`);
}
