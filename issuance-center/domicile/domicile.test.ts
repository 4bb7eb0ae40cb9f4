import { describe, expect, it } from 'vitest';
import type { BasicFourItems } from '../contract/domicileApplication.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import { afterAct, statesFor, type ApplicationAct } from './applicationState.ts';
import { namesSame } from './sameHolder.ts';
import { hyphenated } from './telephone.ts';

describe('a telephone number', () => {
  it.each([
    ['09012345678', '090-1234-5678'],
    ['0312345678', '03-1234-5678'],
    ['0451234567', '045-123-4567'],
    ['0000000000', '000-000-0000'],
    ['0120123456', '0120-123-456'],
    ['0995123456', '0995-12-3456'],
    ['0167123456', '0167-12-3456'],
  ])('%s is printed as %s', (digits, printed) => {
    expect(hyphenated(digits)).toBe(printed);
  });
});

describe('an application', () => {
  it('ends once: from no end is there a way on', () => {
    const acts: readonly ApplicationAct[] = [
      'take',
      'release',
      'ask',
      'accept',
      'refuse',
      'withdraw',
      'expire',
    ];
    for (const end of ['accepted', 'refused', 'withdrawn', 'expired'] as const) {
      expect(acts.map((act) => afterAct(end, act))).toEqual(acts.map(() => undefined));
    }
  });
  it('is decided only by who has taken it', () => {
    for (const act of ['accept', 'refuse', 'ask', 'release'] as const)
      expect(statesFor(act)).toEqual(['checking']);
    expect(afterAct('received', 'take')).toBe('checking');
    expect(afterAct('checking', 'take')).toBeUndefined();
  });
});

describe('who signed and whose card it is', () => {
  const items: BasicFourItems = {
    name: '渡辺　太郎',
    nameReplacements: '01000',
    birthDate: '1983-07-02' as CivilDate,
    sex: 'male',
    address: '架空県みほん市',
    addressReplacements: '0000000',
  };
  it.each([
    ['a replaced letter and a variation selector do not count', { name: '渡邉󠄗　太郎' }, true],
    ['another letter counts', { name: '渡邉　次郎' }, false],
    ['a letter more counts', { name: '渡邉　太郎丸' }, false],
    ['another day of birth counts', { name: '渡邉　太郎', birthDate: '1983-07-03' as CivilDate }, false],
    ['of a foreign resident the day of birth counts', { name: 'SAMPLE TARO', foreign: {} as never }, true],
  ])('%s', (_what, entry, same) => {
    expect(namesSame({ birthDate: '1983-07-02' as CivilDate, ...entry }, items)).toBe(same);
  });

  it.each([
    // U+FA19 and U+795E are one by NFC, and two letters of two families
    ['a compatibility ideograph is its own letter', '\ufa19　都子', '神　都子', '0000', false],
    ['its stand-in is marked as one', '\ufa19　都子', '神　都子', '1000', true],
    ['the certificate has the letter itself', '\ufa19　都子', '\ufa19　都子', '0000', true],
    ['a marked letter elsewhere excuses no other', '渡邉　太郎', '渡邉　次郎', '0100', false],
    ['a selector in the certificate shifts no mark', '渡邉󠄗　太郎', '渡邉󠄗　次郎', '010000', false],
    ['a mark behind a selector is of its own letter', '渡邉󠄗　𠀋郎', '渡邉󠄗　〓郎', '000010', true],
  ])('%s', (_what, registered, name, nameReplacements, same) => {
    const { birthDate } = items;
    expect(namesSame({ name: registered, birthDate }, { name, nameReplacements, birthDate })).toBe(same);
  });
});
