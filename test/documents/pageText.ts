/**
 * The words of a PDF as another program reads them: poppler's pdftotext, each with its place. The checker compares this with
 * the dataset, so that it would notice a fault that the layout engine and its own tests share.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Word {
  readonly text: string;
  readonly xMin: number;
  readonly yMin: number;
  readonly xMax: number;
  readonly yMax: number;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly widthPt: number;
  readonly heightPt: number;
}

/** Words by page, in the order of the content stream; points from the upper left corner. */
export function wordsOf(pdf: Uint8Array): readonly (readonly Word[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'page-text-'));
  try {
    const file = join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    const html = execFileSync('pdftotext', ['-bbox', file, '-'], { maxBuffer: 64 * 1024 * 1024 }).toString(
      'utf8',
    );
    return html
      .split('<page ')
      .slice(1)
      .map((page) => [...page.matchAll(WORD)].map(toWord));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const WORD = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<\/word>/g;

function toWord([, xMin, yMin, xMax, yMax, text]: RegExpMatchArray): Word {
  return {
    xMin: Number(xMin),
    yMin: Number(yMin),
    xMax: Number(xMax),
    yMax: Number(yMax),
    text: plain(text!),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);

/** What stands in a box, line by line, without white space: spaces have no glyph, so no program can tell how many there were. */
export function textIn(words: readonly Word[], box: Box): string {
  const inside = words.filter((word) => {
    const [x, y] = [(word.xMin + word.xMax) / 2, (word.yMin + word.yMax) / 2];
    return x >= box.x && x <= box.x + box.widthPt && y >= box.y && y <= box.y + box.heightPt;
  });
  const lines = [...inside].sort((left, right) => {
    const sameLine = Math.abs(left.yMin + left.yMax - right.yMin - right.yMax) < left.yMax - left.yMin;
    return sameLine ? left.xMin - right.xMin : left.yMin - right.yMin;
  });
  return withoutSpace(lines.map(({ text }) => text).join(''));
}

export const withoutSpace = (text: string): string => text.replaceAll(/[\s\u3000]/g, '');
