import { describe, expect, it } from 'vitest';
import { household, question, residents } from './holder.fixture.ts';
import { taxFaults } from './taxArithmetic.ts';
import { taxFigures, taxRecordEntry, type TaxFigures } from './taxation.ts';
import { taxationSource } from './taxationSource.ts';

/** The worked example of the form. */
const example = {
  revenues: { 'salary-revenue': 5_000_000 },
  incomes: { 'salary-income': 3_560_000 },
  totalIncome: 3_560_000,
  aggregateIncome: 3_560_000,
  deductions: {
    'social-insurance-deduction': 750_000,
    'life-insurance-deduction': 28_000,
    'spouse-deduction': 330_000,
    'basic-deduction': 430_000,
  },
  deductionTotal: 1_538_000,
  taxBase: { comprehensive: 2_022_000, separate: 0 },
  personalDeductionGap: 100_000,
  assessment: 'taxed',
  computedLevy: { municipal: 121_320, prefectural: 80_880 },
  credits: { 'adjustment-credit': { municipal: 2_340, prefectural: 1_560 } },
  incomeLevy: { municipal: 118_900, prefectural: 79_300 },
  perCapitaLevy: { municipal: 3_000, prefectural: 1_000 },
  forestEnvironmentTax: 1_000,
  annualTax: 203_200,
  deductibleSpouse: true,
  dependants: { 'dependants-under-16': 1 },
  own: {},
};
const figuresWith = (change: object): TaxFigures => taxFigures.parse({ ...example, ...change });
const rowsAtFault = (change: object, year = 2026) =>
  taxFaults(year, figuresWith(change)).map(({ row }) => row);
const entryWith = (change: object = {}, figures: object = {}) =>
  taxRecordEntry.safeParse({
    municipality: '992011',
    residentId: 'r1',
    taxYear: 2026,
    filing: 'filed',
    addressOnAssessmentDay: '架空県みほん市旧町1番',
    figures: { ...example, ...figures },
    ...change,
  });

