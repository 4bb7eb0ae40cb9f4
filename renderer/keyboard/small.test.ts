import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatePages, placesOf } from './candidatePages.ts';
import { canMark, inHiragana, inKatakana, plainKana, withMark } from './kana.ts';
import { openLexicon } from './lexicon.ts';
import { inKanji, spokenChome } from './numerals.ts';
import { romaji } from './romaji.ts';
import { variantsOf } from './variants.ts';
import { fewWords } from './words.fixture.ts';

describe('kana', () => {
  it.each([
    ['か', 'voiced', 'が'],
    ['が', 'voiced', 'か'],
    ['ば', 'half-voiced', 'ぱ'],
    ['つ', 'small', 'っ'],
    ['っ', 'voiced', 'づ'],
    ['う', 'voiced', 'ゔ'],
    ['ん', 'voiced', 'ん'],
    ['', 'small', ''],
  ] as const)('%s with %s is %s', (kana, mark, marked) => {
    expect(withMark(`あ${kana}`, mark)).toBe(kana === '' ? 'ぁ' : `あ${marked}`);
  });
  it('knows what can be marked', () => {
    expect(canMark('た', 'half-voiced')).toBe(false);
    expect(canMark('は', 'half-voiced')).toBe(true);
    expect(plainKana('ぽ')).toBe('ほ');
  });
  it('turns every hiragana into katakana and back', () => {
    const all = Array.from({ length: 0x3097 - 0x3041 }, (_, index) =>
      String.fromCharCode(0x3041 + index),
    ).join('');
    expect(inHiragana(inKatakana(all))).toBe(all);
    expect(inKatakana('さいとうー12')).toBe('サイトウー12');
  });
});

describe('numbers', () => {
  it.each([
    ['1', '一'],
    ['10', '十'],
    ['11', '十一'],
    ['23', '二十三'],
    ['100', '百'],
    ['305', '三百五'],
    ['1110', '千百十'],
    ['0', '〇'],
    ['12345', null],
    ['1a', null],
  ])('%s is %s', (digits, kanji) => expect(inKanji(digits)).toBe(kanji));
  it('are spoken with 丁目', () => {
    expect(spokenChome.get('いっちょうめ')).toBe('一丁目');
    expect(spokenChome.get('じゅっちょうめ')).toBe('十丁目');
    expect(new Set(spokenChome.values()).size).toBe(10);
  });
});

describe('letters of a hardware keyboard', () => {
  const typed = (letters: string) =>
    [...letters].reduce(
      ({ kana, open }, letter) => {
        const next = romaji(open, letter);
        return { kana: kana + next.kana, open: next.open };
      },
      { kana: '', open: '' },
    );
  it.each([
    ['watanabe', 'わたなべ'],
    ['saitou', 'さいとう'],
    ['shinbashi', 'しんばし'],
    ['honnda', 'ほんだ'],
    ["kin'ichi", 'きんいち'],
    ['nippori', 'にっぽり'],
    ['tyuuoutyou', 'ちゅうおうちょう'],
    ['chuuou', 'ちゅうおう'],
    ['ja-', 'じゃー'],
    ['xtu', 'っ'],
    ['q', ''],
  ])('%s is %s', (letters, kana) => expect(typed(letters)).toEqual({ kana, open: '' }));
});

describe('old forms', () => {
  it('come one letter at a time, the usual ones first, never the word itself', () => {
    expect(variantsOf('高橋').slice(0, 2)).toEqual(['髙橋', '高𣘺']);
    expect(variantsOf('黒崎')[0]).toBe('黒﨑');
    expect(variantsOf('田中')).toEqual([]);
  });
});

describe('words by reading', () => {
  const lexicon = openLexicon(fewWords);
  it('are found exactly, the first and the last line too', () => {
    expect(lexicon.exact('かくう').map(({ surface }) => surface)).toEqual(['架空']);
    expect(lexicon.exact('わたなべ').map(({ surface }) => surface)).toEqual(['渡辺', '渡邉']);
    for (const none of ['', 'わ', 'わたなべー', 'ん', 'あ', 'みほんだ'])
      expect(lexicon.exact(none)).toEqual([]);
  });
  it('are found by their beginning, without the beginning itself', () => {
    const surfaces = (reading: string) =>
      lexicon.beginning(reading, ['p', 'n']).map(({ surface }) => surface);
    expect(surfaces('み')).toEqual(['三保', '美保', '見本']);
    expect(surfaces('みほ')).toEqual(['見本']);
    expect(surfaces('みほん')).toEqual([]);
  });
  it('of an empty text are none', () => {
    expect(openLexicon('').exact('み')).toEqual([]);
    expect(openLexicon('').beginning('み', ['p'])).toEqual([]);
  });
});

describe('pages of candidates', () => {
  it('hold every candidate once, in order, in rows of four places with room for the turn of the page', () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom(...'見本台町'), minLength: 1, maxLength: 14 }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(texts, (all) => {
        const candidates = all.map((text) => ({ text, length: 1 }));
        const pages = candidatePages(candidates);
        expect(pages.flat(2)).toEqual(candidates);
        for (const page of pages) {
          page.forEach((row, index) => {
            const places = row.reduce((sum, { text }) => sum + placesOf(text), 0);
            expect(places).toBeLessThanOrEqual(index === 0 ? 4 : 3);
          });
          expect(page.flat().length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
