import { describe, expect, it } from 'vitest';
import ja from './ja.json' with { type: 'json' };

const sources = import.meta.glob<string>(
  ['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!../fixtures/**', '!../*.d.ts'],
  { query: '?raw', import: 'default', eager: true },
);
const literals = new Set(
  Object.values(sources).flatMap((source) =>
    [...source.matchAll(/(['"])([a-z][A-Za-z-]*(?:\.[A-Za-z-]+)*)\1/g)].map((match) => match[2]),
  ),
);
const said = Object.values(sources).flatMap((source) =>
  [...source.matchAll(/\bsay\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''),
);
const entries = Object.entries(ja);

/** Words of the machine's makers, not of its users; a loanword where Japanese has a word. */
const FORBIDDEN = [
  'セッション',
  'トランザクション',
  'エラー',
  'システム',
  'サーバ',
  'ネットワーク',
  'タイムアウト',
  'キャンセル',
  'ログイン',
  'ログアウト',
  'リトライ',
  'プロセス',
  'ステータス',
  'オプション',
  'デフォルト',
  'メニュー',
  'データ',
  'アプリ',
  'タッチ',
  'タップ',
  'ボタン',
  'クリック',
  'スタッフ',
  '認証',
  '異常',
  '不正',
];

describe('words of the screens', () => {
  it('finds the sources of the screens', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(20);
    expect(said.length).toBeGreaterThan(80);
  });
  it('has every key that a screen says', () => {
    expect(said.filter((key) => !(key in ja))).toEqual([]);
  });
  it('has no key that no screen says', () => {
    expect(Object.keys(ja).filter((key) => !literals.has(key))).toEqual([]);
  });
  it.each(FORBIDDEN)('never says %s', (word) => {
    expect(entries.filter(([, text]) => text.includes(word))).toEqual([]);
  });
  it('speaks です・ます: every full sentence ends politely', () => {
    const sentences = entries.flatMap(([key, text]) =>
      text
        .split(/(?<=。)/)
        .filter((sentence) => sentence.endsWith('。'))
        .map((sentence) => [key, sentence]),
    );
    const polite = /(です|ます|ません|ました|でした|ください|でしょう)。$/;
    expect(sentences.filter(([, sentence]) => !polite.test(sentence ?? ''))).toEqual([]);
  });
  it('asks or says what to do in the heading of every question', () => {
    const headings = entries.filter(([key]) => key.endsWith('.heading'));
    const verb = /(ください|ますか|ですか|います|ました|ません|です|れます|方へ)$/;
    expect(headings.filter(([, text]) => !verb.test(text))).toEqual([]);
  });
});
