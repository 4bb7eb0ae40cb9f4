/**
 * 代替文字: the 署名用電子証明書 holds only JIS 第1・第2水準 and 補助漢字 (card.md 3.3). Every other character is replaced and
 * marked in a string with one 0 or 1 per character.
 */

/** 〓, used where the caller names no replacement. */
const REPLACEMENT = '\u3013';
/** One character as a person sees it: a base with its variation selector, if any. */
const CHARACTERS = /[^\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}][\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]?/gu;

export interface SubstitutedText {
  readonly text: string;
  readonly positions: string;
}

/** Replaces what the certificate cannot hold; `replacements` maps a character (with its selector) to the one to print. */
export function substitute(
  text: string,
  replacements: Readonly<Record<string, string>> = {},
): SubstitutedText {
  const characters = text.match(CHARACTERS) ?? [];
  const kept = characters.map((character) => isCertificateCharacter(character));
  return {
    text: characters
      .map((character, index) => (kept[index] ? character : (replacements[character] ?? REPLACEMENT)))
      .join(''),
    positions: kept.map((isKept) => (isKept ? '0' : '1')).join(''),
  };
}

function isCertificateCharacter(character: string): boolean {
  return certificateCharacters().has(character);
}

let known: ReadonlySet<string> | undefined;

/** ASCII, JIS X 0208 (rows 1-8, 16-84) and JIS X 0212, by way of EUC-JP, whose code points are exactly these rows. */
function certificateCharacters(): ReadonlySet<string> {
  known ??= new Set([
    // row 1 as Unicode consortium's tables have it; the WHATWG decoder below gives their compatibility twins
    ...'\u2014\u301c\u2016\u2212\u00a2\u00a3\u00ac',
    ...Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index)),
    ...rowsOf([], (row) => row <= 8 || (row >= 16 && row <= 84)),
    ...rowsOf([0x8f], () => true),
  ]);
  return known;
}

function rowsOf(prefix: readonly number[], wanted: (row: number) => boolean): string[] {
  const decoder = new TextDecoder('euc-jp');
  const rows = Array.from({ length: 94 }, (_, index) => index + 1).filter(wanted);
  return rows.flatMap((row) => {
    const bytes = rows.length
      ? Array.from({ length: 94 }, (_, cell) => [...prefix, 0xa0 + row, 0xa1 + cell])
      : [];
    return bytes
      .map((code) => decoder.decode(Uint8Array.from(code)))
      .filter((text) => !text.includes('\ufffd'));
  });
}
