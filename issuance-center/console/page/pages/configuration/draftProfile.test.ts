import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CivilDate } from '#templates/vocabulary.ts';
import {
  draftProfile,
  isBegun,
  valueAt,
  withApplicationsStart,
  withRow,
  withStart,
  withValue,
} from './draftProfile.ts';

const day = (text: string) => text as CivilDate;
const whole = JSON.parse(
  readFileSync(new URL('../../../../../certificate-templates/profiles/992020.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;

describe('a profile that is being written', () => {
  it('is read whatever is missing or wrong in it', () => {
    expect(draftProfile.parse({}).kinds).toEqual([]);
    const broken = { serviceStartsOn: 'soon', kinds: [{ kind: 'x', fees: 'many', maxCopies: '3' }] };
    const read = draftProfile.parse(broken);
    expect([read.serviceStartsOn, read.kinds[0]?.fees, read.kinds[0]?.maxCopies]).toEqual([
      undefined,
      [],
      undefined,
    ]);
    expect(draftProfile.parse(whole).head[0]?.title).toBe(valueAt(whole, 'head.0.title'));
  });

  it('is changed at one place and nowhere else, with its fields in their order', () => {
    const changed = withValue(whole, 'kinds.0.maxCopies', 3) as typeof whole;
    expect(valueAt(changed, 'kinds.0.maxCopies')).toBe(3);
    expect(Object.keys(changed)).toEqual(Object.keys(whole));
    expect(withValue(changed, 'kinds.0.maxCopies', valueAt(whole, 'kinds.0.maxCopies'))).toEqual(whole);
    expect(changed['head']).toBe(whole['head']);
    expect(valueAt(whole, 'kinds.0.maxCopies')).not.toBe(3);
  });

  it('a field without a value goes away, and what is not there yet is made', () => {
    expect(withValue({ a: { b: 1, c: 2 } }, 'a.b', undefined)).toEqual({ a: { c: 2 } });
    expect(withValue({}, 'marks.omitted', '－')).toEqual({ marks: { omitted: '－' } });
  });
});

describe('rows that count from a day', () => {
  it('stand in the order of their days', () => {
    const rows = [{ from: day('2022-04-01') }, { from: day('2027-04-01') }];
    expect(withRow(rows, { from: day('2026-12-01') }).map(({ from }) => from)).toEqual([
      '2022-04-01',
      '2026-12-01',
      '2027-04-01',
    ]);
  });

  it('have begun when their day has come in the version in force', () => {
    const base = [{ from: day('2022-04-01') }, { from: day('2026-12-01') }];
    expect(isBegun(base[0]!, base, day('2026-11-20'))).toBe(true);
    expect(isBegun(base[1]!, base, day('2026-11-20'))).toBe(false);
    expect(isBegun(base[1]!, base, day('2026-12-01'))).toBe(true);
    expect(isBegun({ from: day('2022-05-01') }, base, day('2026-11-20'))).toBe(false);
    expect(isBegun(base[0]!, undefined, day('2026-11-20'))).toBe(false);
  });

  it('move with the first day of service, but never past another row', () => {
    const start = day('2027-01-04');
    const profile = {
      serviceStartsOn: start,
      head: [{ from: start }, { from: day('2027-03-01') }],
      seal: [{ from: day('2026-12-01') }],
      kinds: [{ kind: 'x', fees: [{ from: start, fee: 300 }], hours: [{ from: start, weekly: {} }] }],
    };
    const moved = withStart(profile, day('2027-02-01')) as typeof profile;
    expect([moved.head[0]!.from, moved.seal[0]!.from, moved.kinds[0]!.fees[0]!.from]).toEqual([
      '2027-02-01',
      '2026-12-01',
      '2027-02-01',
    ]);
    expect((withStart(profile, day('2027-04-01')) as typeof profile).head[0]!.from).toBe(start);
  });
});

describe('the first day of 本籍地の利用登録', () => {
  const old = day('2027-01-04');
  const domicile = (first: string, second?: string) => ({
    domicile: {
      startsOn: old,
      kiosk: { hours: [{ from: first, weekly: {} }, ...(second ? [{ from: second, weekly: {} }] : [])] },
      internet: null,
    },
  });
  const firstHours = (profile: unknown) => valueAt(profile, 'domicile.kiosk.hours.0.from');

  it('takes the hours that begin with it along, and nothing else', () => {
    const moved = withApplicationsStart(domicile(old), day('2027-02-01'));
    expect(moved).toEqual({
      domicile: {
        startsOn: '2027-02-01',
        kiosk: { hours: [{ from: '2027-02-01', weekly: {} }] },
        internet: null,
      },
    });
    expect(firstHours(withApplicationsStart(domicile('2027-01-01'), day('2027-02-01')))).toBe('2027-01-01');
    expect(firstHours(withApplicationsStart(domicile(old, '2027-01-20'), day('2027-02-01')))).toBe(old);
  });

  it('is left alone where it cannot be read', () => {
    expect(withApplicationsStart(domicile(old), undefined)).toMatchObject({
      domicile: { kiosk: { hours: [{ from: old }] } },
    });
  });
});
