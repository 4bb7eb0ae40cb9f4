/** Fictional fronts and keys for the tests of this folder. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { civilDate, municipalityCode } from '#templates/vocabulary.ts';
import type { PublishedKey } from '../contract/verification.ts';
import type { FrontContent, FrontItem } from './front/frontContent.ts';
import type { FrontKey } from './signedFront.ts';

export interface TestKey extends FrontKey {
  readonly published: PublishedKey;
}

export function testKey(municipality = '992011', change: Partial<PublishedKey> = {}): TestKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const x = publicX(privateKey);
  const id = `${municipality}-${x.slice(0, 8)}`;
  const published: PublishedKey = {
    kid: id,
    municipality: municipalityCode.parse(municipality),
    municipalityName: '架空県みほん市',
    from: null,
    until: null,
    jwk: { kty: 'OKP', crv: 'Ed25519', x },
    ...change,
  };
  return { id, key: privateKey, published };
}

export const day = (text: string) => civilDate.parse(text);
const publicX = (key: KeyObject): string => createPublicKey(key).export({ format: 'jwk' }).x!;

const pair = (section: string, label: string, value: string): FrontItem => ({
  role: 'pair',
  section,
  label,
  value,
});

/** A page of a 住民票 with four people. */
export function householdPage(first = 1): readonly FrontItem[] {
  const persons = Array.from({ length: 4 }, (_, index) => personItems(first + index)).flat();
  return [
    { role: 'title', section: '', label: '', value: '住　民　票' },
    pair('', '住所', '架空県みほん市見本台三丁目12番34－567号　みほんハイツ'),
    pair('', '世帯主', '渡邉\u{E0117}　太郎'),
    ...persons,
    {
      role: 'paragraph',
      section: '',
      label: '',
      value: 'この写しは、世帯全員の住民票の原本と相違ないことを証明する。',
    },
    { role: 'figure', section: '', label: '', value: '架空県みほん市長の印' },
  ];
}

function personItems(number: number): readonly FrontItem[] {
  const section = String(number);
  return [
    pair(section, '氏名の振り仮名', `ワタナベ　ミホン${'アイウエオカキク'[number % 8]!}`),
    pair(section, '個人番号', '【省略】'),
    pair(section, '氏名', `渡邉\u{E0117}　見本${'一二三四五六七八'[number % 8]!}`),
    pair(section, '生年月日', `昭和58年7月${number}日`),
    pair(section, '本籍', `架空県みほん市中央町一丁目2番地${number}`),
    pair(section, '転入前住所', '【空欄】'),
  ];
}

export const twoPages: FrontContent = {
  issueNumber: '7K3M-Q0ZV-92HD-X5TA',
  municipality: '992011',
  kind: 'resident-record-copy',
  title: '住民票の写し',
  issueDate: '2026-11-21',
  pages: [householdPage(1), householdPage(5)],
};
