/**
 * 課税（非課税）証明書 and 所得証明書: one resident's resident tax (個人住民税) of one 年度, as the municipality of the first of
 * January assessed it. The figures are given by the tax system and checked at the register's door: a certificate whose
 * sums do not add up is worse than none.
 */
import { z } from 'zod';
import { municipalityCode } from '../vocabulary.ts';
import { certificateHolder } from './certificateHolder.ts';
import { registeredText } from './residentRecord.ts';
import { residentId } from './residentRegister.ts';
import { taxFaults } from './taxArithmetic.ts';
import {
  comprehensiveIncomeItems,
  creditItems,
  deductionItems,
  dependantItems,
  idsOf,
  revenueItems,
  separateIncomes,
} from './taxItems.ts';

/** Whole yen; a hundred billion is above anybody's income and far below what a number holds exactly. */
const amount = z.number().int('円未満の端数があります').min(0, '負の金額です').max(100_000_000_000);
const amountOrLoss = z.number().int('円未満の端数があります').min(-100_000_000_000).max(100_000_000_000);
const persons = z.number().int().min(0).max(30);
const bothTaxes = z.strictObject({ municipal: amount, prefectural: amount });
export type BothTaxes = z.infer<typeof bothTaxes>;

/** 年度 by the Gregorian year in which it begins: 令和8年度 = 2026, the income of 2025. */
export const taxYear = z.number().int().min(1989).max(2200);

/** Amounts by row; a row that is not named is 0, and every sum over the rows is checked. */
export const taxFigures = z.strictObject({
  revenues: z.partialRecord(z.enum(idsOf(revenueItems)), amount),
  incomes: z.partialRecord(z.enum(idsOf(comprehensiveIncomeItems)), amountOrLoss),
  separateIncomes: z.partialRecord(z.enum(idsOf(separateIncomes)), amount).default({}),
  /** 分離譲渡所得の特別控除 */
  transferSpecialDeduction: amount.default(0),
  /** 繰越控除 of losses of earlier years */
  carriedLosses: amount.default(0),
  /** 総所得金額等 */
  totalIncome: amount,
  /** 合計所得金額 */
  aggregateIncome: amount,
  deductions: z.partialRecord(z.enum(idsOf(deductionItems)), amount),
  /** 控除合計 */
  deductionTotal: amount,
  /** 課税標準額: 総所得 and 分離 */
  taxBase: z.strictObject({ comprehensive: amount, separate: amount }),
  /** 人的控除額の差の合計額, the basis of 調整控除; not printed */
  personalDeductionGap: amount,
  /** 均等割のみ is per-capita-only; not-taxed by the limits of income (非課税) */
  assessment: z.enum(['taxed', 'per-capita-only', 'not-taxed']),
  /** share of 市民税 in the 所得割, percent: 60, in a designated city 80 (地方税法 §35, §314の3) */
  municipalShare: z.union([z.literal(60), z.literal(80)]).default(60),
  /** 算出所得割額 before credits */
  computedLevy: bothTaxes,
  credits: z.partialRecord(z.enum(idsOf(creditItems)), bothTaxes).default({}),
  incomeLevy: bothTaxes,
  perCapitaLevy: bothTaxes,
  /** 森林環境税（国税） */
  forestEnvironmentTax: amount,
  /** 年税額 */
  annualTax: amount,
  /** 控除対象配偶者 */
  deductibleSpouse: z.boolean(),
  dependants: z.partialRecord(z.enum(idsOf(dependantItems)), persons),
  /** 本人該当 */
  own: z.strictObject({
    disability: z.enum(['none', 'ordinary', 'special']).default('none'),
    widow: z.boolean().default(false),
    singleParent: z.boolean().default(false),
    workingStudent: z.boolean().default(false),
    minor: z.boolean().default(false),
  }),
});
export type TaxFigures = z.infer<typeof taxFigures>;

const assessed = {
  taxYear,
  /** filed; or nobody's return but somebody's 被扶養者, which is enough to certify (forms.md 8) */
  filing: z.enum(['filed', 'dependant']),
  /** 住所 on 賦課期日, the first of January of the year */
  addressOnAssessmentDay: registeredText,
  figures: taxFigures,
};

type Assessed = z.infer<z.ZodObject<typeof assessed>>;

function checkFigures({ taxYear: year, filing, figures }: Assessed, context: z.RefinementCtx): void {
  for (const { path, row, message } of taxFaults(year, figures)) {
    context.addIssue({ code: 'custom', path: ['figures', ...path], message: `${row}：${message}` });
  }
  if (filing === 'dependant' && (figures.aggregateIncome > 0 || figures.annualTax > 0)) {
    context.addIssue({
      code: 'custom',
      path: ['filing'],
      message: '申告のない被扶養者に所得または税額があります',
    });
  }
}

/** The tax register's row. Without a return (申告なし) there is nothing to certify and nothing is held. */
export const taxRecordEntry = z.discriminatedUnion('filing', [
  z
    .strictObject({ municipality: municipalityCode, residentId, ...assessed, filing: z.literal('filed') })
    .superRefine(checkFigures),
  z
    .strictObject({ municipality: municipalityCode, residentId, ...assessed, filing: z.literal('dependant') })
    .superRefine(checkFigures),
  z.strictObject({ municipality: municipalityCode, residentId, taxYear, filing: z.literal('not-filed') }),
]);
export type TaxRecordEntry = z.infer<typeof taxRecordEntry>;

/** The document's value. */
export const taxation = z.strictObject({ holder: certificateHolder, ...assessed }).superRefine(checkFigures);
export type Taxation = z.infer<typeof taxation>;
