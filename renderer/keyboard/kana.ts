/** Kana as typed on the screen: toggles of the last one, and the same word in katakana. */

/** What ゛ makes of a kana; a second touch takes it back. */
const VOICED = pairs(
  'かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はば ひび ふぶ へべ ほぼ うゔ',
);
const HALF_VOICED = pairs('はぱ ひぴ ふぷ へぺ ほぽ');
const SMALL = pairs('あぁ いぃ うぅ えぇ おぉ やゃ ゆゅ よょ つっ わゎ');

export type KanaMark = 'voiced' | 'half-voiced' | 'small';
const MARKS: Readonly<Record<KanaMark, ReadonlyMap<string, string>>> = {
  voiced: VOICED,
  'half-voiced': HALF_VOICED,
  small: SMALL,
};

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));
}

/** The kana without ゛, ゜ and not small. */
export function plainKana(kana: string): string {
  for (const marked of Object.values(MARKS)) {
    for (const [plain, other] of marked) if (other === kana) return plain;
  }
  return kana;
}

/** The reading with a mark on its last kana, or taken off it again; unchanged where the kana has no such form. */
export function withMark(reading: string, mark: KanaMark): string {
  const last = reading.slice(-1);
  const marked = MARKS[mark].get(plainKana(last));
  if (marked === undefined) return reading;
  return reading.slice(0, -1) + (marked === last ? plainKana(last) : marked);
}

/** Has the last kana a form with this mark? */
export function canMark(reading: string, mark: KanaMark): boolean {
  return withMark(reading, mark) !== reading;
}

const HIRAGANA_TO_KATAKANA = 'ア'.charCodeAt(0) - 'あ'.charCodeAt(0);

/** さいとう -> サイトウ; everything else stays. */
export function inKatakana(text: string): string {
  return text.replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + HIRAGANA_TO_KATAKANA));
}

/** サイトウ -> さいとう; everything else stays. */
export function inHiragana(text: string): string {
  return text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - HIRAGANA_TO_KATAKANA));
}

/** A reading as this keyboard types it: hiragana, ー and digits. */
export function isReading(text: string): boolean {
  return /^[ぁ-ゖー0-9]+$/.test(text);
}
