import { describe, expect, it } from 'vitest';
import { familyRegister, selectMembers } from './familyRegister.ts';
import { eventKinds } from './familyRegisterEvents.ts';
import { child, eventOf, fullEvents, memberWith, register } from './familyRegister.fixture.ts';

const faultsOf = (change: object): readonly string[] =>
  familyRegister.safeParse({ ...register, ...change }).error?.issues.map(({ message }) => message) ?? [];
const faultsWith = (...members: readonly object[]) =>
  faultsOf({ members: members.map((member, index) => ({ ...child, ...member, number: index + 1 })) });
const divorceHere = { ...eventOf('divorce'), leavingFor: undefined };
const marriageHere = { ...eventOf('marriage'), leavingFor: undefined };

describe('a family register', () => {
  it.each(fullEvents.map((event) => [event.kind, event] as const))('holds a %s', (_kind, event) => {
    expect(faultsOf({ members: [memberWith(event)] })).toEqual([]);
  });

  it('the fixture holds every kind of 身分事項 once', () => {
    expect(fullEvents.map(({ kind }) => kind)).toEqual(eventKinds);
  });

  it.each([
    ['空けずに', 'a space in a parent’s name', { father: '見本　太郎' }],
    ['生年月日と違い', 'a birth on another day', { events: [{ ...eventOf('birth'), on: '1983-07-03' }] }],
    ['生まれる前', 'a marriage before birth', { events: [{ ...marriageHere, on: '1983-07-01' }] }],
    [
      '事実より前',
      'notified before it happened',
      {
        removed: true,
        events: [{ ...eventOf('death'), notifiedOn: '2014-03-31' }],
      },
    ],
    [
      '届出より前',
      'received before it was notified',
      {
        events: [
          { ...eventOf('birth'), filing: { receivedOn: '1983-07-07', acceptedBy: '架空県ためし市長' } },
        ],
      },
    ],
    [
      '両方',
      'coming and going at once',
      {
        removed: true,
        events: [{ ...eventOf('adoption-ended'), previousRegister: eventOf('entry').previousRegister }],
      },
    ],
    ['はじめに1回', 'a birth after another entry', { events: [divorceHere, eventOf('birth')] }],
    ['失踪宣告の後', 'a marriage after death', { removed: true, events: [eventOf('death'), divorceHere] }],
    ['除籍になっていません', 'a dead member who is not removed', { events: [eventOf('death')] }],
    ['理由になる事項', 'removed for no reason', { removed: true, events: [eventOf('birth')] }],
    [
      '配偶者区分はありません',
      'removed and still a spouse',
      {
        removed: true,
        spouse: 'husband',
        events: [marriageHere, eventOf('death')],
      },
    ],
    ['いまの婚姻', 'a spouse without a marriage', { spouse: 'wife', events: [] }],
    ['いまの婚姻', 'a spouse after divorce', { spouse: 'wife', events: [marriageHere, divorceHere] }],
    ['いっしょに', 'an adoptive mother without 続柄', { adoptiveMother: '例示母' }],
    [
      '13:20',
      'a minute of death that is none',
      { removed: true, events: [{ ...eventOf('death'), at: '24:00' }] },
    ],
  ])('refuses …%s…: %s', (words, _what, change) => {
    expect(faultsWith({})).toEqual([]);
    expect(faultsWith(change).join()).toContain(words);
  });

  it('a 胎児認知 stands before the birth, every other event after it', () => {
    expect(faultsWith({ events: [{ ...eventOf('acknowledged'), on: '1983-06-30' }] })).toEqual([]);
  });

  it('筆頭者 first, then the children as they were born, later entrants at the end', () => {
    const head = { givenName: '太郎', birthDate: '1950-01-01' };
    const younger = { givenName: '二', birthDate: '1990-01-01' };
    const adopted = { givenName: '三', birthDate: '1970-01-01', events: [{ ...eventOf('adopted') }] };
    expect(faultsWith(head, child, younger, adopted)).toEqual([]);
    expect(faultsWith(child, head).join()).toContain('筆頭者は、はじめに');
    expect(faultsWith(head, younger, child).join()).toContain('生まれた順');
  });

  it('at most one couple', () => {
    const husband = { spouse: 'husband', events: [marriageHere] };
    const wife = { spouse: 'wife', events: [marriageHere] };
    expect(faultsWith(husband, wife)).toEqual([]);
    expect(faultsWith(husband, husband).join()).toContain('夫と妻の組');
    expect(faultsWith(husband, wife, wife).join()).toContain('3人以上');
  });

  it('戸籍事項 begin with how the register was made and never go back in time', () => {
    const revised = { kind: 'revised', on: '2004-02-14', reason: '改製' };
    const closed = { kind: 'closed', on: '2003-01-01' };
    expect(faultsOf({ entries: [closed] }).join()).toContain('戸籍事項のはじめ');
    expect(faultsOf({ entries: [revised, closed] }).join()).toContain('前の戸籍事項より前');
  });

  it('a day that does not exist is refused', () => {
    expect(faultsWith({ events: [{ ...marriageHere, on: '2014-02-29' }] })).not.toEqual([]);
  });
});

describe('個人事項', () => {
  const whole = familyRegister.parse({
    ...register,
    members: [child, { ...child, number: 2, removed: true, events: [eventOf('death')] }],
  });

  it('gives the persons asked for with 本籍 and 戸籍事項', () => {
    const one = selectMembers(whole, [1]);
    expect(one).toEqual({ ...whole, members: [whole.members[0]] });
  });

  it.each([[[2]], [[3]], [[]], [[1, 2]]])('refuses %j: somebody who left, or nobody', (numbers) => {
    expect(() => selectMembers(whole, numbers)).toThrow(RangeError);
  });
});
