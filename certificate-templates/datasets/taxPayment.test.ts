import { describe, expect, it } from 'vitest';
import { civilDate } from '../vocabulary.ts';
import { household, question, residents } from './holder.fixture.ts';
import { instalmentState, taxPaymentEntry, taxState, type TaxPayment } from './taxPayment.ts';
import { taxPaymentDataset } from './taxPaymentFields.ts';
import { taxPaymentSource } from './taxPaymentSource.ts';

const day = (text: string) => civilDate.parse(text);
const part = (dueOn: string, amount: number, paid = 0) => ({ dueOn, amount, paid });
/** The worked example of the form: two terms paid, two to come. */
const ordinary = {
  tax: 'resident-tax-ordinary',
  assessed: 203_200,
  instalments: [
    part('2026-06-30', 53_200, 53_200),
    part('2026-08-31', 50_000, 50_000),
    part('2026-10-31', 50_000),
    part('2027-01-31', 50_000),
  ],
};
const entry = (change: object = {}) => ({
  municipality: '992011',
  residentId: 'r1',
  taxYear: 2026,
  recordedUntil: '2026-09-14',
  taxes: [ordinary],
  ...change,
});
const parsed = (change: object = {}) => taxPaymentEntry.parse(entry(change));
const messagesOf = (tax: object) =>
  taxPaymentEntry.safeParse(entry({ taxes: [tax] })).error?.issues.map(({ message }) => message) ?? [];

describe('a row of the payment register', () => {
  it('the worked example is right', () => {
    expect(messagesOf(ordinary)).toEqual([]);
  });

  it.each([
    ['a sum that is not that of the terms', { ...ordinary, assessed: 203_300 }, /課税額が期別の合計/],
    [
      'a fraction outside the first term',
      { ...ordinary, instalments: [part('2026-06-30', 53_100), part('2026-08-31', 150_100)] },
      /1000円未満の端数は第1期/,
    ],
    [
      'terms out of order',
      { ...ordinary, instalments: [...ordinary.instalments].reverse() },
      /納期限が前の期より後/,
    ],
    [
      'more paid than due',
      { ...ordinary, assessed: 1_000, instalments: [part('2026-06-30', 1_000, 1_001)] },
      /多く納付/,
    ],
  ])('refuses %s', (_what, tax, message) => {
    expect(messagesOf(tax).join()).toMatch(message);
  });

  it('特別徴収 has its fraction below 100 yen in June', () => {
    const withheld = (first: number, second: number) => ({
      tax: 'resident-tax-withheld',
      assessed: first + second,
      instalments: [part('2026-07-10', first), part('2026-08-10', second)],
    });
    expect(messagesOf(withheld(31_050, 30_600))).toEqual([]);
    expect(messagesOf(withheld(31_000, 30_650)).join()).toMatch(/100円未満/);
  });

  it('refuses one tax twice', () => {
    expect(taxPaymentEntry.safeParse(entry({ taxes: [ordinary, ordinary] })).success).toBe(false);
  });
});

describe('what is overdue', () => {
  const term = { dueOn: day('2026-08-31'), amount: 50_000, paid: 20_000 };
  it.each([
    ['2026-08-30', 0, 30_000],
    ['2026-08-31', 0, 30_000], // payable all day
    ['2026-09-01', 30_000, 0],
  ])('on %s: %i unpaid, %i not due yet', (asOf, unpaid, notYetDue) => {
    expect(instalmentState(term, day(asOf))).toEqual({ assessed: 50_000, paid: 20_000, unpaid, notYetDue });
  });

  it('paid, unpaid and not due make up what was assessed, on every day', () => {
    const [tax] = parsed().taxes;
    for (const asOf of ['2026-05-01', '2026-09-15', '2026-10-31', '2026-11-01', '2027-03-31']) {
      const { assessed, paid, unpaid, notYetDue } = taxState(tax!, day(asOf));
      expect(paid + unpaid + notYetDue).toBe(assessed);
    }
  });
});

describe('who is given a 納税証明書', () => {
  const find = (rows: readonly ReturnType<typeof parsed>[], change = {}, holder = 'r1') =>
    taxPaymentSource.find({ household, residents, taxPayments: rows }, question(holder, change));

  it('the holder of a row of the year on offer, as of today', () => {
    expect(find([parsed({ taxYear: 2025, taxes: [] }), parsed()])).toMatchObject({
      kind: 'found',
      value: { taxYear: 2026, asOf: '2026-11-21', holder: { name: '見本　一郎' } },
    });
  });

  it.each([
    ['the years are switched over', { taxYear: null }, 'tax-year-not-offered'],
    ['the profile says nothing of years', { taxYear: undefined }, 'tax-year-not-offered'],
    ['another year is on offer', { taxYear: 2025 }, 'no-tax-data'],
  ])('nobody when %s', (_what, change, reason) => {
    expect(find([parsed()], change)).toEqual({ kind: 'withheld', reason });
  });

  it('nobody by another resident’s or municipality’s row, nobody who has left', () => {
    const withheld = { kind: 'withheld', reason: 'no-tax-data' };
    expect(find([parsed({ residentId: 'r2' })])).toEqual(withheld);
    expect(find([parsed({ municipality: '992020' })])).toEqual(withheld);
    expect(find([parsed({ residentId: 'r3' })], {}, 'r3')).toMatchObject({ reason: 'ask-at-the-counter' });
  });

  it('remarks must be drawable', () => {
    const rows = [parsed({ taxes: [{ ...ordinary, remarks: '督促状発送済' }] })];
    expect(find(rows)).toMatchObject({ texts: [household.address, '督促状発送済'] });
  });
});

