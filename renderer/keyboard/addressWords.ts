/** What every address is made of beside names: numbers, 丁目, 番地, 大字. */
import type { Word } from './lexicon.ts';
import { inKanji, spokenChome } from './numerals.ts';

/** Words of addresses that every municipality has; cheaper than what else is read so. */
export const UNITS: readonly Word[] = [
  unit('ちょうめ', '丁目', 1_500),
  unit('ばんち', '番地', 1_000),
  unit('ばん', '番', 2_500),
  unit('ごう', '号', 2_500),
  unit('ちわり', '地割', 2_000),
  unit('まち', '町', 4_500),
  unit('ちょう', '町', 4_500),
  unit('むら', '村', 5_000),
  unit('けん', '県', 4_000),
  unit('し', '市', 4_000),
  unit('く', '区', 4_500),
  unit('ぐん', '郡', 4_500),
  unit('と', '都', 6_000),
  unit('ふ', '府', 6_000),
  { ...unit('おおあざ', '大字', 1_000), wordClass: 'x' },
  { ...unit('あざ', '字', 3_000), wordClass: 'x' },
  { ...unit('こあざ', '小字', 3_000), wordClass: 'x' },
  { ...unit('だい', '第', 6_000), wordClass: 'x' },
];
function unit(reading: string, surface: string, cost: number): Word {
  return { reading, surface, wordClass: 'u', cost };
}

/** 12 -> 12; 3ちょうめ -> 三丁目, 3丁目; さんちょうめ -> 三丁目. */
export function numberWords(part: string): readonly Word[] {
  const word = (surface: string, cost: number): Word => ({ surface, reading: part, wordClass: 'm', cost });
  const spoken = spokenChome.get(part);
  if (spoken !== undefined) return [word(spoken, -3_000)];
  const [, digits, unitKana] = /^(\d+)(ちょうめ)?$/.exec(part) ?? [];
  if (digits === undefined) return [];
  if (unitKana === undefined) return [word(digits, 500)];
  const kanji = inKanji(digits);
  return [...(kanji ? [word(`${kanji}丁目`, -8_000)] : []), word(`${digits}丁目`, -4_000)];
}

/** A number is one word: no part of its digits is. */
export function cutsNumber(reading: string, start: number, end: number): boolean {
  const digitAt = (index: number) => /\d/.test(reading.charAt(index));
  return (digitAt(start - 1) && digitAt(start)) || (digitAt(end - 1) && digitAt(end));
}
