/** Cuts rows of known height into pages: groups stay together, and the last page leaves room for statement and seal. */

/** Sums of row heights are not exact in binary. */
const TOLERANCE_PT = 1e-6;

export interface PageItem {
  readonly heightPt: number;
  /** stands on one page with the next one */
  readonly keepWithNext: boolean;
}

export interface PageRooms {
  /** height for rows on every page but the last */
  readonly roomPt: number;
  /** the same on the last page */
  readonly lastRoomPt: number;
  /** height of the end mark after the last row */
  readonly endPt: number;
}

export type PageCut<Item> =
  | { readonly kind: 'cut'; readonly pages: readonly (readonly Item[])[] }
  /** one row is higher than a page */
  | { readonly kind: 'too-high'; readonly item: Item };

/**
 * Groups fill page after page. When the last page's rows and the end mark do not leave the room it needs, its last group
 * moves to one page more, or the end mark alone when that group is too high. A group higher than a page is cut where the
 * page ends: there is no other place for it.
 */
export function cutIntoPages<Item extends PageItem>(items: readonly Item[], rooms: PageRooms): PageCut<Item> {
  const item = items.find(({ heightPt }) => heightPt > rooms.roomPt + TOLERANCE_PT);
  if (item) return { kind: 'too-high', item };
  const pages = fill(items, rooms.roomPt);
  const last = pages.at(-1)!;
  if (heightOf(last.flat()) + rooms.endPt > rooms.lastRoomPt + TOLERANCE_PT)
    pages.push(overflow(last, rooms));
  return { kind: 'cut', pages: pages.map((groups) => groups.flat()) };
}

/** Takes from the last page what goes on the one after it. */
function overflow<Item extends PageItem>(last: Item[][], { lastRoomPt, endPt }: PageRooms): Item[][] {
  const group = last.at(-1);
  const fits = group !== undefined && heightOf(group) + endPt <= lastRoomPt;
  return fits && last.length > 1 ? [last.pop()!] : [];
}

function fill<Item extends PageItem>(items: readonly Item[], roomPt: number): Item[][][] {
  const pages: Item[][][] = [[]];
  let used = 0;
  const add = (group: Item[]) => {
    const heightPt = heightOf(group);
    if (used + heightPt > roomPt + TOLERANCE_PT && used > 0) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)!.push(group);
    used += heightPt;
  };
  for (const group of groupsOf(items)) {
    if (heightOf(group) > roomPt) group.forEach((item) => add([item]));
    else add(group);
  }
  return pages;
}

function groupsOf<Item extends PageItem>(items: readonly Item[]): Item[][] {
  const groups: Item[][] = [];
  let open = false;
  for (const item of items) {
    if (open) groups.at(-1)!.push(item);
    else groups.push([item]);
    open = item.keepWithNext;
  }
  return groups;
}

/** Height of rows below each other. */
export const heightOf = (items: readonly { readonly heightPt: number }[]): number =>
  items.reduce((sum, { heightPt }) => sum + heightPt, 0);
