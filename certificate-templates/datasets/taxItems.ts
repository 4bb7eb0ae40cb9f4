/**
 * The rows of 課税証明書 and 所得証明書, in the order of the form (forms.md 8). The ids are keys of the register's figures and
 * fields of the document alike; the Japanese words name a row in messages for municipal staff. Amounts are whole yen.
 */

/** 収入 */
export const revenueItems = {
  'salary-revenue': '給与収入',
  'public-pension-revenue': '公的年金等収入',
} as const;

/** 総所得金額 is made of these; some may be losses and are set off against the others (損益通算). */
export const comprehensiveIncomeItems = {
  'salary-income': '給与所得',
  'public-pension-income': '雑所得（公的年金等）',
  'side-business-income': '雑所得（業務）',
  'other-miscellaneous-income': '雑所得（その他）',
  'business-income': '営業等所得',
  'agricultural-income': '農業所得',
  'real-estate-income': '不動産所得',
  'interest-income': '利子所得',
  'dividend-income': '配当所得',
  'transfer-and-occasional-income': '総合譲渡・一時所得',
} as const;

/**
 * 分離課税の所得 in the order in which deductions are taken from them, with both taxes' rate together, in percent (地方税法
 * 附則). Preferential rates (優良住宅地, 居住用財産) are not modelled: such a record is refused at the register's door.
 */
export const separateIncomes = {
  'short-term-transfer-income': { label: '分離短期譲渡所得', percent: 9 },
  'long-term-transfer-income': { label: '分離長期譲渡所得', percent: 5 },
  'listed-dividend-income': { label: '上場株式等の配当等', percent: 5 },
  'stock-transfer-income': { label: '株式等の譲渡所得', percent: 5 },
  'futures-income': { label: '先物取引の雑所得', percent: 5 },
  'forestry-income': { label: '山林所得', percent: 10 },
  'retirement-income': { label: '退職所得', percent: 10 },
} as const;

/** 所得控除 */
export const deductionItems = {
  'casualty-loss-deduction': '雑損控除',
  'medical-deduction': '医療費控除',
  'social-insurance-deduction': '社会保険料控除',
  'mutual-aid-deduction': '小規模企業共済等掛金控除',
  'life-insurance-deduction': '生命保険料控除',
  'earthquake-insurance-deduction': '地震保険料控除',
  'disability-deduction': '障害者控除',
  'single-parent-or-widow-deduction': 'ひとり親・寡婦控除',
  'working-student-deduction': '勤労学生控除',
  'spouse-deduction': '配偶者控除',
  'spouse-special-deduction': '配偶者特別控除',
  'dependant-deduction': '扶養控除',
  'specific-relative-deduction': '特定親族特別控除',
  'basic-deduction': '基礎控除',
} as const;

/** 税額控除等, each with a part of 市民税 and one of 県民税 */
export const creditItems = {
  'adjustment-credit': '調整控除',
  'dividend-credit': '配当控除',
  'housing-loan-credit': '住宅借入金等特別税額控除',
  'donation-credit': '寄附金税額控除',
  'foreign-tax-credit': '外国税額控除',
  'flat-reduction': '定額減税',
} as const;

/** 扶養親族等, persons */
export const dependantItems = {
  'general-dependants': '一般扶養',
  'specific-dependants': '特定扶養',
  'elderly-coresident-dependants': '老人扶養（同居老親等）',
  'elderly-dependants': '老人扶養（その他）',
  'dependants-under-16': '16歳未満扶養',
  'coresident-specially-disabled': '障害者（同居特別）',
  'specially-disabled': '障害者（特別）',
  'ordinarily-disabled': '障害者（普通）',
} as const;

/** Both taxes of one row. `municipal` is 市（町村・特別区）民税, `prefectural` 県（都道府）民税. */
export const taxSides = ['municipal', 'prefectural'] as const;
export type TaxSide = (typeof taxSides)[number];

/** Rows with an amount for each side beside the credits. */
export const sidedItems = {
  'computed-levy': '算出所得割額',
  'income-levy': '所得割額',
  'per-capita-levy': '均等割額',
} as const;

/** Years (年度) in which a row exists; every other row exists in all. */
export const yearsOfItems = {
  'forest-environment-tax': { from: 2024, to: Infinity },
  'flat-reduction': { from: 2024, to: 2025 },
  'specific-relative-deduction': { from: 2026, to: Infinity },
} as const;

/** True when the form of this 年度 has the row. */
export function rowExists(id: string, taxYear: number): boolean {
  const years = (yearsOfItems as Readonly<Record<string, { from: number; to: number }>>)[id];
  return years === undefined || (taxYear >= years.from && taxYear <= years.to);
}

/** The ids of a table of items, as a non-empty tuple for zod. */
export function idsOf<Id extends string>(items: Readonly<Record<Id, unknown>>): [Id, ...Id[]] {
  return Object.keys(items) as [Id, ...Id[]];
}
