import { describe, expect, it } from 'vitest';
import { historyOf } from '#templates/datasets/addressHistoryEntry.ts';
import { addressHistorySource } from '#templates/datasets/addressHistorySource.ts';
import { addressHistoryDataset } from '#templates/datasets/addressHistoryView.ts';
import { registerEventKinds } from '#templates/datasets/familyRegister.ts';
import { eventKinds } from '#templates/datasets/familyRegisterEvents.ts';
import { registerHolders, registerOf } from '#templates/datasets/familyRegisterEntry.ts';
import { familyRegisterSource } from '#templates/datasets/familyRegisterSource.ts';
import { familyRegisterDataset } from '#templates/datasets/familyRegisterView.ts';
import type { ResidentEntry } from '#templates/datasets/residentRegister.ts';
import { civilDate } from '#templates/vocabulary.ts';
import { demoAddressHistories, demoFamilyRegisters } from './familyRegisters.ts';
import { demoRegisters } from './residents.ts';

const TODAY = civilDate.parse('2026-11-20');
const registers = demoFamilyRegisters(TODAY);
const histories = demoAddressHistories(TODAY);
const { households, residents } = demoRegisters(TODAY);
const current = registers.filter(({ status }) => status === 'current');
const registerNamed = (id: string) => registers.find(({ familyRegisterId }) => familyRegisterId === id)!;
const historyNamed = (id: string) => histories.find(({ familyRegisterId }) => familyRegisterId === id)!;

/** 本籍 in one of the demo municipalities, and which. */
const PLACES: readonly (readonly [start: string, municipality: string])[] = [
  ['架空県みほん市', '992011'],
  ['架空県ためし市', '992020'],
  ['架空県見本郡見本町', '993018'],
];
const placeOf = ({ registeredDomicile }: ResidentEntry) =>
  PLACES.find(([start]) => registeredDomicile?.address.startsWith(start))?.[1];
const registered = residents.filter(
  (resident) => placeOf(resident) !== undefined && resident.status !== 'deceased',
);

describe('demo family registers', () => {
  it.each(registered.map((resident) => [resident.residentId, resident] as const))(
    '%s stands once on a register in force, as the resident register says',
    (id, resident) => {
      const on = current.filter((entry) => registerHolders(entry).includes(id));
      expect(on.map(({ municipality }) => municipality)).toEqual([placeOf(resident)]);
      const entry = on[0]!;
      const { givenName, birthDate, givenNameFurigana } = entry.members.find(
        ({ residentId }) => residentId === id,
      )!;
      expect(`${entry.familyName}　${givenName}`).toBe(resident.name);
      expect(birthDate).toBe(resident.birthDate);
      expect({
        address: entry.domicile,
        headOfRegister: `${entry.familyName}　${entry.headGivenName}`,
      }).toEqual(resident.registeredDomicile);
      const reading =
        givenNameFurigana === undefined ? undefined : `${entry.familyNameFurigana}　${givenNameFurigana}`;
      expect(reading).toBe(resident.furigana);
    },
  );

  it('ids are unique, and nobody of another place is a member without being one', () => {
    expect(new Set(registers.map(({ familyRegisterId }) => familyRegisterId)).size).toBe(registers.length);
    const holders = current.flatMap(registerHolders);
    expect(new Set(holders).size).toBe(holders.length);
    const known = new Set(residents.map(({ residentId }) => residentId));
    expect(holders.filter((id) => !known.has(id))).toEqual([]);
  });

  it('夫, 妻, 長男, 長女 … agree with the sex in the resident register', () => {
    for (const member of current.flatMap(({ members }) => members)) {
      const sex = residents.find(({ residentId }) => residentId === member.residentId)?.sex;
      if (!sex) continue;
      expect(/女$/.test(member.relationship) ? 'female' : 'male', member.givenName).toBe(sex);
      if (member.spouse) expect(member.spouse === 'wife' ? 'female' : 'male', member.givenName).toBe(sex);
    }
  });

  it('parents on the same register are named as they are', () => {
    for (const { members, familyName } of current) {
      const names = new Set(members.map(({ givenName }) => `${familyName}${givenName}`));
      const parents = members.flatMap(({ father, mother, adoptiveFather }) => [
        father,
        mother,
        adoptiveFather,
      ]);
      const near = parents.filter(
        (name) => name !== undefined && [...names].some((other) => name.endsWith(other)),
      );
      expect(near.filter((name) => !names.has(name!))).toEqual([]);
    }
  });

  it.each(['2023-03-31', '2024-02-29', '2027-01-01', '2028-02-29'])(
    'the data stays valid and printable when the demo runs on %s',
    (day) => {
      const today = civilDate.parse(day);
      const presentation = { omitted: [], labels: {} };
      for (const entry of demoFamilyRegisters(today)) {
        expect(familyRegisterDataset.view(registerOf(entry), presentation).flow.length).toBeGreaterThan(10);
      }
      for (const entry of demoAddressHistories(today)) {
        expect(addressHistoryDataset.view(historyOf(entry), presentation).flow.length).toBeGreaterThan(2);
      }
    },
  );

  it('every kind of 戸籍事項 and 身分事項 stands on one of them', () => {
    const entries = new Set(registers.flatMap((entry) => entry.entries.map(({ kind }) => kind)));
    expect([...entries].sort()).toEqual([...registerEventKinds].sort());
    const members = current.flatMap((entry) => entry.members);
    const events = new Set(members.flatMap((member) => member.events.map(({ kind }) => kind)));
    expect([...events].sort()).toEqual([...eventKinds].sort());
  });

  it('every place is fictional', () => {
    const places = JSON.stringify(registers).match(
      /"(domicile|birthplace|place|previousDomicile|newDomicile|acceptedBy)":"[^"]+"/g,
    )!;
    const abroad = /フィリピン|中国|総領事/;
    expect(places.filter((place) => !place.includes('架空県') && !abroad.test(place))).toEqual([]);
  });
});

