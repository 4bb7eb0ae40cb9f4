/** How likely which sort of word is, in an address and in a name; IPADIC's own costs are a word's within its sort. */
import type { Costs } from './convert.ts';
import type { WordClass } from './lexicon.ts';

export type WordKind = 'address' | 'name';

/** Each word costs this, so that one long word beats two short ones. */
const EACH_WORD = 2_500;
/** A kana that is left as it is. */
export const LEFT_KANA = 9_000;

function classCosts(some: Omit<Record<WordClass, number>, 'm' | 'h'>): Record<WordClass, number> {
  const all = { ...some, m: 0, h: 0 };
  return Object.fromEntries(
    Object.entries(all).map(([wordClass, cost]) => [wordClass, cost + EACH_WORD]),
  ) as Record<WordClass, number>;
}

export const COSTS: Readonly<Record<WordKind, Costs>> = {
  address: {
    word: classCosts({
      t: -3_000,
      p: 0,
      u: 0,
      d: 500,
      n: 2_000,
      x: 2_500,
      j: 500,
      s: 2_500,
      g: 4_000,
      k: 2_500,
    }),
    following: {
      '^u': 4_000,
      '^j': 5_000,
      mu: -6_000,
      tu: -1_000,
      pu: -1_000,
      su: 500,
      gu: 2_000,
      mm: 3_000,
      mj: -1_000,
      jm: -1_000,
      du: -1_000,
      tm: -1_000,
    },
  },
  name: {
    word: classCosts({
      t: 9_000,
      p: 3_500,
      u: 4_000,
      d: 4_000,
      n: 6_500,
      x: 5_000,
      j: 4_000,
      s: 0,
      g: 0,
      k: 2_500,
    }),
    following: { '^g': 500, ss: 6_000, gg: 4_500, gs: 7_000, gk: 1_500, '^u': 4_000, '^j': 6_000 },
  },
};
