/** Numbers of addresses: 3 -> 三 (二十三, never 二三) and how the first 丁目 are spoken. */

const DIGITS = [...'〇一二三四五六七八九'];
const PLACES = ['', '十', '百', '千'];
const LARGEST = 9_999;

/** Whole numbers up to 9999 in kanji; null for anything else. */
export function inKanji(digits: string): string | null {
  if (!/^\d{1,4}$/.test(digits)) return null;
  const value = Number(digits);
  if (value > LARGEST) return null;
  if (value === 0) return '〇';
  const figures = [...String(value)].map(Number);
  return figures
    .map((figure, index) => {
      const place = PLACES[figures.length - 1 - index] ?? '';
      if (figure === 0) return '';
      return figure === 1 && place !== '' ? place : `${DIGITS[figure]}${place}`;
    })
    .join('');
}

const SPOKEN_CHOME: readonly string[] = 'いっ に さん よん ご ろく なな はっ きゅう じゅっ'
  .split(' ')
  .map((number) => `${number}ちょうめ`);

/** いっちょうめ -> 一丁目 and so on; also しちょうめ, しちちょうめ, くちょうめ, じっちょうめ, はちちょうめ. */
export const spokenChome: ReadonlyMap<string, string> = new Map([
  ...SPOKEN_CHOME.map((reading, index): [string, string] => [reading, `${inKanji(String(index + 1))}丁目`]),
  ['いちちょうめ', '一丁目'],
  ['しちょうめ', '四丁目'],
  ['しちちょうめ', '七丁目'],
  ['はちちょうめ', '八丁目'],
  ['くちょうめ', '九丁目'],
  ['じっちょうめ', '十丁目'],
]);