const marriages = current.flatMap(({ members }) =>
  members.flatMap(({ removed, events }) =>
    events.flatMap((event) => (event.kind === 'marriage' ? [{ ...event, removed }] : [])),
  ),
);

describe('awkward cases', () => {
  const members = current.flatMap((entry) => entry.members.map((member) => ({ ...member, entry })));

  it.each([
    [
      '除籍 by death',
      members.filter(({ removed, events }) => removed && events.some(({ kind }) => kind === 'death')),
    ],
    [
      '除籍 by marriage into a new register',
      marriages.filter(({ leavingFor }) => leavingFor?.kind === 'new-register'),
    ],
    [
      '除籍 by marriage into another one',
      marriages.filter(({ leavingFor }) => leavingFor?.kind === 'other-register'),
    ],
    ['a foreign spouse', marriages.filter(({ foreignSpouse, removed }) => foreignSpouse && !removed)],
    ['a marriage abroad', marriages.filter(({ abroad }) => abroad)],
    [
      'a husband with his wife’s name',
      members.filter(({ spouse, entry }) => spouse === 'wife' && entry.members[0]!.spouse === 'wife'),
    ],
    ['adopted parents', members.filter(({ adoptiveRelationship }) => adoptiveRelationship)],
    ['a father nobody knows', members.filter(({ father }) => father === undefined)],
    ['no reading of the family name', current.filter(({ familyNameFurigana }) => !familyNameFurigana)],
    [
      'a reading of some members only',
      current.filter(
        (entry) =>
          new Set(entry.members.map(({ givenNameFurigana }) => givenNameFurigana === undefined)).size === 2,
      ),
    ],
    ['a notification pending', registers.filter(({ pendingNotification }) => pendingNotification)],
    [
      'a head who is not on it any more, but by name',
      current.filter(
        ({ headGivenName, members: all }) =>
          all.every(({ givenName }) => givenName !== headGivenName) || all[0]!.removed,
      ),
    ],
    ['除籍', registers.filter(({ status }) => status === 'closed')],
    ['改製原戸籍', registers.filter(({ status }) => status === 'superseded')],
    [
      'a member abroad, on the list of voters',
      histories.flatMap((entry) =>
        entry.members.filter(({ overseasVoterMunicipality }) => overseasVoterMunicipality),
      ),
    ],
    [
      'a birth filed elsewhere',
      members.filter(({ events }) => events.some((event) => event.kind === 'birth' && event.filing)),
    ],
    ['a birth in 昭和64年', members.filter(({ birthDate }) => birthDate === '1989-01-07')],
    ['twelve members and more', current.filter(({ members: all }) => all.length >= 12)],
  ])('%s', (_what, found) => {
    expect(found.length).toBeGreaterThan(0);
  });

  it('who is refused at the counter for a pending 戸籍届, and whose 本籍 is elsewhere', () => {
    const outcome = (id: string) => {
      const familyRegister = current.find((entry) => registerHolders(entry).some((holder) => holder === id));
      const own = residents.find(({ residentId }) => residentId === id)!;
      const here = households.find(({ householdId }) => householdId === own.householdId)!.municipality;
      const rows = { residents, ...(familyRegister?.municipality === here && { familyRegister }) };
      const found = familyRegisterSource.find(rows, { holder: own.residentId, today: TODAY });
      return found.kind === 'withheld' ? found.reason : found.kind;
    };
    expect(outcome('taro')).toBe('found');
    expect(outcome('no-seal')).toBe('ask-at-the-counter');
    expect(outcome('pending-procedure')).toBe('ask-at-the-counter');
    expect(outcome('yuki')).toBe('domicile-elsewhere');
    expect(outcome('long-address')).toBe('domicile-elsewhere');
  });
});

