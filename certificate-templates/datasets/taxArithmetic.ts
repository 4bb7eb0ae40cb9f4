/**
 * The arithmetic of 個人住民税 between the rows of one record (地方税法 §32 ff., §313 ff.; forms.md 8). Pure. Every rule names
 * the row that is wrong, in Japanese, for municipal staff; amounts are never repeated in a message.
 */
import { salaryFault } from './salaryIncome.ts';
import {
  comprehensiveIncomeItems,
  creditItems,
  deductionItems,
  rowExists,
  separateIncomes,
  taxSides,
  type TaxSide,
} from './taxItems.ts';
import type { BothTaxes, TaxFigures } from './taxation.ts';

export interface TaxFault {
  /** inside the figures */
  readonly path: readonly (string | number)[];
  /** printed name of the row */
  readonly row: string;
  readonly message: string;
}

type Report = (row: string, path: readonly (string | number)[], message: string) => void;

const MISMATCH = '内訳の計算と合いません';

/** Every fault of the figures of a 年度; empty when all rows agree. */
export function taxFaults(taxYear: number, figures: TaxFigures): readonly TaxFault[] {
  const faults: TaxFault[] = [];
  const report: Report = (row, path, message) => faults.push({ row, path, message });
  checkYear(taxYear, figures, report);
  checkIncomes(figures, report);
  checkDeductions(figures, report);
  const bases = checkTaxBase(figures, report);
  checkLevies(figures, bases, report);
  checkAnnualTax(figures, report);
  checkPersons(figures, report);
  return faults;
}

