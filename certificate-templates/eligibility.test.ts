import { describe, expect, it, vi } from 'vitest';
import { residentRecordSource } from './datasets/residentRecordSource.ts';
import {
  householdEntry,
  residentEntry,
  residentId,
  type ResidentEntry,
} from './datasets/residentRegister.ts';
import type { SourceOutcome, SourcePerson, WithheldReason } from './datasets/source.ts';
import { eligibility, type EligibilityQuestion } from './eligibility.ts';
import { civilDate, registerIds, type RegisterId } from './vocabulary.ts';

const TODAY = civilDate.parse('2026-11-20');
const NOW = Date.parse('2026-11-20T10:00:00+09:00');
const HOUR_MS = 60 * 60_000;

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
const id = (text: string) => residentId.parse(text);

type Holder = EligibilityQuestion['kind']['holder'];
interface Situation {
  /** default: 住民票, which prints the household */
  readonly holder?: Holder;
  readonly own?: object;
  /** the other member of the household, who also stands on the 戸籍 */
  readonly other?: object;
  /** another member of the 戸籍, of another household */
  readonly relative?: object;
  readonly applicant?: Partial<EligibilityQuestion['applicant']>;
  readonly restrictions?: Partial<EligibilityQuestion['restrictions']>;
  readonly registers?: readonly RegisterId[];
  /** hours since a register was known */
  readonly age?: Partial<Record<RegisterId, number>>;
  readonly reason?: WithheldReason;
}

/** What the source of each group of kinds finds of these people. */
function outcomeOf({ holder = 'same-household', reason }: Situation, people: readonly ResidentEntry[]) {
  if (reason) return { kind: 'withheld', reason } as const;
  const rows = { household, residents: people.slice(0, 2) };
  const outcome = residentRecordSource.find(rows, { holder: id('hana'), today: TODAY });
  if (outcome.kind === 'withheld' || holder === 'same-household') return outcome;
  if (holder === 'self') return { ...outcome, persons: outcome.persons.slice(0, 1) };
  const [, , relative] = people;
  const aunt: SourcePerson = {
    ...outcome.persons[0]!,
    number: 3,
    self: false,
    residentId: relative!.residentId,
    texts: [relative!.name],
  };
  const left: SourcePerson = { ...aunt, number: 4, residentId: id('left'), removed: true };
  return { ...outcome, persons: [...outcome.persons, aunt, left] };
}

function questionOf(situation: Situation): EligibilityQuestion {
  const { holder = 'same-household', own, other, relative, registers = ['resident'], age = {} } = situation;
  const people = [
    resident('hana', 1, own),
    resident('aoi', 2, other),
    resident('obasan', 1, { householdId: 'h2', ...relative }),
  ];
  const outcome: SourceOutcome<unknown> = outcomeOf(situation, people);
  const hours = (register: RegisterId) => age[register] ?? 0;
  return {
    kind: { holder, minimumAge: 15 },
    applicant: { residentId: id('hana'), ...situation.applicant },
    residents: people,
    householdId: 'h1',
    outcome,
    ages: {
      registers,
      limits: Object.fromEntries(registerIds.map((register) => [register, 26 * 60])) as never,
      fedUntil: new Map(registerIds.map((register) => [register, NOW - hours(register) * HOUR_MS])),
      now: NOW,
    },
    restrictions: {
      protectedResidents: new Set(),
      held: false,
      canBeDrawn: () => true,
      ...situation.restrictions,
    },
    today: TODAY,
  };
}
const ask = (situation: Situation) => eligibility(questionOf(situation));
const protectedOnly = (who: string) => ({ protectedResidents: new Set([id(who)]) });
const withheld = (notice: string) => ({ kind: 'withheld', notice });
const DESK = withheld('DESK-01');
const ELIGIBLE = { kind: 'eligible' };

const SELF = { holder: 'self' } as const;
const FAMILY = { holder: 'same-family-register' } as const;
const leaving = { plannedMoveOutOn: '2026-12-01' };