describe('demo 附票', () => {
  it.each(current.map((entry) => [entry.familyRegisterId, entry] as const))(
    '%s has one, of the same persons in the same order',
    (id, register) => {
      const history = historyNamed(id);
      const { municipality, domicile, familyName, headGivenName } = register;
      expect(history).toMatchObject({ municipality, domicile, familyName, headGivenName });
      expect(history.made.on).toBe(register.entries[0]!.on);
      expect(
        history.members.map(({ givenName, residentId, removed }) => [
          givenName,
          residentId,
          removed !== undefined,
        ]),
      ).toEqual(
        register.members.map(({ givenName, residentId, removed }) => [givenName, residentId, removed]),
      );
    },
  );

  it('the last address of a resident is the household’s, since the day the resident register says', () => {
    for (const member of histories.flatMap((entry) => entry.members)) {
      const resident = residents.find(({ residentId }) => residentId === member.residentId);
      if (!resident || resident.status !== 'active' || member.removed) continue;
      const household = households.find(({ householdId }) => householdId === resident.householdId)!;
      expect(member.addresses.at(-1)).toEqual({ address: household.address, setOn: resident.addressSetOn });
      expect([member.birthDate, member.sex]).toEqual([resident.birthDate, resident.sex]);
    }
  });

  it('the worked example of the form', () => {
    const { members } = historyNamed('mihon-watanabe');
    expect(members[0]!.addresses.map(({ setOn }) => setOn)).toEqual([
      '2012-03-20',
      '2014-04-01',
      '2020-10-05',
    ]);
    expect(members[3]).toMatchObject({ givenName: '蓮', removed: { reason: '死亡', on: '2021-02-03' } });
  });

  it('one is pending by itself: the 戸籍 is issued, the 附票 is not', () => {
    const holder = residents.find(({ residentId }) => residentId === 'large-kana')!.residentId;
    const rows = {
      residents,
      familyRegister: registerNamed('tameshi-kyoko'),
      addressHistory: historyNamed('tameshi-kyoko'),
    };
    expect(familyRegisterSource.find(rows, { holder, today: TODAY }).kind).toBe('found');
    expect(addressHistorySource.find(rows, { holder, today: TODAY })).toMatchObject({
      reason: 'ask-at-the-counter',
    });
  });
});
