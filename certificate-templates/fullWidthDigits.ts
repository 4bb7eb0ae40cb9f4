/** Full-width digits, as 戸籍 prints every number (forms.md 2). */

const FULL_WIDTH_ZERO = 0xff10;

/** ASCII digits as full-width ones; everything else stays exactly as it is. */
export function fullWidthDigits(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(FULL_WIDTH_ZERO + Number(digit)));
}
