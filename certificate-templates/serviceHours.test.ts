import { describe, expect, it } from 'vitest';
import { instantOf } from './civilTime.ts';
import { feeOn } from './fees.ts';
import { municipalityProfile, type MunicipalityProfile } from './profileSchema.ts';
import { serviceState } from './serviceHours.ts';
import { certificateKindId, civilDate } from './vocabulary.ts';

const RECORD = certificateKindId.parse('resident-record-copy');
const ITEMS = certificateKindId.parse('resident-record-items');
const SEAL = certificateKindId.parse('seal-registration-certificate');
const FAMILY = certificateKindId.parse('family-register-full');

const everyDay = (opens: string, closes: string) => week({ opens, closes }, { opens, closes });
const week = (weekdays: object | null, weekend: object | null) => ({
  monday: weekdays,
  tuesday: weekdays,
  wednesday: weekdays,
  thursday: weekdays,
  friday: weekdays,
  saturday: weekend,
  sunday: weekend,
  holiday: weekend,
});
const statements = { whole: '全員', part: '一部', self: '本人' };
const kindEntry = (kind: string, hours: object[], fees: object[] = [{ from: '2025-01-01', fee: 200 }]) => ({
  kind,
  layout: 'resident-record-copy.household',
  options: [],
  fees,
  hours,
  statements,
});

function profileWith(overrides: object = {}): MunicipalityProfile {
  return municipalityProfile.parse({
    municipality: '992011',
    prefecture: '架空県',
    name: 'みほん市',
    serviceStartsOn: '2025-02-01',
    kinds: [
      kindEntry(
        RECORD,
        [
          { from: '2025-01-01', weekly: everyDay('06:30', '23:00') },
          { from: '2027-04-01', weekly: everyDay('07:00', '22:00') },
        ],
        [
          { from: '2025-01-01', fee: 200 },
          { from: '2026-10-01', fee: 250 },
        ],
      ),
      kindEntry(ITEMS, [{ from: '2025-01-01', weekly: everyDay('00:00', '24:00') }]),
      kindEntry(FAMILY, [{ from: '2025-01-01', weekly: week({ opens: '09:00', closes: '17:00' }, null) }]),
    ],
    closedDays: [
      { kind: 'yearly', from: '12-29', to: '01-03' },
      { kind: 'yearly', from: '08-14', to: '08-15' },
      { kind: 'date', on: '2026-06-10' },
      { kind: 'span', from: '2026-05-11', to: '2026-05-12' },
    ],
    maintenance: [
      { kinds: [FAMILY], from: '2026-10-05T12:00', to: '2026-10-06T09:30' },
      { kinds: 'all', from: '2026-09-01T22:00', to: '2026-09-02T08:00' },
      { kinds: 'all', from: '2026-09-02T07:30', to: '2026-09-02T08:45' },
    ],
    head: [{ from: '2025-01-01', title: '架空県みほん市長', name: '見本　一郎' }],
    seal: [{ from: '2025-01-01', image: '992011.png', widthMm: 21, description: '架空県みほん市長之印' }],
    ...overrides,
  });
}
const profile = profileWith();

const at = (text: string) =>
  instantOf(civilDate.parse(text.slice(0, 10)), Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)));
const japan = (text: string) => `${text}:00+09:00`;

describe('service hours: open', () => {
  it.each([
    [RECORD, '2026-11-20T06:30', '2026-11-20T23:00'],
    [RECORD, '2026-11-20T22:59', '2026-11-20T23:00'],
    [RECORD, '2026-09-01T21:59', '2026-09-01T22:00'], // the maintenance cuts the evening
    [RECORD, '2026-09-02T08:45', '2026-09-02T23:00'], // two overlapping windows have ended
    [RECORD, '2026-12-28T10:00', '2026-12-28T23:00'],
    [RECORD, '2027-01-04T06:30', '2027-01-04T23:00'],
    [FAMILY, '2026-11-20T09:00', '2026-11-20T17:00'],
    [FAMILY, '2026-10-05T11:59', '2026-10-05T12:00'],
    [ITEMS, '2026-12-20T10:00', '2026-12-29T00:00'], // day and night until the year-end closing
  ])('%s at %s closes at %s', (kind, now, closes) => {
    expect(serviceState(profile, kind, at(now))).toEqual({ kind: 'open', closesAt: japan(closes) });
  });

  it('a day-and-night service without closed days has no closing to announce', () => {
    const always = profileWith({ closedDays: [], maintenance: [] });
    expect(serviceState(always, ITEMS, at('2026-11-20T00:00'))).toEqual({ kind: 'open', closesAt: null });
  });

  it('the last second of a minute still belongs to it, the first of the next does not', () => {
    const lastMillisecond = at('2026-11-20T23:00') - 1;
    expect(serviceState(profile, RECORD, lastMillisecond).kind).toBe('open');
    expect(serviceState(profile, RECORD, lastMillisecond + 1).kind).toBe('closed');
  });
});

