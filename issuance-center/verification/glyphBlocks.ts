/**
 * Letters for the verification page: every character of a block of 16 code points, and its variation sequences, that a
 * screen's font cannot show as registered. Asked for by block, so that no request tells a name.
 */
import type { GraphemeOutlines } from '#templates/graphemeOutline.ts';
import { uiFontShows } from '#templates/uiFontCoverage.ts';
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { CertificateFont } from '../documents/font.ts';
import { outlineOf } from '../documents/outlines.ts';

const LAST_BLOCK = 0x10ffff >> 4;
/** About 60 kB a block of ideographs. */
const REMEMBERED_BLOCKS = 256;

/** The answer for a block (a code point without its last four bits), undefined beyond Unicode. */
export function glyphBlocks(font: CertificateFont): (block: number) => GraphemeOutlines | undefined {
  const sequences = sequencesByBase(font);
  const known = new Map<number, GraphemeOutlines>();
  return (block) => {
    if (block < 0 || block > LAST_BLOCK) return undefined;
    const ready = known.get(block);
    if (ready) return ready;
    if (known.size >= REMEMBERED_BLOCKS) known.clear();
    const fresh = blockOutlines(font, block, sequences);
    known.set(block, fresh);
    return fresh;
  };
}

function blockOutlines(
  font: CertificateFont,
  block: number,
  sequences: ReadonlyMap<number, readonly number[]>,
): GraphemeOutlines {
  const points = Array.from({ length: 16 }, (_, low) => block * 16 + low).filter(isCharacter);
  const graphemes = points.flatMap((point) => [
    String.fromCodePoint(point),
    ...(sequences.get(point) ?? []).map((selector) => String.fromCodePoint(point, selector)),
  ]);
  const outlines = graphemes
    .filter((grapheme) => !uiFontShows(grapheme))
    .map((grapheme) => [grapheme, outlineOf(font, grapheme)] as const);
  return Object.fromEntries(
    outlines.flatMap(([grapheme, outline]) => (outline ? [[grapheme, outline]] : [])),
  );
}

/** 外字 of one municipality: the same code points are other letters elsewhere, so they are asked for with its code. */
export function privateGlyphBlocks(
  fontOf: (municipality: MunicipalityCode) => Promise<CertificateFont>,
): (municipality: MunicipalityCode, block: number) => Promise<GraphemeOutlines | undefined> {
  return async (municipality, block) => {
    const point = block * 16;
    if (block < 0 || block > LAST_BLOCK || !/\p{Co}/u.test(String.fromCodePoint(point))) return undefined;
    return blockOutlines(await fontOf(municipality), block, new Map());
  };
}

const isCharacter = (point: number): boolean => point < 0xd800 || point > 0xdfff;

/** Selectors any of the fonts has a sequence for, by base. */
function sequencesByBase(font: CertificateFont): ReadonlyMap<number, readonly number[]> {
  const byBase = new Map<number, number[]>();
  const pairs = new Set(
    font.faces.flatMap(({ sfnt }) => sfnt.sequences().map(([base, selector]) => base * 0x200000 + selector)),
  );
  for (const pair of pairs) {
    const [base, selector] = [Math.floor(pair / 0x200000), pair % 0x200000];
    const selectors = byBase.get(base);
    if (selectors) selectors.push(selector);
    else byBase.set(base, [selector]);
  }
  return byBase;
}
