import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutIntoPages, heightOf, type PageItem } from './layoutPages.ts';

const rows = (count: number, keepWithNext: (index: number) => boolean = () => false): PageItem[] =>
  Array.from({ length: count }, (_, index) => ({ heightPt: 10, keepWithNext: keepWithNext(index) }));
const sizes = (items: readonly PageItem[], rooms: Partial<Parameters<typeof cutIntoPages>[1]> = {}) => {
  const cut = cutIntoPages(items, { roomPt: 100, lastRoomPt: 60, endPt: 10, ...rooms });
  return cut.kind === 'cut' ? cut.pages.map((page) => page.length) : cut.kind;
};

describe('rows are cut into pages', () => {
  it('one page while the last page has room for them and the end mark', () => {
    expect(sizes(rows(5))).toEqual([5]);
  });

  it('one page more when statement and seal have no room', () => {
    expect(sizes(rows(6))).toEqual([5, 1]);
    expect(sizes(rows(10))).toEqual([9, 1]);
    expect(sizes(rows(16))).toEqual([10, 5, 1]);
  });

  it('a group never stands on two pages', () => {
    expect(sizes(rows(12, (index) => index >= 8 && index < 11))).toEqual([8, 4]);
    // the last group moves whole, and the end mark with it
    expect(sizes(rows(8, (index) => index >= 4 && index < 7))).toEqual([4, 4]);
  });

  it('a group too high for the last page leaves it to the end mark', () => {
    expect(sizes(rows(9, () => true))).toEqual([9, 0]);
  });

  it('a group higher than a page is cut where the page ends', () => {
    expect(sizes(rows(14, () => true))).toEqual([10, 4]);
  });

  it('a row higher than a page is named', () => {
    const item = { heightPt: 101, keepWithNext: false };
    expect(cutIntoPages([...rows(1), item], { roomPt: 100, lastRoomPt: 60, endPt: 0 })).toEqual({
      kind: 'too-high',
      item,
    });
  });

  it('no rows are one page', () => expect(sizes([])).toEqual([0]));

  it('keeps every row once and in order, no page too full, the last page with room, whatever the rows', () => {
    const item = fc.record({ heightPt: fc.integer({ min: 5, max: 90 }), keepWithNext: fc.boolean() });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 60 }), (items) => {
        const cut = cutIntoPages(items, { roomPt: 100, lastRoomPt: 60, endPt: 10 });
        if (cut.kind !== 'cut') throw new Error('every row fits a page');
        expect(cut.pages.flat()).toEqual(items);
        for (const page of cut.pages) expect(heightOf(page)).toBeLessThanOrEqual(100);
        expect(heightOf(cut.pages.at(-1)!) + 10).toBeLessThanOrEqual(60);
      }),
    );
  });
});
