/** Two texts side by side: the longest agreement of their tokens, and every token with its mark. Pure. */
import type { Mark, Piece } from '../../contract/console/applications.ts';
import { narrow, type Token } from './tokens.ts';

interface Pair {
  readonly stated: Token;
  readonly registered: Token;
  readonly mark: Exclude<Mark, 'differs'>;
}
export interface Aligned {
  readonly stated: readonly Piece[];
  readonly registered: readonly Piece[];
  readonly pairs: readonly Pair[];
  readonly result: 'same' | 'variant' | 'differs';
}

const WEIGHTS = { same: 4, variant: 3, replaced: 2 } as const;

function markOf(stated: Token, registered: Token): Pair['mark'] | undefined {
  if (stated.form === registered.form) {
    const isSame = stated.isSpelling || narrow(stated.text) === narrow(registered.text);
    // a stand-in that looks like the registered letter is still a stand-in: which letter the card means is not known
    return stated.isReplaced ? 'replaced' : isSame ? 'same' : 'variant';
  }
  return stated.isReplaced && !registered.isSpelling ? 'replaced' : undefined;
}

export function align(stated: readonly Token[], registered: readonly Token[]): Aligned {
  const speaking = (tokens: readonly Token[]) => tokens.filter(({ form }) => form !== '');
  const pairs = bestPairs(speaking(stated), speaking(registered));
  const marksOf = new Map<Token, Mark>(
    pairs.flatMap((pair) => [
      [pair.stated, pair.mark],
      [pair.registered, pair.mark],
    ]),
  );
  const pieces = (tokens: readonly Token[]): readonly Piece[] =>
    joined(
      tokens.map((token) => ({
        text: token.text,
        mark: token.form === '' ? 'same' : (marksOf.get(token) ?? 'differs'),
      })),
    );
  const sides = { stated: pieces(stated), registered: pieces(registered) };
  return { ...sides, pairs, result: resultOf([...sides.stated, ...sides.registered]) };
}

function resultOf(pieces: readonly Piece[]): Aligned['result'] {
  if (pieces.some(({ mark }) => mark === 'differs')) return 'differs';
  return pieces.some(({ mark }) => mark !== 'same') ? 'variant' : 'same';
}

/** Neighbours of one mark are one piece. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const found: Piece[] = [];
  for (const { text, mark } of pieces) {
    const last = found.at(-1);
    if (last?.mark === mark) found[found.length - 1] = { text: last.text + text, mark };
    else found.push({ text, mark });
  }
  return found;
}

/** Longest common subsequence, where better agreement weighs more. */
function bestPairs(stated: readonly Token[], registered: readonly Token[]): readonly Pair[] {
  const [rows, columns] = [stated.length, registered.length];
  const best = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  const at = (row: number, column: number): number => best[row]![column]!;
  const gain = (row: number, column: number): number => {
    const mark = markOf(stated[row]!, registered[column]!);
    return mark ? WEIGHTS[mark] + at(row + 1, column + 1) : -1;
  };
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      best[row]![column] = Math.max(at(row + 1, column), at(row, column + 1), gain(row, column));
    }
  }
  const pairs: Pair[] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    const mark = markOf(stated[row]!, registered[column]!);
    if (mark && at(row, column) === gain(row, column)) {
      pairs.push({ stated: stated[row]!, registered: registered[column]!, mark });
      [row, column] = [row + 1, column + 1];
    } else if (at(row, column) === at(row + 1, column)) row += 1;
    else column += 1;
  }
  return pairs;
}
