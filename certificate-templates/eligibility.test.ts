import { describe, expect, it, vi } from 'vitest';
import {
  householdEntry,
  residentEntry,
  residentId,
  type ResidentEntry,
} from './datasets/residentRegister.ts';
import { eligibility, type Applicant, type Restrictions, type WhoMayAsk } from './eligibility.ts';
import { civilDate } from './vocabulary.ts';

const RECORD: WhoMayAsk = { holder: 'same-household', minimumAge: 15 };
const SEAL: WhoMayAsk = { holder: 'self', minimumAge: 15 };
const TODAY = civilDate.parse('2026-11-20');

const household = householdEntry.parse({
  householdId: 'h1',
  municipality: '992011',
  address: '架空県みほん市見本台三丁目12番34号',
  householderName: '見本　花',
});
const resident = (id: string, order: number, overrides: object = {}): ResidentEntry =>
  residentEntry.parse({
    residentId: id,
    householdId: 'h1',
    order,
    name: `見本　${id}`,
    birthDate: '1980-01-01',
    sex: 'female',
    relationship: order === 1 ? '世帯主' : '子',
    becameResidentOn: '2012-04-01',
    addressSetOn: '2012-04-01',
    registeredDomicile: { address: '架空県みほん市中央町一丁目2番地3', headOfRegister: '見本　花' },
    status: 'active',
    ...overrides,
  });

const self: Applicant = { residentId: residentId.parse('hana') };
const noRestrictions: Restrictions = { protectedResidents: new Set(), canBeDrawn: () => true };
const DESK = { kind: 'withheld', notice: 'DESK-01' };
const ELIGIBLE = { kind: 'eligible' };

interface Situation {
  readonly kind?: WhoMayAsk;
  readonly own?: object;
  readonly other?: object;
  readonly applicant?: Applicant;
  readonly restrictions?: Partial<Restrictions>;
}
function ask({ kind = RECORD, own = {}, other = {}, applicant = self, restrictions = {} }: Situation) {
  const rows = { household, residents: [resident('hana', 1, own), resident('aoi', 2, other)] };
  return eligibility(kind, applicant, rows, { ...noRestrictions, ...restrictions }, TODAY);
}
const protectedOnly = (id: string) => ({ protectedResidents: new Set([residentId.parse(id)]) });

describe('eligible', () => {
  it.each<[string, Situation]>([
    ['an ordinary resident', {}],
    ['15 years old today', { own: { birthDate: '2011-11-20' } }],
    [
      'a child in the household',
      { other: { birthDate: '2020-01-01', becameResidentOn: '2020-01-01', addressSetOn: '2020-01-01' } },
    ],
    ['moved in yesterday', { own: { movedInOn: '2026-11-19' } }],
    [
      'the card was registered yesterday',
      { applicant: { ...self, cardRegisteredOn: civilDate.parse('2026-11-19') } },
    ],
    [
      'a member who died is not printed and hinders nobody',
      { other: { status: 'deceased', statusSince: '2026-10-01' } },
    ],
    [
      'a member who moved out, protected',
      { other: { status: 'moved-out', statusSince: '2026-10-01' }, restrictions: protectedOnly('aoi') },
    ],
    ['a protected person of another household', { restrictions: protectedOnly('someone-else') }],
    [
      'a kind that prints the applicant alone, whatever the others are',
      { kind: SEAL, other: { plannedMoveOutOn: '2026-12-01' } },
    ],
  ])('%s', (_, situation) => {
    expect(ask(situation)).toEqual(ELIGIBLE);
  });
});

describe('under 15', () => {
  it('is told openly', () => {
    const withheld = { kind: 'withheld', notice: 'RULE-01' };
    expect(ask({ own: { birthDate: '2011-11-21' } })).toEqual(withheld);
    // the open answer also covers a protected child: it says nothing but the age
    expect(ask({ own: { birthDate: '2011-11-21' }, restrictions: protectedOnly('hana') })).toEqual(withheld);
  });
});

const causes: [string, Situation][] = [
  ['転出予定', { own: { plannedMoveOutOn: '2026-12-01' } }],
  ['転出予定 in the household', { other: { plannedMoveOutOn: '2026-12-01' } }],
  ['転出済み', { own: { status: 'moved-out', statusSince: '2026-11-01' } }],
  ['死亡', { own: { status: 'deceased', statusSince: '2026-11-01' } }],
  ['転入当日', { own: { movedInOn: '2026-11-20' } }],
  ['a member moved in today', { other: { movedInOn: '2026-11-20' } }],
  ['the card was registered today', { applicant: { ...self, cardRegisteredOn: TODAY } }],
  ['外字登録中', { own: { characterRegistrationPending: true } }],
  ['外字登録中 in the household', { other: { characterRegistrationPending: true } }],
  ['届出の反映待ち', { own: { pendingProcedure: true } }],
  ['届出の反映待ち in the household', { other: { pendingProcedure: true } }],
  ['支援措置', { restrictions: protectedOnly('hana') }],
  ['支援措置 of a member', { restrictions: protectedOnly('aoi') }],
  ['a name the font cannot draw', { restrictions: { canBeDrawn: (text) => text !== '見本　hana' } }],
  ["a member's name the font cannot draw", { restrictions: { canBeDrawn: (text) => text !== '見本　aoi' } }],
  ['an address the font cannot draw', { restrictions: { canBeDrawn: (text) => !text.includes('見本台') } }],
  ['a 本籍 the font cannot draw', { restrictions: { canBeDrawn: (text) => !text.includes('中央町') } }],
  ['not in the household', { applicant: { residentId: residentId.parse('stranger') } }],
];

describe('the shared answer of the counter', () => {
  it.each(causes)('%s', (_, situation) => {
    expect(ask(situation)).toEqual(DESK);
  });

  it('is the same answer, byte for byte, whatever the cause', () => {
    expect(new Set(causes.map(([, situation]) => JSON.stringify(ask(situation)))).size).toBe(1);
  });

  it('asks the same questions whatever the cause: a protective measure costs no fewer and no more', () => {
    const questions = (situation: Situation) => {
      const canBeDrawn = vi.fn(situation.restrictions?.canBeDrawn ?? (() => true));
      const protectedResidents = new Set(situation.restrictions?.protectedResidents);
      const has = vi.spyOn(protectedResidents, 'has');
      ask({ ...situation, restrictions: { canBeDrawn, protectedResidents } });
      return { drawn: canBeDrawn.mock.calls.length, looked: has.mock.calls.length };
    };
    const sameHousehold = causes.filter(([name]) => !name.startsWith('not in'));
    const counts = sameHousehold.map(([, situation]) => JSON.stringify(questions(situation)));
    expect(new Set(counts)).toEqual(new Set([JSON.stringify(questions({}))]));
  });
});
