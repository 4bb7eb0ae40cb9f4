/**
 * What the keyboard offers for a reading: while it is typed (`suggest`), and cut into 文節 after 変換 (`convert`). Words come
 * from the municipality's 町字 list first, then from the lexicon; a conversion never needs anything but this memory.
 */
import { cutsNumber, numberWords, UNITS } from './addressWords.ts';
import { cheapestWays, type Costs, type Neighbour, type Way } from './convert.ts';
import { COSTS, LEFT_KANA, type WordKind } from './costs.ts';
import { inKatakana } from './kana.ts';
import type { Lexicon, Word, WordClass } from './lexicon.ts';
import { variantsOf } from './variants.ts';

/** A name of a place with how it is read, in hiragana: the municipality's own 町字. */
export interface Town {
  readonly name: string;
  readonly reading: string;
}

export interface Candidate {
  readonly text: string;
  /** how much of the reading it stands for, from its beginning; the rest is kept */
  readonly length: number;
}

/** One 文節: a part of the reading and what it may become, the likeliest first. */
export interface Piece {
  readonly reading: string;
  readonly candidates: readonly Candidate[];
}

export interface Engine {
  /** `before` is what stands left of the reading in the field */
  readonly suggest: (reading: string, before: string) => readonly Candidate[];
  /** `lengths` fixes how long the first 文節 are; the rest is cut as is likeliest */
  readonly convert: (reading: string, before: string, lengths?: readonly number[]) => readonly Piece[];
}

const LONGEST_WORD = 14;
/** In the lattice; the rest of the words with one reading is offered for a 文節 of its own. */
const MOST_WORDS = 10;
const MOST_SINGLE_KANJI = 4;
const WAYS_WHILE_TYPING = 6;
const TOWNS_OFFERED = 6;
const PREDICTIONS = 12;
/** A word that is not typed to its end costs so much a kana. */
const UNTYPED_KANA = 900;
/** So many of the best stand before their old forms: fewer of family names, which have them more often. */
const BEFORE_VARIANTS: Readonly<Partial<Record<Neighbour, number>>> = { '^': 4 };
const BEFORE_VARIANTS_LATER = 6;
/** and so many of them are offered in old forms */
const WITH_VARIANTS = 3;
const VARIANTS_OFFERED = 8;
const TOWN_COST = 2_000;

/** An engine for one kind of field. Opening it is cheap: it reads nothing ahead. */
export function makeEngine(lexicon: Lexicon, kind: WordKind, towns: readonly Town[] = []): Engine {
  const costs = COSTS[kind];
  const known = kind === 'address' ? townWords(towns) : [];
  const units = kind === 'address' ? UNITS : [];
  const wordsFor = (part: string): readonly Word[] => [
    ...[...known, ...units].filter(({ reading }) => reading === part),
    ...numberWords(part),
    ...(part.length <= LONGEST_WORD ? usual(lexicon.exact(part), costs) : []),
    ...(part.length === 1 ? [leftKana(part)] : []),
  ];
  const ways = (reading: string, before: Neighbour, most: number): readonly Way[] =>
    cheapestWays({
      length: reading.length,
      wordsAt: (start, end) => (cutsNumber(reading, start, end) ? [] : wordsFor(reading.slice(start, end))),
      costs,
      before,
      most,
    });
  const scored = (word: Word, before: Neighbour): number =>
    word.cost + costs.word[word.wordClass] + (costs.following[`${before}${word.wordClass}`] ?? 0);

  const predicted = (reading: string, before: Neighbour): readonly Scored[] =>
    lexicon
      .beginning(reading, PREDICTED[kind])
      .filter(({ surface }) => !isKatakana(surface))
      .map((word) => ({
        text: word.surface,
        cost: scored(word, before) + UNTYPED_KANA * (word.reading.length - reading.length),
      }))
      .sort(byCost)
      .slice(0, PREDICTIONS);

  /** everything for a reading as a whole, without predictions */
  const wholes = (reading: string, before: Neighbour): readonly Scored[] =>
    [
      ...ways(reading, before, WAYS_WHILE_TYPING).map(({ words, cost }) => ({ text: textOf(words), cost })),
      ...[...units.filter((unit) => unit.reading === reading), ...lexicon.exact(reading)]
        .filter(({ wordClass }) => wordClass !== 'k')
        .map((word) => ({ text: word.surface, cost: scored(word, before) })),
    ].sort(byCost);

  /** old forms are for names; in an address they would only be in the way */
  const ordered = (texts: readonly string[], before: Neighbour) =>
    kind === 'name' ? withVariants(texts, before) : texts;

  const lastResorts = (reading: string): readonly string[] => {
    const kanji = lexicon
      .exact(reading)
      .flatMap(({ wordClass, surface }) => (wordClass === 'k' ? [surface] : []));
    const oldForms = kind === 'name' ? kanji.flatMap((one) => variantsOf(one)) : [];
    return [reading, inKatakana(reading), ...kanji, ...oldForms];
  };

  const options = (reading: string, before: Neighbour, first: readonly string[]): readonly Candidate[] => {
    const texts = [...first, ...wholes(reading, before).map(({ text }) => text)];
    return distinct([...ordered(texts, before), ...lastResorts(reading)], reading.length);
  };

  return {
    suggest: (reading, beforeText) => {
      if (reading === '') return [];
      const before = neighbourOf(kind, beforeText);
      const whole = wholes(reading, before);
      const merged = [...whole, ...predicted(reading, before)].sort(byCost).map(({ text }) => text);
      const offered = townsFor(known, reading);
      return [
        ...distinct([...offered, ...ordered(merged, before), ...lastResorts(reading)], reading.length),
        ...beginnings(reading, (part) => wordsFor(part).filter(({ wordClass }) => wordClass !== 'h')),
      ];
    },
    convert: (reading, beforeText, lengths = []) => {
      const cut = cutAt(reading, lengths);
      const fixed = cut.slice(0, lengths.length);
      const rest = reading.slice(fixed.join('').length);
      const before = neighbourOf(kind, beforeText);
      const best = rest === '' ? [] : piecesOf(ways(rest, fixed.length === 0 ? before : 'p', 1)[0]);
      return [
        ...fixed.map((part) => ({ reading: part, candidates: options(part, before, []) })),
        ...best.map((piece) => ({
          reading: piece.reading,
          candidates: options(piece.reading, before, [piece.text]),
        })),
      ];
    },
  };
}

