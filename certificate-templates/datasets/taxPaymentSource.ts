/** From the tax payment register to 納税証明書: the holder's payments of the 年度 that is issued today, or a reason. */
import { foundAboutHolder, holderOf, selectHolder, type HolderRows } from './certificateHolder.ts';
import type { DatasetSource } from './source.ts';
import type { TaxPayment, TaxPaymentEntry } from './taxPayment.ts';

export interface TaxPaymentRows extends HolderRows {
  /** of the holder in the holder's municipality; any 年度, in any order */
  readonly taxPayments: readonly TaxPaymentEntry[];
}

export const taxPaymentSource: DatasetSource<TaxPaymentRows, TaxPayment> = {
  find: (rows, question) => {
    const holder = holderOf(rows, question);
    if (!holder) return { kind: 'withheld', reason: 'ask-at-the-counter' };
    if (question.taxYear === null || question.taxYear === undefined) {
      return { kind: 'withheld', reason: 'tax-year-not-offered' };
    }
    const entry = rows.taxPayments.find(
      (row) =>
        row.taxYear === question.taxYear &&
        row.residentId === question.holder &&
        row.municipality === rows.household.municipality,
    );
    if (!entry) return { kind: 'withheld', reason: 'no-tax-data' };
    const { taxYear, recordedUntil, taxes } = entry;
    const value: TaxPayment = { holder, taxYear, recordedUntil, taxes, asOf: question.today };
    return foundAboutHolder(
      value,
      question,
      taxes.map(({ remarks }) => remarks),
    );
  },
  select: selectHolder,
};
