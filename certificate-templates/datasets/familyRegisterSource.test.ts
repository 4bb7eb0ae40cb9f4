import { describe, expect, it } from 'vitest';
import { civilDate } from '../vocabulary.ts';
import { addressHistoryEntry } from './addressHistoryEntry.ts';
import { addressHistorySource } from './addressHistorySource.ts';
import { child, eventOf, register } from './familyRegister.fixture.ts';
import { familyRegisterEntry, registerHolders } from './familyRegisterEntry.ts';
import { familyRegisterSource } from './familyRegisterSource.ts';
import { residentEntry, residentId } from './residentRegister.ts';

const { number: _number, ...items } = child;
const members = [
  { ...items, residentId: 'taro', givenName: '太郎' },
  { ...items, residentId: 'hana', givenName: '花子', relationship: '長女' },
  { ...items, residentId: 'left', givenName: '去', removed: true, events: [eventOf('branching')] },
  { ...items, givenName: '遠' },
];
const entry = (change: object = {}) =>
  familyRegisterEntry.parse({
    familyRegisterId: 'r1',
    municipality: '992011',
    ...register,
    members,
    ...change,
  });
const home = (member: { residentId?: string; givenName: string; removed?: boolean }) => ({
  ...(member.residentId && { residentId: member.residentId }),
  givenName: member.givenName,
  birthDate: '1983-07-02',
  sex: 'male',
  ...(member.removed && { removed: { reason: '分籍', on: '2024-06-01' } }),
  addresses: [{ address: '架空県みほん市見本台1番', setOn: '1983-07-02' }],
});
const history = (change: object = {}) =>
  addressHistoryEntry.parse({
    familyRegisterId: 'r1',
    municipality: '992011',
    domicile: register.domicile,
    familyName: '見本',
    headGivenName: '太郎',
    made: { kind: 'established', on: '1980-04-01' },
    members: members.map(home),
    ...change,
  });
const resident = (change: object) =>
  residentEntry.parse({
    residentId: 'taro',
    householdId: 'h1',
    order: 1,
    name: '見本　太郎',
    birthDate: '1983-07-02',
    sex: 'male',
    relationship: '世帯主',
    becameResidentOn: '2000-01-01',
    addressSetOn: '2000-01-01',
    status: 'active',
    ...change,
  });
const asks = (holder: string) => ({ holder: residentId.parse(holder), today: civilDate.parse('2026-11-20') });
const rowsWith = (change: object) => ({
  residents: [resident({})],
  familyRegister: entry(),
  addressHistory: history(),
  ...change,
});

const sources = [['戸籍', familyRegisterSource] as const, ['附票', addressHistorySource] as const];

describe('a resident who is tied to one of the two registers only', () => {
  const untied = members.map((member) =>
    'removed' in member ? { ...member, residentId: undefined } : member,
  );

  it('belongs to the other one too', () => {
    const onFamily = rowsWith({ addressHistory: history({ members: untied.map(home) }) });
    expect(addressHistorySource.find(onFamily, asks('taro'))).toMatchObject({ alsoConcerned: ['left'] });
    const onHistory = rowsWith({ familyRegister: entry({ members: untied }) });
    expect(familyRegisterSource.find(onHistory, asks('taro'))).toMatchObject({ alsoConcerned: ['left'] });
    for (const [, source] of sources) {
      expect(source.find(rowsWith({}), asks('taro'))).toMatchObject({ alsoConcerned: [] });
    }
  });
});

