/** The kana index of a list of names by their readings. Pure. */
import type { KanaRow } from '../contract/domicileViews.ts';

const ROWS: readonly (readonly [KanaRow, string])[] = [
  ['あ', 'ぁあぃいぅうぇえぉおゔ'],
  ['か', 'かがきぎくぐけげこご'],
  ['さ', 'さざしじすずせぜそぞ'],
  ['た', 'ただちぢっつづてでとど'],
  ['な', 'なにぬねの'],
  ['は', 'はばぱひびぴふぶぷへべぺほぼぽ'],
  ['ま', 'まみむめも'],
  ['や', 'ゃやゅゆょよ'],
  ['ら', 'らりるれろ'],
  ['わ', 'ゎわゐゑをん'],
];

/** The row of the table a reading (hiragana) stands in; one that is not known is 他. */
export function rowOf(reading: string): KanaRow {
  const first = reading.charAt(0);
  return ROWS.find(([, kana]) => first !== '' && kana.includes(first))?.[0] ?? '他';
}

/** Rows that have at least one of these, in the order of the table. */
export function rowsOf(readings: readonly string[]): KanaRow[] {
  const found = new Set(readings.map(rowOf));
  return [...ROWS.map(([row]) => row), '他' as const].filter((row) => found.has(row));
}

/** Katakana as hiragana, spaces left out: how readings are compared. */
export function plainReading(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/\s/g, '');
}
