import { describe, expect, it } from 'vitest';
import { isValueOf, missingSteps, stepIds, steps } from './steps.ts';

const all = [
  { step: 'stop', value: 'all' },
  { step: 'paper', value: 'sealed' },
  { step: 'output', value: 'right-holder' },
  { step: 'cause', value: 'none' },
  { step: 'told', value: 'store' },
];

describe('a case of a wrong certificate', () => {
  it('needs every step before it is closed', () => {
    expect(missingSteps([], false)).toEqual(stepIds.map((step) => steps[step].title));
    expect(missingSteps(all, false)).toEqual([]);
    for (const { step } of all) {
      const rest = all.filter((one) => one.step !== step);
      expect(missingSteps(rest, false)).toEqual([steps[step as keyof typeof steps].title]);
    }
  });

  it('needs more when somebody else got the paper', () => {
    const wrong = all.map((one) => (one.step === 'output' ? { ...one, value: 'wrong-holder' } : one));
    expect(missingSteps(wrong, false)).toEqual([
      '証明書を無効にする',
      '本人に知らせる',
      '個人情報保護委員会に知らせる',
    ]);
    const told = ['resident', 'privacy-commission'].map((value) => ({ step: 'told', value }));
    expect(missingSteps([...wrong, ...told], true)).toEqual([]);
  });

  it('takes the words of the list only', () => {
    expect(isValueOf('paper', 'sealed')).toBe(true);
    expect(isValueOf('paper', 'toString')).toBe(false);
    expect(isValueOf('paper', 'all')).toBe(false);
  });
});