describe.each(sources)('%s', (_name, source) => {
  const reasonOf = (change: object, holder = 'taro') => {
    const outcome = source.find(rowsWith(change), asks(holder));
    return outcome.kind === 'withheld' ? outcome.reason : outcome.kind;
  };

  it('is found for every member who is on it, and says who the holder is', () => {
    for (const holder of ['taro', 'hana']) {
      const outcome = source.find(rowsWith({}), asks(holder));
      if (outcome.kind !== 'found') throw new Error(outcome.reason);
      expect(
        outcome.persons.map(({ number, name, self, removed }) => [number, name, self, removed ?? false]),
      ).toEqual([
        [1, '見本　太郎', holder === 'taro', false],
        [2, '見本　花子', holder === 'hana', false],
        [3, '見本　去', false, true],
        [4, '見本　遠', false, false],
      ]);
      expect(outcome.persons.map((person) => person.residentId)).toEqual(['taro', 'hana', 'left', undefined]);
    }
  });

  it('of somebody who has left it, or was never on it, it is not: 本籍 is elsewhere', () => {
    expect(reasonOf({}, 'left')).toBe('domicile-elsewhere');
    expect(reasonOf({}, 'nobody')).toBe('domicile-elsewhere');
    expect(reasonOf({ familyRegister: undefined, addressHistory: undefined })).toBe('domicile-elsewhere');
  });

  it('除籍 and 改製原戸籍 are not issued', () => {
    const closed = { entries: [...register.entries, { kind: 'closed', on: '2020-01-01' }], status: 'closed' };
    expect(reasonOf({ familyRegister: entry(closed), addressHistory: history({ status: 'closed' }) })).toBe(
      'domicile-elsewhere',
    );
    const replaced = { status: 'superseded' };
    expect(reasonOf({ familyRegister: entry(replaced), addressHistory: history(replaced) })).toBe(
      'domicile-elsewhere',
    );
  });

  it('a notification pending on the register is for the counter, whoever’s it is', () => {
    const pending = { familyRegister: entry({ pendingNotification: true }) };
    expect(reasonOf(pending)).toBe('ask-at-the-counter');
    expect(reasonOf(pending, 'hana')).toBe('ask-at-the-counter');
  });

  it.each([
    ['another name', { name: '見本　次郎' }],
    ['another spelling of the name', { name: '見本　太\u{90ce}\u{E0101}' }],
    ['another birth date', { birthDate: '1983-07-03' }],
  ])('a member whom the resident register knows with %s is for the counter', (_what, change) => {
    expect(reasonOf({ residents: [resident(change)] })).toBe('ask-at-the-counter');
    expect(reasonOf({ residents: [resident({ ...change, residentId: 'hana' })] })).toBe('ask-at-the-counter');
  });

  it('who has left it may have another name by now', () => {
    expect(reasonOf({ residents: [resident({ residentId: 'left', name: '別見　去' })] })).toBe('found');
  });

  it('every text is there to be looked at: of each person, and of the register', () => {
    const outcome = source.find(rowsWith({}), asks('taro'));
    if (outcome.kind !== 'found') throw new Error(outcome.reason);
    expect(outcome.texts).toEqual(expect.arrayContaining([register.domicile, '見本', '太郎']));
    expect(outcome.persons[3]!.texts).toContain('遠');
  });

  it('chosen persons only: never one who has left', () => {
    const outcome = source.find(rowsWith({}), asks('taro'));
    if (outcome.kind !== 'found') throw new Error(outcome.reason);
    const select = source.select as (
      value: unknown,
      numbers: readonly number[],
    ) => { members: { number: number }[] };
    expect(select(outcome.value, [1, 4]).members.map(({ number }) => number)).toEqual([1, 4]);
    expect(() => select(outcome.value, [3])).toThrow(RangeError);
  });

  it('carries no id and no state into the document', () => {
    const outcome = source.find(rowsWith({}), asks('taro'));
    if (outcome.kind !== 'found') throw new Error(outcome.reason);
    expect(JSON.stringify(outcome.value)).not.toMatch(
      /residentId|familyRegisterId|pendingNotification|992011/,
    );
  });
});

describe('戸籍の附票', () => {
  it('its own pending notice is for the counter too', () => {
    const rows = rowsWith({ addressHistory: history({ pendingNotification: true }) });
    expect(addressHistorySource.find(rows, asks('taro'))).toEqual({
      kind: 'withheld',
      reason: 'ask-at-the-counter',
    });
    expect(familyRegisterSource.find(rows, asks('taro')).kind).toBe('found');
  });
});

describe('the rows of the register', () => {
  it('are looked up by who is on them now', () => {
    expect(registerHolders(entry())).toEqual(['taro', 'hana']);
    expect(registerHolders(entry({ status: 'superseded' }))).toEqual([]);
  });

  it.each([
    ['two members who are one resident', { members: [members[0], { ...members[1], residentId: 'taro' }] }],
    ['closed without 戸籍消除', { status: 'closed' }],
    ['戸籍消除 and in force', { entries: [...register.entries, { kind: 'closed', on: '2020-01-01' }] }],
  ])('refuse %s', (_what, change) => {
    expect(() => entry(change)).toThrow();
  });
});
