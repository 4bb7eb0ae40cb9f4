/** Hours, stops, fees and 年度 of every municipality by day and minute, through the center's own offer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InForce } from '#center/configuration/configuration.ts';
import { offerOfKind } from '#center/issuing/offerOfKind.ts';
import { readSnapshot, type RegisterSnapshot } from '#center/registers/snapshot.ts';
import { addDays, civilMoment } from '#templates/civilTime.ts';
import { residentId } from '#templates/datasets/residentRegister.ts';
import { certificateKindId, registerIds } from '#templates/vocabulary.ts';
import { NOW, startHarness, type Harness } from './harness.ts';

let center: Harness;
const configured = new Map<string, InForce>();
const snapshots = new Map<string, RegisterSnapshot>();
beforeAll(async () => {
  center = await startHarness();
  for (const id of ['taro', 'azusa', 'manabu']) {
    snapshots.set(id, (await readSnapshot(center.db, residentId.parse(id), NOW))!);
  }
  for (const code of ['992011', '992020', '993018']) configured.set(code, await center.inForce(code));
});
afterAll(() => center.close());

/** The center's answer at a minute in Japan, `YYYY-MM-DDTHH:MM`, the registers fresh. */
function at(who: string, kindId: string, minute: string) {
  const now = Date.parse(`${minute}:00+09:00`);
  const known = snapshots.get(who)!;
  const inForce = configured.get(known.rows.household.municipality)!;
  const kind = inForce.templates.kinds.get(certificateKindId.parse(kindId))!.value;
  const snapshot = { ...known, fedUntil: new Map(registerIds.map((id) => [id, now] as const)) };
  const cardRegisteredOn = addDays(civilMoment(now).date, -30);
  const holder = { residentId: known.holder, cardRegisteredOn };
  return offerOfKind({ kind, inForce, holder, snapshot, now });
}
function told(who: string, kind: string, minute: string): string {
  const answer = at(who, kind, minute);
  if (answer.kind === 'offered') return 'open';
  return answer.until ? `${answer.notice} ${answer.until.slice(0, 16)}` : answer.notice;
}

const COPY = 'resident-record-copy';
const FULL = 'family-register-full';
const ADDRESSES = 'family-register-address-copy';
const SEAL = 'seal-registration-certificate';
const TAX = 'taxation-certificate';

describe('hours per municipality, type and weekday', () => {
  it.each([
    // みほん市 never closes
    ['taro', FULL, '2026-11-22T03:00', 'open'],
    ['taro', TAX, '2026-12-31T23:59', 'open'],
    // ためし市: 戸籍 on working days 9 to 17, 附票 and 住民票 every day 6:30 to 23
    ['azusa', FULL, '2026-11-20T08:59', 'SERV-01 2026-11-20T09:00'],
    ['azusa', FULL, '2026-11-20T09:00', 'open'],
    ['azusa', FULL, '2026-11-20T16:59', 'open'],
    ['azusa', FULL, '2026-11-20T17:00', 'SERV-01 2026-11-24T09:00'],
    ['azusa', FULL, '2026-11-21T10:00', 'SERV-02 2026-11-24T09:00'],
    ['azusa', FULL, '2026-11-23T10:00', 'SERV-02 2026-11-24T09:00'], // 勤労感謝の日
    ['azusa', ADDRESSES, '2026-11-21T10:00', 'open'],
    ['azusa', COPY, '2026-11-21T06:29', 'SERV-01 2026-11-21T06:30'],
    ['azusa', SEAL, '2026-11-21T22:59', 'open'],
    // 見本町: another 17:15, shorter weekends
    ['manabu', FULL, '2026-11-20T17:14', 'open'],
    ['manabu', FULL, '2026-11-20T17:15', 'SERV-01 2026-11-24T08:30'],
    ['manabu', SEAL, '2026-11-21T20:00', 'SERV-01 2026-11-22T08:45'],
  ])('%s %s at %s: %s', (who, kind, minute, answer) => {
    expect(told(who, kind, minute)).toBe(answer);
  });
});

