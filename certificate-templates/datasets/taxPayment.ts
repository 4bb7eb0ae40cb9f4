/**
 * 納税証明書: what was assessed for one 年度 by tax, what is paid, overdue, and not due yet (地方税法 §20の10; forms.md 9).
 * Amounts are whole yen.
 */
import { z } from 'zod';
import { civilDate, municipalityCode, type CivilDate } from '../vocabulary.ts';
import { certificateHolder } from './certificateHolder.ts';
import { registeredText } from './residentRecord.ts';
import { residentId } from './residentRegister.ts';
import { taxYear } from './taxation.ts';

const amount = z.number().int('円未満の端数があります').min(0, '負の金額です').max(100_000_000_000);

/** The taxes a store certifies, with the words that are printed unless a municipality has its own. */
export const paidTaxes = {
  'resident-tax-ordinary': '市民税・県民税・森林環境税（普通徴収）',
  'resident-tax-withheld': '市民税・県民税・森林環境税（特別徴収）',
  'fixed-asset-tax': '固定資産税',
  'light-vehicle-tax': '軽自動車税（種別割）',
  'health-insurance-tax': '国民健康保険税',
} as const;
export type PaidTaxId = keyof typeof paidTaxes;
const paidTaxId = z.enum(Object.keys(paidTaxes) as [PaidTaxId, ...PaidTaxId[]]);

/** One 期別 (納期): due on the last day on which it can be paid in time. */
export const instalment = z
  .strictObject({
    dueOn: civilDate,
    amount,
    /** 納付済額; 特別徴収 counts as paid when the employer has paid */
    paid: amount,
  })
  .refine(({ amount: due, paid }) => paid <= due, {
    path: ['paid'],
    message: '期別の税額より多く納付されています',
  });
export type Instalment = z.infer<typeof instalment>;

/** One tax of the year with its instalments in order of their due dates. */
const assessedTax = z
  .strictObject({
    tax: paidTaxId,
    /** 課税額 (納付すべき額) */
    assessed: amount,
    instalments: z.array(instalment).min(1).max(12),
    /** 備考, printed as it stands */
    remarks: registeredText.optional(),
  })
  .superRefine(({ tax, assessed, instalments }, context) => {
    const issue = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message: `${paidTaxes[tax]}：${message}` });
    if (instalments.reduce((total, { amount: due }) => total + due, 0) !== assessed) {
      issue(['assessed'], '課税額が期別の合計と合いません');
    }
    instalments.forEach(({ dueOn, amount: due }, index) => {
      const before = instalments[index - 1];
      if (before && before.dueOn >= dueOn)
        issue(['instalments', index, 'dueOn'], '納期限が前の期より後ではありません');
      if (before && due % smallestUnit(tax) !== 0) {
        issue(['instalments', index, 'amount'], `${smallestUnit(tax)}円未満の端数は第1期に入れます`);
      }
    });
  });
export type AssessedTax = z.infer<typeof assessedTax>;

/** What all instalments but the first are multiples of, yen (地方税法 §20の4の2: 1,000; 特別徴収 §321の5: 100). */
function smallestUnit(tax: PaidTaxId): number {
  return tax === 'resident-tax-withheld' ? 100 : 1_000;
}

const year = {
  taxYear,
  /** payments up to this day are in the figures: they take about ten days to arrive (forms.md 9) */
  recordedUntil: civilDate,
  /** a tax that is not named was not assessed */
  taxes: z.array(assessedTax).refine((taxes) => new Set(taxes.map(({ tax }) => tax)).size === taxes.length, {
    message: '同じ税目が2回書かれています',
  }),
};

/** The tax payment register's row: everything of one resident and 年度. */
export const taxPaymentEntry = z.strictObject({ municipality: municipalityCode, residentId, ...year });
export type TaxPaymentEntry = z.infer<typeof taxPaymentEntry>;

/** The document's value: what is overdue is a matter of the day of issue. */
export const taxPayment = z.strictObject({
  holder: certificateHolder,
  ...year,
  /** day of issue: an instalment due on it is not overdue yet */
  asOf: civilDate,
});
export type TaxPayment = z.infer<typeof taxPayment>;

export interface TaxState {
  readonly assessed: number;
  readonly paid: number;
  /** 未納額: past its due date */
  readonly unpaid: number;
  /** 納期未到来額 */
  readonly notYetDue: number;
}

/** What one instalment is on a day; the three parts make up its amount. */
export function instalmentState({ amount: assessed, paid, dueOn }: Instalment, asOf: CivilDate): TaxState {
  const open = assessed - paid;
  const overdue = dueOn < asOf;
  return { assessed, paid, unpaid: overdue ? open : 0, notYetDue: overdue ? 0 : open };
}

/** A tax on a day: the sum of its instalments. */
export function taxState({ instalments }: AssessedTax, asOf: CivilDate): TaxState {
  const states = instalments.map((item) => instalmentState(item, asOf));
  const total = (key: keyof TaxState) => states.reduce((all, state) => all + state[key], 0);
  return {
    assessed: total('assessed'),
    paid: total('paid'),
    unpaid: total('unpaid'),
    notYetDue: total('notYetDue'),
  };
}
