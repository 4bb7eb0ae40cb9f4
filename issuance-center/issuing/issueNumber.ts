/** 発行番号: 80 random bits, so that no number can be guessed or tells when and where it was made. */
import { randomBytes } from 'node:crypto';
import { issueNumber, type IssueNumber } from '#templates/vocabulary.ts';

/** Crockford's alphabet: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 16;

export function newIssueNumber(): IssueNumber {
  // 256 is a multiple of 32: the low five bits of a byte are uniform
  const symbols = [...randomBytes(SYMBOLS)].map((byte) => ALPHABET[byte & 31]).join('');
  return issueNumber.parse(symbols.match(/.{4}/g)!.join('-'));
}
