/**
 * The words of a keyboard as one text: a line per reading, the lines sorted, so that a reading is found by halving and a
 * beginning of one is a run of lines (lexicon.ts). Nothing has to be unpacked when the screen starts. Build time only.
 *
 *   さいとう TAB word TAB word ...     word = class, cost in two digits of base 36, surface
 */
import type { IpadicToken } from './ipadic.ts';
import { inHiragana } from '../kana.ts';
import { COST_STEP, HIGHEST_COST, type WordClass } from '../lexicon.ts';
import { singleKanji } from './singleKanji.ts';

/** What of IPADIC is of use in an address or a name, and as what. First match counts. */
const CLASSES: readonly (readonly [RegExp, WordClass])[] = [
  [/^名詞,固有名詞,人名,姓/, 's'],
  [/^名詞,固有名詞,人名,名/, 'g'],
  [/^名詞,固有名詞,地域/, 'p'],
  [/^名詞,接尾,(一般|地域|助数詞|副詞可能)/, 'u'],
  [/^名詞,数/, 'd'],
  [/^名詞,(一般|サ変接続|形容動詞語幹|副詞可能|ナイ形容詞語幹)/, 'n'],
  [/^接頭詞,名詞接続/, 'x'],
];
/** の, ケ, ヶ: 三ヶ日, 霞が関 are words, 一ノ瀬町 may be none. */
const JOINING: readonly (readonly [string, string])[] = [
  ['の', 'の'],
  ['の', 'ノ'],
  ['が', 'ヶ'],
  ['が', 'ケ'],
  ['つ', 'ツ'],
];
const JOINING_COST = 3_000;
/** A single kanji seen once costs this much; the more usual, the less. */
const SINGLE_COST = 11_000;
const SINGLE_STEP = 700;
/** A word in katakana in the middle of a name or an address is seldom meant. */
const KATAKANA_COST = 2_500;
/** A letter half as frequent in names costs so much more. */
const RARITY_STEP = 500;
/** 孝, 聡 and the like are more usual than their share of the dictionary; three letters are less. */
const GIVEN_NAME_LENGTHS: Readonly<Record<number, number>> = { 1: -1_500, 2: 0 };
const LONG_GIVEN_NAME = 800;
const LONGEST_READING = 14;

interface Entry {
  readonly wordClass: WordClass;
  readonly cost: number;
  readonly surface: string;
}

/** The whole text. */
export function lexiconText(tokens: readonly IpadicToken[]): string {
  const byReading = new Map<string, Map<string, Entry>>();
  const put = (reading: string, entry: Entry) => {
    if (reading.length > LONGEST_READING) return;
    const entries = byReading.get(reading) ?? new Map<string, Entry>();
    const key = entry.wordClass + entry.surface;
    const known = entries.get(key);
    if (!known || known.cost > entry.cost) entries.set(key, entry);
    byReading.set(reading, entries);
  };
  const words = tokens.flatMap((token) => {
    const wordClass = classOf(token);
    return wordClass && token.surface !== token.reading ? [{ ...token, wordClass }] : [];
  });
  const rarity = rarityIn(words.filter(({ wordClass }) => wordClass === 's' || wordClass === 'g'));
  for (const { surface, reading, wordClass, cost } of words) {
    const name = wordClass === 's' || wordClass === 'g';
    const katakana = inHiragana(surface) === reading;
    if (name && katakana) continue; // the reading in katakana is always offered
    const more = moreFor(wordClass, surface, rarity) + (katakana ? KATAKANA_COST : 0);
    put(reading, { wordClass, cost: cost + more, surface });
  }
  for (const [reading, surface] of JOINING) put(reading, { wordClass: 'j', cost: JOINING_COST, surface });
  for (const { kanji, reading, weight } of singleKanji(tokens)) {
    const cost = SINGLE_COST - SINGLE_STEP * Math.log2(Math.max(weight, 0.5));
    put(reading, { wordClass: 'k', cost, surface: kanji });
  }
  return [...byReading]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(
      ([reading, entries]) => `${reading}\t${[...entries.values()].sort(byCost).map(written).join('\t')}\n`,
    )
    .join('');
}

function classOf({ part }: IpadicToken): WordClass | undefined {
  return CLASSES.find(([pattern]) => pattern.test(part))?.[1];
}

/**
 * IPADIC counted names in one newspaper: 多郎 is there as usual as 太郎. How often a letter occurs in names at all tells
 * them apart.
 */
function rarityIn(names: readonly IpadicToken[]): (surface: string) => number {
  const counts = new Map<string, number>();
  for (const letter of names.flatMap(({ surface }) => [...surface])) {
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return (surface) => {
    const letters = [...surface];
    const halvings = letters.map((letter) => Math.log2(most / (counts.get(letter) ?? 1)));
    return (RARITY_STEP * halvings.reduce((sum, each) => sum + each, 0)) / letters.length;
  };
}

/** What a name costs beside IPADIC's own figure, which for most given names is one and the same. */
function moreFor(wordClass: WordClass, surface: string, rarity: (surface: string) => number): number {
  if (wordClass === 's') return rarity(surface) / 2; // families were counted better
  if (wordClass !== 'g') return 0;
  return rarity(surface) + (GIVEN_NAME_LENGTHS[[...surface].length] ?? LONG_GIVEN_NAME);
}

function byCost(left: Entry, right: Entry): number {
  return left.cost - right.cost || (left.surface < right.surface ? -1 : 1);
}

function written({ wordClass, cost, surface }: Entry): string {
  const steps = Math.round(Math.min(Math.max(cost, 0), HIGHEST_COST) / COST_STEP);
  return wordClass + steps.toString(36).padStart(2, '0') + surface;
}
