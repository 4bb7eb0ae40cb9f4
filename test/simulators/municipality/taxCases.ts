/** Who of the demo residents earns what, one per awkward case of forms.md 8. Amounts are yen a year. */
import { residentId, type ResidentId } from '#templates/datasets/residentRegister.ts';
import type { TaxFacts } from './taxFigures.ts';

export interface TaxCase {
  readonly filing: 'filed' | 'dependant' | 'not-filed';
  readonly facts: Omit<TaxFacts, 'supports'>;
  /** whom the person supports, residents of the same household */
  readonly supports: readonly ResidentId[];
}

const filed = (facts: TaxCase['facts'], ...supports: readonly string[]): TaxCase => ({
  filing: 'filed',
  facts,
  supports: supports.map((id) => residentId.parse(id)),
});
const dependant: TaxCase = { filing: 'dependant', facts: { assessment: 'not-taxed' }, supports: [] };
const notFiled: TaxCase = { filing: 'not-filed', facts: {}, supports: [] };
const social = (amount: number) => ({ deductions: { 'social-insurance-deduction': amount } });

/** Years of age, on 賦課期日, at which a resident who is not named begins to earn, and to live on a pension. */
const EARNS_FROM = 20;
const RETIRED_FROM = 65;
const employee = filed({ salary: 3_800_000, ...social(560_000) });
const pensioner = filed({ pension: 1_480_000, assessment: 'not-taxed' });

/** The case of a resident: named below, or an ordinary one by age. */
export function taxCaseOf(resident: ResidentId, age: number): TaxCase {
  const named = taxCases[resident];
  if (named) return named;
  if (age >= RETIRED_FROM) return pensioner;
  return age >= EARNS_FROM ? employee : dependant;
}

const taxCases: Readonly<Record<string, TaxCase>> = {
  // the worked example
  taro: filed(
    {
      salary: 5_000_000,
      spouse: true,
      deductions: { 'social-insurance-deduction': 750_000, 'life-insurance-deduction': 28_000 },
    },
    'hinata',
  ),
  // 非課税: a part-time salary below the limit
  sakura: filed({ salary: 900_000, assessment: 'not-taxed' }),
  maria: filed({ salary: 6_880_000, ...social(1_010_000) }),
  // everything a family has: children, parents, a loan on the house, a donation
  'six-person-head': filed(
    {
      salary: 9_600_000,
      spouse: true,
      deductions: {
        'medical-deduction': 134_520,
        'social-insurance-deduction': 1_284_300,
        'mutual-aid-deduction': 276_000,
        'life-insurance-deduction': 70_000,
        'earthquake-insurance-deduction': 25_000,
      },
      credits: {
        'housing-loan-credit': { municipal: 58_500, prefectural: 39_000 },
        'donation-credit': { municipal: 25_200, prefectural: 16_800 },
      },
    },
    'six-person-son',
    'six-person-daughter',
    'six-person-father',
    'six-person-mother',
  ),
  'six-person-wife': dependant,
  'six-person-father': filed({ pension: 1_480_000, assessment: 'not-taxed' }),
  'six-person-mother': filed({ pension: 790_000, assessment: 'not-taxed' }),
  // a shop with losses of earlier years, a field with a loss of this one
  'five-person-head': filed(
    {
      incomes: { 'business-income': 6_250_000, 'agricultural-income': -480_000 },
      carriedLosses: 1_200_000,
      ...social(612_400),
    },
    'five-person-stepson',
    'twin-aoi',
    'twin-ao',
  ),
  'five-person-wife': notFiled,
  // land sold, shares sold, rent: income taxed apart
  'one-person-household': filed({
    salary: 12_000_000,
    incomes: { 'real-estate-income': 1_830_000, 'dividend-income': 64_000 },
    separate: { 'long-term-transfer-income': 8_400_000, 'stock-transfer-income': 2_345_678 },
    deductions: { 'social-insurance-deduction': 1_530_000 },
    credits: { 'dividend-credit': { municipal: 1_024, prefectural: 768 } },
  }),
  // 均等割のみ
  'minimal-name': filed({ salary: 1_700_000, assessment: 'per-capita-only', ...social(720_000) }),
  'long-given-name': filed({
    salary: 1_200_000,
    assessment: 'per-capita-only',
    own: { workingStudent: true },
  }),
  'hentaigana-name': filed({ pension: 1_920_000, assessment: 'not-taxed', own: { disability: 'special' } }),
  'parent-of-under-15': filed(
    { salary: 4_200_000, own: { singleParent: true }, ...social(610_000) },
    'under-15',
    'fifteen-today',
  ),
  'fifteen-today': dependant,
  'deceased-member-household': filed({
    pension: 1_350_000,
    assessment: 'not-taxed',
    own: { widow: true, disability: 'ordinary' },
  }),
  'taisho-birth': filed({ pension: 790_000, assessment: 'not-taxed' }),
  'no-seal': notFiled,
};
