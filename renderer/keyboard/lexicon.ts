/**
 * The words a keyboard knows, by reading. The text of dictionary/lexiconText.ts is searched as it is: halving finds the
 * line of a reading, and all readings with one beginning lie together.
 */

/**
 * s 姓, g 名, p place, u what follows a word (町, 丁目), d number word, n noun, x what goes before a word, j joining kana
 * (の, ヶ), k single kanji; and of the keyboard itself: t the municipality's own 町字, m a number in digits, h kana left as
 * they are.
 */
export type WordClass = 's' | 'g' | 'p' | 'u' | 'd' | 'n' | 'x' | 'j' | 'k' | 't' | 'm' | 'h';

export interface Word {
  readonly surface: string;
  readonly reading: string;
  readonly wordClass: WordClass;
  /** the lower, the more usual */
  readonly cost: number;
}

export interface Lexicon {
  /** words with exactly this reading, the most usual first */
  readonly exact: (reading: string) => readonly Word[];
  /** words of these classes whose reading begins so and is longer */
  readonly beginning: (reading: string, classes: readonly WordClass[]) => readonly Word[];
}

/** Costs are kept in steps, two digits of base 36. */
export const COST_STEP = 12;
export const HIGHEST_COST = COST_STEP * (36 * 36 - 1);

/** A lexicon over the text of the build; an empty text knows no word. */
export function openLexicon(text: string): Lexicon {
  return {
    exact: (reading) => {
      const at = lineFrom(text, `${reading}\t`);
      return text.startsWith(`${reading}\t`, at) ? wordsOf(text, at, text.indexOf('\n', at)) : [];
    },
    beginning: (reading, classes) => {
      const found: Word[] = [];
      let at = lineFrom(text, reading);
      while (at < text.length && text.startsWith(reading, at)) {
        const end = text.indexOf('\n', at);
        const isLonger = text.charCodeAt(at + reading.length) !== TAB;
        if (isLonger) found.push(...wordsOf(text, at, end, classes));
        at = end + 1;
      }
      return found;
    },
  };
}
const TAB = 9;

/** Start of the first line that is not before `key`. */
function lineFrom(text: string, key: string): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = text.lastIndexOf('\n', middle - 1) + 1;
    const end = text.indexOf('\n', middle) + 1;
    if (isBefore(text, start, key)) low = end;
    else high = start;
  }
  return low;
}

/** Does the line at `start` sort before `key`? By UTF-16 units, as the build sorts. */
function isBefore(text: string, start: number, key: string): boolean {
  for (let index = 0; index < key.length; index += 1) {
    const difference = text.charCodeAt(start + index) - key.charCodeAt(index);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The words of one line; of these classes only. Nothing is cut out of the text for a word that is not wanted. */
function wordsOf(text: string, start: number, end: number, classes?: readonly WordClass[]): readonly Word[] {
  const found: Word[] = [];
  let at = text.indexOf('\t', start);
  const readingEnd = at;
  while (at !== -1 && at < end) {
    const next = text.indexOf('\t', at + 1);
    const wordEnd = next === -1 || next > end ? end : next;
    const wordClass = text.charAt(at + 1) as WordClass;
    if (!classes || classes.includes(wordClass)) {
      found.push({
        surface: text.slice(at + 4, wordEnd),
        reading: text.slice(start, readingEnd),
        wordClass,
        cost: parseInt(text.slice(at + 2, at + 4), 36) * COST_STEP,
      });
    }
    at = next;
  }
  return found;
}
