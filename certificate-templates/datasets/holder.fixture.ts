/** Register rows of one fictional household, for tests of certificates about the holder of the card. */
import { civilDate } from '../vocabulary.ts';
import { householdEntry, residentEntry, residentId } from './residentRegister.ts';
import type { SourceQuestion } from './source.ts';

export const household = householdEntry.parse({
  householdId: 'h1',
  municipality: '992011',
  address: '架空県みほん市見本台1番',
  householderName: '見本　一郎',
});

const person = {
  householdId: 'h1',
  birthDate: '1983-07-02',
  sex: 'male',
  becameResidentOn: '2010-04-01',
  addressSetOn: '2010-04-01',
  status: 'active',
};

/** r1 has a 旧氏, r2 is a foreign resident with 漢字氏名 and 通称, r3 has died. */
export const residents = [
  residentEntry.parse({
    ...person,
    residentId: 'r1',
    order: 1,
    name: '見本　一郎',
    relationship: '世帯主',
    formerName: { name: '例示' },
  }),
  residentEntry.parse({
    ...person,
    residentId: 'r2',
    order: 2,
    name: 'SAMPLE MARIA',
    relationship: '妻',
    foreign: {
      romanName: 'SAMPLE MARIA',
      kanjiName: '見本　真理亜',
      alias: '見本　マリア',
      nationality: 'ブラジル',
      article30_45Category: 'mid-to-long-term-resident',
    },
  }),
  residentEntry.parse({
    ...person,
    residentId: 'r3',
    order: 3,
    name: '見本　三郎',
    relationship: '父',
    status: 'deceased',
    statusSince: '2026-01-01',
  }),
];

/** The question of this resident's card on 2026-11-21, with 令和8年度 on offer. */
export function question(holder: string, change: Partial<SourceQuestion> = {}): SourceQuestion {
  return { holder: residentId.parse(holder), today: civilDate.parse('2026-11-21'), taxYear: 2026, ...change };
}
