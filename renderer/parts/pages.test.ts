import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesOf } from './pages.ts';

const rowsOf = (heights: readonly number[], gap = 4) => {
  let top = 0;
  return heights.map((height) => {
    const row = { top, bottom: top + height };
    top += height + gap;
    return row;
  });
};

describe('pages of a list that never scrolls', () => {
  it('keeps everything on one page when it fits, without room for a pager', () => {
    expect(pagesOf(rowsOf([20, 20, 20]), 68, 20)).toEqual([[0, 3]]);
  });
  it('leaves room for the pager as soon as there are two pages', () => {
    expect(pagesOf(rowsOf([20, 20, 20]), 67, 25)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });
  it('does not part what stands side by side', () => {
    const pairs = [0, 0, 24, 24, 48, 48].map((top) => ({ top, bottom: top + 20 }));
    expect(pagesOf(pairs, 60, 15)).toEqual([
      [0, 4],
      [4, 6],
    ]);
  });
  it('gives a row too high for any page a page of its own', () => {
    expect(pagesOf(rowsOf([20, 500, 20]), 100, 20)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });
  it('shows every row exactly once, and only lone rows are higher than the room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 40, max: 300 }),
        (heights, room) => {
          const rows = rowsOf(heights);
          const pages = pagesOf(rows, room, 20);
          expect(pages.flatMap(([from, to]) => heights.slice(from, to))).toEqual(heights);
          for (const [from, to] of pages) {
            const height = (rows[to - 1]?.bottom ?? 0) - (rows[from]?.top ?? 0);
            expect(height <= room || to - from === 1).toBe(true);
          }
        },
      ),
    );
  });
  it('has one empty page for an empty list', () => {
    expect(pagesOf([], 100, 20)).toEqual([[0, 0]]);
  });
});
