/** Small registers for the tests beside this file; every one is valid until a test changes it. */

export const BORN = '1983-07-02';
const other = { domicile: '架空県ためし市本町4番地5', headOfRegister: '見本太郎' };

export interface SampleEvent {
  readonly kind: string;
  readonly on: string;
  readonly [item: string]: unknown;
}

/** One entry of each kind of 身分事項, as short as the form allows, with every optional item in `full`. */
export const filing = { receivedOn: '2014-05-01', acceptedBy: '架空県さくらぎ市長' };
const informant = { as: '親族', name: '見本花子' };
export const fullEvents: readonly SampleEvent[] = [
  {
    kind: 'birth',
    on: BORN,
    birthplace: '架空県みほん市',
    notifiedOn: '1983-07-08',
    informant: { as: '父' },
    filing,
  },
  {
    kind: 'acknowledged',
    on: '1984-01-02',
    acknowledgerName: '見本太郎',
    acknowledgerRegister: other,
    filing,
  },
  { kind: 'acknowledging', on: '2010-01-02', childName: '見本光', childRegister: other, filing },
  {
    kind: 'adopted',
    on: '1990-01-02',
    adoptiveFatherName: '例示父',
    adoptiveMotherName: '例示母',
    consentingFor: '親権者母',
    filing,
    previousRegister: other,
  },
  { kind: 'adopting', on: '2010-01-02', jointly: 'wife', adopteeName: '例示子', filing },
  {
    kind: 'adoption-ended',
    on: '1995-01-02',
    adoptiveFatherName: '例示父',
    adoptiveMotherName: '例示母',
    consentingFor: '親権者母',
    filing,
    leavingFor: { kind: 'other-register', register: other },
  },
  { kind: 'ending-adoption', on: '2012-01-02', jointly: 'husband', adopteeName: '例示子', filing },
  {
    kind: 'special-adoption',
    on: '1985-01-02',
    notifiedOn: '1985-01-12',
    informant: { as: '父母' },
    filing,
    previousRegister: other,
  },
  {
    kind: 'marriage',
    on: '2014-04-01',
    spouseName: 'ルイス、マリア',
    foreignSpouse: { nationality: 'ブラジル', birthDate: '1990-01-15' },
    abroad: { form: 'ブラジル連邦共和国の方式', documentFiledOn: '2014-04-10' },
    filing,
    leavingFor: { kind: 'new-register', domicile: '架空県みほん市例示町1番地' },
    familyNameOf: 'husband',
  },
  {
    kind: 'divorce',
    by: 'judgment',
    on: '2014-04-01',
    spouseName: '見本花子',
    notifiedOn: '2014-04-08',
    informant: { as: '夫' },
    filing,
    leavingFor: { kind: 'other-register', register: other },
  },
  { kind: 'spouse-death', on: '2014-04-01' },
  { kind: 'parental-authority', on: '1990-01-02', holder: 'mother', informant: { as: '父母' }, filing },
  {
    kind: 'entry',
    on: '1990-01-02',
    reason: '母の氏を称する入籍',
    informant: { as: '親権者母' },
    filing,
    previousRegister: other,
  },
  { kind: 'family-name-kept', on: '2014-04-01', reason: '戸籍法77条の2の届出', filing },
  {
    kind: 'branching',
    on: '2014-04-01',
    filing,
    leavingFor: { kind: 'new-register', domicile: '架空県みほん市例示町1番地' },
  },
  {
    kind: 'death',
    on: '2014-04-01',
    at: '13:20',
    place: '架空県みほん市',
    notifiedOn: '2014-04-02',
    informant,
    filing,
  },
  {
    kind: 'disappearance',
    on: '2004-04-01',
    finalOn: '2014-04-01',
    notifiedOn: '2014-04-02',
    informant,
    filing,
  },
  {
    kind: 'naturalization',
    on: '2010-04-01',
    notifiedOn: '2010-04-12',
    informant: { as: '父' },
    nationalityThen: '中国',
    nameThen: 'オウ、レイ',
    filing,
  },
  {
    kind: 'nationality-acquired',
    on: '1995-04-01',
    notifiedOn: '1995-04-12',
    informant: { as: '父' },
    nationalityThen: 'フィリピン共和国',
    nameThen: 'レイエス、ケン',
    filing,
  },
  { kind: 'given-name-change', on: '2010-04-01', filing, previous: [{ item: 'given-name', value: '多郎' }] },
  {
    kind: 'updating',
    on: '2010-04-01',
    item: '父の氏名',
    reason: '父名変更',
    previous: [{ item: 'father', value: '見本前' }],
  },
  {
    kind: 'correction',
    on: '2010-04-01',
    item: '母の氏名',
    reason: '誤記',
    previous: [
      { item: 'mother', value: '見本誤' },
      { item: 'relationship', value: '二男' },
    ],
  },
];

export const eventOf = (kind: string): SampleEvent => fullEvents.find((event) => event.kind === kind)!;

const ENDS_LIFE = ['death', 'disappearance'];

/** A member with this one event. */
export function memberWith(event: SampleEvent): object {
  const removed = ENDS_LIFE.includes(event.kind) || event['leavingFor'] !== undefined;
  return { ...child, removed, events: [event] };
}

export const child = {
  number: 1,
  givenName: '一',
  birthDate: BORN,
  father: '見本太郎',
  mother: '見本花子',
  relationship: '長男',
  events: [],
};

export const register = {
  domicile: '架空県みほん市中央町一丁目2番地3',
  familyName: '見本',
  headGivenName: '太郎',
  entries: [{ kind: 'established', on: '1980-04-01' }],
  members: [child],
};
