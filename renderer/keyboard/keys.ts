/** Which keys there are and where they lie. */
import type { KanaMark } from './kana.ts';
import type { AddressUnit } from './editing.ts';

/** 五十音 by rows of the keyboard; a space is a place without a key. */
export const kanaRows: readonly string[] = [
  'あかさたなはまやらわ',
  'いきしちにひみ　りを',
  'うくすつぬふむゆるん',
  'えけせてねへめ　れー',
  'おこそとのほもよろ　',
];
export const NO_KEY = '　';

/** The column behind わ: what is done to the kana before. */
export const markKeys: readonly KanaMark[] = ['voiced', 'half-voiced', 'small'];

/** Rows of the page of digits: three digits, then words of addresses. */
export const digitRows: readonly (readonly [string, string, string])[] = [
  ['1', '2', '3'],
  ['4', '5', '6'],
  ['7', '8', '9'],
];
export const HYPHEN = '－';
export const unitRows: readonly (readonly [AddressUnit, AddressUnit])[] = [
  ['丁目', '番地'],
  ['番', '号'],
  ['の', '地割'],
  ['大字', '字'],
];
