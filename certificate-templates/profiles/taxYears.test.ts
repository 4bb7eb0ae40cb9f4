import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../civilTime.ts';
import { inForceOn, municipalityProfile } from '../profileSchema.ts';
import { serviceState } from '../serviceHours.ts';
import { certificateKindId, civilDate } from '../vocabulary.ts';

const profiles = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => municipalityProfile.parse(JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))));
const named = (code: string) => profiles.find(({ municipality }) => municipality === code)!;
const TAXATION = certificateKindId.parse('taxation-certificate');
const yearOn = (code: string, date: string) =>
  inForceOn(named(code).kinds.find(({ kind }) => kind === TAXATION)!.taxYears!, civilDate.parse(date))!.year;

describe('年度 of tax certificates', () => {
  it.each([
    ['992011', '2026-05-31', 2025],
    ['992011', '2026-06-01', 2026],
    // ためし市 issues none while the years are switched over
    ['992020', '2026-05-17', 2025],
    ['992020', '2026-05-18', null],
    ['992020', '2026-05-31', null],
    ['992020', '2026-06-01', 2026],
    ['992020', '2027-05-20', null],
    ['993018', '2026-06-04', 2025],
    ['993018', '2026-06-05', 2026],
  ])('%s on %s: %s', (code, date, year) => {
    expect(yearOn(code, date)).toBe(year);
  });

  it('every tax kind of a municipality switches on the same days', () => {
    for (const { kinds } of profiles) {
      const switches = kinds.flatMap(({ taxYears }) => (taxYears ? [JSON.stringify(taxYears)] : []));
      expect(new Set(switches).size).toBe(1);
    }
  });

  it('年度 ascend but for the stops', () => {
    for (const { kinds } of profiles) {
      for (const { taxYears = [] } of kinds) {
        const years = taxYears.flatMap(({ year }) => (year === null ? [] : [year]));
        expect(years).toEqual([...new Set(years)].sort((one, other) => one - other));
      }
    }
  });
});

describe('hours by kind', () => {
  const at = (code: string, date: string, hour: number) =>
    serviceState(named(code), TAXATION, instantOf(civilDate.parse(date), hour * 60)).kind;
  it('ためし市 issued tax certificates in office hours only until March 2026', () => {
    expect(at('992020', '2026-03-30', 12)).toBe('open');
    expect(at('992020', '2026-03-30', 20)).toBe('closed');
    expect(at('992020', '2026-03-28', 12)).toBe('closed'); // Saturday
    expect(at('992020', '2026-04-04', 20)).toBe('open');
  });

  it('見本町 issues them on weekends since April 2025', () => {
    expect(at('993018', '2025-03-29', 12)).toBe('closed');
    expect(at('993018', '2025-04-05', 12)).toBe('open');
  });
});
