/**
 * Texts of a register and of a card as tokens that can be compared: a letter with its usual form, a number in whatever digits, what
 * stands between numbers (丁目, 番地, ハイフン). Pure.
 */
import { usualForm } from '#templates/letterForms.ts';

export interface Token {
  /** as written */
  readonly text: string;
  /** two tokens of one form are the same, or forms of the same letter; empty: says nothing by itself */
  readonly form: string;
  /** differently written numbers and separators are the same number */
  readonly isSpelling: boolean;
  /** 代替文字 */
  readonly isReplaced: boolean;
}

const SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
const SELECTOR = /^[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]$/u;
const SPACE = /^[\s\u3000]$/u;

/** Full-width letters and digits as half-width ones; never a kanji. */
export const narrow = (text: string): string =>
  text.replace(/[！-～]/gu, (letter) => String.fromCodePoint(letter.codePointAt(0)! - 0xfee0));

const formOf = (letter: string): string =>
  usualForm(narrow(letter.replaceAll(SELECTORS, '')).normalize('NFKC'));

/** Letters of a name; `replacements`: one character per code point, 1 where the certificate writes a stand-in. */
export function nameTokens(name: string, replacements = ''): readonly Token[] {
  const tokens: Token[] = [];
  [...name].forEach((letter, index) => {
    const before = tokens.at(-1);
    if (SELECTOR.test(letter) && before) {
      tokens[tokens.length - 1] = { ...before, text: before.text + letter };
      return;
    }
    const isReplaced = replacements[index] === '1';
    const form = SPACE.test(letter) ? '' : formOf(letter);
    tokens.push({ text: letter, form, isSpelling: false, isReplaced });
  });
  return tokens;
}

const KANJI_NUMBER = '[一二三四五六七八九十百〇]+';
const BEFORE_UNIT = '(?=丁目|番|号|地割|条|線|[のノ之](?:[0-9０-９]|[一二三四五六七八九十]))';
const PARTS = new RegExp(
  [
    `(?<digits>[0-9０-９]+)`,
    `(?<kanji>${KANJI_NUMBER}${BEFORE_UNIT})`,
    `(?<between>(?<=[0-9０-９一二三四五六七八九十百〇])(?:丁目|番地の|番地|番の|番|号の|号|[-‐‑–—―−－ーの ノ之]))`,
    `(?<silent>大字|字|[\\s\\u3000])`,
    `(?<letter>[\\s\\S])`,
  ].join('|'),
  'gu',
);
const PLACE_FORMS: Readonly<Record<string, string>> = { ヶ: 'ケ', ヵ: 'カ', ノ: 'の', 之: 'の' };

/** A 本籍 or an address: numbers by their value, 丁目 and 番地 as what parts two numbers. */
export function placeTokens(place: string, replacements = ''): readonly Token[] {
  const flags = flagsByUnit(place, replacements);
  const tokens: Token[] = [];
  for (const { groups, index, 0: text } of place.matchAll(PARTS)) {
    const isReplaced = flags.has(index);
    const before = tokens.at(-1);
    if (SELECTOR.test(text) && before) {
      tokens[tokens.length - 1] = { ...before, text: before.text + text };
    } else {
      tokens.push({ text, isReplaced, ...formIn(groups ?? {}, text) });
    }
  }
  return withoutLastSeparators(tokens);
}

const BETWEEN = '-';

function formIn(groups: Readonly<Record<string, string | undefined>>, text: string) {
  if (groups['digits'] !== undefined) return { form: String(BigInt(narrow(text))), isSpelling: true };
  if (groups['kanji'] !== undefined) return { form: String(kanjiNumber(text)), isSpelling: true };
  if (groups['between'] !== undefined) return { form: BETWEEN, isSpelling: true };
  if (groups['silent'] !== undefined) return { form: '', isSpelling: true };
  const form = formOf(text);
  return { form: PLACE_FORMS[form] ?? form, isSpelling: false };
}

/** 二十三 is 23, 百五 is 105; 〇 and digits in a row are read by place. */
export function kanjiNumber(text: string): number {
  if (!/[十百]/.test(text))
    return Number([...text].map((digit) => '〇一二三四五六七八九'.indexOf(digit)).join(''));
  let [sum, digit] = [0, 0];
  for (const letter of text) {
    const unit = letter === '百' ? 100 : letter === '十' ? 10 : 0;
    if (unit === 0) digit = '〇一二三四五六七八九'.indexOf(letter);
    else [sum, digit] = [sum + (digit || 1) * unit, 0];
  }
  return sum + digit;
}

/** 1番地 is 1: what parts a number from nothing, or from a word, says nothing. */
function withoutLastSeparators(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, index) => {
    if (token.form !== BETWEEN) return token;
    const next = tokens.slice(index + 1).find(({ form }) => form !== '');
    return next && /^\d+$/.test(next.form) ? token : { ...token, form: '' };
  });
}

/** Places in UTF-16 units of the letters whose flag is set. */
function flagsByUnit(text: string, replacements: string): ReadonlySet<number> {
  const found = new Set<number>();
  let unit = 0;
  [...text].forEach((letter, index) => {
    if (replacements[index] === '1') found.add(unit);
    unit += letter.length;
  });
  return found;
}

/** One text for all spellings of a place. */
export const placeForm = (place: string): string =>
  placeTokens(place)
    .map(({ form }) => form)
    .join('');
/** One text for all forms of a name, spaces left out. */
export const nameForm = (name: string): string =>
  nameTokens(name)
    .map(({ form }) => form)
    .join('');
