/** The municipalities of the list that fit what was typed. Pure. */
import type { DomicileMunicipality } from '../../../contract/domicileApplication.ts';

/** More than these are narrowed down by typing. */
const MOST_SHOWN = 60;
const TO_HIRAGANA = 0x60;
const hiragana = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[ァ-ヶ]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! - TO_HIRAGANA));

export function found(
  places: readonly DomicileMunicipality[],
  typed: string,
): { readonly shown: readonly DomicileMunicipality[]; readonly more: number } {
  const searched = hiragana(typed);
  const fitting = places.filter(
    ({ prefecture, name, reading }) =>
      `${prefecture}${name}`.includes(searched) || reading.includes(searched),
  );
  // one whose reading begins with it comes first, one without a reading last
  const rank = ({ reading }: DomicileMunicipality): number => {
    if (reading === '') return 2;
    return searched !== '' && reading.startsWith(searched) ? 0 : 1;
  };
  const sorted = [...fitting].sort(
    (left, right) => rank(left) - rank(right) || (left.code < right.code ? -1 : 1),
  );
  return { shown: sorted.slice(0, MOST_SHOWN), more: Math.max(0, sorted.length - MOST_SHOWN) };
}
