/**
 * The fit rule of forms.md 11.4: normal size, then smaller down to 60 %, then two lines, then refusal; and the lines of
 * a cell that may have many. Text is never truncated and never broken inside a grapheme.
 */
import { graphemes } from './graphemes.ts';

/** Width of a text in em. */
export type Measure = (text: string) => number;

export interface Room {
  readonly widthPt: number;
  readonly heightPt: number;
}

export type Fit =
  | { readonly kind: 'fits'; readonly sizePt: number; readonly lines: readonly string[] }
  | { readonly kind: 'does-not-fit' };

/** Below this the strokes of 鬱 close up in print. */
const SMALLEST_SHARE = 0.6;
/** Distance of two baselines, in em. */
export const LEADING = 1.12;
const SIZE_STEP_PT = 0.1;

/** Fits one text into a room, starting from its normal size (points). */
export function fitText(text: string, room: Room, normalPt: number, measure: Measure): Fit {
  const widthEm = measure(text);
  if (widthEm * normalPt <= room.widthPt) return { kind: 'fits', sizePt: normalPt, lines: [text] };
  const smallestPt = normalPt * SMALLEST_SHARE;
  const shrunk = downToStep(room.widthPt / widthEm);
  if (shrunk >= smallestPt) return { kind: 'fits', sizePt: shrunk, lines: [text] };
  return fitTwoLines(text, room, normalPt, measure);
}

/**
 * Fits one text into at most `maxLines` lines of one width: as many as it needs at its normal size, smaller only when
 * that is not enough. The room grows with the lines, so no height is asked.
 */
export function fitLines(
  text: string,
  widthPt: number,
  maxLines: number,
  normalPt: number,
  measure: Measure,
): Fit {
  if (measure(text) * normalPt <= widthPt) return { kind: 'fits', sizePt: normalPt, lines: [text] };
  const parts = graphemes(text);
  for (const sizePt of sizesFrom(normalPt, normalPt)) {
    const lines = wrap(parts, widthPt / sizePt, maxLines, measure);
    if (lines) return { kind: 'fits', sizePt, lines };
  }
  return { kind: 'does-not-fit' };
}

/** Sizes from `largestPt` down to the smallest share of `normalPt`. */
function* sizesFrom(largestPt: number, normalPt: number): Generator<number> {
  const smallestPt = normalPt * SMALLEST_SHARE - 1e-9;
  for (let sizePt = largestPt; sizePt >= smallestPt; sizePt = downToStep(sizePt - SIZE_STEP_PT)) yield sizePt;
}

type Break = (parts: readonly string[], fit: number) => number;

/** Two lines: broken between words at any size allowed, and only when no size does that, elsewhere. */
function fitTwoLines(text: string, room: Room, normalPt: number, measure: Measure): Fit {
  const parts = graphemes(text);
  const largestPt = downToStep(Math.min(normalPt, room.heightPt / (1 + LEADING)));
  for (const breakAt of [afterLastSpace, kinsoku, anywhere]) {
    for (const sizePt of sizesFrom(largestPt, normalPt)) {
      const lines = breakInTwo(parts, room.widthPt / sizePt, measure, breakAt);
      if (lines) return { kind: 'fits', sizePt, lines };
    }
  }
  return { kind: 'does-not-fit' };
}

const isSpace = (grapheme: string | undefined): boolean => grapheme === ' ' || grapheme === '\u3000';
const anywhere: Break = (_parts, fit) => fit;
const afterLastSpace: Break = (parts, fit) => parts.slice(0, fit).findLastIndex(isSpace) + 1;

/** Two lines of at most `widthEm`; a space at the break is not lost from the text: it ends the first line. */
function breakInTwo(
  parts: readonly string[],
  widthEm: number,
  measure: Measure,
  breakAt: Break,
): readonly string[] | undefined {
  const count = breakAt(parts, countThatFit(parts, widthEm, measure));
  const rest = parts.slice(count).join('');
  return count > 0 && measure(rest) <= widthEm ? [parts.slice(0, count).join(''), rest] : undefined;
}

/** Lines of at most `widthEm`; undefined when more than `maxLines` are needed or one grapheme is too wide. */
function wrap(
  parts: readonly string[],
  widthEm: number,
  maxLines: number,
  measure: Measure,
): readonly string[] | undefined {
  const lines: string[] = [];
  for (let rest = parts; rest.length > 0;) {
    const count = lineEnd(rest, countThatFit(rest, widthEm, measure));
    if (count === 0 || lines.length === maxLines) return undefined;
    lines.push(rest.slice(0, count).join(''));
    rest = rest.slice(count);
  }
  return lines;
}

const NEVER_FIRST = new Set('、。，．・：；！？）」』】〕〉》］｝,.)]}々ー');
const NEVER_LAST = new Set('（「『【〔〈《［｛([{');
const LATIN = /^[\p{Script=Latin}\d'’-]/u;

/**
 * Where a line that has room for `fit` graphemes ends: not before what never begins a line, not after what never ends
 * one, not inside a Latin word. When nothing else is possible it ends where the room does.
 */
function kinsoku(parts: readonly string[], fit: number): number {
  if (fit >= parts.length) return fit;
  for (let count = fit; count > 0; count -= 1) {
    const [before, after] = [parts[count - 1]!, parts[count]!];
    if (NEVER_FIRST.has(after) || NEVER_LAST.has(before)) continue;
    if (LATIN.test(before) && LATIN.test(after)) continue;
    return count;
  }
  return fit;
}

/** A space in the second half of a line that ends is its natural end (a house's name after its address). */
function lineEnd(parts: readonly string[], fit: number): number {
  if (fit >= parts.length) return fit;
  const space = afterLastSpace(parts, fit);
  return space > fit / 2 ? space : kinsoku(parts, fit);
}

function countThatFit(parts: readonly string[], widthEm: number, measure: Measure): number {
  let used = 0;
  for (let count = 0; count < parts.length; count += 1) {
    used += measure(parts[count]!);
    // a space at the end of a line needs no room
    if (used > widthEm && !isSpace(parts[count])) return count;
  }
  return parts.length;
}

const downToStep = (sizePt: number): number => Math.floor(sizePt / SIZE_STEP_PT + 1e-9) * SIZE_STEP_PT;
