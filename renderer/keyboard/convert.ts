/**
 * Kana to kanji: a lattice of all words over the reading, each with a cost of its own and of standing after the class of
 * word before it; the cheapest ways through it, best first (Viterbi forward, A* backward). Pure.
 */
import type { Word, WordClass } from './lexicon.ts';

/** Before the first word: `^`. */
export type Neighbour = WordClass | '^';
export interface Costs {
  /** cost of a word of this class, on top of its own */
  readonly word: Readonly<Record<WordClass, number>>;
  /** cost of `after` following `before`; 0 where nothing is said */
  readonly following: Readonly<Partial<Record<`${Neighbour}${WordClass}`, number>>>;
}

export interface Way {
  readonly words: readonly Word[];
  readonly cost: number;
}

interface Node {
  readonly word: Word;
  readonly start: number;
  readonly end: number;
  /** of the word alone, class included */
  readonly own: number;
  /** cheapest way from the beginning up to and with this word */
  reached: number;
}

export interface Question {
  /** of the reading */
  readonly length: number;
  /** the words there are for a part of the reading */
  readonly wordsAt: (start: number, end: number) => readonly Word[];
  readonly costs: Costs;
  /** what stands before the reading */
  readonly before: Neighbour;
  /** at most so many ways */
  readonly most: number;
}

/** The cheapest ways through the reading, each with another text; none when a part of it has no word. */
export function cheapestWays({ length, wordsAt, costs, before: first, most }: Question): readonly Way[] {
  const endingAt: Node[][] = Array.from({ length: length + 1 }, () => []);
  for (let start = 0; start < length; start += 1) {
    const before = start === 0 ? null : endingAt[start]!;
    if (before?.length === 0) continue;
    for (let end = start + 1; end <= length; end += 1) {
      for (const word of wordsAt(start, end)) {
        const own = word.cost + costs.word[word.wordClass];
        endingAt[end]!.push({
          word,
          start,
          end,
          own,
          reached: own + cheapestBefore(before, first, word, costs),
        });
      }
    }
  }
  return backward(endingAt, length, costs, most);
}

function cheapestBefore(before: readonly Node[] | null, first: Neighbour, word: Word, costs: Costs): number {
  if (before === null) return costs.following[`${first}${word.wordClass}`] ?? 0;
  let least = Infinity;
  for (const node of before) {
    const cost = node.reached + (costs.following[`${node.word.wordClass}${word.wordClass}`] ?? 0);
    if (cost < least) least = cost;
  }
  return least;
}

interface Tail {
  readonly node: Node;
  /** from this node to the end, this node's own cost included */
  readonly behind: number;
  readonly total: number;
  readonly next: Tail | null;
}

/** From the end to the beginning; `reached` tells exactly what is still to come, so ways come out in order of cost. */
function backward(endingAt: readonly Node[][], length: number, costs: Costs, most: number): readonly Way[] {
  const open: Tail[] = endingAt[length]!.map((node) => ({
    node,
    behind: node.own,
    total: node.reached,
    next: null,
  }));
  const found: Way[] = [];
  const seen = new Set<string>();
  for (let steps = 0; open.length > 0 && found.length < most && steps < MOST_STEPS; steps += 1) {
    const tail = takeCheapest(open);
    if (tail.node.start === 0) {
      const way = wayOf(tail);
      const text = way.words.map(({ surface }) => surface).join('');
      if (!seen.has(text)) found.push(way);
      seen.add(text);
      continue;
    }
    for (const node of endingAt[tail.node.start]!) {
      const joint = costs.following[`${node.word.wordClass}${tail.node.word.wordClass}`] ?? 0;
      open.push({
        node,
        behind: tail.behind + joint + node.own,
        total: node.reached + joint + tail.behind,
        next: tail,
      });
    }
  }
  return found;
}
const MOST_STEPS = 400;

function takeCheapest(open: Tail[]): Tail {
  let least = 0;
  for (let index = 1; index < open.length; index += 1) {
    if (open[index]!.total < open[least]!.total) least = index;
  }
  const [tail] = open.splice(least, 1);
  return tail!;
}

function wayOf(tail: Tail): Way {
  const words: Word[] = [];
  for (let each: Tail | null = tail; each; each = each.next) words.push(each.node.word);
  return { words, cost: tail.total };
}
