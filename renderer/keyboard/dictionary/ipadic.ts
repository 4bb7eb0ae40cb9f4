/**
 * Reads IPADIC (mecab-ipadic-2.7.0-20070801) as the package kuromoji ships it: tid.dat holds ten bytes a token (left id,
 * right id, cost, place of its features), tid_pos.dat the features, comma separated and ended by a zero. Used at build
 * time only; how the words reach the screen is lexiconText.ts.
 */
import { inHiragana } from '../kana.ts';

/** One token as IPADIC has it; the reading in hiragana. */
export interface IpadicToken {
  readonly surface: string;
  /** 品詞 and its three subdivisions, joined by commas: 名詞,固有名詞,人名,姓 */
  readonly part: string;
  readonly reading: string;
  /** the lower, the more usual within its part of speech */
  readonly cost: number;
}

const TOKEN_BYTES = 10;
const COST_AT = 4;
/** surface, four of part of speech, two of conjugation, base form, reading */
const READING_FIELD = 8;

/** Every token with a reading. Tokens and features were written in one order: the n-th line belongs to the n-th token. */
export function readIpadic(tokens: Uint8Array, features: Uint8Array): readonly IpadicToken[] {
  const view = new DataView(tokens.buffer, tokens.byteOffset, tokens.byteLength);
  const used = features.findLastIndex((byte) => byte !== 0) + 1;
  const lines = new TextDecoder().decode(features.subarray(0, used)).split('\0');
  return lines.flatMap((line, index) => {
    const token = tokenOf(line, view.getInt16(index * TOKEN_BYTES + COST_AT, true));
    return token ? [token] : [];
  });
}

function tokenOf(line: string, cost: number): IpadicToken | null {
  const fields = line.split(',');
  const [surface, ...rest] = fields;
  const reading = fields[READING_FIELD];
  if (!surface || !reading || !/^[ァ-ヶー]+$/.test(reading)) return null;
  return { surface, part: rest.slice(0, 4).join(','), reading: inHiragana(reading), cost };
}