describe('the arithmetic of 個人住民税', () => {
  it('the worked example is right to the yen', () => {
    expect(taxFaults(2026, figuresWith({}))).toEqual([]);
  });

  it.each([
    ['給与所得', { incomes: { 'salary-income': 3_560_001 } }],
    ['給与所得', { revenues: { 'salary-revenue': 5_004_000 } }],
    ['合計所得金額', { aggregateIncome: 3_560_001 }],
    ['総所得金額等', { totalIncome: 3_559_999 }],
    ['控除合計', { deductions: { ...example.deductions, 'medical-deduction': 1 } }],
    ['控除合計', { deductionTotal: 1_538_001 }],
    ['課税標準額（総所得）', { taxBase: { comprehensive: 2_022_001, separate: 0 } }],
    ['課税標準額（分離）', { taxBase: { comprehensive: 2_022_000, separate: 1_000 } }],
    ['算出所得割額（市民税）', { computedLevy: { municipal: 121_321, prefectural: 80_880 } }],
    ['算出所得割額（県民税）', { computedLevy: { municipal: 121_320, prefectural: 80_879 } }],
    ['調整控除（市民税）', { credits: { 'adjustment-credit': { municipal: 2_341, prefectural: 1_560 } } }],
    ['調整控除（県民税）', { credits: { 'adjustment-credit': { municipal: 2_340, prefectural: 1_559 } } }],
    ['所得割額（市民税）', { incomeLevy: { municipal: 118_980, prefectural: 79_300 } }],
    ['所得割額（県民税）', { incomeLevy: { municipal: 118_900, prefectural: 79_400 } }],
    ['年税額', { annualTax: 203_100 }],
    ['年税額', { forestEnvironmentTax: 0 }],
    ['配偶者控除', { deductibleSpouse: false }],
    ['扶養控除', { dependants: { 'general-dependants': 1 } }],
    ['障害者控除', { own: { disability: 'ordinary' } }],
    ['ひとり親・寡婦控除', { own: { widow: true } }],
    ['勤労学生控除', { own: { workingStudent: true } }],
    ['均等割額', { assessment: 'not-taxed' }],
  ])('one altered number is found, and %s is named', (row, change) => {
    expect(rowsAtFault(change)).toContain(row);
  });

  it('the register refuses it with the row and without the amount', () => {
    const messages = entryWith({}, { annualTax: 203_100 }).error!.issues.map(({ message }) => message);
    expect(messages).toEqual(['年税額：内訳の計算と合いません']);
    expect(entryWith().success).toBe(true);
  });

  it('every amount of money altered by one yen is found', () => {
    const places: ((figures: TaxFigures) => Record<string, number>)[] = [
      ({ revenues }) => revenues as Record<string, number>,
      ({ incomes }) => incomes as Record<string, number>,
      ({ deductions }) => deductions as Record<string, number>,
      ({ taxBase }) => taxBase,
      ({ computedLevy }) => computedLevy,
      ({ incomeLevy }) => incomeLevy,
      ({ perCapitaLevy }) => perCapitaLevy,
    ];
    for (const place of places) {
      for (const key of Object.keys(place(figuresWith({})))) {
        const altered = structuredClone(figuresWith({}));
        // the salary table has steps of 4,000 yen
        place(altered)[key]! += key === 'salary-revenue' ? 4_000 : 1;
        expect(taxFaults(2026, altered), key).not.toEqual([]);
      }
    }
  });

  it('a year has only its own rows', () => {
    expect(rowsAtFault({}, 2023)).toContain('森林環境税');
    const credits = { ...example.credits, 'flat-reduction': { municipal: 0, prefectural: 0 } };
    expect(rowsAtFault({ credits }, 2026)).toContain('定額減税');
    expect(rowsAtFault({ credits }, 2025)).toEqual([]);
    const deductions = { ...example.deductions, 'specific-relative-deduction': 1_000 };
    expect(rowsAtFault({ deductions }, 2025)).toContain('特定親族特別控除');
  });

  it('below 2,000,000 yen of base the 調整控除 is 5 % of the smaller, above never less than 2,500 yen', () => {
    const salary = { revenues: { 'salary-revenue': 6_000_000 }, incomes: { 'salary-income': 4_360_000 } };
    const higher = {
      ...salary,
      aggregateIncome: 4_360_000,
      totalIncome: 4_360_000,
      taxBase: { comprehensive: 2_822_000, separate: 0 },
      computedLevy: { municipal: 169_320, prefectural: 112_880 },
      credits: { 'adjustment-credit': { municipal: 1_500, prefectural: 1_000 } },
      incomeLevy: { municipal: 167_800, prefectural: 111_800 },
      annualTax: 284_600,
    };
    expect(rowsAtFault(higher)).toEqual([]);
    const smaller = {
      revenues: {},
      incomes: { 'business-income': 1_600_000 },
      aggregateIncome: 1_600_000,
      totalIncome: 1_600_000,
      taxBase: { comprehensive: 62_000, separate: 0 },
      computedLevy: { municipal: 3_720, prefectural: 2_480 },
      credits: { 'adjustment-credit': { municipal: 1_860, prefectural: 1_240 } },
      incomeLevy: { municipal: 1_800, prefectural: 1_200 },
      annualTax: 8_000,
    };
    expect(rowsAtFault(smaller)).toEqual([]);
  });

  it('losses are set off; what deductions leave is taken from income taxed apart, each cut to 1,000 yen', () => {
    const apart = {
      revenues: {},
      incomes: { 'business-income': 2_000_000, 'real-estate-income': -1_000_000 },
      separateIncomes: { 'long-term-transfer-income': 5_000_500, 'stock-transfer-income': 1_234_567 },
      transferSpecialDeduction: 1_000_000,
      carriedLosses: 300_000,
      aggregateIncome: 7_235_067,
      totalIncome: 6_935_067,
      taxBase: { comprehensive: 0, separate: 3_162_000 + 1_234_000 },
      computedLevy: { municipal: 131_880, prefectural: 87_920 },
      credits: {},
      incomeLevy: { municipal: 131_800, prefectural: 87_900 },
      annualTax: 131_800 + 87_900 + 5_000,
    };
    expect(rowsAtFault(apart)).toEqual([]);
    expect(rowsAtFault({ ...apart, carriedLosses: 1_100_000 })).toContain('繰越控除');
    expect(rowsAtFault({ ...apart, transferSpecialDeduction: 5_000_501 })).toContain('分離譲渡の特別控除');
  });

  it('a designated city takes eight tenths', () => {
    const city = {
      municipalShare: 80,
      computedLevy: { municipal: 161_760, prefectural: 40_440 },
      credits: { 'adjustment-credit': { municipal: 3_120, prefectural: 780 } },
      incomeLevy: { municipal: 158_600, prefectural: 39_600 },
    };
    expect(rowsAtFault(city)).toEqual([]);
  });

  it('who is not taxed has no levy at all, 均等割のみ no 所得割', () => {
    const nothing = { municipal: 0, prefectural: 0 };
    const free = {
      ...{ revenues: {}, incomes: {}, aggregateIncome: 0, totalIncome: 0, credits: {} },
      ...{ taxBase: { comprehensive: 0, separate: 0 }, computedLevy: nothing, incomeLevy: nothing },
      ...{ perCapitaLevy: nothing, forestEnvironmentTax: 0, annualTax: 0, assessment: 'not-taxed' },
    };
    expect(rowsAtFault(free)).toEqual([]);
    expect(rowsAtFault({ ...free, forestEnvironmentTax: 1_000, annualTax: 1_000 })).toContain('森林環境税');
    const levied = { ...free, assessment: 'per-capita-only', perCapitaLevy: example.perCapitaLevy };
    expect(rowsAtFault({ ...levied, annualTax: 4_000 })).toEqual([]);
    const credited = { ...levied, annualTax: 4_000, credits: example.credits };
    expect(rowsAtFault(credited)).toContain('調整控除');
    const computed = { ...levied, annualTax: 4_000, computedLevy: { municipal: 100, prefectural: 0 } };
    expect(rowsAtFault(computed)).toContain('算出所得割額');
  });
});

