/** Pages of letters in a grid, written by the PDF writer certificates are written with. */
import { civilDate } from '#templates/vocabulary.ts';
import type { CertificateFont } from './font.ts';
import type { LaidOutPage, TextRun } from './laidOut.ts';
import { writePdf } from './pdf.ts';

/** A cell is 18 pixels at 72 dpi, 36 at 144: every letter falls on the same place of its pixels. */
export const CELL_PT = 18;
export const COLUMNS = 30;
export const ROWS = 44;
export const PER_PAGE = COLUMNS * ROWS;
const PAPER = { widthPt: COLUMNS * CELL_PT, heightPt: ROWS * CELL_PT };
const SIZE_PT = 12;

/** One document; each text in the middle of a cell of its own, row by row. */
export function letterGrid(font: CertificateFont, texts: readonly string[]): Buffer {
  const count = Math.ceil(texts.length / PER_PAGE);
  const pages = Array.from({ length: count }, (_, page) =>
    gridPage(texts.slice(page * PER_PAGE, (page + 1) * PER_PAGE)),
  );
  const { bytes } = writePdf(font, {
    sheet: { layout: { paper: PAPER }, fixedTexts: [] },
    pages,
    title: '見本',
    issueNumberLabel: '発行番号',
    issueNumber: '0000-0000-0000-0000',
    issueDate: civilDate.parse('2026-11-21'),
    finish: { kind: 'plain' },
  });
  return bytes;
}

function gridPage(texts: readonly string[]): LaidOutPage {
  const runs = texts.map((text, index): TextRun => ({
    x: (index % COLUMNS) * CELL_PT + 3,
    baseline: Math.floor(index / COLUMNS) * CELL_PT + 13,
    sizePt: SIZE_PT,
    text,
  }));
  return { blocks: [], texts: runs, rules: [], images: [], reading: [], markCount: 0 };
}

/** A grey picture as `pdftoppm -gray` writes it (PGM, P5). */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** The pictures of a file of several, one after the other. */
export function readPictures(file: Buffer): Picture[] {
  const pictures: Picture[] = [];
  for (let at = 0; at < file.length;) {
    const header = /^P5\s(\d+)\s(\d+)\s255\s/.exec(file.toString('latin1', at, at + 40));
    if (!header) throw new Error('not a PGM picture');
    const [width, height] = [Number(header[1]), Number(header[2])];
    const start = at + header[0].length;
    pictures.push({ width, height, pixels: file.subarray(start, start + width * height) });
    at = start + width * height;
  }
  return pictures;
}

/** The pixels of one cell, row by row. */
export function cellOf(picture: Picture, index: number): Uint8Array {
  const size = picture.width / COLUMNS;
  const cell = new Uint8Array(size * size);
  const [left, top] = [(index % COLUMNS) * size, Math.floor(index / COLUMNS) * size];
  for (let row = 0; row < size; row += 1) {
    const from = (top + row) * picture.width + left;
    cell.set(picture.pixels.subarray(from, from + size), row * size);
  }
  return cell;
}