describe('the printed rows', () => {
  const valueOf = (taxes: readonly object[], today = '2026-09-15'): TaxPayment => {
    const rows = { household, residents, taxPayments: [parsed({ taxes })] };
    const found = taxPaymentSource.find(rows, question('r1', { today: day(today) }));
    if (found.kind !== 'found') throw new Error('not found');
    return found.value;
  };
  const others = ['fixed-asset-tax', 'light-vehicle-tax', 'health-insurance-tax'];
  const view = (taxes: readonly object[], omitted: readonly string[] = others, labels = {}) =>
    taxPaymentDataset.view(valueOf(taxes), { omitted, labels });

  it('are the declared ones with the declared fields', () => {
    const { header, flow } = view([ordinary], []);
    expect(Object.keys(header).sort()).toEqual([...taxPaymentDataset.headerFields].sort());
    for (const { row, fields } of flow) {
      expect(Object.keys(fields).sort()).toEqual([...taxPaymentDataset.rows[row]!].sort());
    }
  });

  it('the worked example, row by row', () => {
    const printed = view([ordinary]).flow.map(({ fields }) =>
      Object.values(fields).map((value) => (value.kind === 'text' ? value.text : value.kind)),
    );
    expect(printed).toEqual([
      [
        '令和8年度',
        '市民税・県民税・森林環境税（普通徴収）',
        '203,200',
        '103,200',
        '0',
        '100,000',
        'not-applicable',
      ],
      ['令和8年度', '第1期', '53,200', '53,200', '0', '0', '令和8年6月30日', '納付済'],
      ['令和8年度', '第2期', '50,000', '50,000', '0', '0', '令和8年8月31日', '納付済'],
      ['令和8年度', '第3期', '50,000', '0', '0', '50,000', '令和8年10月31日', '納期未到来'],
      ['令和8年度', '第4期', '50,000', '0', '0', '50,000', '令和9年1月31日', '納期未到来'],
    ]);
  });

  it('a tax that was not chosen is not there at all', () => {
    const vehicle = {
      tax: 'light-vehicle-tax',
      assessed: 10_800,
      instalments: [part('2026-06-01', 10_800, 800)],
    };
    const names = (omitted: readonly string[]) =>
      view([ordinary, vehicle], omitted).flow.flatMap(({ row, fields: { tax } }) =>
        row === 'tax' && tax?.kind === 'text' ? [tax.text] : [],
      );
    expect(names(['resident-tax', 'fixed-asset-tax', 'health-insurance-tax'])).toEqual([
      '軽自動車税（種別割）',
    ]);
    expect(names(others)).toEqual(['市民税・県民税・森林環境税（普通徴収）']);
  });

  it('a tax that was chosen and not assessed says so', () => {
    expect(view([]).flow).toEqual([
      {
        row: 'tax',
        fields: expect.objectContaining({
          tax: { kind: 'text', text: '市民税・県民税・森林環境税' },
          assessed: { kind: 'text', text: '0' },
          remarks: { kind: 'text', text: '課税なし' },
        }) as unknown,
      },
    ]);
  });

  it('overdue terms are named, whole and in part; months of 特別徴収 run from June', () => {
    const withheld = {
      tax: 'resident-tax-withheld',
      assessed: 90_000,
      instalments: [
        part('2026-07-10', 30_000, 10_000),
        part('2026-08-10', 30_000),
        part('2026-10-10', 30_000),
      ],
    };
    const terms = view([withheld]).flow.filter(({ row }) => row === 'instalment');
    expect(
      terms.map(({ fields: { period, state } }) =>
        [period, state].map((value) => value?.kind === 'text' && value.text),
      ),
    ).toEqual([
      ['6月分', '一部未納'],
      ['7月分', '未納'],
      ['8月分', '納期未到来'],
    ]);
  });

  it('a municipality has its own name for a tax', () => {
    const labels = { 'resident-tax-ordinary': '町民税・県民税・森林環境税（普通徴収）' };
    expect(view([ordinary], others, labels).flow[0]!.fields.tax).toEqual({
      kind: 'text',
      text: '町民税・県民税・森林環境税（普通徴収）',
    });
  });

  it('a tax never stands alone at the foot of a page', () => {
    expect(view([ordinary]).flow[0]!.keepWithNext).toBe(true);
  });
});
