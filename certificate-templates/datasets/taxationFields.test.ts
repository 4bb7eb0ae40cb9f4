import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { certificateKind, omittedFields } from '../kindSchema.ts';
import { templatesDirectory } from '../load.ts';
import { incomeYearText, moneyText, taxYearText } from './money.ts';
import { taxAmountFieldIds, taxationDataset } from './taxationFields.ts';

const read = (path: string) => JSON.parse(readFileSync(`${templatesDirectory}${path}`, 'utf8')) as never;
const valueOf = (sample: string): Record<string, unknown> =>
  (read(`samples/${sample}.json`) as { value: Record<string, unknown> }).value;
const income = certificateKind.parse(read('kinds/income-certificate.json'));
const viewOf = (value: unknown, omitted: readonly string[] = [], labels: Record<string, string> = {}) =>
  taxationDataset.view(value, { omitted, labels });
const worked = valueOf('taxation-certificate');
const notTaxed = valueOf('taxation-certificate.not-taxed');

describe('money and years on paper', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [3_560_000, '3,560,000'],
    [-480_000, '△480,000'],
    [100_000_000_000, '100,000,000,000'],
  ])('%i is %s', (amount, text) => {
    expect(moneyText(amount)).toBe(text);
  });

  it('年度 has the era of its June, 年分 that of its last day', () => {
    expect([2026, 2019, 2018, 1989].map(taxYearText)).toEqual([
      '令和8年度',
      '令和元年度',
      '平成30年度',
      '平成元年度',
    ]);
    expect([2025, 2019, 2018].map(incomeYearText)).toEqual(['令和7年分', '令和元年分', '平成30年分']);
  });
});

describe('the printed fields', () => {
  it('are exactly the declared ones, whatever the record is', () => {
    const declared = [...taxationDataset.headerFields].sort();
    for (const sample of [
      'taxation-certificate',
      'taxation-certificate.not-taxed',
      'taxation-certificate.separate',
    ]) {
      expect(Object.keys(viewOf(valueOf(sample)).header).sort()).toEqual(declared);
    }
    expect(declared).toEqual(expect.arrayContaining([...taxAmountFieldIds]));
  });

  it('the worked example as it stands on the form', () => {
    expect(viewOf(worked).header).toMatchObject({
      'tax-year': { text: '令和8年度' },
      'income-year': { text: '令和7年分' },
      'assessment-day': { text: '令和8年1月1日' },
      address: { text: '架空県みほん市見本台三丁目12番34－567号　みほんハイツ' },
      'salary-revenue': { text: '5,000,000' },
      'salary-income': { text: '3,560,000' },
      'deduction-total': { text: '1,538,000' },
      'tax-base': { text: '2,022,000' },
      'adjustment-credit-municipal': { text: '2,340' },
      'adjustment-credit-prefectural': { text: '1,560' },
      'income-levy-municipal': { text: '118,900' },
      'per-capita-levy-prefectural': { text: '1,000' },
      'annual-tax': { text: '203,200' },
      'deductible-spouse': { text: '有' },
      'dependants-under-16': { text: '1人' },
      remarks: { kind: 'not-applicable' },
    });
  });

  it('the address is that of the first of January, not that of today', () => {
    const moved = { ...worked, addressOnAssessmentDay: '架空県みほん市旧町1番' };
    expect(viewOf(moved).header.address).toEqual({ kind: 'text', text: '架空県みほん市旧町1番' });
  });

  it('0 is printed as 0; a row that the year does not have is not applicable', () => {
    const { header } = viewOf(notTaxed);
    expect(header['annual-tax']).toEqual({ kind: 'text', text: '0' });
    expect(header['salary-revenue']).toEqual({ kind: 'text', text: '0' });
    expect(header['flat-reduction-municipal']).toEqual({ kind: 'not-applicable' });
    expect(header['specific-relative-deduction']).toEqual({ kind: 'text', text: '0' });
    const before = { ...notTaxed, taxYear: 2023 };
    expect(viewOf(before).header['forest-environment-tax']).toEqual({ kind: 'not-applicable' });
    expect(viewOf(before).header['specific-relative-deduction']).toEqual({ kind: 'not-applicable' });
  });

  it('a 被扶養者 is said to be one', () => {
    const value = valueOf('taxation-certificate.dependant');
    expect(viewOf(value).header.remarks).toEqual({ kind: 'text', text: '税法上の被扶養者' });
  });
});

describe('the title', () => {
  it('is 非課税証明書 for who is not taxed, in the municipality’s words where it has some', () => {
    expect(viewOf(worked).title).toBeUndefined();
    expect(viewOf(notTaxed).title).toBe('非　課　税　証　明　書');
    const labels = { 'title-not-taxed': '課税（非課税）証明書' };
    expect(viewOf(notTaxed, [], labels).title).toBe('課税（非課税）証明書');
  });

  it('所得証明書 tells neither the amount of tax nor whether there is any', () => {
    const omitted = omittedFields(income, []);
    expect([...omitted].sort()).toEqual([...taxAmountFieldIds].sort());
    expect(viewOf(notTaxed, omitted).title).toBeUndefined();
    const layout = read('layouts/income-certificate.standard.json') as {
      header: { content: { field?: string } }[];
    };
    const printed = layout.header.map(({ content }) => content.field);
    expect(printed.filter((field) => field !== undefined && omitted.includes(field))).toEqual([]);
    expect(printed).toEqual(expect.arrayContaining(['total-income', 'deduction-total', 'deductible-spouse']));
  });

  it('no municipality of the demo allows the tax amounts on 所得証明書', () => {
    for (const code of ['992011', '992020', '993018']) {
      const { kinds } = read(`profiles/${code}.json`) as { kinds: { kind: string; options: string[] }[] };
      const entry = kinds.find(({ kind }) => kind === 'income-certificate');
      expect(entry?.options ?? []).toEqual([]);
    }
  });
});

describe('the form of 課税証明書', () => {
  it('prints every field of the dataset once', () => {
    const layout = read('layouts/taxation-certificate.standard.json') as {
      header: { content: { kind: string; field?: string } }[];
    };
    const printed = layout.header
      .filter(({ content }) => content.kind === 'field')
      .map(({ content }) => content.field);
    expect([...printed].sort()).toEqual([...taxationDataset.headerFields].sort());
  });
});
