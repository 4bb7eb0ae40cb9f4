import { describe, expect, it } from 'vitest';
import type { View } from '#agent/contract/deviceLink.ts';
import { yen } from '#templates/vocabulary.ts';
import type { VisitWish } from './driveVisit.ts';
import { answerTo } from './visitAnswers.ts';

type Options = Extract<View, { at: 'choosingOptions' }>;
const wish = (change: Partial<VisitWish> = {}): VisitWish => ({
  pin: '1234',
  kinds: ['resident-record-copy'],
  include: [],
  copies: 1,
  ...change,
});
const view = (question: string, body: Options['body']): Options => ({
  at: 'choosingOptions',
  municipality: '架空市',
  label: '証明書',
  question,
  heading: '',
  explanation: '',
  number: 1,
  of: 1,
  body,
});
const choice = (value: string, selected = false, label = value) => ({ value, label, selected });
const one = (...choices: ReturnType<typeof choice>[]) => ({ kind: 'one' as const, choices });
const many = (minimum: number, ...choices: ReturnType<typeof choice>[]) => ({
  kind: 'many' as const,
  choices,
  minimum,
  enough: choices.filter(({ selected }) => selected).length >= minimum,
});
const answer = (question: string, body: Options['body'], change: Partial<VisitWish> = {}) => {
  const touch = answerTo(view(question, body), wish(change), new Set());
  if (touch.kind === 'impossible') return touch.reason;
  return touch.command.type === 'answer' ? touch.command.values : touch.command.type;
};

describe('the program in the resident’s place', () => {
  const extents = one(choice('whole'), choice('part'), choice('self', true));
  it('chooses an extent as told, else the resident alone, else what the kind proposes', () => {
    expect(answer('extent', extents, { extent: 'whole' })).toEqual(['whole']);
    expect(answer('extent', extents, { members: ['1'] })).toEqual(['part']);
    expect(answer('extent', extents, { members: 'all' })).toEqual(['whole']);
    expect(answer('extent', extents)).toBe('goOn');
    expect(answer('extent', one(choice('whole', true), choice('part')))).toBe('goOn');
    expect(answer('extent', one(choice('whole', true), choice('part')), { extent: 'self' })).toBe(
      'no choice self for extent',
    );
  });

  it('finds members by number, by name without selectors and spaces, or all', () => {
    const members = many(1, choice('1', true, '渡邉󠄗　太郎'), choice('2', false, '渡邉󠄗　櫻'));
    expect(answer('members', members, { members: ['2'] })).toEqual(['1', '2']);
    expect(answer('members', members, { members: ['渡邉 櫻', '渡邉太郎'] })).toEqual(['2']);
    expect(answer('members', members, { members: 'all' })).toEqual(['2']);
    expect(answer('members', members, { members: ['見本'] })).toBe('no choice 見本 for members');
    expect(answer('members', members)).toBe('goOn');
  });

  it('ticks what is included, or everything, and says what is missing', () => {
    const items = many(1, choice('name'), choice('address'));
    expect(answer('items', items, { include: ['address'] })).toEqual(['address']);
    expect(answer('items', items, { include: 'all' })).toEqual(['name', 'address']);
    expect(answer('items', items)).toBe(
      '証明書 needs at least 1 of name, address (--include or --all-options)',
    );
    expect(answer('items', many(1, choice('name', true), choice('address')), { include: ['name'] })).toBe(
      'goOn',
    );
  });

  it('answers a single option with yes or no, and copies up to what is allowed', () => {
    const yesNo = one(choice('yes'), choice('no', true));
    expect(answer('relationship', yesNo, { include: ['relationship'] })).toEqual(['yes']);
    expect(answer('relationship', yesNo, { include: 'all' })).toEqual(['yes']);
    expect(answer('relationship', yesNo)).toBe('goOn');
    const copies = { kind: 'copies' as const, copies: 1, max: 2, unitFee: yen.parse(300) };
    expect(answer('copies', copies, { copies: 2 })).toEqual(['2']);
    expect(answer('copies', copies, { copies: 3 })).toBe('at most 2 copies');
  });
});
