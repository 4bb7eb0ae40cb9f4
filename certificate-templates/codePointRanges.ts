/** Sorted ranges as character maps of fonts hold them. */
export type Ranges = readonly (readonly [from: number, to: number])[];

const LAST_CODE_POINT = 0x10ffff;

export const everyPoint = (ranges: Ranges): number[] =>
  ranges.flatMap(([from, to]) =>
    Array.from({ length: Math.min(to, LAST_CODE_POINT) - from + 1 }, (_, index) => from + index),
  );

/** Index of the first of `count` sorted entries whose end is not before `wanted`; `count` when there is none. */
export function firstNotBefore(count: number, endOf: (index: number) => number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
