/** The 戸籍 of a family and its 附票, as far as it stands in this municipality. */
import { addDays } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { FeedParts } from '../feedParts.ts';
import type { Family, Person } from './people.ts';
import type { Random } from './random.ts';

type RegisterRow = NonNullable<FeedParts['familyRegisters']>[number];
type HistoryRow = NonNullable<FeedParts['addressHistories']>[number];
type MemberRow = RegisterRow['members'][number];

export interface Registered {
  readonly person: Person;
  readonly residentId: string;
  readonly residentRecordCode: string;
}
export interface RegisterOrder {
  readonly municipality: string;
  readonly familyRegisterId: string;
  readonly domicile: string;
  readonly family: Family;
  /** of the household, those who stand on this 戸籍: the head first, then the spouse, then children in order of birth */
  readonly members: readonly Registered[];
  /** of the household */
  readonly address: string;
  readonly addressSetOn: CivilDate;
  readonly random: Random;
}

const joined = ({ family, given }: Person): string => `${family[0]}${given[0]}`;
const ORDER = ['長', '二', '三', '四', '五'];

/** Born here, notified a week later; married, widowed or divorced as the family is. */
export function registerRows(order: RegisterOrder): { register: RegisterRow; history: HistoryRow } {
  const { members, family } = order;
  const head = members[0]!.person;
  const established = family.marriedOn ?? addDays(head.born, 20 * 366);
  const common = {
    familyRegisterId: order.familyRegisterId,
    municipality: order.municipality,
    domicile: order.domicile,
    familyName: head.family[0],
    headGivenName: head.given[0],
  } as const;
  const rows = members.map((member, index) => memberRow(order, member, index, established));
  const gone = departed(order, established);
  const register = {
    ...common,
    familyNameFurigana: head.family[1],
    entries: [{ kind: 'established', on: established }],
    members: gone ? [rows[0], gone, ...rows.slice(1)] : rows,
  } as RegisterRow;
  return { register, history: historyRow(order, common, established) };
}

function memberRow(
  order: RegisterOrder,
  { person, residentId }: Registered,
  index: number,
  established: CivilDate,
): MemberRow {
  const { family, members } = order;
  const head = members[0]!.person;
  const isCouple = family.marriedOn !== undefined && index < 2;
  const isChild = person.relationship === '子';
  const mother = family.marriedOn ? members[1]?.person : head;
  return {
    residentId,
    givenName: person.given[0],
    givenNameFurigana: person.given[1],
    birthDate: person.born,
    ...(isCouple && { spouse: person.sex === 'male' ? 'husband' : 'wife' }),
    ...(isChild
      ? { ...(family.marriedOn && { father: joined(head) }), ...(mother && { mother: joined(mother) }) }
      : { father: `${person.family[0]}実`, mother: `${person.family[0]}フミ` }),
    relationship: relationshipOf(order, person),
    events: [
      birthOf(order, person),
      ...(isCouple ? [marriageOf(order, index, established)] : []),
      ...laterOf(order, index),
    ],
  } as MemberRow;
}

function relationshipOf({ members }: RegisterOrder, person: Person): string {
  const siblings = members
    .map((member) => member.person)
    .filter(({ relationship, sex }) => relationship === '子' && sex === person.sex);
  const place = person.relationship === '子' ? siblings.indexOf(person) : 0;
  return `${ORDER[place] ?? '五'}${person.sex === 'male' ? '男' : '女'}`;
}

function birthOf({ municipality: _code, address }: RegisterOrder, person: Person) {
  const place = /^.+?[市区町村]/u.exec(address)?.[0] ?? address;
  const informant = { as: person.relationship === '子' ? '母' : '父' };
  return {
    kind: 'birth',
    on: person.born,
    birthplace: place,
    notifiedOn: addDays(person.born, 7),
    informant,
  };
}

function marriageOf({ members, domicile }: RegisterOrder, index: number, on: CivilDate) {
  const spouse = members[1 - index]!.person;
  const own = members[index]!.person;
  const maiden = index === 0 ? own.family[0] : '見本';
  return {
    kind: 'marriage',
    on,
    spouseName: index === 0 ? `見本${spouse.given[0]}` : joined(spouse),
    previousRegister: { domicile, headOfRegister: `${maiden}実` },
  };
}

/** 養子縁組 of a stepchild, and the end of a marriage of who brings up children alone. */
function laterOf({ family, members, random }: RegisterOrder, index: number): readonly object[] {
  const person = members[index]!.person;
  if (family.kind !== 'single-parent' || index > 0) return [];
  const on = addDays(members.at(-1)!.person.born, random.between(400, 900));
  const marriage = {
    kind: 'marriage',
    on: addDays(person.born, 21 * 366),
    spouseName: `${person.family[0]}元`,
  };
  const end =
    random.next() < 0.5
      ? { kind: 'spouse-death', on }
      : { kind: 'divorce', by: 'agreement', on, spouseName: `${person.family[0]}元`, notifiedOn: on };
  return [marriage, end];
}

/** One widowed head in eight has the late spouse on the register still: 除籍. */
function departed({ family, members, random }: RegisterOrder, established: CivilDate): MemberRow | undefined {
  const head = members[0]!.person;
  if (family.kind !== 'single' || head.born > '1961-01-01' || !random.chance(0.3)) return undefined;
  const died = addDays(established, random.between(9_000, 11_000));
  const given = head.sex === 'male' ? 'ハナ' : '昭';
  return {
    givenName: given,
    birthDate: addDays(head.born, -400),
    father: '見本実',
    mother: '見本フミ',
    relationship: head.sex === 'male' ? '二女' : '二男',
    removed: true,
    events: [
      {
        kind: 'birth',
        on: addDays(head.born, -400),
        birthplace: '架空県みほん市',
        notifiedOn: addDays(head.born, -393),
        informant: { as: '父' },
      },
      {
        kind: 'death',
        on: died,
        at: '13:20',
        place: '架空県みほん市',
        notifiedOn: addDays(died, 1),
        informant: { as: '親族', name: joined(head) },
      },
    ],
  } as MemberRow;
}

function historyRow(
  { members, address, addressSetOn, random, domicile }: RegisterOrder,
  common: Pick<
    RegisterRow,
    'familyRegisterId' | 'municipality' | 'domicile' | 'familyName' | 'headGivenName'
  >,
  established: CivilDate,
): HistoryRow {
  return {
    ...common,
    made: { kind: 'established', on: established },
    members: members.map(({ person, residentId, residentRecordCode }) => {
      const first = established > person.born ? established : person.born;
      const moved = addressSetOn > first ? addressSetOn : first;
      return {
        residentId,
        givenName: person.given[0],
        birthDate: person.born,
        sex: person.sex,
        residentRecordCode,
        addresses: random.chance(0.5)
          ? [{ address: `${domicile}の2` }, { address, setOn: moved }]
          : [{ address, setOn: moved }],
      };
    }),
  } as HistoryRow;
}
