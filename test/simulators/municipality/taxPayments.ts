/**
 * The demo municipalities' payments of the 年度 issued on `today` and the one before: what fell due is paid but for the
 * debtors, what is due later is not due yet.
 */
import { addDays, weekdayOf } from '#templates/civilTime.ts';
import type { TaxRecordEntry } from '#templates/datasets/taxation.ts';
import { taxPaymentEntry, type PaidTaxId, type TaxPaymentEntry } from '#templates/datasets/taxPayment.ts';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';
import { demoTaxRecords } from './taxRecords.ts';

/** Last days of the terms, month and day; months before April lie in the next calendar year. */
const TERMS: Readonly<Record<PaidTaxId, readonly string[]>> = {
  'resident-tax-ordinary': ['06-30', '08-31', '10-31', '01-31'],
  'resident-tax-withheld': [
    ...['07-10', '08-10', '09-10', '10-10', '11-10', '12-10'],
    ...['01-10', '02-10', '03-10', '04-10', '05-10', '06-10'],
  ],
  'fixed-asset-tax': ['05-31', '07-31', '12-25', '02-28'],
  'light-vehicle-tax': ['05-31'],
  'health-insurance-tax': ['07-31', '08-31', '09-30', '10-31', '11-30', '12-25', '01-31', '02-28'],
};

interface OtherTaxes {
  readonly 'fixed-asset-tax'?: number;
  readonly 'light-vehicle-tax'?: number;
  readonly 'health-insurance-tax'?: number;
}
const otherTaxes: Readonly<Record<string, OtherTaxes>> = {
  taro: { 'fixed-asset-tax': 128_400, 'light-vehicle-tax': 10_800 },
  'five-person-head': { 'light-vehicle-tax': 5_000, 'health-insurance-tax': 612_400 },
  'one-person-household': { 'fixed-asset-tax': 1_284_700 },
  'minimal-name': { 'health-insurance-tax': 96_300 },
  azusa: { 'fixed-asset-tax': 98_600 },
  manabu: { 'light-vehicle-tax': 10_800 },
};
/** whose employer withholds the tax */
const withheld = new Set(['maria', 'six-person-head', 'azusa-husband']);
/** who has paid only part of the first term of each tax */
const debtors = new Set(['five-person-head', 'long-address']);

/** Every row of the three registers as it stands on `today`. Throws when a row breaks the register's schema. */
export function demoTaxPayments(today: CivilDate): readonly TaxPaymentEntry[] {
  return demoTaxRecords(today).map((record) => paymentsOf(record, today));
}

function paymentsOf(record: TaxRecordEntry, today: CivilDate): TaxPaymentEntry {
  const { residentId } = record;
  return paymentRow(record, today, {
    isWithheld: withheld.has(residentId),
    isInArrears: debtors.has(residentId),
    others: otherTaxes[residentId] ?? {},
  });
}

export interface PaymentCase {
  /** the employer withholds the resident tax: twelve terms */
  readonly isWithheld: boolean;
  /** has paid only part of the first term of each tax */
  readonly isInArrears: boolean;
  readonly others: OtherTaxes;
}

/** What is assessed and paid of one record's 年度, as it stands on `today`. */
export function paymentRow(
  record: TaxRecordEntry,
  today: CivilDate,
  { isWithheld, isInArrears, others }: PaymentCase,
): TaxPaymentEntry {
  const { municipality, residentId, taxYear } = record;
  const annual = record.filing === 'not-filed' ? 0 : record.figures.annualTax;
  const way = isWithheld ? 'resident-tax-withheld' : 'resident-tax-ordinary';
  const due: Partial<Record<PaidTaxId, number>> = { [way]: annual, ...others };
  const taxes = Object.entries(due)
    .filter(([, total]) => total > 0)
    .map(([tax, total]) => ({
      tax,
      assessed: total,
      instalments: instalmentsOf(tax as PaidTaxId, total, taxYear, isInArrears, today),
    }));
  const recordedUntil = addDays(today, -1);
  return taxPaymentEntry.parse({ municipality, residentId, taxYear, recordedUntil, taxes });
}

/** Equal terms; the fraction goes to the first (forms.md 9). What is too small for four terms is due at once. */
function instalmentsOf(
  tax: PaidTaxId,
  total: number,
  taxYear: number,
  isInArrears: boolean,
  today: CivilDate,
) {
  const unit = tax === 'resident-tax-withheld' ? 100 : 1_000;
  const share = Math.floor(total / TERMS[tax].length / unit) * unit;
  const days = share > 0 ? TERMS[tax] : TERMS[tax].slice(0, 1);
  return days.map((day, index) => {
    const amount = index === 0 ? total - share * (days.length - 1) : share;
    const dueOn = lastDay(taxYear, day, tax);
    const owing = isInArrears ? Math.min(amount, index === 0 ? 1_000 : 0) : amount;
    return { dueOn, amount, paid: dueOn < today ? owing : 0 };
  });
}

/** A term that would end on a Saturday or Sunday ends on the Monday after. */
function lastDay(taxYear: number, monthDay: string, tax: PaidTaxId): CivilDate {
  const endsNextYear = monthDay < '04-01' || (tax === 'resident-tax-withheld' && monthDay < '07-01');
  const day = civilDate.parse(`${endsNextYear ? taxYear + 1 : taxYear}-${monthDay}`);
  const weekday = weekdayOf(day);
  return addDays(day, weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}
