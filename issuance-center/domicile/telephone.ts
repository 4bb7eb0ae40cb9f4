/** A Japanese telephone number with its hyphens, as a form prints it: where they stand follows 総務省's numbering plan. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';

const PRINTED = /^0\d{1,4}-\d{1,4}-\d{3,4}$/;

/** `digits`: ten or eleven, beginning with 0. A number of no area that is known is parted in the usual way. */
export function hyphenated(digits: string): string {
  const printed = parsePhoneNumberFromString(digits, 'JP')?.formatNational() ?? '';
  if (PRINTED.test(printed)) return printed;
  const middle = digits.length - 7;
  return `${digits.slice(0, 3)}-${digits.slice(3, 3 + middle)}-${digits.slice(-4)}`;
}