interface Scored {
  readonly text: string;
  readonly cost: number;
}
/** What a beginning is completed to. */
const PREDICTED: Readonly<Record<WordKind, readonly WordClass[]>> = { address: ['p'], name: ['s', 'g'] };

function byCost(left: { readonly cost: number }, right: { readonly cost: number }): number {
  return left.cost - right.cost;
}

/** Words in katakana stand for themselves; a place or a name is hardly ever one. */
function isKatakana(surface: string): boolean {
  return /^[ァ-ヶー]+$/.test(surface);
}

function townWords(towns: readonly Town[]): readonly Word[] {
  return towns.map(({ name, reading }) => ({ surface: name, reading, wordClass: 't', cost: TOWN_COST }));
}

/** Towns read so, then those that begin so, the shorter first. */
function townsFor(towns: readonly Word[], reading: string): readonly string[] {
  return towns
    .filter((town) => town.reading.startsWith(reading))
    .sort((left, right) => left.reading.length - right.reading.length)
    .slice(0, TOWNS_OFFERED)
    .map(({ surface }) => surface);
}

function usual(words: readonly Word[], costs: Costs): readonly Word[] {
  const cost = (word: Word) => word.cost + costs.word[word.wordClass];
  const sorted = [...words].sort((left, right) => cost(left) - cost(right));
  return [
    ...sorted.filter(({ wordClass }) => wordClass !== 'k').slice(0, MOST_WORDS),
    ...sorted.filter(({ wordClass }) => wordClass === 'k').slice(0, MOST_SINGLE_KANJI),
  ];
}

function leftKana(kana: string): Word {
  return { surface: kana, reading: kana, wordClass: 'h', cost: LEFT_KANA };
}

/** What the words before the reading make likely: digits want 番地, a family name wants a given name. */
function neighbourOf(kind: WordKind, before: string): Neighbour {
  const text = before.trim();
  if (text === '') return '^';
  if (kind === 'name') return 's';
  return /\d$/.test(text) ? 'm' : 'p';
}

function textOf(words: readonly Word[]): string {
  return words.map(({ surface }) => surface).join('');
}

/** The best, their old forms, then the rest. */
function withVariants(texts: readonly string[], before: Neighbour): readonly string[] {
  const first = BEFORE_VARIANTS[before] ?? BEFORE_VARIANTS_LATER;
  const best = [...new Set(texts)].slice(0, first);
  const variants = best
    .slice(0, WITH_VARIANTS)
    .flatMap((text) => variantsOf(text))
    .slice(0, VARIANTS_OFFERED);
  return [...best, ...variants, ...texts];
}

function distinct(texts: readonly string[], length: number): readonly Candidate[] {
  return [...new Set(texts)].map((text) => ({ text, length }));
}

/** Words for the beginning of the reading, the longer first: chosen, they leave the rest to be converted. */
function beginnings(reading: string, wordsFor: (part: string) => readonly Word[]): readonly Candidate[] {
  const lengths = Array.from({ length: reading.length - 1 }, (_, index) => reading.length - 1 - index);
  return lengths.flatMap((length) => {
    const texts = wordsFor(reading.slice(0, length)).map(({ surface }) => surface);
    return distinct(texts, length);
  });
}

function cutAt(reading: string, lengths: readonly number[]): readonly string[] {
  let at = 0;
  return lengths.map((length) => reading.slice(at, (at += length))).filter((part) => part !== '');
}

interface Phrase {
  readonly reading: string;
  readonly text: string;
}

/** 文節: what follows a word (町, 番地, の) goes with it, what goes before (大字, 第) with the next. */
function piecesOf(way: Way | undefined): readonly Phrase[] {
  const phrases: Phrase[] = [];
  let open: WordClass | null = null;
  for (const { surface, reading, wordClass } of way?.words ?? []) {
    const joined = open !== null && (JOINS_BACK.includes(wordClass) || JOINS_ON.includes(open));
    const kana = open === 'h' && wordClass === 'h';
    const last = joined || kana ? phrases.pop() : undefined;
    phrases.push({ reading: (last?.reading ?? '') + reading, text: (last?.text ?? '') + surface });
    open = wordClass;
  }
  return phrases;
}
const JOINS_BACK: readonly WordClass[] = ['u', 'j'];
const JOINS_ON: readonly WordClass[] = ['x', 'j'];
