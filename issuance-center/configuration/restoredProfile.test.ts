import { describe, expect, it } from 'vitest';
import type { CivilDate } from '#templates/vocabulary.ts';
import { restoredProfile } from './restoredProfile.ts';

const day = (text: string) => text as CivilDate;
const fee = (from: string, yen: number) => ({ from, fee: yen });
const profile = (fees: object[], more: object = {}) => ({
  serviceStartsOn: '2020-04-01',
  kinds: [{ kind: 'resident-record-copy', maxCopies: 10, fees }],
  head: [{ from: '2020-04-01', title: '市長', name: '見本　一郎' }],
  ...more,
});
const restore = (current: object, earlier: object) =>
  restoredProfile(
    current as Record<string, unknown>,
    earlier as Record<string, unknown>,
    day('2026-11-20'),
    day('2026-11-21'),
  );
const feesOf = (restored: Record<string, unknown>) => (restored['kinds'] as { fees: object[] }[])[0]!.fees;

describe('a version that is brought back', () => {
  it('is the earlier one where nothing with a day has changed', () => {
    const earlier = profile([fee('2020-04-01', 300)]);
    const current = { ...earlier, kinds: [{ ...earlier.kinds[0]!, maxCopies: 3 }] };
    expect(restore(current, earlier)).toEqual(earlier);
    expect(JSON.stringify(restore(current, earlier))).toBe(JSON.stringify(earlier));
  });

  it('charges the earlier fee from tomorrow on and forgets no fee that was charged', () => {
    const earlier = profile([fee('2020-04-01', 300)]);
    const current = profile([fee('2020-04-01', 300), fee('2025-04-01', 200), fee('2027-04-01', 250)]);
    expect(feesOf(restore(current, earlier))).toEqual([
      fee('2020-04-01', 300),
      fee('2025-04-01', 200),
      fee('2026-11-21', 300),
    ]);
  });

  it('keeps what the earlier one had planned, and has one value a day', () => {
    const earlier = profile([fee('2020-04-01', 300), fee('2026-11-21', 100), fee('2027-04-01', 400)]);
    const current = profile([fee('2020-04-01', 300)]);
    expect(feesOf(restore(current, earlier))).toEqual(earlier.kinds[0]!.fees);
  });

  it('keeps the head and the day the service began, and brings a kind back as it was', () => {
    const earlier = profile([fee('2020-04-01', 300)], { serviceStartsOn: '2020-06-01' });
    const current = {
      ...profile([]),
      kinds: [],
      head: [...earlier.head, { from: '2024-01-01', title: '市長', name: '見本　二子' }],
    };
    const restored = restore(current, earlier);
    expect(restored['serviceStartsOn']).toBe('2020-04-01');
    expect(restored['kinds']).toEqual(earlier.kinds);
    expect(restored['head']).toEqual([
      ...current.head,
      { from: '2026-11-21', title: '市長', name: '見本　一郎' },
    ]);
  });

  it('before the first day of service is the earlier one', () => {
    const earlier = profile([fee('2027-04-01', 300)], { serviceStartsOn: '2027-04-01' });
    const current = profile([fee('2027-05-01', 200)], { serviceStartsOn: '2027-05-01' });
    expect(restore(current, earlier)).toBe(earlier);
  });
});
