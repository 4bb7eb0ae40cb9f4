import { describe, expect, it } from 'vitest';
import { noticeByCode, noticeCode, noticeOf, notices, type Notice } from './notices.ts';

const wordsOf = ({ title, text, todo }: Notice) => [title.ja, text.ja, todo.ja];
const each = notices.map((notice) => [notice.code, notice] as const);

/** System words, loanwords with a plain Japanese word, and blame (screens.md 5). */
const NEVER_SAID = [
  ...[
    'エラー',
    'セッション',
    'トランザクション',
    'サーバ',
    'ネットワーク',
    'タイムアウト',
    'システム',
    'データ',
  ],
  ...[
    '認証',
    'リトライ',
    'キャンセル',
    'アクセス',
    'プリンタ',
    '間違',
    'まちが',
    '失敗',
    '不正',
    '違反',
    '無効',
  ],
];
/** Causes that only the municipality may know; the shared answer must not even hint at one of them. */
const HIDDEN_CAUSES =
  /支援|措置|保護|転出|転入|引っ越|異動|死亡|消除|外字|文字|届|審査|制限|記載|家族|世帯|15歳|職員/;

describe('notice catalogue', () => {
  it('codes are unique, and one prefix belongs to one group', () => {
    expect(new Set(notices.map(({ code }) => code)).size).toBe(notices.length);
    const groups = new Map<string, Set<string>>();
    for (const { code, group } of notices) {
      const prefix = code.slice(0, -3);
      groups.set(prefix, (groups.get(prefix) ?? new Set()).add(group));
    }
    for (const [prefix, found] of groups) expect([...found], prefix).toHaveLength(1);
  });

  it('codes outside the catalogue are refused', () => {
    expect(noticeCode.safeParse('DESK-02').success).toBe(false);
    expect(() => noticeOf('CARD-99')).toThrow();
    expect(noticeByCode(noticeOf('CARD-03')).code).toBe('CARD-03');
  });

  it('the shared answer of the counter is alone in its group and gives nothing away', () => {
    const desk = notices.filter(({ group }) => group === 'desk');
    expect(desk.map(({ code }) => code)).toEqual(['DESK-01']);
    expect(wordsOf(desk[0]!).join('')).not.toMatch(HIDDEN_CAUSES);
    expect([desk[0]!.retry, desk[0]!.attendant]).toEqual([false, false]);
  });
});

describe('words of the notices', () => {
  it.each(each)('%s: plain words, without blame', (_, notice) => {
    const said = wordsOf(notice).join('').replaceAll('電子証明書', '').replaceAll('本人確認', '');
    expect(NEVER_SAID.filter((word) => said.includes(word))).toEqual([]);
    expect(said).not.toMatch(/[A-Za-z]{3,}/);
  });

  it.each(each)('%s: a short heading, whole sentences, and a next act', (_, { title, text, todo }) => {
    expect(title.ja.length).toBeLessThanOrEqual(22);
    expect(title.ja).not.toMatch(/[。！!]$/);
    for (const words of [text.ja, todo.ja]) {
      expect(words).toMatch(/。$/);
      const sentences = words.split('。').filter((sentence) => sentence.length > 0);
      expect(sentences.filter((sentence) => sentence.length > 50)).toEqual([]);
      expect(
        sentences.filter((sentence) => !/(ます|ません|です|ました|でした|ください)$/.test(sentence)),
      ).toEqual([]);
    }
    expect(todo.ja).toMatch(/ください|いただけます/);
  });

  it.each(each.filter(([, { attendant }]) => attendant))('%s: calls the staff', (_, { todo }) => {
    expect(todo.ja).toContain('店員');
  });

  it.each(each.filter(([, { attendant }]) => !attendant))('%s: leaves the staff alone', (_, { todo }) => {
    expect(todo.ja).not.toContain('店員に');
    expect(todo.ja).not.toContain('店員を');
  });

  it.each(each.filter(([, { retry }]) => !retry))(
    '%s: does not send anybody round in a circle',
    (_, { todo }) => {
      expect(todo.ja).not.toMatch(/^(もう一度|はじめから|時間をおいて|カードを置き)/);
    },
  );
});
