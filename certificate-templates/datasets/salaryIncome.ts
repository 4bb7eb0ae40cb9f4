/**
 * 給与所得 from 給与収入 (所得税法 §28, since the income of 2020). Below 3,600,000 yen the table changes with the years (the
 * least deduction does) and only its bounds are checked; above, every year has the same formula.
 */

/** From here on the formula has been the same since 2020, yen of revenue. */
const FORMULA_FROM = 3_600_000;
/** Revenue is cut to 4,000 yen below this (所得税法別表第五). */
const TABLE_BELOW = 6_600_000;
const FLAT_FROM = 8_500_000;
const LARGEST_DEDUCTION = 1_950_000;
/** 所得金額調整控除 (租税特別措置法 §41の3の11): 10 % between 8.5 and 10 million; 100,000 beside a pension. */
const CHILD_ADJUSTMENT = { percent: 10, upTo: 10_000_000 };
const PENSION_ADJUSTMENT = 100_000;

/** 給与所得 of a revenue of at least 3,600,000 yen, before 所得金額調整控除. */
export function salaryIncome(revenue: number): number {
  if (revenue < FORMULA_FROM) throw new RangeError('below the part of the table that is the same every year');
  // four times 1,000 yen of a quarter; x 80 % keeps whole yen
  if (revenue < TABLE_BELOW) return Math.floor(revenue / 4_000) * 3_200 - 440_000;
  if (revenue < FLAT_FROM) return Math.floor((revenue * 9) / 10) - 1_100_000;
  return revenue - LARGEST_DEDUCTION;
}

/** Why this 給与所得 cannot come from this 給与収入, in Japanese; undefined when it can. */
export function salaryFault(
  revenue: number,
  income: number,
  { hasPension }: { readonly hasPension: boolean },
): string | undefined {
  if (income < 0 || income > revenue) return '給与収入より多いか、負の金額です';
  if (revenue < FORMULA_FROM) return undefined;
  const full = salaryIncome(revenue);
  const child = Math.ceil(
    (Math.max(0, Math.min(revenue, CHILD_ADJUSTMENT.upTo) - FLAT_FROM) * CHILD_ADJUSTMENT.percent) / 100,
  );
  const allowed = [0, child].flatMap((part) => (hasPension ? [part, part + PENSION_ADJUSTMENT] : [part]));
  return allowed.includes(full - income) ? undefined : '給与収入からの計算と合いません';
}
