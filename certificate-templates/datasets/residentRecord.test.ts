import { describe, expect, it } from 'vitest';
import { householdEntry, currentRecord, residentEntry } from './residentRegister.ts';
import { residentRecord, selectPersons } from './residentRecord.ts';
import { residentRecordDataset } from './residentRecordFields.ts';

const person = {
  number: 1,
  name: '見本　一郎',
  birthDate: '1980-04-01',
  sex: 'male',
  relationship: '世帯主',
  becameResidentOn: '2000-04-01',
  addressSetOn: '2000-04-01',
};
const foreign = {
  romanName: 'SAMPLE MARIA',
  kanjiName: '見本　真理亜',
  nationality: 'ブラジル',
  article30_45Category: 'mid-to-long-term-resident',
};
const household = { address: '架空県みほん市見本台1番', householderName: '見本　一郎' };
const record = (...persons: object[]) => residentRecord.safeParse({ ...household, persons });

describe('a household record', () => {
  it.each([
    [
      'a 本籍 with a foreign resident',
      { name: 'SAMPLE MARIA', foreign, registeredDomicile: { address: 'x', headOfRegister: 'y' } },
    ],
    ['a 旧氏 with a foreign resident', { name: 'SAMPLE MARIA', foreign, formerName: { name: '旧' } }],
    ['a name that is not the roman name', { foreign }],
    [
      'a period of stay of a 特別永住者',
      {
        name: 'SAMPLE MARIA',
        foreign: { ...foreign, article30_45Category: 'special-permanent-resident', periodOfStay: '5年' },
      },
    ],
    ['a resident before birth', { becameResidentOn: '1979-01-01' }],
    ['an address before residence', { addressSetOn: '1999-01-01' }],
    ['a control character in a name', { name: '見本\n一郎' }],
    ['half a surrogate pair in a name', { name: '見本\ud842' }],
    ['an empty name', { name: '' }],
    [
      'a card number of another form',
      { name: 'SAMPLE MARIA', foreign: { ...foreign, residenceCardNumber: 'AB1234567CD' } },
    ],
    ['an item nobody knows', { bloodType: 'A' }],
  ])('refuses %s', (_what, change) => {
    expect(record(person).success).toBe(true);
    expect(record({ ...person, ...change }).success).toBe(false);
  });

  it('keeps texts exactly as registered', () => {
    const name = '神\uFA19　辻\u{E0103}か\u309A ';
    const parsed = residentRecord.parse({ ...household, persons: [{ ...person, name }] });
    expect(parsed.persons[0]!.name).toBe(name);
  });

  it('refuses numbers out of order or twice', () => {
    expect(record({ ...person, number: 2 }, { ...person, number: 1 }).success).toBe(false);
    expect(record(person, person).success).toBe(false);
  });

  it('gives the persons asked for, in the order of the record, and nobody else', () => {
    const whole = residentRecord.parse({
      ...household,
      persons: [1, 2, 3].map((number) => ({ ...person, number })),
    });
    expect(selectPersons(whole, [3, 1]).persons.map(({ number }) => number)).toEqual([1, 3]);
    expect(() => selectPersons(whole, [4])).toThrow(RangeError);
    expect(() => selectPersons(whole, [])).toThrow(RangeError);
  });
});

describe('the printed fields', () => {
  const fieldsOf = (change: object) =>
    residentRecordDataset.view(residentRecord.parse({ ...household, persons: [{ ...person, ...change }] }), {
      omitted: [],
      labels: {},
    }).persons[0]!.fields;

  it('are exactly the declared ones, for Japanese and foreign residents', () => {
    const declared = [...residentRecordDataset.personFields].sort();
    expect(Object.keys(fieldsOf({})).sort()).toEqual(declared);
    expect(Object.keys(fieldsOf({ name: 'SAMPLE MARIA', foreign })).sort()).toEqual(declared);
  });

  it('住所を定めた年月日 equal to 住民となった年月日 is empty', () => {
    expect(fieldsOf({})['address-set-on']).toEqual({ kind: 'empty' });
    expect(fieldsOf({ addressSetOn: '2019-05-01' })['address-set-on']).toEqual({
      kind: 'text',
      text: '令和元年5月1日',
    });
  });

  it('a foreign resident’s birth date stays Western, 住民となった年月日 is wareki, the 漢字氏名 follows', () => {
    const fields = fieldsOf({ name: 'SAMPLE MARIA', foreign, furigana: 'サンプル' });
    expect(fields['birth-date']).toEqual({ kind: 'text', text: '1980年4月1日' });
    expect(fields['became-resident-on']).toEqual({ kind: 'text', text: '平成12年4月1日' });
    expect(fields.name).toEqual({ kind: 'text', text: 'SAMPLE MARIA　見本　真理亜' });
    expect(fields.furigana, 'readings of foreign residents are not printed').toEqual({
      kind: 'not-applicable',
    });
  });
});

describe('the register', () => {
  const { number: _number, ...items } = person;
  const entry = (change: object) =>
    residentEntry.parse({
      ...items,
      residentId: 'r1',
      householdId: 'h1',
      order: 1,
      status: 'active',
      ...change,
    });
  const home = householdEntry.parse({ ...household, householdId: 'h1', municipality: '992011' });

  it('gives the active members in order of entry, numbered from one', () => {
    const extract = currentRecord(home, [
      entry({ residentId: 'r3', order: 3, name: '見本　三郎' }),
      entry({ residentId: 'r1', order: 1 }),
      entry({ residentId: 'r2', order: 2, status: 'deceased', statusSince: '2025-01-01' }),
      entry({ residentId: 'r4', order: 4, status: 'moved-out', statusSince: '2025-01-01' }),
      entry({ residentId: 'r5', order: 5, householdId: 'h2' }),
    ])!;
    expect(extract.record.persons.map(({ number, name }) => [number, name])).toEqual([
      [1, '見本　一郎'],
      [2, '見本　三郎'],
    ]);
    expect([...extract.residentIds]).toEqual([
      [1, 'r1'],
      [2, 'r3'],
    ]);
  });

  it('has no record when nobody is left', () => {
    expect(currentRecord(home, [entry({ status: 'deceased', statusSince: '2025-01-01' })])).toBeUndefined();
  });

  it('knows since when somebody left, and plans only for who is there', () => {
    expect(() => entry({ status: 'moved-out' })).toThrow();
    expect(() => entry({ statusSince: '2025-01-01' })).toThrow();
    expect(() =>
      entry({ status: 'deceased', statusSince: '2025-01-01', plannedMoveOutOn: '2025-02-01' }),
    ).toThrow();
  });
});
