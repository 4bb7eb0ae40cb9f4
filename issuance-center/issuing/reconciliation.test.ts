import { describe, expect, it } from 'vitest';
import { whyNotAccounted } from './accounted.ts';
import { exceptionsOf, type Ended, type Exception } from './reconciliation.ts';

const printed: Ended = {
  state: 'printed',
  fee: 300,
  pages: 4,
  paid: 300,
  refunded: null,
  sheets: 2,
  isOverdue: false,
  hasConflict: false,
};

describe('made, paid and printed', () => {
  const table: [string, Partial<Ended>, Exception[]][] = [
    ['printed and paid', {}, []],
    ['a campaign at 0 yen', { fee: 0, paid: 0 }, []],
    ['printed, nothing taken', { paid: 0 }, ['printed-unpaid']],
    ['printed, the kiosk never said what was taken', { paid: null }, ['printed-unpaid']],
    ['printed, another amount taken', { paid: 200 }, ['printed-other-amount']],
    ['printed for free, money taken', { fee: 0, paid: 300 }, ['printed-other-amount']],
    ['one sheet too few', { sheets: 1 }, ['sheets-differ']],
    ['void before money', { state: 'void', paid: null, sheets: null, refunded: 0 }, []],
    ['void, all given back', { state: 'void', paid: null, sheets: null, refunded: 300 }, []],
    [
      'void, a part given back',
      { state: 'void', paid: null, sheets: null, refunded: 100 },
      ['refund-differs'],
    ],
    ['being made', { state: 'prepared', paid: null, sheets: null }, []],
    ['never heard of again', { state: 'prepared', paid: null, sheets: null, isOverdue: true }, ['overdue']],
    ['late, then printed', { isOverdue: true }, []],
    ['two different reports', { hasConflict: true }, ['conflict']],
  ];
  it.each(table)('%s', (_, change, expected) => {
    expect(exceptionsOf({ ...printed, ...change })).toEqual(expected);
  });
});

describe("the first attempt's output", () => {
  it('is not accounted for while the paper may still come, and not "never printed" when it was', () => {
    expect(whyNotAccounted(['prepared'], 'recovered')).toBe('unsettled');
    expect(whyNotAccounted(['printed', 'prepared'], 'not-printed')).toBe('unsettled');
    expect(whyNotAccounted(['printed'], 'not-printed')).toBe('printed-after-all');
    expect(whyNotAccounted(['printed'], 'recovered')).toBeUndefined();
    expect(whyNotAccounted(['void'], 'not-printed')).toBeUndefined();
    expect(whyNotAccounted([], 'not-printed')).toBeUndefined();
  });
});
