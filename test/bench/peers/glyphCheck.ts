/**
 * Does a peer draw 邉+U+E0110 as IPAmj明朝 draws it, and can it be read back? One peer known to us extracts the sequence
 * and draws the base glyph (rendering.md 3.10), so pixels are compared too.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Peer, PeerPage } from './peer.ts';

const BASE = '邉';
const SEQUENCE = '邉\u{E0110}';
const SIZE_PT = 72;

export interface GlyphCheck {
  readonly rightGlyph: boolean;
  readonly extracts: boolean;
}

/**
 * One large character; ordinary ones in tiny print below it, as many as a page has: one peer's embedder draws nothing at
 * all when its subset is small.
 */
const pageOf = (text: string): PeerPage => ({
  widthPt: 144,
  heightPt: 144,
  texts: [
    { x: 36, baseline: 100, sizePt: SIZE_PT, text },
    ...ORDINARY.map((line, index) => ({ x: 10, baseline: 120 + index * 3, sizePt: 2, text: line })),
  ],
  rules: [],
});

/** 200 ideographs in five lines. */
const ORDINARY = Array.from({ length: 5 }, (_, line) =>
  Array.from({ length: 40 }, (_, place) => String.fromCodePoint(0x4e00 + line * 400 + place * 7)).join(''),
);

/** `reference` draws sequences right; the peer must be nearer to its variant than to its base. */
export async function checkGlyph(peer: Peer, reference: Peer): Promise<GlyphCheck> {
  const drawn = await peer.draw(pageOf(SEQUENCE));
  const variant = ink(await reference.draw(pageOf(SEQUENCE)));
  const base = ink(await reference.draw(pageOf(BASE)));
  const own = ink(drawn);
  return {
    rightGlyph: difference(own, variant) * 2 < difference(own, base),
    extracts: withFile(drawn, (file) => poppler('pdftotext', [file, '-']).toString('utf8')).includes(
      SEQUENCE,
    ),
  };
}

function difference(left: readonly boolean[], right: readonly boolean[]): number {
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  return left.filter((black, index) => black !== right[index]).length;
}

/** Black pixels of the first page at 150 dpi, row by row. */
function ink(pdf: Uint8Array): readonly boolean[] {
  const pgm = withFile(pdf, (file) => poppler('pdftoppm', ['-r', '150', '-gray', '-singlefile', file]));
  // P5, width, height, maximum, one byte a pixel (pgm(5))
  const header = /^P5\s+\d+\s+\d+\s+\d+\s/.exec(pgm.toString('latin1', 0, 64))![0].length;
  return [...pgm.subarray(header)].map((grey) => grey < 128);
}

const poppler = (command: string, args: readonly string[]): Buffer =>
  execFileSync(command, args, { maxBuffer: 64 * 1024 * 1024 });

function withFile<Result>(pdf: Uint8Array, act: (file: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'peer-'));
  try {
    const file = join(folder, 'page.pdf');
    writeFileSync(file, pdf);
    return act(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
