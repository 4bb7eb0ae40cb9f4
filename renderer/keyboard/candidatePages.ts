/** Candidates in pages without scrolling: two rows of four places, the last place turns the page. */
import type { Candidate } from './engine.ts';

const PLACES = 4;
const ROWS = 2;
/** Letters that fit into one place, and into two. */
const ONE_PLACE = 4;
const TWO_PLACES = 9;

/** How many of a row's places a candidate takes. */
export function placesOf(text: string): 1 | 2 | 4 {
  const length = [...text].length;
  if (length <= ONE_PLACE) return 1;
  return length <= TWO_PLACES ? 2 : PLACES;
}

export type CandidatePage = readonly (readonly Candidate[])[];

/** Pages of rows, in order; the last row leaves one place for the turn of the page. */
export function candidatePages(candidates: readonly Candidate[]): readonly CandidatePage[] {
  const rows: Candidate[][] = [];
  const room = (row: number) => (row % ROWS === ROWS - 1 ? PLACES - 1 : PLACES);
  let left = 0;
  for (const candidate of candidates) {
    const places = placesOf(candidate.text);
    while (rows.length === 0 || places > left) {
      rows.push([]);
      left = room(rows.length - 1);
    }
    rows[rows.length - 1]!.push(candidate);
    left -= places;
  }
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, page) =>
    rows.slice(page * ROWS, page * ROWS + ROWS),
  );
}
