/** Kana from the letters of a hardware keyboard, as the Japanese keyboards of computers take them (訓令式 and ヘボン式). */

const VOWELS = [...'aiueo'];
const ROWS: Readonly<Record<string, string>> = {
  '': 'あいうえお',
  k: 'かきくけこ',
  s: 'さしすせそ',
  t: 'たちつてと',
  n: 'なにぬねの',
  h: 'はひふへほ',
  m: 'まみむめも',
  r: 'らりるれろ',
  g: 'がぎぐげご',
  z: 'ざじずぜぞ',
  d: 'だぢづでど',
  b: 'ばびぶべぼ',
  p: 'ぱぴぷぺぽ',
  x: 'ぁぃぅぇぉ',
};
const SMALL: Readonly<Record<string, string>> = { a: 'ゃ', u: 'ゅ', o: 'ょ' };
const WITH_SMALL: Readonly<Record<string, string>> = {
  ky: 'き',
  sy: 'し',
  sh: 'し',
  ty: 'ち',
  ch: 'ち',
  ny: 'に',
  hy: 'ひ',
  my: 'み',
  ry: 'り',
  gy: 'ぎ',
  zy: 'じ',
  jy: 'じ',
  j: 'じ',
  by: 'び',
  py: 'ぴ',
};
const OTHERS: Readonly<Record<string, string>> = {
  ya: 'や',
  yu: 'ゆ',
  yo: 'よ',
  wa: 'わ',
  wo: 'を',
  nn: 'ん',
  "n'": 'ん',
  shi: 'し',
  chi: 'ち',
  tsu: 'つ',
  fu: 'ふ',
  ji: 'じ',
  vu: 'ゔ',
  xya: 'ゃ',
  xyu: 'ゅ',
  xyo: 'ょ',
  xtu: 'っ',
  xtsu: 'っ',
  '-': 'ー',
};

const TABLE: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ROWS).flatMap(([consonant, kana]) =>
    VOWELS.map((vowel, index): [string, string] => [consonant + vowel, kana.charAt(index)]),
  ),
  ...Object.entries(WITH_SMALL).flatMap(([letters, kana]) =>
    Object.entries(SMALL).map(([vowel, small]): [string, string] => [letters + vowel, kana + small]),
  ),
  ...Object.entries(OTHERS),
]);

export interface Romaji {
  /** kana that are complete */
  readonly kana: string;
  /** letters that wait for the next one */
  readonly open: string;
}

/** One more letter after those that wait. Letters that lead nowhere are dropped. */
export function romaji(open: string, letter: string): Romaji {
  const letters = open + letter;
  const kana = TABLE.get(letters);
  if (kana !== undefined) return { kana, open: '' };
  if ([...TABLE.keys()].some((key) => key.startsWith(letters))) return { kana: '', open: letters };
  if (open === 'n') return { ...romaji('', letter), kana: `ん${romaji('', letter).kana}` };
  if (open === letter && /^[ksthmrgzdbpcj]$/.test(letter)) return { kana: 'っ', open: letter };
  return open === '' ? { kana: '', open: '' } : romaji('', letter);
}
