import { describe, expect, it } from 'vitest';
import { NOTHING_TYPED, statementOf, typedApplicationNumber } from './typed.ts';

const TYPED = {
  domicile: ' 例示八丁目８番地 ',
  headOfRegister: '例示 昨日子',
  furigana: 'れいじ きのこ',
  telephone: '０９０-1234-5678',
};

describe('what is typed', () => {
  it('is taken in any width, kana and with hyphens', () => {
    expect(statementOf(TYPED)).toEqual({
      kind: 'statement',
      statement: {
        domicile: '例示八丁目８番地',
        headOfRegister: '例示　昨日子',
        furigana: 'レイジ　キノコ',
        telephone: '09012345678',
      },
    });
  });

  it('takes half-width katakana with its marks', () => {
    expect(statementOf({ ...TYPED, furigana: 'ﾚｲｼﾞ ﾊﾟｳﾛ' })).toMatchObject({
      statement: { furigana: 'レイジ　パウロ' },
    });
  });

  it('keeps letters that a normal form would change', () => {
    const headOfRegister = '神　邉󠄗';
    expect(statementOf({ ...TYPED, headOfRegister })).toMatchObject({ statement: { headOfRegister } });
  });

  it('names every fault beside its field, in Japanese', () => {
    const stated = statementOf({ ...NOTHING_TYPED, furigana: '例示', domicile: '一'.repeat(201) });
    if (stated.kind === 'statement') throw new Error('nothing was stated');
    expect(Object.keys(stated.faults).sort()).toEqual([
      'domicile',
      'furigana',
      'headOfRegister',
      'telephone',
    ]);
    expect(stated.faults.domicile).toBe('長すぎます');
    for (const words of Object.values(stated.faults)) expect(words).toMatch(/[ぁ-ん]/);
  });
});

describe('a 申請番号', () => {
  it.each(['ABCD-1234-EFGH', 'abcd 1234 efgh', 'ＡＢＣＤ１２３４ＥＦＧＨ', 'abcd-i234-efgh'])(
    '%s',
    (text) => {
      expect(typedApplicationNumber(text)).toBe('ABCD-1234-EFGH');
    },
  );
  it.each(['', 'ABCD-1234', 'ABCD-1234-EFGHJ', 'UUUU-1234-EFGH'])('not %j', (text) => {
    expect(typedApplicationNumber(text)).toBeUndefined();
  });
});
