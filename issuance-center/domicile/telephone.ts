/**
 * A Japanese telephone number with its hyphens, as a form prints it. Area codes by 総務省's numbering plan: one digit for Tokyo
 * and Osaka, two for the larger cities, three elsewhere (counted without the leading zero). Pure.
 */
const TWO_DIGITS = new Set(
  `11 15 17 18 19 22 23 24 25 26 27 28 29 42 43 44 45 46 47 48 49 52 53 54 55 58 59 72 73 75 76 77 78 79 82 83 84 86 87 88 89
92 93 95 96 97 98 99`.split(/\s+/),
);

/** `digits`: ten or eleven, beginning with 0. */
export function hyphenated(digits: string): string {
  const [first, second] = lengthsOf(digits);
  return [digits.slice(0, first), digits.slice(first, first + second), digits.slice(first + second)].join(
    '-',
  );
}

/** Of the first and second group. */
function lengthsOf(digits: string): readonly [number, number] {
  if (digits.length === 11) return [3, 4];
  if (/^0(120|800|570)/.test(digits)) return [4, 3];
  if (/^0[36]/.test(digits)) return [2, 4];
  return TWO_DIGITS.has(digits.slice(1, 3)) ? [3, 3] : [4, 2];
}