describe('a row of the tax register', () => {
  it.each([
    ['a part of a yen', {}, { annualTax: 203_200.5 }],
    ['a negative amount', {}, { deductionTotal: -1 }],
    ['a row nobody knows', {}, { deductions: { ...example.deductions, 'lottery-deduction': 1 } }],
    ['a 個人番号', { individualNumber: '123456789010' }, {}],
    ['a dependant with income', { filing: 'dependant' }, {}],
    ['figures without a return', { filing: 'not-filed' }, {}],
  ])('refuses %s', (_what, change, figures) => {
    expect(entryWith(change, figures).success).toBe(false);
  });
});

describe('who is given a tax certificate', () => {
  const find = (records: readonly object[], change = {}, holder = 'r1') =>
    taxationSource.find(
      { household, residents, taxRecords: records.map((record) => entryWith(record).data!) },
      question(holder, change),
    );
  const notFiled = { municipality: '992011', residentId: 'r1', taxYear: 2026, filing: 'not-filed' } as const;

  it('the address printed is that of the first of January, and must be drawable', () => {
    expect(find([{}])).toMatchObject({
      kind: 'found',
      value: {
        taxYear: 2026,
        addressOnAssessmentDay: '架空県みほん市旧町1番',
        holder: { name: '見本　一郎' },
      },
      texts: [household.address, '架空県みほん市旧町1番'],
    });
  });

  it.each([
    ['the years are switched over', [{}], { taxYear: null }, 'tax-year-not-offered'],
    ['the profile says nothing of years', [{}], { taxYear: undefined }, 'tax-year-not-offered'],
    ['only another year is there', [{ taxYear: 2025 }], {}, 'no-tax-data'],
    ['nothing is there', [], {}, 'no-tax-data'],
    ['the row is another resident’s', [{ residentId: 'r2' }], {}, 'no-tax-data'],
    ['the row is another municipality’s', [{ municipality: '992020' }], {}, 'no-tax-data'],
  ])('nobody when %s', (_what, records, change, reason) => {
    expect(find(records, change)).toEqual({ kind: 'withheld', reason });
  });

  it('nobody who filed no return, nobody who has left', () => {
    const rows = { household, residents, taxRecords: [taxRecordEntry.parse(notFiled)] };
    expect(taxationSource.find(rows, question('r1'))).toEqual({ kind: 'withheld', reason: 'no-tax-data' });
    expect(find([{ residentId: 'r3' }], {}, 'r3')).toEqual({
      kind: 'withheld',
      reason: 'ask-at-the-counter',
    });
  });

  it('of two years the one on offer', () => {
    expect(find([{ taxYear: 2025 }, {}])).toMatchObject({ value: { taxYear: 2026 } });
    expect(find([{ taxYear: 2025 }, {}], { taxYear: 2025 })).toMatchObject({ value: { taxYear: 2025 } });
  });
});
