/**
 * Figures of a demo resident's tax from the few facts that make them: what came in, whom the person supports, what was
 * deducted. Deductions and their gaps are those of 個人住民税 since 令和3年度 (地方税法 §34, §37, §314の2, §314の6).
 */
import { ageOn } from '#templates/civilTime.ts';
import { salaryIncome } from '#templates/datasets/salaryIncome.ts';
import type { taxFigures } from '#templates/datasets/taxation.ts';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';
import type { z } from 'zod';

type Input = z.input<typeof taxFigures>;
type DependantId = keyof Input['dependants'];
type DeductionId = keyof Input['deductions'];

export interface TaxFacts {
  readonly salary?: number;
  readonly pension?: number;
  /** 所得 by row, beside salary and pension */
  readonly incomes?: Input['incomes'];
  readonly separate?: Input['separateIncomes'];
  readonly carriedLosses?: number;
  /** deductions that are not for persons */
  readonly deductions?: Input['deductions'];
  readonly spouse?: boolean;
  readonly supports?: readonly CivilDate[];
  readonly own?: Input['own'];
  readonly assessment?: Input['assessment'];
  readonly credits?: Input['credits'];
}

/** Deduction and 人的控除額の差 of one person, yen. */
const PERSONS: Readonly<Record<string, readonly [deduction: number, gap: number]>> = {
  'general-dependants': [330_000, 50_000],
  'specific-dependants': [450_000, 180_000],
  'elderly-coresident-dependants': [450_000, 130_000],
  'dependants-under-16': [0, 0],
};
const SPOUSE = [330_000, 50_000] as const;
const BASIC = [430_000, 50_000] as const;
const OWN_DISABILITY = { none: [0, 0], ordinary: [260_000, 10_000], special: [300_000, 100_000] } as const;
const WIDOW = [260_000, 10_000] as const;
const SINGLE_PARENT = [300_000, 50_000] as const;
const WORKING_STUDENT = [260_000, 10_000] as const;

/** The group of a supported child or parent by the age at the end of the year of income. */
function dependantGroup(birth: CivilDate, incomeYear: number): DependantId {
  const age = ageOn(birth, civilDate.parse(`${incomeYear}-12-31`));
  if (age < 16) return 'dependants-under-16';
  if (age >= 70) return 'elderly-coresident-dependants';
  return age >= 19 && age < 23 ? 'specific-dependants' : 'general-dependants';
}

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);
const cutTo = (unit: number, amount: number): number => Math.floor(amount / unit) * unit;

/** The register's figures of a 年度; the register's own schema checks them. */
export function taxFiguresOf(facts: TaxFacts, taxYear: number): Input {
  const incomes = incomesOf(facts, taxYear);
  const separate = facts.separate ?? {};
  const { deductions, dependants, gap } = personsOf(facts, taxYear);
  const comprehensive = Math.max(0, sum(Object.values(incomes)));
  const aggregateIncome = comprehensive + sum(Object.values(separate));
  const carriedLosses = facts.carriedLosses ?? 0;
  const deductionTotal = sum(Object.values(deductions));
  const net = comprehensive - carriedLosses;
  const base = cutTo(1_000, Math.max(0, net - deductionTotal));
  const separateBase = cutTo(
    1_000,
    Math.max(0, sum(Object.values(separate)) - Math.max(0, deductionTotal - net)),
  );
  const assessment = facts.assessment ?? 'taxed';
  const assessed = { base, separateBase, gap, aggregateIncome, credits: facts.credits };
  return {
    revenues: {
      ...(facts.salary !== undefined && { 'salary-revenue': facts.salary }),
      ...(facts.pension !== undefined && { 'public-pension-revenue': facts.pension }),
    },
    incomes,
    separateIncomes: separate,
    carriedLosses,
    totalIncome: aggregateIncome - carriedLosses,
    aggregateIncome,
    deductions,
    deductionTotal,
    taxBase: { comprehensive: base, separate: separateBase },
    personalDeductionGap: gap,
    assessment,
    ...(assessment === 'taxed' ? levies(assessed) : NOTHING_BY_INCOME),
    ...perCapita(assessment, taxYear, assessment === 'taxed' ? levies(assessed).incomeLevy : NOTHING),
    deductibleSpouse: facts.spouse ?? false,
    dependants,
    own: facts.own ?? {},
  };
}

