/** Splitting text into user-perceived characters; the only unit in which text is measured, broken or counted. */

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Code units that are a grapheme of their own, with a variation selector or without: ASCII, kana, ideographs, punctuation. */
const SIMPLE: readonly (readonly [from: number, to: number])[] = [
  [0x0020, 0x007e],
  [0x3000, 0x3029],
  [0x3030, 0x3098],
  [0x309b, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0xff01, 0xff9d],
];
/** First halves of U+20000..U+323AF: ideographs of all extensions. */
const IDEOGRAPH_HALVES = [0xd840, 0xd888] as const;
const SELECTOR_FIRST_HALF = 0xdb40;

/** Code units by what they begin: 1 or 2 units that stand alone, 0 when the segmenter must say. */
const units = (() => {
  const kinds = new Uint8Array(65_536);
  for (const [from, to] of SIMPLE) kinds.fill(1, from, to + 1);
  return kinds.fill(2, IDEOGRAPH_HALVES[0], IDEOGRAPH_HALVES[1] + 1);
})();

const isSecondHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
/** second halves of U+E0100..U+E01EF */
const isSelectorHalf = (unit: number): boolean => unit >= 0xdd00 && unit <= 0xddef;

/**
 * Code units of the grapheme that starts at `at`: nearly every letter of a name is plain and needs no segmenter. 0 when
 * the text holds something else here; then it must be split as a whole.
 */
export function plainLength(text: string, at: number): number {
  const length = units[text.charCodeAt(at)]!;
  if (length === 0 || (length === 2 && !isSecondHalf(text.charCodeAt(at + 1)))) return 0;
  const next = at + length;
  const selected = text.charCodeAt(next) === SELECTOR_FIRST_HALF && isSelectorHalf(text.charCodeAt(next + 1));
  return selected ? length + 2 : length;
}

/** Every grapheme of it is plain. */
export function isPlain(text: string): boolean {
  for (let at = 0; at < text.length;) {
    const length = plainLength(text, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/** A base keeps its variation selector and its combining marks. */
export function graphemes(text: string): readonly string[] {
  if (!isPlain(text)) return Array.from(segmenter.segment(text), ({ segment }) => segment);
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    const length = plainLength(text, at);
    parts.push(text.slice(at, at + length));
    at += length;
  }
  return parts;
}