describe('service hours: closed', () => {
  it.each([
    // before the morning, at the boundary of the evening, across midnight
    [RECORD, '2026-11-20T06:29', 'SERV-01', '2026-11-20T06:30'],
    [RECORD, '2026-11-20T23:00', 'SERV-01', '2026-11-21T06:30'],
    [RECORD, '2026-11-21T00:00', 'SERV-01', '2026-11-21T06:30'],
    // the evening before the year-end reopens in the new year
    [RECORD, '2026-12-28T23:30', 'SERV-01', '2027-01-04T06:30'],
    [RECORD, '2026-12-29T00:00', 'SERV-02', '2027-01-04T06:30'],
    [RECORD, '2026-12-31T23:59', 'SERV-02', '2027-01-04T06:30'],
    [RECORD, '2027-01-01T12:00', 'SERV-02', '2027-01-04T06:30'],
    [RECORD, '2027-01-03T23:59', 'SERV-02', '2027-01-04T06:30'],
    [RECORD, '2026-08-14T12:00', 'SERV-02', '2026-08-16T06:30'],
    [RECORD, '2026-06-10T12:00', 'SERV-02', '2026-06-11T06:30'],
    [RECORD, '2026-05-11T12:00', 'SERV-02', '2026-05-13T06:30'],
    // hours that change on a date
    [RECORD, '2027-03-31T23:10', 'SERV-01', '2027-04-01T07:00'],
    [RECORD, '2027-04-01T06:45', 'SERV-01', '2027-04-01T07:00'],
    // maintenance of one kind, of all kinds, over midnight, overlapping, past the end of the hours
    [FAMILY, '2026-10-05T12:00', 'SERV-03', '2026-10-06T09:30'],
    [FAMILY, '2026-10-06T09:29', 'SERV-03', '2026-10-06T09:30'],
    [RECORD, '2026-09-01T22:00', 'SERV-03', '2026-09-02T08:45'],
    [RECORD, '2026-09-02T07:59', 'SERV-03', '2026-09-02T08:45'],
    [RECORD, '2026-09-01T23:30', 'SERV-03', '2026-09-02T08:45'],
    // weekend, 祝日, 振替休日, 国民の休日
    [FAMILY, '2026-11-21T10:00', 'SERV-02', '2026-11-24T09:00'], // Saturday before 勤労感謝の日 on Monday
    [FAMILY, '2026-11-23T10:00', 'SERV-02', '2026-11-24T09:00'],
    [FAMILY, '2026-05-06T10:00', 'SERV-02', '2026-05-07T09:00'],
    [FAMILY, '2026-09-22T10:00', 'SERV-02', '2026-09-24T09:00'],
    // before the service began
    [RECORD, '2025-01-31T12:00', 'SERV-05', '2025-02-01T06:30'],
    [FAMILY, '2025-01-15T12:00', 'SERV-05', '2025-02-03T09:00'],
  ])('%s at %s: %s until %s', (kind, now, notice, until) => {
    expect(serviceState(profile, kind, at(now))).toEqual({ kind: 'closed', notice, until: japan(until) });
  });

  it('maintenance of one kind leaves the others open', () => {
    expect(serviceState(profile, RECORD, at('2026-10-05T13:00')).kind).toBe('open');
  });

  it('a kind outside the profile is not offered, and nothing is promised', () => {
    expect(serviceState(profile, SEAL, at('2026-11-20T12:00'))).toEqual({
      kind: 'closed',
      notice: 'SERV-04',
      until: null,
    });
  });

  it('a stop beyond the horizon promises nothing', () => {
    const stopped = profileWith({
      maintenance: [{ kinds: 'all', from: '2026-01-01T00:00', to: '2027-01-01T00:00' }],
    });
    expect(serviceState(stopped, RECORD, at('2026-02-01T12:00'))).toEqual({
      kind: 'closed',
      notice: 'SERV-03',
      until: null,
    });
  });

  it('what `until` promises is true: the kind is open at that instant and was not a minute before', () => {
    for (const kind of [RECORD, ITEMS, FAMILY]) {
      for (let hour = 0; hour < 24 * 400; hour += 7) {
        const state = serviceState(profile, kind, at('2025-01-20T00:00') + hour * 3_600_000);
        if (state.kind === 'open' || state.until === null) continue;
        const opening = Date.parse(state.until);
        expect(serviceState(profile, kind, opening).kind).toBe('open');
        expect(serviceState(profile, kind, opening - 60_000).kind).toBe('closed');
      }
    }
  });
});

describe('fees', () => {
  it.each([
    ['2025-01-31', undefined], // the service has not begun
    ['2025-02-01', 200],
    ['2026-09-30', 200],
    ['2026-10-01', 250],
    ['2030-01-01', 250],
  ])('a certificate issued on %s costs %s', (date, fee) => {
    expect(feeOn(profile, RECORD, civilDate.parse(date))).toBe(fee);
  });

  it('a kind that is not offered has no fee', () => {
    expect(feeOn(profile, SEAL, civilDate.parse('2026-11-20'))).toBeUndefined();
  });
});
