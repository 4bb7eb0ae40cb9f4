/**
 * The seal inside a PDF (ISO 32000-1, 12.8): a signature dictionary with room for exactly one CMS signature, filled after
 * the file is complete. One pass, one revision: the signature covers every byte but itself.
 */
import { createHash } from 'node:crypto';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { CmsSigner } from './signedData.ts';

/** Digits of an offset; the longest file this leaves room for is a thousand times ours. */
const OFFSET_DIGITS = 9;
const BYTE_RANGE = '/ByteRange';
const CONTENTS = '/Contents';

/**
 * The dictionary with blanks. `M` is the start of the issue date in Japan: a renderer has no clock, and a document says
 * nowhere more than the day.
 */
export function signatureDictionary(signer: CmsSigner, issueDate: CivilDate): string {
  const range = `[0 ${Array(3).fill(' '.repeat(OFFSET_DIGITS)).join(' ')}]`;
  const [year, month, day] = issueDate.split('-');
  return [
    '<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached',
    `/M(D:${year}${month}${day}000000+09'00')`,
    `${BYTE_RANGE}${range}`,
    `${CONTENTS}<${'0'.repeat(signer.length * 2)}>>>`,
  ].join('');
}

/**
 * Fills the blanks of the signature dictionary, in place. `from` is where its object starts. The brackets of the
 * signature's string are left out with it (ISO 32000-1, table 252).
 */
export function sealInPlace(file: Buffer, from: number, signer: CmsSigner): void {
  const range = file.indexOf(BYTE_RANGE, from, 'latin1') + BYTE_RANGE.length;
  const open = file.indexOf(CONTENTS, range, 'latin1') + CONTENTS.length;
  const close = open + 2 + signer.length * 2;
  if (file[open] !== LESS_THAN || file[close - 1] !== GREATER_THAN) {
    throw new RangeError('there is no room for the seal');
  }
  const offsets = [open, close, file.length - close].map((offset) => String(offset).padEnd(OFFSET_DIGITS));
  file.write(`[0 ${offsets.join(' ')}]`, range, 'latin1');
  const digest = createHash('sha256').update(file.subarray(0, open)).update(file.subarray(close)).digest();
  file.write(signer.sign(digest).toString('hex'), open + 1, 'latin1');
}

const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
