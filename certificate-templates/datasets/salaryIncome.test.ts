import { describe, expect, it } from 'vitest';
import { salaryFault, salaryIncome } from './salaryIncome.ts';

describe('給与所得 from 給与収入', () => {
  it.each([
    [3_600_000, 2_440_000],
    [3_603_999, 2_440_000], // steps of 4,000 yen
    [3_604_000, 2_443_200],
    [5_000_000, 3_560_000],
    [6_599_999, 4_836_800],
    [6_600_000, 4_840_000],
    [6_666_667, 4_900_000], // the fraction of a yen is cut
    [8_499_999, 6_549_999],
    [8_500_000, 6_550_000],
    [12_000_000, 10_050_000],
  ])('%i -> %i', (revenue, income) => {
    expect(salaryIncome(revenue)).toBe(income);
    expect(salaryFault(revenue, income, { hasPension: false })).toBeUndefined();
    expect(salaryFault(revenue, income + 1, { hasPension: false })).toMatch(/給与収入/);
  });

  it('所得金額調整控除: for a child above 8.5 million, beside a pension', () => {
    expect(salaryFault(9_000_000, 7_050_000 - 50_000, { hasPension: false })).toBeUndefined();
    expect(salaryFault(12_000_000, 10_050_000 - 150_000, { hasPension: false })).toBeUndefined();
    expect(salaryFault(5_000_000, 3_560_000 - 100_000, { hasPension: true })).toBeUndefined();
    expect(salaryFault(5_000_000, 3_560_000 - 100_000, { hasPension: false })).toMatch(/給与収入/);
  });

  it('below 3.6 million only the bounds: the least deduction changes with the years', () => {
    expect(() => salaryIncome(3_599_999)).toThrow(RangeError);
    expect(salaryFault(900_000, 250_000, { hasPension: false })).toBeUndefined();
    expect(salaryFault(900_000, 900_001, { hasPension: false })).toMatch(/給与収入/);
    expect(salaryFault(0, -1, { hasPension: false })).toMatch(/負/);
  });
});
