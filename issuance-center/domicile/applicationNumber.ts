/** 申請番号: 60 random bits, typed by people: nobody's number can be guessed, and it says nothing. */
import { randomBytes } from 'node:crypto';

/** Crockford's alphabet: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 12;

export function newApplicationNumber(): string {
  // 256 is a multiple of 32: the low five bits of a byte are uniform
  const symbols = [...randomBytes(SYMBOLS)].map((byte) => ALPHABET[byte & 31]).join('');
  return symbols.match(/.{4}/g)!.join('-');
}
