/** Pieces of money the mechanism takes: coins of 10, 50, 100, 500 yen and the 1,000 yen note. Pure. */
export const pieces = [1000, 500, 100, 50, 10] as const;
export type Piece = (typeof pieces)[number];
/** how many of each piece */
export type Money = Partial<Record<Piece, number>>;

export function isPiece(value: number): value is Piece {
  return (pieces as readonly number[]).includes(value);
}

export function valueOf(money: Money): number {
  return pieces.reduce((total, piece) => total + piece * (money[piece] ?? 0), 0);
}

/** `factor` -1 takes them away. */
export function addPieces(money: Money, more: Money, factor: 1 | -1 = 1): Money {
  return Object.fromEntries(
    pieces.map((piece) => [piece, (money[piece] ?? 0) + factor * (more[piece] ?? 0)]),
  ) as Money;
}

/**
 * Pieces of `money` that make up the amount, largest first; null when there are none. Largest first finds a way if
 * there is one, because each piece divides the next larger one.
 */
export function choosePieces(money: Money, amount: number): Money | null {
  const chosen: Money = {};
  let left = amount;
  for (const piece of pieces) {
    const count = Math.min(Math.floor(left / piece), money[piece] ?? 0);
    if (count > 0) chosen[piece] = count;
    left -= count * piece;
  }
  return left === 0 ? chosen : null;
}
