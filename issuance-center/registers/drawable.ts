/** Which texts of a register row cannot be printed: found at the door, by path and code point, never by the text. */
import type { MunicipalityCode } from '#templates/vocabulary.ts';
import type { Drawability } from '../documents/font.ts';

export type CanDraw = (text: string) => Drawability;
/** A municipality may have private-use characters of its own: the answer is its own too. */
export type CanDrawIn = (municipality: MunicipalityCode) => CanDraw;

export interface UndrawableText {
  /** e.g. `foreign.kanjiName` */
  readonly path: string;
  /** `U+XXXX` */
  readonly codePoints: readonly string[];
}

/** Every text of the row that the certificate font cannot draw exactly as registered. */
export function undrawableTexts(row: object, canDraw: CanDraw, path = ''): UndrawableText[] {
  return Object.entries(row).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'object' && value !== null) return undrawableTexts(value as object, canDraw, place);
    if (typeof value !== 'string') return [];
    const drawn = canDraw(value);
    return drawn.kind === 'undrawable' ? [{ path: place, codePoints: drawn.codePoints }] : [];
  });
}
