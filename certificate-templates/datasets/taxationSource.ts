/** From the tax register to 課税証明書 and 所得証明書: the holder's record of the 年度 that is issued today, or a reason. */
import { foundAboutHolder, holderOf, selectHolder, type HolderRows } from './certificateHolder.ts';
import type { DatasetSource } from './source.ts';
import type { Taxation, TaxRecordEntry } from './taxation.ts';

export interface TaxationRows extends HolderRows {
  /** of the holder in the holder's municipality; any 年度, in any order */
  readonly taxRecords: readonly TaxRecordEntry[];
}

export const taxationSource: DatasetSource<TaxationRows, Taxation> = {
  find: (rows, question) => {
    const holder = holderOf(rows, question);
    if (!holder) return { kind: 'withheld', reason: 'ask-at-the-counter' };
    // null while the years are switched over; absent when the profile says nothing of years
    if (question.taxYear === null || question.taxYear === undefined) {
      return { kind: 'withheld', reason: 'tax-year-not-offered' };
    }
    const record = rows.taxRecords.find(
      (entry) =>
        entry.taxYear === question.taxYear &&
        entry.residentId === question.holder &&
        entry.municipality === rows.household.municipality,
    );
    // who moved in after the first of January has no record here, who filed no return none to certify
    if (!record || record.filing === 'not-filed') return { kind: 'withheld', reason: 'no-tax-data' };
    const { taxYear, filing, addressOnAssessmentDay, figures } = record;
    const value: Taxation = { holder, taxYear, filing, addressOnAssessmentDay, figures };
    return foundAboutHolder(value, question, [addressOnAssessmentDay]);
  },
  select: selectHolder,
};
