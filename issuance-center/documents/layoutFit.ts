/**
 * The fit rule of forms.md 11.4: normal size, then smaller down to 60 %, then two lines, then refusal. Text is never
 * truncated and never broken inside a grapheme.
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

function fitTwoLines(text: string, room: Room, normalPt: number, measure: Measure): Fit {
  const smallestPt = normalPt * SMALLEST_SHARE;
  const largestPt = downToStep(Math.min(normalPt, room.heightPt / (1 + LEADING)));
  for (let sizePt = largestPt; sizePt >= smallestPt - 1e-9; sizePt = downToStep(sizePt - SIZE_STEP_PT)) {
    const lines = breakInTwo(text, room.widthPt / sizePt, measure);
    if (lines) return { kind: 'fits', sizePt, lines };
  }
  return { kind: 'does-not-fit' };
}

/**
 * The text in two lines of at most `widthEm`: broken at the last space that keeps both short enough (Latin names), else
 * after the last grapheme that fits. A space at the break is not lost from the text: it ends the first line.
 */
function breakInTwo(text: string, widthEm: number, measure: Measure): readonly [string, string] | undefined {
  const parts = graphemes(text);
  const first = countThatFit(parts, widthEm, measure);
  const split = (count: number): readonly [string, string] => [
    parts.slice(0, count).join(''),
    parts.slice(count).join(''),
  ];
  for (let count = first; count > 0; count -= 1) {
    if (!/^[ \u3000]$/.test(parts[count - 1]!)) continue;
    const lines = split(count);
    if (measure(lines[1]) <= widthEm) return lines;
    break;
  }
  const lines = split(first);
  return first > 0 && measure(lines[1]) <= widthEm ? lines : undefined;
}

function countThatFit(parts: readonly string[], widthEm: number, measure: Measure): number {
  let used = 0;
  for (let count = 0; count < parts.length; count += 1) {
    used += measure(parts[count]!);
    // a space at the end of a line needs no room
    if (used > widthEm && !/^[ \u3000]$/.test(parts[count]!)) return count;
  }
  return parts.length;
}

const downToStep = (sizePt: number): number => Math.floor(sizePt / SIZE_STEP_PT + 1e-9) * SIZE_STEP_PT;
