import { describe, expect, it } from 'vitest';
import {
  certificateKindId,
  shippedKindIds,
  civilDate,
  isMunicipalityCode,
  issueNumber,
  yen,
} from './vocabulary.ts';

describe('団体コード', () => {
  it.each(['011002', '131016', '141003', '271004', '362018', '992011', '992020', '993018'])(
    '%s has a right check digit',
    (code) => {
      expect(isMunicipalityCode(code)).toBe(true);
    },
  );

  it('every other last digit is refused', () => {
    const wrong = [...'0123456789'].filter((digit) => isMunicipalityCode(`99201${digit}`));
    expect(wrong).toEqual(['1']);
  });

  it.each(['99201', '9920110', '99201a', '', '９９２０１１'])('%j is not six digits', (code) => {
    expect(isMunicipalityCode(code)).toBe(false);
  });
});

describe('schemas of the words every room shares', () => {
  it('a civil date is a day that exists', () => {
    expect(civilDate.safeParse('2024-02-29').success).toBe(true);
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '2026-11-31', '20261121', '']) {
      expect(civilDate.safeParse(text).success, text).toBe(false);
    }
  });

  it('money is whole yen and never negative', () => {
    expect(yen.safeParse(0).success).toBe(true);
    for (const amount of [-1, 0.5, Number.NaN, 1_000_001, '200']) {
      expect(yen.safeParse(amount).success, String(amount)).toBe(false);
    }
  });

  it('an issue number has no letters that look alike', () => {
    expect(issueNumber.safeParse('7K2M-0A9Z-XY34-QRST').success).toBe(true);
    for (const text of [
      '7K2M-0A9Z-XY34-QRSI',
      '7K2M-0A9Z-XY34-QRSO',
      '7K2M0A9ZXY34QRST',
      '7k2m-0a9z-xy34-qrst',
    ]) {
      expect(issueNumber.safeParse(text).success, text).toBe(false);
    }
  });

  it('kinds are kebab-case, named once, and nothing else is a kind', () => {
    expect(new Set(shippedKindIds).size).toBe(shippedKindIds.length);
    expect(shippedKindIds.every((id) => /^[a-z]+(-[a-z]+)*$/.test(id))).toBe(true);
    expect(certificateKindId.safeParse('Passport Copy').success).toBe(false);
  });
});