function incomesOf({ salary = 0, pension = 0, incomes }: TaxFacts, taxYear: number): Input['incomes'] {
  // below 3,600,000 yen the demo uses the least deduction of the year alone
  const least = taxYear >= 2026 ? 650_000 : 550_000;
  const fromSalary = salary >= 3_600_000 ? salaryIncome(salary) : Math.max(0, salary - least);
  return {
    ...(salary > 0 && { 'salary-income': fromSalary }),
    ...(pension > 0 && { 'public-pension-income': Math.max(0, pension - 1_100_000) }),
    ...incomes,
  };
}

function personsOf(facts: TaxFacts, taxYear: number) {
  const { own = {}, supports = [] } = facts;
  const groups = supports.map((birth) => dependantGroup(birth, taxYear - 1));
  const dependants: Partial<Record<DependantId, number>> = {};
  for (const group of groups) dependants[group] = (dependants[group] ?? 0) + 1;
  const forPersons: readonly (readonly [DeductionId, readonly [number, number]])[] = [
    ...groups.map((group) => ['dependant-deduction', PERSONS[group]!] as const),
    ...(facts.spouse ? ([['spouse-deduction', SPOUSE]] as const) : []),
    ['disability-deduction', OWN_DISABILITY[own.disability ?? 'none']],
    ...(own.widow ? ([['single-parent-or-widow-deduction', WIDOW]] as const) : []),
    ...(own.singleParent ? ([['single-parent-or-widow-deduction', SINGLE_PARENT]] as const) : []),
    ...(own.workingStudent ? ([['working-student-deduction', WORKING_STUDENT]] as const) : []),
    ['basic-deduction', BASIC],
  ];
  const deductions: Partial<Record<DeductionId, number>> = { ...facts.deductions };
  for (const [id, [amount]] of forPersons) deductions[id] = (deductions[id] ?? 0) + amount;
  return { deductions, dependants, gap: sum(forPersons.map(([, [, gap]]) => gap)) };
}

const NOTHING = { municipal: 0, prefectural: 0 };
const NOTHING_BY_INCOME = { computedLevy: NOTHING, credits: {}, incomeLevy: NOTHING };

interface Assessed {
  readonly base: number;
  readonly separateBase: number;
  readonly gap: number;
  readonly aggregateIncome: number;
  readonly credits: Input['credits'];
}

/** 市民税 6 %, 県民税 4 %; separate incomes of the demo all have 3 % and 2 %. */
function levies({ base, separateBase, gap, credits }: Assessed) {
  const computedLevy = {
    municipal: base * 0.06 + separateBase * 0.03,
    prefectural: base * 0.04 + separateBase * 0.02,
  };
  const computed = {
    municipal: Math.round(computedLevy.municipal),
    prefectural: Math.round(computedLevy.prefectural),
  };
  const basis = base > 2_000_000 ? Math.max(50_000, gap - (base - 2_000_000)) : Math.min(gap, base);
  const adjustment = { municipal: Math.round(basis * 0.03), prefectural: Math.round(basis * 0.02) };
  const all = { 'adjustment-credit': adjustment, ...credits };
  const due = (side: 'municipal' | 'prefectural') =>
    cutTo(100, Math.max(0, computed[side] - sum(Object.values(all).map((credit) => credit?.[side]))));
  return {
    computedLevy: computed,
    credits: all,
    incomeLevy: { municipal: due('municipal'), prefectural: due('prefectural') },
  };
}

function perCapita(assessment: Input['assessment'], taxYear: number, incomeLevy: Input['incomeLevy']) {
  if (assessment === 'not-taxed') return { perCapitaLevy: NOTHING, forestEnvironmentTax: 0, annualTax: 0 };
  const forest = taxYear >= 2024;
  const perCapitaLevy = forest
    ? { municipal: 3_000, prefectural: 1_000 }
    : { municipal: 3_500, prefectural: 1_500 };
  const forestEnvironmentTax = forest ? 1_000 : 0;
  const levied = [incomeLevy, perCapitaLevy].map(({ municipal, prefectural }) => municipal + prefectural);
  return { perCapitaLevy, forestEnvironmentTax, annualTax: sum(levied) + forestEnvironmentTax };
}
