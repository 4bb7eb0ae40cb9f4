/**
 * Where a register's stream stands and what a header means there. Pure: numbers in, a judgement out. Nothing is entered
 * out of order: what comes too early is refused and leaves a gap open, and an open gap withholds what rests on the
 * register until the missing events have come (operations.md 7, T6).
 */
export interface Standing {
  readonly stream: string;
  /** number of the event that must come next */
  readonly nextSeq: number;
  /** highest number heard of so far */
  readonly heardSeq: number;
  /** milliseconds */
  readonly fedUntil: number;
  readonly blocked: boolean;
}

export interface BatchHeader {
  readonly stream: string;
  readonly from: number;
  readonly count: number;
  /** milliseconds */
  readonly until: number;
}

export type BatchJudgement =
  /** `skip`: so many of its events were entered before and must say the same */
  | { readonly kind: 'enter'; readonly skip: number }
  | { readonly kind: 'gap'; readonly expected: number; readonly got: number }
  | { readonly kind: 'other-stream' }
  | { readonly kind: 'not-loaded' }
  | { readonly kind: 'from-the-future' };

/** Clocks of a municipality and the center may differ by so much. */
export const CLOCK_DIFFERENCE_MS = 5 * 60_000;

export function judgeBatch(standing: Standing | undefined, header: BatchHeader, now: number): BatchJudgement {
  if (!standing) return { kind: 'not-loaded' };
  if (header.stream !== standing.stream) return { kind: 'other-stream' };
  if (header.until > now + CLOCK_DIFFERENCE_MS) return { kind: 'from-the-future' };
  if (header.from > standing.nextSeq) return { kind: 'gap', expected: standing.nextSeq, got: header.from };
  return { kind: 'enter', skip: Math.min(standing.nextSeq - header.from, header.count) };
}

/** Highest number that exists for certain once this header was heard. */
export function heardAfter(standing: Standing, { from, count }: BatchHeader): number {
  return Math.max(standing.heardSeq, from + count - 1);
}

export const isGapOpen = ({ nextSeq, heardSeq }: Pick<Standing, 'nextSeq' | 'heardSeq'>): boolean =>
  heardSeq >= nextSeq;

/** How much of a register may differ from its source before nothing of it counts. */
const HELD_ROWS_LIMIT = 100;
const HELD_SHARE_LIMIT = 0.01;

/** A few rows that differ are held one by one; many say that something is wrong with all of them. */
export function isWhollyDoubtful(differences: number, rows: number): boolean {
  return (
    differences > HELD_ROWS_LIMIT || (rows > 0 && differences > 10 && differences / rows > HELD_SHARE_LIMIT)
  );
}