describe('closed days and maintenance, to the minute', () => {
  it.each([
    ['azusa', COPY, '2026-12-28T22:59', 'open'],
    ['azusa', COPY, '2026-12-29T10:00', 'SERV-02 2027-01-04T06:30'],
    ['azusa', SEAL, '2027-01-03T10:00', 'SERV-02 2027-01-04T06:30'],
    ['manabu', TAX, '2027-03-28T10:00', 'SERV-02 2027-03-29T06:30'],
    // one kind stops, the others go on
    ['manabu', COPY, '2026-12-13T11:59', 'SERV-03 2026-12-13T12:00'],
    ['manabu', COPY, '2026-12-13T12:00', 'open'],
    ['manabu', SEAL, '2026-12-13T11:59', 'open'],
    // all of them stop
    ['manabu', COPY, '2027-01-23T08:45', 'SERV-03 2027-01-25T06:30'],
    ['manabu', SEAL, '2027-01-24T19:59', 'SERV-03 2027-01-25T06:30'],
    ['manabu', SEAL, '2027-01-25T06:30', 'open'],
  ])('%s %s at %s: %s', (who, kind, minute, answer) => {
    expect(told(who, kind, minute)).toBe(answer);
  });
});

describe('the first day of the service', () => {
  it.each([
    ['manabu', COPY, '2023-07-02T23:59', 'SERV-05 2023-07-03T07:00'],
    ['manabu', SEAL, '2023-07-03T07:00', 'open'],
    ['manabu', 'tax-payment-certificate', '2026-11-20T10:00', 'SERV-04'],
  ])('%s %s at %s: %s', (who, kind, minute, answer) => {
    expect(told(who, kind, minute)).toBe(answer);
  });
});

describe('fees by day', () => {
  it.each([
    ['azusa', COPY, '2026-09-30T22:59', 300],
    ['azusa', COPY, '2026-10-01T06:30', 250],
    ['azusa', COPY, '2027-04-01T06:30', 150],
    ['azusa', FULL, '2026-09-30T10:00', 450],
    ['azusa', FULL, '2026-10-01T10:00', 350],
    ['manabu', COPY, '2024-04-01T10:00', 100],
    ['manabu', COPY, '2025-04-01T10:00', 200],
    ['manabu', SEAL, '2024-04-01T10:00', 200],
  ])('%s %s at %s costs %i', (who, kind, minute, fee) => {
    expect(at(who, kind, minute)).toMatchObject({ kind: 'offered', fee });
  });
});

describe('the switch of 年度', () => {
  const yearAt = (who: string, minute: string) => {
    const answer = at(who, TAX, minute);
    if (answer.kind === 'refused') return answer.notice;
    return (answer.valueOf('self', []) as { taxYear: number }).taxYear;
  };

  it.each([
    ['azusa', '2026-05-17T10:00', 2025],
    ['azusa', '2026-05-18T06:30', 'RULE-05'],
    ['azusa', '2026-05-31T22:59', 'RULE-05'],
    ['azusa', '2026-06-01T06:30', 2026],
    // without a stop the new year begins at midnight
    ['taro', '2026-05-31T23:59', 2025],
    ['taro', '2026-06-01T00:00', 2026],
    // a year nobody has fed yet
    ['taro', '2030-06-01T10:00', 'RULE-04'],
  ])('%s at %s: %s', (who, minute, answer) => {
    expect(yearAt(who, minute)).toBe(answer);
  });

  it('stops tax certificates alone', () => {
    expect(told('azusa', COPY, '2026-05-20T10:00')).toBe('open');
    for (const kind of [TAX, 'income-certificate', 'tax-payment-certificate']) {
      expect(told('azusa', kind, '2026-05-20T10:00')).toBe('RULE-05');
    }
  });
});
