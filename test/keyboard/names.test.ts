/** What is offered for the demo's towns and 筆頭者, over the words as they are built. */
import { describe, expect, it } from 'vitest';
import { loadTemplates } from '#templates/load.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { demoFamilyRegisters } from '#simulators/municipality/familyRegisters.ts';
import { demoMunicipalities } from '#simulators/municipality/residents.ts';
import { candidatePages } from '../../renderer/keyboard/candidatePages.ts';
import { makeEngine } from '../../renderer/keyboard/engine.ts';
import { inHiragana } from '../../renderer/keyboard/kana.ts';
import { openLexicon } from '../../renderer/keyboard/lexicon.ts';
import { builtWords } from './builtWords.ts';

const profiles = loadTemplates().profiles;
const lexicon = openLexicon(builtWords());
const names = makeEngine(lexicon, 'name');

interface Asked {
  readonly text: string;
  readonly reading: string;
  readonly before: string;
}
/** Variation sequences are not typed: the staff of the 本籍地 compare. */
const plain = (text: string) => text.replace(/[\u{E0100}-\u{E01EF}]/gu, '');

const asked: readonly Asked[] = demoFamilyRegisters(civilDate.parse('2026-11-26')).flatMap((register) => {
  const head = register.members.find(({ givenName }) => givenName === register.headGivenName);
  const family = plain(register.familyName);
  const words = [
    { text: family, reading: register.familyNameFurigana ?? '', before: '' },
    { text: plain(register.headGivenName), reading: head?.givenNameFurigana ?? '', before: `${family}　` },
  ];
  return words.map((word) => ({ ...word, reading: inHiragana(word.reading) }));
});
const distinct = [...new Map(asked.map((word) => [word.text + word.reading, word])).values()].filter(
  ({ reading }) => reading !== '',
);

const firstPage = (reading: string, before: string) =>
  (candidatePages(names.suggest(reading, before))[0] ?? [])
    .flat()
    .filter(({ length }) => length === reading.length)
    .map(({ text }) => text);
const anywhere = (reading: string, before: string) => names.suggest(reading, before).map(({ text }) => text);

/** Read as no dictionary reads them: written letter by letter, each by a usual reading of its own. */
const BY_LETTER: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  勘解由小路: [
    ['勘', 'かん'],
    ['解', 'かい'],
    ['由', 'ゆ'],
    ['小路', 'こうじ'],
  ],
  十二月三十一日: [
    ['十二月', 'じゅうにがつ'],
    ['三十', 'さんじゅう'],
    ['一日', 'いちにち'],
  ],
  斉見: [
    ['斉', 'せい'],
    ['見', 'み'],
  ],
  祇見: [
    ['祇', 'ぎ'],
    ['見', 'み'],
  ],
  '\uFA26子': [
    ['\uFA26', 'みやこ'],
    ['子', 'こ'],
  ],
  響子: [
    ['響', 'きょう'],
    ['子', 'こ'],
  ],
  昨日子: [
    ['昨日', 'きのう'],
    ['子', 'こ'],
  ],
  薫: [['薫', 'かおる']],
  晦: [['晦', 'かい']],
  転: [['転', 'てん']],
  凜: [['凜', 'りん']],
  𠀋: [['𠀋', 'じょう']],
};
/** What no keyboard of words brings: a private-use letter, a 変体仮名 and letters without a reading in IPADIC. */
const OUT_OF_REACH = ['\u{E000}原', '𛀂い', '\u{E001}子', '䶒'];

describe('筆頭者 of the demo', () => {
  it('are on the first page of candidates, but for those read as no dictionary reads them', () => {
    expect(distinct.length).toBeGreaterThan(50);
    const missing = distinct.filter(
      ({ text, reading, before }) => !firstPage(reading, before).includes(text),
    );
    const told = missing.map(({ text }) => text).filter((text) => !BY_LETTER[text]);
    expect(told.filter((text) => !OUT_OF_REACH.includes(text) && !/\p{Co}/u.test(text))).toEqual([]);
    expect(missing.length / distinct.length).toBeLessThan(0.25);
  });
  it.each(Object.entries(BY_LETTER))('%s can be written letter by letter', (word, letters) => {
    expect(letters.map(([text]) => text).join('')).toBe(word);
    for (const [text, reading] of letters) expect(anywhere(reading, '見本　')).toContain(text);
  });
});

describe('old forms of letters', () => {
  it.each([
    ['たかはし', ['高橋', '髙橋']],
    ['わたなべ', ['渡辺', '渡邉', '渡邊']],
    ['さいとう', ['斎藤', '斉藤', '齋藤', '齊藤']],
    ['やまさき', ['山崎', '山﨑']],
    ['くろさき', ['黒崎', '黒嵜']],
    ['やなぎ', ['柳', '栁']],
    ['はしもと', ['橋本', '𣘺本']],
  ])('of %s stand on the first page', (reading, forms) => {
    expect(firstPage(reading, '')).toEqual(expect.arrayContaining(forms));
  });
  it.each([
    ['はまだ', '濵田'],
    ['さわだ', '澤田'],
    ['ひろせ', '廣瀬'],
    ['とみた', '冨田'],
    ['しまだ', '嶋田'],
    ['よしだ', '𠮷田'],
    ['じん', '神'],
  ])('of %s are offered', (reading, form) => {
    expect(anywhere(reading, '')).toContain(form);
  });
});

describe('町字 of the demo', () => {
  const towns = demoMunicipalities.flatMap((code) => {
    const own = profiles.get(code)!.value.towns ?? [];
    return own.map((town) => ({ code, own, ...town }));
  });
  it('are there', () => expect(towns.length).toBeGreaterThan(10));
  it.each(towns.map(({ code, name }) => [code, name]))(
    '%s %s: first, and on the first page after three kana',
    (code, name) => {
      const { own, reading } = towns.find((each) => each.code === code && each.name === name)!;
      const engine = makeEngine(lexicon, 'address', own);
      expect(engine.suggest(reading, '')[0]).toEqual({ text: name, length: reading.length });
      const early = candidatePages(engine.suggest(reading.slice(0, 3), ''))[0]!.flat();
      const family = own.filter((town) => town.reading.startsWith(reading.slice(0, 3)));
      if (family.length <= 3) expect(early.map(({ text }) => text)).toContain(name);
    },
  );
  it('of one municipality are never offered for another', () => {
    const other = makeEngine(lexicon, 'address', profiles.get(demoMunicipalities[1]!)!.value.towns);
    const texts = ['み', 'みほ', 'みほん'].flatMap((typed) =>
      other.suggest(typed, '').map(({ text }) => text),
    );
    expect(texts).not.toContain('見本台');
  });
});

describe('whole addresses in one conversion', () => {
  const engine = makeEngine(lexicon, 'address', profiles.get(demoMunicipalities[0]!)!.value.towns);
  it.each([
    ['みほんだい3ちょうめ12ばんち', '見本台三丁目12番地'],
    ['ちゅうおうちょうにちょうめ2ばんち3', '中央町二丁目2番地3'],
    ['にししんじゅく2ちょうめ8ばん1ごう', '西新宿二丁目8番1号'],
    ['かすみがせき', '霞が関'],
  ])('%s', (reading, text) => {
    const pieces = engine.convert(reading, '');
    expect(pieces.map((piece) => piece.candidates[0]!.text).join('')).toBe(text);
    expect(pieces.map((piece) => piece.reading).join('')).toBe(reading);
  });
});
