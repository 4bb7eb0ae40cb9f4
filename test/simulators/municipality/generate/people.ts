/** Who lives together: shares roughly those of a Japanese city (国勢調査), ages and days that fit each other. */
import { addDays } from '#templates/civilTime.ts';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';
import { familyName, otherGivenName, type Name } from './names.ts';
import type { Random } from './random.ts';

export type Sex = 'male' | 'female';
export interface Person {
  readonly family: Name;
  readonly given: Name;
  readonly sex: Sex;
  readonly born: CivilDate;
  /** 続柄 */
  readonly relationship: string;
}
export type HouseholdKind =
  'single' | 'couple' | 'couple-with-children' | 'single-parent' | 'three-generations' | 'foreign';

export interface Family {
  readonly kind: HouseholdKind;
  /** the householder first */
  readonly people: readonly Person[];
  /** 婚姻, of the couple; undefined: none, or none any more */
  readonly marriedOn?: CivilDate;
}

const KINDS: readonly (readonly [HouseholdKind, number])[] = [
  ['single', 38],
  ['couple', 20],
  ['couple-with-children', 24],
  ['single-parent', 9],
  ['three-generations', 6],
  ['foreign', 3],
];

/** Of each age a day of that year, never after `today`. */
function bornAt(age: number, today: CivilDate, random: Random): CivilDate {
  const year = Number(today.slice(0, 4)) - age - 1;
  const day = addDays(civilDate.parse(`${year}-01-01`), random.between(0, 364));
  return day > today ? today : day;
}

export function familyOf(random: Random, today: CivilDate): Family {
  const kind = random.weighted(KINDS);
  const family = familyName(random);
  const taken: string[] = [];
  const person = (sex: Sex, age: number, relationship: string, own: Name = family): Person => {
    const given = otherGivenName(random, sex, taken);
    taken.push(given[0]);
    return { family: own, given, sex, born: bornAt(age, today, random), relationship };
  };
  if (kind === 'single' || kind === 'foreign') {
    return { kind, people: [person(random.pick(['male', 'female']), random.between(20, 92), '世帯主')] };
  }
  const age = kind === 'couple' ? random.between(26, 85) : random.between(32, 50);
  const people = [
    person('male', age, '世帯主'),
    person('female', Math.max(20, age - random.between(-3, 6)), '妻'),
  ];
  if (kind === 'single-parent') people.splice(0, 2, person('female', age, '世帯主'));
  if (kind !== 'couple') people.push(...childrenOf(random, age, person));
  if (kind === 'three-generations') people.push(person('female', age + random.between(23, 32), '母'));
  if (kind === 'single-parent') return { kind, people };
  return { kind, people, marriedOn: weddingOf(people, random, today) };
}

/** Eldest first, as they stand on the 戸籍. */
function childrenOf(
  random: Random,
  age: number,
  person: (sex: Sex, age: number, relationship: string) => Person,
): readonly Person[] {
  const count = random.weighted([[1, 45] as const, [2, 42] as const, [3, 12] as const, [4, 1] as const]);
  const ages = Array.from({ length: count }, () => random.between(0, Math.max(1, age - 28)));
  const children = ages.map((own) => person(random.pick(['male', 'female']), own, '子'));
  return children.sort((left, right) => (left.born < right.born ? -1 : 1));
}

/** After both were 20, before the eldest child. */
function weddingOf(people: readonly Person[], random: Random, today: CivilDate): CivilDate {
  const [first, second, ...others] = people;
  const grown = [first!.born, second!.born].sort().at(-1)!;
  const from = addDays(grown, 20 * 366);
  const firstChild = others.find(({ relationship }) => relationship === '子')?.born;
  const until = firstChild && firstChild > from ? firstChild : today;
  const day = addDays(from, random.between(0, 2_000));
  return day < until ? day : from < until ? from : until;
}
