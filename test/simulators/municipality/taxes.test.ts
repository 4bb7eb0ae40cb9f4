import { describe, expect, it } from 'vitest';
import { taxationSource } from '#templates/datasets/taxationSource.ts';
import { taxPaymentSource } from '#templates/datasets/taxPaymentSource.ts';
import { taxState } from '#templates/datasets/taxPayment.ts';
import type { ResidentId } from '#templates/datasets/residentRegister.ts';
import { civilDate, type CivilDate } from '#templates/vocabulary.ts';
import { demoRegisters } from './residents.ts';
import { demoTaxPayments } from './taxPayments.ts';
import { demoTaxRecords, taxYearOn } from './taxRecords.ts';

const day = (text: string) => civilDate.parse(text);
const TODAY = day('2026-09-15');

/** What the sources would be asked for this resident. */
function asked(id: string, today: CivilDate) {
  const { residents, households } = demoRegisters(today);
  const own = residents.find(({ residentId }) => residentId === id)!;
  const household = households.find(({ householdId }) => householdId === own.householdId)!;
  const mine = <Row extends { readonly residentId: ResidentId }>(rows: readonly Row[]) =>
    rows.filter(({ residentId }) => residentId === id);
  const rows = {
    household,
    residents,
    taxRecords: mine(demoTaxRecords(today)),
    taxPayments: mine(demoTaxPayments(today)),
  };
  return { rows, question: { holder: own.residentId, today, taxYear: taxYearOn(today) } };
}
const taxationOf = (id: string, today: CivilDate = TODAY) => {
  const { rows, question } = asked(id, today);
  return taxationSource.find(rows, question);
};

describe('demo tax registers', () => {
  it.each(['2025-03-01', '2026-05-31', '2026-06-01', '2026-11-20', '2027-01-01', '2028-02-29', '2031-12-31'])(
    'hold the year in force and the one before on %s, every row with right sums',
    (text) => {
      const today = day(text);
      const years = new Set(demoTaxRecords(today).map(({ taxYear }) => taxYear));
      expect([...years]).toEqual([taxYearOn(today) - 1, taxYearOn(today)]);
      expect(taxYearOn(today)).toBe(Number(text.slice(0, 4)) - (text.slice(5) < '06-01' ? 1 : 0));
      expect(demoTaxPayments(today)).toHaveLength(demoTaxRecords(today).length);
    },
  );

  it('everybody is a resident of the municipality that holds the row, at an address of it', () => {
    const { residents, households } = demoRegisters(TODAY);
    for (const record of demoTaxRecords(TODAY)) {
      const resident = residents.find(({ residentId }) => residentId === record.residentId)!;
      const household = households.find(({ householdId }) => householdId === resident.householdId)!;
      expect(record.municipality).toBe(household.municipality);
      expect(resident.becameResidentOn <= `${record.taxYear}-01-01`, record.residentId).toBe(true);
      if (record.filing === 'not-filed') continue;
      // nobody of the demo has moved inside the municipality since
      expect(resident.addressSetOn <= `${record.taxYear}-01-01`, record.residentId).toBe(true);
      expect(record.addressOnAssessmentDay).toBe(household.address);
    }
  });

  it('who is supported lives in the household and has no tax of their own', () => {
    const records = demoTaxRecords(TODAY).filter(({ taxYear }) => taxYear === 2026);
    const count = (id: string) => {
      const record = records.find(({ residentId }) => residentId === id)!;
      return record.filing === 'not-filed' ? undefined : record.figures.dependants;
    };
    expect(count('taro')).toEqual({ 'dependants-under-16': 1 });
    expect(count('six-person-head')).toEqual({
      'dependants-under-16': 2,
      'elderly-coresident-dependants': 2,
    });
  });

  it('the worked example is taro’s', () => {
    const found = taxationOf('taro');
    expect(found).toMatchObject({ kind: 'found', value: { figures: { annualTax: 203_200 } } });
    const payments = asked('taro', TODAY);
    const paid = taxPaymentSource.find(payments.rows, payments.question);
    const resident =
      paid.kind === 'found' && paid.value.taxes.find(({ tax }) => tax === 'resident-tax-ordinary');
    expect(resident && taxState(resident, TODAY)).toEqual({
      assessed: 203_200,
      paid: 103_200,
      unpaid: 0,
      notYetDue: 100_000,
    });
  });

  it.each([
    ['no-seal', { kind: 'withheld', reason: 'no-tax-data' }], // 申告なし
    ['moved-in-yesterday', { kind: 'withheld', reason: 'no-tax-data' }], // assessed elsewhere
    ['moved-out', { kind: 'withheld', reason: 'ask-at-the-counter' }],
    ['six-person-wife', { kind: 'found', value: { filing: 'dependant' } }],
    ['sakura', { kind: 'found', value: { figures: { assessment: 'not-taxed', annualTax: 0 } } }],
    ['minimal-name', { kind: 'found', value: { figures: { assessment: 'per-capita-only' } } }],
    ['five-person-head', { kind: 'found', value: { figures: { carriedLosses: 1_200_000 } } }],
  ])('%s', (id, outcome) => {
    expect(taxationOf(id)).toMatchObject(outcome);
  });

  it('somebody owes money, somebody’s employer pays, most are paid up', () => {
    const states = demoTaxPayments(TODAY)
      .filter(({ taxYear }) => taxYear === 2026)
      .flatMap(({ taxes }) => taxes.map((tax) => ({ tax: tax.tax, ...taxState(tax, TODAY) })));
    expect(states.filter(({ unpaid }) => unpaid > 0).length).toBeGreaterThan(0);
    expect(states.filter(({ unpaid }) => unpaid === 0).length).toBeGreaterThan(states.length / 2);
    expect(new Set(states.map(({ tax }) => tax)).size).toBe(5);
  });
});
