/**
 * A resident at the touch keyboard, deterministic: types kana, looks at the first page of candidates after each, takes the word
 * as soon as it is there, and turns to the digits for numbers. Counts every touch, of ゛ and of the page too.
 */
import { candidatePages } from '../../renderer/keyboard/candidatePages.ts';
import {
  addressUnits,
  edit,
  editingOf,
  wholeText,
  type AddressUnit,
  type EditAct,
  type EditRules,
} from '../../renderer/keyboard/editing.ts';
import { withMark, plainKana, type KanaMark } from '../../renderer/keyboard/kana.ts';
import { inKanji } from '../../renderer/keyboard/numerals.ts';

/** A word of the text with how the resident reads it. */
export interface KnownWord {
  readonly text: string;
  readonly reading: string;
}

export interface Written {
  readonly text: string;
  readonly touches: number;
}

/** Kana as keys: が is か and ゛. */
export function keysOf(reading: string): readonly EditAct[] {
  return [...reading].flatMap((kana): EditAct[] => {
    const plain = plainKana(kana);
    if (plain === kana) return [{ type: 'kana', kana }];
    const marks: readonly KanaMark[] = ['voiced', 'half-voiced', 'small'];
    const mark = marks.find((each) => withMark(plain, each) === kana);
    if (!mark) throw new Error(`no key for ${kana}`);
    return [
      { type: 'kana', kana: plain },
      { type: 'mark', mark },
    ];
  });
}

/** Writes the words and numbers one after the other. Throws where the keyboard cannot bring a word. */
export function write(parts: readonly (KnownWord | string)[], rules: EditRules): Written {
  let editing = editingOf('');
  let touches = 0;
  let page: 'kana' | 'digits' = 'kana';
  const touch = (act: EditAct) => {
    editing = edit(editing, act, rules);
    touches += 1;
  };
  const turnTo = (wanted: 'kana' | 'digits') => {
    if (page !== wanted) touches += 1;
    page = wanted;
  };
  for (const part of parts) {
    const start = wholeText(editing, rules);
    if (typeof part === 'string') {
      turnTo('digits');
      for (const act of digitKeys(part)) touch(act);
    } else {
      turnTo('kana');
      writeWord(part, touch, () => editing);
    }
    const wanted = start + (typeof part === 'string' ? part : part.text);
    if (wholeText(editing, rules) !== wanted)
      throw new Error(`${wholeText(editing, rules)} is not ${wanted}`);
  }
  return { text: wholeText(editing, rules), touches };
}

function writeWord(
  { text, reading }: KnownWord,
  touch: (act: EditAct) => void,
  state: () => ReturnType<typeof editingOf>,
): void {
  const pick = (): boolean => {
    const first = candidatePages(state().candidates)[0]?.flat() ?? [];
    const candidate = first.find((each) => each.text === text && each.length === state().reading.length);
    if (candidate) touch({ type: 'choose', candidate });
    return candidate !== undefined;
  };
  for (const kana of reading) {
    for (const key of keysOf(kana)) touch(key);
    if (pick()) return;
  }
  if (text === reading) return touch({ type: 'settle' });
  throw new Error(`${text} (${reading}) is not on the first page`);
}

const UNITS = Object.keys(addressUnits) as AddressUnit[];

/** 三丁目12番地3 as keys of the page of digits. */
function digitKeys(text: string): readonly EditAct[] {
  const acts: EditAct[] = [];
  let rest = text;
  while (rest !== '') {
    const chome = /^([一二三四五六七八九十百]+)丁目/.exec(rest);
    const digits = chome ? figuresOf(chome[1]!) : (/^\d+/.exec(rest)?.[0] ?? '');
    const unit = chome ? '丁目' : UNITS.find((each) => rest.startsWith(each));
    const sign = rest.startsWith('－') ? '－' : '';
    if (!chome && digits !== '') {
      acts.push(...[...digits].map((digit): EditAct => ({ type: 'digit', digit })));
      rest = rest.slice(digits.length);
    } else if (unit) {
      acts.push(...[...digits].map((digit): EditAct => ({ type: 'digit', digit })), { type: 'unit', unit });
      rest = rest.slice(chome ? chome[0].length : unit.length);
    } else if (sign) {
      acts.push({ type: 'digit', digit: sign });
      rest = rest.slice(1);
    } else throw new Error(`no key for ${rest}`);
  }
  return acts;
}

function figuresOf(kanji: string): string {
  for (let value = 1; value < 200; value += 1) if (inKanji(String(value)) === kanji) return String(value);
  throw new Error(`not a number: ${kanji}`);
}
