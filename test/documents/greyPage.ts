/** Pages as grey pixels, drawn by poppler: for comparing pictures. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface GreyPage {
  /** pixels */
  readonly width: number;
  readonly height: number;
  /** row by row, 0 black .. 255 white */
  readonly grey: Uint8Array;
}

/** Every page of the document at this resolution. */
export function greyPages(pdf: Uint8Array, dpi: number): readonly GreyPage[] {
  const folder = mkdtempSync(join(tmpdir(), 'grey-page-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    execFileSync('pdftoppm', ['-r', String(dpi), '-gray', file, join(folder, 'page')]);
    const pages = readdirSync(folder).filter((name) => name.endsWith('.pgm'));
    return pages.sort().map((name) => readPgm(readFileSync(join(folder, name))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** pgm(5), binary, one byte a pixel. Throws RangeError for anything else. */
export function readPgm(bytes: Buffer): GreyPage {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64));
  if (!header) throw new RangeError('not a PGM with one byte a pixel');
  const [whole, width, height] = header;
  return { width: Number(width), height: Number(height), grey: new Uint8Array(bytes.subarray(whole.length)) };
}

export function readPng(file: string): GreyPage {
  return readPgm(execFileSync('convert', [file, '-depth', '8', 'pgm:-'], { maxBuffer: 64 * 1024 * 1024 }));
}

export function writePng({ width, height, grey }: GreyPage, file: string): void {
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
  execFileSync('convert', ['pgm:-', '-define', 'png:compression-level=9', '-strip', file], {
    input: Buffer.concat([header, grey]),
  });
}

/** Share of pixels that differ clearly; 1 when the sizes differ. */
export function difference(left: GreyPage, right: GreyPage): number {
  if (left.width !== right.width || left.height !== right.height) return 1;
  let differing = 0;
  left.grey.forEach((value, index) => {
    if (Math.abs(value - right.grey[index]!) > CLEARLY) differing += 1;
  });
  return differing / left.grey.length;
}

/** A quarter of the way from black to white: more than any other rounding of a line's edge makes. */
const CLEARLY = 64;
