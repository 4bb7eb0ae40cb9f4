import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { currentRecord, type ResidentEntry } from '#templates/datasets/residentRegister.ts';
import { ageOn } from '#templates/civilTime.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { resolveDate } from './relativeDate.ts';
import { demoMunicipalities, demoRegisters } from './residents.ts';

const TODAY = civilDate.parse('2026-11-20');
const registers = demoRegisters(TODAY);
const active = registers.residents.filter(({ status }) => status === 'active');
const membersOf = (householdId: string) => active.filter((entry) => entry.householdId === householdId);
const resident = (id: string) => registers.residents.find(({ residentId }) => residentId === id)!;
const graphemes = (text: string) => [...new Intl.Segmenter('ja', { granularity: 'grapheme' }).segment(text)];

/** Check digit of a 個人番号 (forms.md 14): weights 2..7 then 2..6 from the right. */
function rightCheckDigit(number: string): number {
  const digits = [...number.slice(0, 11)].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => total + digit * (index < 6 ? index + 2 : index - 4), 0);
  return sum % 11 <= 1 ? 0 : 11 - (sum % 11);
}

/** Every text of a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('demo residents', () => {
  it('at least forty people, in three municipalities, each with an id of its own', () => {
    expect(registers.residents.length).toBeGreaterThanOrEqual(40);
    expect(new Set(registers.residents.map(({ residentId }) => residentId)).size).toBe(
      registers.residents.length,
    );
    const codes = new Set(registers.households.map(({ municipality }) => municipality));
    expect([...codes]).toEqual(demoMunicipalities);
  });

  it.each(['2023-03-31', '2024-02-29', '2026-11-20', '2027-01-01', '2028-02-29'])(
    'the data stays valid when the demo runs on %s',
    (day) => {
      const today = civilDate.parse(day);
      const { households, residents } = demoRegisters(today);
      for (const household of households) {
        const extract = currentRecord(household, residents);
        const count = residents.filter(
          (entry) => entry.householdId === household.householdId && entry.status === 'active',
        );
        expect(extract?.record.persons.length ?? 0).toBe(count.length);
      }
      const under15 = residents.find(({ residentId }) => residentId === 'under-15')!;
      const fifteen = residents.find(({ residentId }) => residentId === 'fifteen-today')!;
      expect([ageOn(under15.birthDate, today), ageOn(fifteen.birthDate, today)]).toEqual([14, 15]);
    },
  );

  it('every 個人番号 is wrong on purpose, and nobody shares one', () => {
    const numbers = registers.residents.map(({ individualNumber }) => individualNumber!);
    expect(new Set(numbers).size).toBe(registers.residents.length);
    expect(rightCheckDigit('123456789018')).toBe(8); // the worked number of forms.md 14
    expect(numbers.filter((number) => rightCheckDigit(number) === Number(number[11]))).toEqual([]);
  });

  it('every place is fictional', () => {
    const places = [
      ...registers.households.map(({ address }) => address),
      ...registers.residents.flatMap(({ registeredDomicile }) => registeredDomicile?.address ?? []),
      ...registers.residents.flatMap(({ foreign, previousAddress }) =>
        foreign ? [] : (previousAddress ?? []),
      ),
    ];
    expect(places.filter((place) => !/^架空県(みほん市|ためし市|見本郡)/.test(place))).toEqual([]);
  });

  it('every date is in order and none lies ahead but what must', () => {
    for (const entry of registers.residents) {
      const notified = entry.notifiedOn ?? entry.becameResidentOn;
      expect(entry.birthDate <= entry.becameResidentOn, entry.residentId).toBe(true);
      expect(entry.becameResidentOn <= notified, entry.residentId).toBe(true);
      for (const day of [
        entry.addressSetOn,
        notified,
        entry.statusSince ?? TODAY,
        entry.movedInOn ?? TODAY,
      ]) {
        expect(day <= TODAY || entry.residentId === 'tameshi-foreign', entry.residentId).toBe(true);
      }
      for (const ahead of [entry.plannedMoveOutOn, entry.foreign?.periodExpiresOn]) {
        expect(ahead === undefined || ahead > TODAY, entry.residentId).toBe(true);
      }
    }
  });
});

describe('demo households', () => {
  it.each(registers.households.map((household) => [household.householdId, household] as const))(
    '%s has one 世帯主, whose name stands on the household, and relations seen from there',
    (id, household) => {
      const members = membersOf(id);
      if (members.length === 0) return expect(id).toBe('tameshi-moved-on');
      const heads = members.filter(({ relationship }) => relationship === '世帯主');
      expect(heads.map(({ name }) => name)).toEqual([household.householderName]);
      for (const member of members) checkRelation(member, heads[0]!);
    },
  );

  it('the sizes a sheet of four blocks must cope with', () => {
    const sizes = new Set(registers.households.map(({ householdId }) => membersOf(householdId).length));
    expect([...sizes].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('the worked example of the form, exactly', () => {
    const household = registers.households[0]!;
    const { record } = currentRecord(household, registers.residents)!;
    expect(record.address).toBe('架空県みほん市見本台三丁目12番34－567号　みほんハイツ');
    expect(record.householderName).toBe('渡\u9089\u{E0117}　太郎');
    expect(
      record.persons.map(({ name, relationship, birthDate }) => [name, relationship, birthDate]),
    ).toEqual([
      ['渡\u9089\u{E0117}　太郎', '世帯主', '1983-07-02'],
      ['渡\u9089\u{E0117}　櫻', '妻', '1985-11-23'],
      ['渡\u9089\u{E0117}　陽葵', '子', '2017-05-06'],
      ['SAMPLE MARIA ANGELICA', '同居人', '1990-01-15'],
    ]);
    expect(record.persons[1]!.formerName).toEqual({ name: '\u6801田', furigana: 'ヤナギダ' });
    expect(record.persons[2]).not.toHaveProperty('previousAddress');
    expect(record.persons[3]!.foreign).toMatchObject({
      alias: '見本　マリア',
      residenceCardNumber: 'AB12345678CD',
    });
  });

  it('who has died is not on the record of the household', () => {
    const household = registers.households.find(({ householdId }) => householdId === 'mihon-widow')!;
    const { record, residentIds } = currentRecord(household, registers.residents)!;
    expect([...residentIds.values()]).toEqual(['deceased-member-household']);
    expect(record.persons[0]!.number).toBe(1);
  });
});

function checkRelation(member: ResidentEntry, head: ResidentEntry): void {
  const { relationship, sex, birthDate, residentId } = member;
  const female = ['妻', '母', '母の母', '子の妻', '妹'];
  const male = ['夫', '父'];
  if (female.includes(relationship)) expect(sex, residentId).toBe('female');
  if (male.includes(relationship)) expect(sex, residentId).toBe('male');
  if (['子', '妻の子', '子の子', '子の妻', '妹'].includes(relationship)) {
    expect(birthDate > head.birthDate, residentId).toBe(true);
  }
  if (['父', '母', '母の母'].includes(relationship))
    expect(birthDate < head.birthDate, residentId).toBe(true);
}

describe('awkward texts', () => {
  const fixture = new URL('../../fixtures/characters.json', import.meta.url);
  const characters = JSON.parse(readFileSync(fixture, 'utf8')) as { char: string; mj: string }[];
  const names = active.flatMap((entry) => textsIn([entry.name, entry.formerName, entry.foreign]));
  const clusters = new Set(names.flatMap((name) => graphemes(name).map(({ segment }) => segment)));

  it.each(characters.map(({ char, mj }) => [char, mj] as const))(
    '%s (%s) stands in a name as one cluster',
    (char) => {
      expect(clusters.has(char)).toBe(true);
    },
  );

  it('normalising would destroy some of them, and none was normalised', () => {
    expect(names.filter((name) => name !== name.normalize('NFC')).length).toBeGreaterThan(0);
    expect(resident('former-name').name).toBe('\uFA19　\uFA26子');
  });

  it('lengths: over 72 letters of roman name, 60 of address, one-character names', () => {
    expect(resident('long-latin-name').name.length).toBeGreaterThanOrEqual(72);
    const long = registers.households.find(({ householdId }) => householdId === 'mihon-long-address')!;
    expect(graphemes(long.address)).toHaveLength(60);
    expect(resident('minimal-name').name).toBe('一　一');
  });

  it('family and given name are parted by one ideographic space', () => {
    const japanese = registers.residents.filter(({ foreign }) => !foreign);
    expect(japanese.filter(({ name }) => name.split('　').length !== 2)).toEqual([]);
  });

  it('birth dates on the first and last days of eras and on a leap day', () => {
    const births = new Set<string>(registers.residents.map(({ birthDate }) => birthDate));
    for (const day of ['1926-12-24', '1926-12-25', '1989-01-07', '1989-01-08', '2019-05-01', '2000-02-29']) {
      expect(births.has(day), day).toBe(true);
    }
  });

  it('readings: most have one, some do not, foreign residents never', () => {
    const japanese = active.filter(({ foreign }) => !foreign);
    expect(japanese.filter(({ furigana }) => furigana).length).toBeGreaterThan(japanese.length / 2);
    expect(japanese.filter(({ furigana }) => !furigana).length).toBeGreaterThanOrEqual(3);
    expect(active.filter(({ foreign, furigana }) => foreign && furigana)).toEqual([]);
  });
});

describe('dates relative to the day of the demo', () => {
  it.each([
    ['@today', '2024-02-29', '2024-02-29'],
    ['@today-1d', '2024-03-01', '2024-02-29'],
    ['@today+10d', '2026-12-25', '2027-01-04'],
    ['@today-14y', '2026-11-20', '2012-11-20'],
    ['@today-15y', '2024-02-29', '2009-02-28'],
    ['1983-07-02', '2026-11-20', '1983-07-02'],
  ])('%s on %s is %s', (text, today, expected) => {
    expect(resolveDate(text, civilDate.parse(today))).toBe(expected);
  });

  it('refuses what is no date', () => {
    expect(() => resolveDate('@tomorrow', TODAY)).toThrow();
  });
});
