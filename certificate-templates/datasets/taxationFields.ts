/** The fields of 課税証明書 and 所得証明書 as they are printed (forms.md 8). One dataset, two kinds. */
import { warekiDate } from '../civilTime.ts';
import { civilDate } from '../vocabulary.ts';
import { holderFieldIds, holderFields } from './certificateHolder.ts';
import { incomeYearText, money, taxYearText } from './money.ts';
import type {
  Presentation,
  Printable,
  PrintableDataset,
  PrintableFields,
  PrintableView,
} from './printable.ts';
import {
  comprehensiveIncomeItems,
  creditItems,
  deductionItems,
  dependantItems,
  idsOf,
  revenueItems,
  rowExists,
  separateIncomes,
  sidedItems,
  taxSides,
} from './taxItems.ts';
import { taxation, type BothTaxes, type Taxation, type TaxFigures } from './taxation.ts';

const NOT_APPLICABLE: Printable = { kind: 'not-applicable' };
const text = (words: string): Printable => ({ kind: 'text', text: words });

const sided = (ids: readonly string[]) => ids.flatMap((id) => taxSides.map((side) => `${id}-${side}`));

/** What tells the tax itself: a certificate that omits them does not say either whether there is any. */
export const taxAmountFieldIds = [
  'tax-base',
  'separate-tax-base',
  ...sided([...idsOf(sidedItems), ...idsOf(creditItems)]),
  'forest-environment-tax',
  'annual-tax',
] as const;

const ownItems = ['own-disability', 'widow', 'single-parent', 'working-student', 'minor'] as const;

const headerFields: readonly string[] = [
  'tax-year',
  'income-year',
  'assessment-day',
  'address',
  ...holderFieldIds,
  ...idsOf(revenueItems),
  ...idsOf(comprehensiveIncomeItems),
  ...idsOf(separateIncomes),
  'transfer-special-deduction',
  'carried-losses',
  'total-income',
  'aggregate-income',
  ...idsOf(deductionItems),
  'deduction-total',
  ...taxAmountFieldIds,
  'deductible-spouse',
  ...idsOf(dependantItems),
  ...ownItems,
  'remarks',
];

/** An amount for every row of a table that the form of the year has. */
function amounts(
  ids: readonly string[],
  given: Readonly<Partial<Record<string, number>>>,
  taxYear: number,
): PrintableFields {
  return Object.fromEntries(
    ids.map((id) => [id, rowExists(id, taxYear) ? money(given[id]) : NOT_APPLICABLE]),
  );
}

function bothSides(id: string, pair: BothTaxes | undefined, taxYear: number): PrintableFields {
  return Object.fromEntries(
    taxSides.map((side) => [`${id}-${side}`, rowExists(id, taxYear) ? money(pair?.[side]) : NOT_APPLICABLE]),
  );
}

function incomeFields(figures: TaxFigures, taxYear: number): PrintableFields {
  return {
    ...amounts(idsOf(revenueItems), figures.revenues, taxYear),
    ...amounts(idsOf(comprehensiveIncomeItems), figures.incomes, taxYear),
    ...amounts(idsOf(separateIncomes), figures.separateIncomes, taxYear),
    'transfer-special-deduction': money(figures.transferSpecialDeduction),
    'carried-losses': money(figures.carriedLosses),
    'total-income': money(figures.totalIncome),
    'aggregate-income': money(figures.aggregateIncome),
    ...amounts(idsOf(deductionItems), figures.deductions, taxYear),
    'deduction-total': money(figures.deductionTotal),
  };
}

function levyFields(figures: TaxFigures, taxYear: number): PrintableFields {
  const credits = idsOf(creditItems).map((id) => bothSides(id, figures.credits[id], taxYear));
  return {
    'tax-base': money(figures.taxBase.comprehensive),
    'separate-tax-base': money(figures.taxBase.separate),
    ...bothSides('computed-levy', figures.computedLevy, taxYear),
    ...(Object.assign({}, ...credits) as PrintableFields),
    ...bothSides('income-levy', figures.incomeLevy, taxYear),
    ...bothSides('per-capita-levy', figures.perCapitaLevy, taxYear),
    ...amounts(
      ['forest-environment-tax'],
      { 'forest-environment-tax': figures.forestEnvironmentTax },
      taxYear,
    ),
    'annual-tax': money(figures.annualTax),
  };
}

const DISABILITY = { none: '非該当', ordinary: '普通障害者', special: '特別障害者' } as const;

function personFields({ deductibleSpouse, dependants, own }: TaxFigures): PrintableFields {
  const applies = (is: boolean): Printable => text(is ? '該当' : '非該当');
  return {
    'deductible-spouse': text(deductibleSpouse ? '有' : '無'),
    ...Object.fromEntries(idsOf(dependantItems).map((id) => [id, text(`${dependants[id] ?? 0}人`)])),
    'own-disability': text(DISABILITY[own.disability]),
    widow: applies(own.widow),
    'single-parent': applies(own.singleParent),
    'working-student': applies(own.workingStudent),
    minor: applies(own.minor),
  };
}

function remarks({ filing, figures }: Taxation, taxShown: boolean): Printable {
  const words = [
    filing === 'dependant' ? '税法上の被扶養者' : undefined,
    taxShown && figures.assessment === 'per-capita-only' ? '均等割のみ課税' : undefined,
  ].filter((word) => word !== undefined);
  return words.length === 0 ? NOT_APPLICABLE : text(words.join('　'));
}

/** Printed instead of the kind's title for who is not taxed; a municipality may have words of its own. */
const NOT_TAXED_TITLE = '非　課　税　証　明　書';

/**
 * The view of one 年度 (`taxation`). The title says 非課税 only where the tax amounts are printed: 所得証明書 omits them
 * (`taxAmountFieldIds`) and keeps its own title.
 */
function view(value: unknown, { omitted, labels }: Presentation): PrintableView {
  const record = taxation.parse(value);
  const { taxYear, figures, holder, addressOnAssessmentDay } = record;
  const taxShown = !omitted.includes('annual-tax');
  const notTaxed = taxShown && figures.assessment === 'not-taxed';
  return {
    ...(notTaxed && { title: labels['title-not-taxed'] ?? NOT_TAXED_TITLE }),
    header: {
      'tax-year': text(taxYearText(taxYear)),
      'income-year': text(incomeYearText(taxYear - 1)),
      'assessment-day': text(warekiDate(civilDate.parse(`${taxYear}-01-01`))),
      address: text(addressOnAssessmentDay),
      ...holderFields(holder),
      ...incomeFields(figures, taxYear),
      ...levyFields(figures, taxYear),
      ...personFields(figures),
      remarks: remarks(record, taxShown),
    },
    persons: [],
    flow: [],
  };
}

export const taxationDataset: PrintableDataset = {
  id: 'taxation',
  // names and birth dates are the resident register's
  registers: ['tax', 'resident'],
  headerFields,
  personFields: [],
  rows: {},
  labelIds: ['title-not-taxed', 'municipal-tax', 'prefectural-tax'],
  view,
};