describe('eligible', () => {
  it.each<[string, Situation]>([
    ['an ordinary resident', {}],
    ['15 years old today', { own: { birthDate: '2011-11-20' } }],
    [
      'a child in the household',
      { other: { birthDate: '2020-01-01', becameResidentOn: '2020-01-01', addressSetOn: '2020-01-01' } },
    ],
    ['moved in yesterday', { own: { movedInOn: '2026-11-19' } }],
    ['the card was registered yesterday', { applicant: { cardRegisteredOn: civilDate.parse('2026-11-19') } }],
    [
      'a member who died is not printed and hinders nobody',
      { other: { status: 'deceased', statusSince: '2026-10-01' } },
    ],
    [
      'a member who moved out, protected',
      { other: { status: 'moved-out', statusSince: '2026-10-01' }, restrictions: protectedOnly('aoi') },
    ],
    ['a protected person of another household', { restrictions: protectedOnly('someone-else') }],
    ['印鑑・税: the others of the household are not printed', { ...SELF, other: leaving }],
    ['印鑑・税: a protected member is not printed', { ...SELF, restrictions: protectedOnly('aoi') }],
    ['戸籍: a member moves to another town', { ...FAMILY, other: leaving }],
    ['戸籍: a relative moved in today elsewhere', { ...FAMILY, relative: { movedInOn: '2026-11-20' } }],
    ['戸籍: a relative is dead', { ...FAMILY, relative: { status: 'deceased', statusSince: '2026-10-01' } }],
  ])('%s', (_, situation) => {
    expect(ask(situation)).toEqual(ELIGIBLE);
  });
});

describe('what is open to everybody is told', () => {
  it.each<[string, Situation, string]>([
    ['under 15', { own: { birthDate: '2011-11-21' } }, 'RULE-01'],
    ['印鑑登録なし', { ...SELF, reason: 'seal-not-registered' }, 'RULE-02'],
    ['申告なし', { ...SELF, reason: 'no-tax-data' }, 'RULE-04'],
    ['年度の切り替え', { ...SELF, reason: 'tax-year-not-offered' }, 'RULE-05'],
    ['本籍 elsewhere', { ...FAMILY, reason: 'domicile-elsewhere' }, 'RULE-06'],
    // the open answer also covers a protected person: it says nothing but the rule
    [
      'under 15 and protected',
      { own: { birthDate: '2011-11-21' }, restrictions: protectedOnly('hana') },
      'RULE-01',
    ],
    [
      '印鑑登録なし and protected',
      { ...SELF, reason: 'seal-not-registered', restrictions: protectedOnly('hana') },
      'RULE-02',
    ],
    ['印鑑登録なし and moving out', { ...SELF, reason: 'seal-not-registered', own: leaving }, 'RULE-02'],
  ])('%s', (_, situation, notice) => {
    expect(ask(situation)).toEqual(withheld(notice));
  });
});

describe('a register known too long ago (T6)', () => {
  it.each<[string, Situation, object]>([
    ['exactly at the limit', { age: { resident: 26 } }, ELIGIBLE],
    ['a minute past it', { age: { resident: 26 + 1 / 60 } }, withheld('SERV-08')],
    ['restrictions count for every kind', { ...SELF, age: { restriction: 27 } }, withheld('SERV-08')],
    [
      'the resident register too',
      { ...SELF, registers: ['seal'], age: { resident: 27 } },
      withheld('SERV-08'),
    ],
    ['its own register', { ...SELF, registers: ['seal'], age: { seal: 27 } }, withheld('SERV-08')],
    ['another kind’s register does not', { ...SELF, registers: ['seal'], age: { tax: 999 } }, ELIGIBLE],
    [
      'comes before what rests on it',
      { ...SELF, reason: 'seal-not-registered', age: { restriction: 27 } },
      withheld('SERV-08'),
    ],
    [
      'and before a protective measure',
      { age: { resident: 27 }, restrictions: protectedOnly('hana') },
      withheld('SERV-08'),
    ],
  ])('%s', (_, situation, answer) => {
    expect(ask(situation)).toEqual(answer);
  });

  it('a register that was never fed is too old', () => {
    const question = questionOf({});
    const fedUntil = new Map([['resident', NOW]] as const);
    expect(eligibility({ ...question, ages: { ...question.ages, fedUntil } })).toEqual(withheld('SERV-08'));
  });
});

