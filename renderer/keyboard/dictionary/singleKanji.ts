/**
 * Readings of single kanji, the last resort of a conversion. IPADIC has some two thousand as words of their own; the others
 * are read off words: where every other kanji of 颯太 (そうた) is known, 颯 is what is left. Build time only.
 */
import type { IpadicToken } from './ipadic.ts';

/** kanji -> reading -> how much speaks for it */
type Readings = Map<string, Map<string, number>>;

/** kanji -> its readings, in this pass */
type Known = ReadonlyMap<string, readonly string[]>;

const ONE_KANJI = /^\p{Script=Han}$/u;
const KANJI_AND_KANA = /^(\p{Script=Han})([ぁ-ん]*)$/u;
/** A kanji that is a word of its own counts as so many words in which it occurs. */
const OWN_WORD = 5;
const STEM = 0.2;
const ROUNDS = 2;
const LONGEST_READING = 5;
const MOST_READINGS = 14;
/** A reading seen more seldom than this is taken only for a kanji that has no other. */
const ENOUGH = 3;
/** No reading begins so. */
const NEVER_FIRST = /^[ーんっぁぃぅぇぉゃゅょ]/;

export interface SingleKanji {
  readonly kanji: string;
  readonly reading: string;
  /** the higher, the more usual */
  readonly weight: number;
}

/** The usual readings of every kanji that occurs in the words. */
export function singleKanji(tokens: readonly IpadicToken[]): readonly SingleKanji[] {
  const nouns = tokens.filter(({ part }) => /^(名詞|接頭詞)/.test(part));
  const readings = ownReadings(tokens, nouns);
  const compounds = nouns.filter(({ surface }) => /^\p{Script=Han}{2,4}$/u.test(surface));
  for (let round = 0; round < ROUNDS; round += 1) learn(readings, compounds);
  return [...readings].flatMap(([kanji, weights]) =>
    [...weights]
      .sort(([, left], [, right]) => right - left)
      .slice(0, MOST_READINGS)
      .map(([reading, weight]) => ({ kanji, reading, weight })),
  );
}

function ownReadings(tokens: readonly IpadicToken[], nouns: readonly IpadicToken[]): Readings {
  const readings: Readings = new Map();
  for (const { surface, reading } of nouns) {
    if (ONE_KANJI.test(surface)) add(readings, surface, reading, OWN_WORD);
  }
  for (const { surface, part, reading } of tokens) {
    const found = /^(動詞|形容詞)/.test(part) ? KANJI_AND_KANA.exec(surface) : null;
    const [, kanji, kana] = found ?? [];
    if (kanji === undefined || kana === undefined) continue;
    const stem = reading.endsWith(kana) ? reading.slice(0, reading.length - kana.length) : '';
    if (stem !== '') add(readings, kanji, stem, STEM);
  }
  return readings;
}

function add(readings: Readings, kanji: string, reading: string, weight: number): void {
  const weights = readings.get(kanji) ?? new Map<string, number>();
  readings.set(kanji, weights.set(reading, (weights.get(reading) ?? 0) + weight));
}

/** One pass over the words: what is left for each kanji when the ones beside it are known. */
function learn(readings: Readings, compounds: readonly IpadicToken[]): void {
  const learnt: Readings = new Map();
  const knownOf: Known = new Map([...readings].map(([kanji, weights]) => [kanji, [...weights.keys()]]));
  for (const { surface, reading } of compounds) {
    const kanji = [...surface];
    kanji.forEach((one, index) => {
      const begins = endsOf(kanji.slice(0, index), reading, knownOf);
      const ends = beginningsOf(kanji.slice(index + 1), reading, knownOf);
      for (const begin of begins) {
        for (const end of ends) {
          const length = end - begin;
          if (length < 1 || length > LONGEST_READING) continue;
          add(learnt, one, reading.slice(begin, end), 1 / (begins.size * ends.size));
        }
      }
    });
  }
  for (const [kanji, weights] of learnt) {
    const known = readings.get(kanji);
    for (const [reading, weight] of weights) {
      if (NEVER_FIRST.test(reading)) continue;
      if (weight >= ENOUGH || known?.has(reading) || known === undefined)
        add(readings, kanji, reading, weight);
    }
  }
}

/** Where the reading can stand after these kanji, read from the left. */
function endsOf(kanji: readonly string[], reading: string, known: Known): ReadonlySet<number> {
  return kanji.reduce<ReadonlySet<number>>(
    (places, one) => {
      const next = new Set<number>();
      for (const place of places) {
        for (const each of known.get(one) ?? [])
          if (reading.startsWith(each, place)) next.add(place + each.length);
      }
      return next;
    },
    new Set([0]),
  );
}

/** Where these kanji can begin, read from the right. */
function beginningsOf(kanji: readonly string[], reading: string, known: Known): ReadonlySet<number> {
  return kanji.reduceRight<ReadonlySet<number>>(
    (places, one) => {
      const next = new Set<number>();
      for (const place of places) {
        for (const each of known.get(one) ?? [])
          if (endsAt(reading, each, place)) next.add(place - each.length);
      }
      return next;
    },
    new Set([reading.length]),
  );
}

function endsAt(reading: string, each: string, place: number): boolean {
  return place >= each.length && reading.startsWith(each, place - each.length);
}
