/** The rows of 納税証明書 as they are printed (forms.md 9): one per tax, and under it one per instalment. */
import { warekiDate } from '../civilTime.ts';
import type { CivilDate } from '../vocabulary.ts';
import { holderFieldIds, holderFields } from './certificateHolder.ts';
import { money, taxYearText } from './money.ts';
import type { Presentation, Printable, PrintableDataset, PrintableRow, PrintableView } from './printable.ts';
import {
  instalmentState,
  paidTaxes,
  taxPayment,
  taxState,
  type AssessedTax,
  type Instalment,
  type PaidTaxId,
  type TaxPayment,
  type TaxState,
} from './taxPayment.ts';

const text = (words: string): Printable => ({ kind: 'text', text: words });

/**
 * What the resident chooses from: each reveals its taxes. 普通徴収 and 特別徴収 are ways to pay one tax; a tax that was not
 * assessed is certified as such under the first name.
 */
const choices: readonly { readonly id: string; readonly taxes: readonly PaidTaxId[] }[] = [
  { id: 'resident-tax', taxes: ['resident-tax-ordinary', 'resident-tax-withheld'] },
  { id: 'fixed-asset-tax', taxes: ['fixed-asset-tax'] },
  { id: 'light-vehicle-tax', taxes: ['light-vehicle-tax'] },
  { id: 'health-insurance-tax', taxes: ['health-insurance-tax'] },
];
const NAMES: Readonly<Record<string, string>> = {
  'resident-tax': '市民税・県民税・森林環境税',
  ...paidTaxes,
};

const stateFields = ({ assessed, paid, unpaid, notYetDue }: TaxState) => ({
  assessed: money(assessed),
  paid: money(paid),
  unpaid: money(unpaid),
  'not-yet-due': money(notYetDue),
});

/** The rows of the taxes that are not omitted. */
function flow(payment: TaxPayment, { omitted, labels }: Presentation): readonly PrintableRow[] {
  const name = (id: string): Printable => text(labels[id] ?? NAMES[id]!);
  return choices
    .filter(({ id }) => !omitted.includes(id))
    .flatMap(({ id, taxes }) => {
      const assessed = payment.taxes.filter(({ tax }) => taxes.includes(tax));
      if (assessed.length === 0) return [notAssessed(payment, name(id))];
      return assessed.flatMap((tax) => taxRows(payment, tax, name(tax.tax)));
    });
}

function notAssessed({ taxYear }: TaxPayment, name: Printable): PrintableRow {
  const nothing = stateFields({ assessed: 0, paid: 0, unpaid: 0, notYetDue: 0 });
  const fields = { 'tax-year': text(taxYearText(taxYear)), tax: name, ...nothing, remarks: text('課税なし') };
  return { row: 'tax', fields };
}

function taxRows({ taxYear, asOf }: TaxPayment, tax: AssessedTax, name: Printable): readonly PrintableRow[] {
  const head: PrintableRow = {
    row: 'tax',
    keepWithNext: true,
    fields: {
      'tax-year': text(taxYearText(taxYear)),
      tax: name,
      ...stateFields(taxState(tax, asOf)),
      remarks: tax.remarks === undefined ? { kind: 'not-applicable' } : text(tax.remarks),
    },
  };
  const year = taxYearText(taxYear);
  return [head, ...tax.instalments.map((item, index) => instalmentRow(year, tax.tax, item, index, asOf))];
}

/** The year is said again: rows go on over pages, and no cell is blank. */
function instalmentRow(
  year: string,
  tax: PaidTaxId,
  item: Instalment,
  index: number,
  asOf: CivilDate,
): PrintableRow {
  return {
    row: 'instalment',
    fields: {
      'tax-year': text(year),
      period: text(periodName(tax, index)),
      ...stateFields(instalmentState(item, asOf)),
      'due-on': text(warekiDate(item.dueOn)),
      state: text(stateName(item, asOf)),
    },
  };
}

/** 特別徴収 is withheld monthly from June to May; other taxes have numbered terms, 軽自動車税 one for the whole year. */
function periodName(tax: PaidTaxId, index: number): string {
  if (tax === 'resident-tax-withheld') return `${((index + 5) % 12) + 1}月分`;
  return tax === 'light-vehicle-tax' ? '全期' : `第${index + 1}期`;
}

function stateName(item: Instalment, asOf: CivilDate): string {
  const { unpaid, notYetDue, paid } = instalmentState(item, asOf);
  if (unpaid > 0) return paid > 0 ? '一部未納' : '未納';
  return notYetDue > 0 ? '納期未到来' : '納付済';
}

/** The view of one 年度 (`taxPayment`); taxes that were not chosen are not there at all. */
function view(value: unknown, presentation: Presentation): PrintableView {
  const payment = taxPayment.parse(value);
  return {
    header: {
      address: text(payment.holder.address),
      ...holderFields(payment.holder),
      'recorded-until': text(warekiDate(payment.recordedUntil)),
    },
    persons: [],
    flow: flow(payment, presentation),
  };
}

const stateFieldIds = ['assessed', 'paid', 'unpaid', 'not-yet-due'];

export const taxPaymentDataset: PrintableDataset = {
  id: 'tax-payment',
  // names, addresses and birth dates are the resident register's
  registers: ['tax', 'resident'],
  headerFields: ['address', ...holderFieldIds, 'recorded-until'],
  personFields: [],
  rows: {
    tax: ['tax-year', 'tax', ...stateFieldIds, 'remarks'],
    instalment: ['tax-year', 'period', ...stateFieldIds, 'due-on', 'state'],
  },
  labelIds: Object.keys(NAMES),
  view,
};