/** Holders whose own source finds nobody have another number of texts to look at, and the same answer. */
const gone: [string, Situation][] = [
  ['転出済み', { own: { status: 'moved-out', statusSince: '2026-11-01' } }],
  ['死亡', { own: { status: 'deceased', statusSince: '2026-11-01' } }],
  ['除籍・改製原, or a 戸籍届 waits to be entered', { ...FAMILY, reason: 'ask-at-the-counter' }],
  ['not in the household', { applicant: { residentId: id('stranger') } }],
];
const ofTheHousehold: [string, Situation][] = [
  ['転出予定', { own: leaving }],
  ['転出予定 in the household', { other: leaving }],
  ['転入当日', { own: { movedInOn: '2026-11-20' } }],
  ['a member moved in today', { other: { movedInOn: '2026-11-20' } }],
  ['the card was registered today', { applicant: { cardRegisteredOn: TODAY } }],
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
];
const ofTheHolder: [string, Situation][] = ofTheHousehold
  .filter(([, { other, restrictions }]) => !other && !restrictions?.protectedResidents?.has(id('aoi')))
  .filter(([name]) => !name.startsWith('a member'))
  .map(([name, situation]) => [name, { ...SELF, ...situation }]);
const ofTheFamily: [string, Situation][] = [
  ['転出予定 of the holder', { ...FAMILY, own: leaving }],
  ['届出の反映待ち of a member of the household', { ...FAMILY, other: { pendingProcedure: true } }],
  ['届出の反映待ち of a relative elsewhere', { ...FAMILY, relative: { pendingProcedure: true } }],
  ['支援措置 of the holder', { ...FAMILY, restrictions: protectedOnly('hana') }],
  ['支援措置 of a relative elsewhere', { ...FAMILY, restrictions: protectedOnly('obasan') }],
  ['支援措置 of somebody who has left the 戸籍', { ...FAMILY, restrictions: protectedOnly('left') }],
  [
    "a relative's name the font cannot draw",
    { ...FAMILY, restrictions: { canBeDrawn: (text) => text !== '見本　obasan' } },
  ],
];
const causes = [...gone, ...ofTheHousehold, ...ofTheHolder, ...ofTheFamily];

describe('the shared answer of the counter', () => {
  it.each([
    ...ofTheHousehold.map(([name, situation]) => [`住民票: ${name}`, situation] as const),
    ...ofTheHolder.map(([name, situation]) => [`印鑑・税: ${name}`, situation] as const),
    ...ofTheFamily.map(([name, situation]) => [`戸籍・附票: ${name}`, situation] as const),
    ...gone,
  ])('%s', (_, situation) => {
    expect(ask(situation)).toEqual(DESK);
  });

  it('is the same answer, byte for byte, whatever the cause', () => {
    expect(new Set(causes.map(([, situation]) => JSON.stringify(ask(situation)))).size).toBe(1);
  });

  it.each([
    ['住民票', {}, ofTheHousehold],
    ['印鑑・税', SELF, ofTheHolder],
    ['戸籍・附票', FAMILY, ofTheFamily],
  ] as const)(
    '%s: a protective measure costs no fewer questions and no more than any cause',
    (_, ordinary, table) => {
      const questions = (situation: Situation) => {
        const canBeDrawn = vi.fn(situation.restrictions?.canBeDrawn ?? (() => true));
        const protectedResidents = new Set(situation.restrictions?.protectedResidents);
        const has = vi.spyOn(protectedResidents, 'has');
        ask({ ...situation, restrictions: { canBeDrawn, protectedResidents } });
        return JSON.stringify({ drawn: canBeDrawn.mock.calls.length, looked: has.mock.calls.length });
      };
      const counts = new Set(table.map(([, situation]) => questions(situation)));
      expect(counts).toEqual(new Set([questions(ordinary)]));
    },
  );
});
