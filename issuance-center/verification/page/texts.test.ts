import { describe, expect, it } from 'vitest';
import { shippedKindIds } from '#templates/vocabulary.ts';
import { KINDS_IN_ENGLISH } from './kindNames.ts';
import en from './texts/en.json' with { type: 'json' };
import ja from './texts/ja.json' with { type: 'json' };
import { dateText, preferredLanguage } from './words.ts';

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.{ts,tsx}'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const everything = Object.values(sources).join('\n');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the words of the page', () => {
  it('are the same keys in both languages, with the same values to fill in', () => {
    expect(Object.keys(en)).toEqual(Object.keys(ja));
    for (const [key, text] of Object.entries(ja)) {
      expect(placeholders(en[key as keyof typeof en]), key).toEqual(placeholders(text));
    }
  });

  it('are all used', () => {
    const made = (key: string) => /^(verdict|language)\./.test(key);
    const unused = Object.keys(ja).filter((key) => !made(key) && !everything.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  it('there is a sentence for every finding', () => {
    const ids = [...(sources['./finding.ts'] ?? '').matchAll(/^ {4}\| '([a-z-]+)'$/gm)].map(([, id]) => id!);
    expect(ids.length).toBeGreaterThan(15);
    const missing = ids
      .flatMap((id) => [`verdict.${id}`, `verdict.${id}.text`])
      .filter((key) => !(key in ja));
    expect(missing).toEqual([]);
  });

  it('every shipped kind has a name in English', () => {
    expect(Object.keys(KINDS_IN_ENGLISH).sort()).toEqual([...shippedKindIds].sort());
  });

  it('no Japanese word stands in the English page but the copy’s 複写 and the switch of languages', () => {
    const japanese = Object.entries(en).filter(([, text]) =>
      /[ぁ-んァ-ヶ一-龠]/.test(text.replaceAll('複写', '')),
    );
    expect(japanese.map(([key]) => key)).toEqual(['language.ja']);
    const written = Object.entries(sources).filter(([path]) => path.endsWith('.tsx'));
    const literal = written.filter(([, text]) => />[^<{]*[ぁ-んァ-ヶ一-龠][^<{]*</.test(text));
    expect(literal.map(([path]) => path)).toEqual([]);
  });

  it('are plain Japanese', () => {
    const loanwords = /エラー|システム|サーバ|データ|アップロード|スキャン|ファイル形式|ステータス|検証|認証/;
    expect(Object.values(ja).filter((text) => loanwords.test(text))).toEqual([]);
  });
});

describe('languages', () => {
  it('Japanese for who reads it, English for everybody else', () => {
    expect(preferredLanguage(['en-US', 'ja'])).toBe('ja');
    expect(preferredLanguage(['pt-BR', 'en'])).toBe('en');
  });

  it('dates as each of them writes them', () => {
    expect(dateText('2026-11-21', 'ja')).toBe('令和8年11月21日');
    expect(dateText('2026-11-21', 'en')).toBe('21 November 2026');
  });
});