const sum = (amounts: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(amounts).reduce<number>((total, amount) => total + (amount ?? 0), 0);
const cutTo = (unit: number, amount: number): number => Math.floor(amount / unit) * unit;
const has = (amount: number | undefined): boolean => (amount ?? 0) > 0;

/** A row that the form of the year does not have holds nothing. */
function checkYear(taxYear: number, figures: TaxFigures, report: Report): void {
  const given: readonly (readonly [string, string, boolean, readonly string[]])[] = [
    [
      'specific-relative-deduction',
      deductionItems['specific-relative-deduction'],
      has(figures.deductions['specific-relative-deduction']),
      ['deductions', 'specific-relative-deduction'],
    ],
    [
      'flat-reduction',
      creditItems['flat-reduction'],
      figures.credits['flat-reduction'] !== undefined,
      ['credits', 'flat-reduction'],
    ],
    ['forest-environment-tax', '森林環境税', has(figures.forestEnvironmentTax), ['forestEnvironmentTax']],
  ];
  for (const [id, row, present, path] of given) {
    if (present && !rowExists(id, taxYear)) report(row, path, 'この年度にはない項目です');
  }
}

/** 総所得金額 before carried losses: losses are set off, the result is never below 0. */
const comprehensiveIncome = ({ incomes }: TaxFigures): number => Math.max(0, sum(incomes));

function checkIncomes(figures: TaxFigures, report: Report): void {
  const { incomes, revenues, carriedLosses, transferSpecialDeduction } = figures;
  const salary = salaryFault(revenues['salary-revenue'] ?? 0, incomes['salary-income'] ?? 0, {
    hasPension: has(revenues['public-pension-revenue']),
  });
  if (salary) report(comprehensiveIncomeItems['salary-income'], ['incomes', 'salary-income'], salary);
  const pension = incomes['public-pension-income'] ?? 0;
  if (pension < 0 || pension > (revenues['public-pension-revenue'] ?? 0)) {
    const row = comprehensiveIncomeItems['public-pension-income'];
    report(row, ['incomes', 'public-pension-income'], '公的年金等収入より多いか、負の金額です');
  }
  const comprehensive = comprehensiveIncome(figures);
  if (carriedLosses > comprehensive) report('繰越控除', ['carriedLosses'], '総所得金額より多くなっています');
  const { 'short-term-transfer-income': short = 0, 'long-term-transfer-income': long = 0 } =
    figures.separateIncomes;
  if (transferSpecialDeduction > short + long) {
    report('分離譲渡の特別控除', ['transferSpecialDeduction'], '分離譲渡所得より多くなっています');
  }
  const aggregate = comprehensive + sum(figures.separateIncomes);
  if (figures.aggregateIncome !== aggregate) report('合計所得金額', ['aggregateIncome'], MISMATCH);
  if (figures.totalIncome !== aggregate - carriedLosses) report('総所得金額等', ['totalIncome'], MISMATCH);
}

function checkDeductions({ deductions, deductionTotal }: TaxFigures, report: Report): void {
  if (deductionTotal !== sum(deductions)) report('控除合計', ['deductionTotal'], MISMATCH);
}

interface Bases {
  /** 総所得, 山林 and 退職 together: 合計課税所得金額 (地方税法 §314の6) */
  readonly combined: number;
  /** base x rate over all incomes, hundredths of a yen */
  readonly levyHundredths: number;
}

const COMPREHENSIVE_PERCENT = 10;

/**
 * 課税標準額: deductions are taken from 総所得 first, what is left of them from the separate incomes in order; each is cut to
 * 1,000 yen (地方税法 §20の4の2).
 */
function checkTaxBase(figures: TaxFigures, report: Report): Bases {
  const { taxBase, deductionTotal, carriedLosses } = figures;
  let left = deductionTotal;
  const baseOf = (income: number): number => {
    const used = Math.min(left, income);
    left -= used;
    return cutTo(1_000, income - used);
  };
  const comprehensive = baseOf(Math.max(0, comprehensiveIncome(figures) - carriedLosses));
  let special = figures.transferSpecialDeduction;
  let [separate, combined, levy] = [0, comprehensive, comprehensive * COMPREHENSIVE_PERCENT];
  for (const [id, { percent }] of Object.entries(separateIncomes)) {
    const income = figures.separateIncomes[id as keyof typeof separateIncomes] ?? 0;
    const reduced =
      id.endsWith('transfer-income') && id !== 'stock-transfer-income' ? Math.min(special, income) : 0;
    special -= reduced;
    const base = baseOf(income - reduced);
    separate += base;
    levy += base * percent;
    if (id === 'forestry-income' || id === 'retirement-income') combined += base;
  }
  if (taxBase.comprehensive !== comprehensive)
    report('課税標準額（総所得）', ['taxBase', 'comprehensive'], MISMATCH);
  if (taxBase.separate !== separate) report('課税標準額（分離）', ['taxBase', 'separate'], MISMATCH);
  return { combined, levyHundredths: levy };
}

/** Percent of the 所得割 that goes to this side. */
const shareOf = ({ municipalShare }: TaxFigures, side: TaxSide): number =>
  side === 'municipal' ? municipalShare : 100 - municipalShare;

const SIDE_NAMES = { municipal: '市民税', prefectural: '県民税' } as const;

function checkLevies(figures: TaxFigures, bases: Bases, report: Report): void {
  const { assessment, credits } = figures;
  if (assessment !== 'taxed') return checkNothingLevied(figures, report);
  checkAdjustment(figures, bases, report);
  for (const side of taxSides) {
    const computed = Math.floor((bases.levyHundredths * shareOf(figures, side)) / 10_000);
    if (figures.computedLevy[side] !== computed) {
      report(
        `算出所得割額（${SIDE_NAMES[side]}）`,
        ['computedLevy', side],
        '課税標準額と税率の計算と合いません',
      );
    }
    const credited = Object.values(credits).reduce((total, credit) => total + (credit?.[side] ?? 0), 0);
    const levied = cutTo(100, Math.max(0, figures.computedLevy[side] - credited));
    if (figures.incomeLevy[side] !== levied) {
      report(
        `所得割額（${SIDE_NAMES[side]}）`,
        ['incomeLevy', side],
        '税額控除後（100円未満切捨て）の計算と合いません',
      );
    }
  }
}

function checkNothingLevied(figures: TaxFigures, report: Report): void {
  const nothing = (pair: BothTaxes | undefined) => !pair || pair.municipal + pair.prefectural === 0;
  if (!nothing(figures.computedLevy))
    report('算出所得割額', ['computedLevy'], '所得割のない人に税額があります');
  if (!nothing(figures.incomeLevy)) report('所得割額', ['incomeLevy'], '所得割のない人に税額があります');
  for (const [id, credit] of Object.entries(figures.credits)) {
    const row = creditItems[id as keyof typeof creditItems];
    if (!nothing(credit)) report(row, ['credits', id], '所得割のない人に税額控除があります');
  }
}

/** Above this 合計所得金額 there is no 調整控除 (since 令和3年度). */
const NO_ADJUSTMENT_ABOVE = 25_000_000;
const ADJUSTMENT_STEP = 2_000_000;
const LEAST_GAP = 50_000;
const ADJUSTMENT_PERCENT = 5;

/** 調整控除 (地方税法 §37, §314の6): 5 % of the gap of the personal deductions, less with the income, at least 2,500 yen. */
function checkAdjustment(figures: TaxFigures, { combined }: Bases, report: Report): void {
  const gap = figures.personalDeductionGap;
  const basis =
    combined <= ADJUSTMENT_STEP
      ? Math.min(gap, combined)
      : Math.max(LEAST_GAP, gap - (combined - ADJUSTMENT_STEP));
  const due = figures.aggregateIncome > NO_ADJUSTMENT_ABOVE || combined === 0 ? 0 : basis;
  const credit = figures.credits['adjustment-credit'] ?? { municipal: 0, prefectural: 0 };
  for (const side of taxSides) {
    // the fraction of a yen is cut or raised, as the municipality does it
    const exact = (due * ADJUSTMENT_PERCENT * shareOf(figures, side)) / 10_000;
    if (credit[side] !== Math.floor(exact) && credit[side] !== Math.ceil(exact)) {
      report(
        `調整控除（${SIDE_NAMES[side]}）`,
        ['credits', 'adjustment-credit', side],
        '人的控除額の差と課税標準額の計算と合いません',
      );
    }
  }
}

function checkAnnualTax(figures: TaxFigures, report: Report): void {
  const { incomeLevy, perCapitaLevy, forestEnvironmentTax, annualTax, assessment } = figures;
  const levies = [incomeLevy, perCapitaLevy].map(({ municipal, prefectural }) => municipal + prefectural);
  if (annualTax !== levies[0]! + levies[1]! + forestEnvironmentTax) report('年税額', ['annualTax'], MISMATCH);
  if ((assessment === 'not-taxed') !== (levies[1] === 0)) {
    report('均等割額', ['perCapitaLevy'], '課税・非課税の区分と合いません');
  }
  if (assessment === 'not-taxed' && forestEnvironmentTax > 0) {
    report('森林環境税', ['forestEnvironmentTax'], '非課税の人に税額があります');
  }
}

/** A deduction for a person stands with the person, and the other way round. */
function checkPersons({ deductions, dependants, deductibleSpouse, own }: TaxFigures, report: Report): void {
  const counted = (...ids: (keyof typeof dependants)[]) => ids.some((id) => has(dependants[id]));
  const pairs: readonly (readonly [keyof typeof deductionItems, boolean])[] = [
    ['spouse-deduction', deductibleSpouse],
    [
      'dependant-deduction',
      counted(
        'general-dependants',
        'specific-dependants',
        'elderly-coresident-dependants',
        'elderly-dependants',
      ),
    ],
    [
      'disability-deduction',
      own.disability !== 'none' ||
        counted('coresident-specially-disabled', 'specially-disabled', 'ordinarily-disabled'),
    ],
    ['single-parent-or-widow-deduction', own.widow || own.singleParent],
    ['working-student-deduction', own.workingStudent],
  ];
  for (const [id, present] of pairs) {
    if (has(deductions[id]) !== present) {
      report(deductionItems[id], ['deductions', id], '扶養親族等・本人該当の記載と合いません');
    }
  }
}
