import { describe, expect, it } from 'vitest';
import { hashStaffCode, parseStaffCode, staffCodeOver } from './staffCode.ts';
import { memoryJournal, NOON } from './testKiosk.ts';

const STORED = parseStaffCode(await hashStaffCode('246810'));

describe('store code', () => {
  it('is stored as a salted hash only', async () => {
    const [one, other] = [await hashStaffCode('246810'), await hashStaffCode('246810')];
    expect(one).not.toBe(other);
    expect(one).not.toContain('246810');
    await expect(hashStaffCode('12345')).rejects.toThrow('6 to 12 digits');
    expect(() => parseStaffCode('246810')).toThrow('not a stored store code');
  });

  it('is locked for a quarter of an hour after five wrong entries, restarts included', async () => {
    const journal = memoryJournal();
    let now = NOON;
    const fresh = () => staffCodeOver(STORED, journal, () => now);
    for (let entry = 1; entry <= 4; entry += 1) {
      expect(await fresh().check('000000')).toEqual({ kind: 'refused', lockedUntil: null });
    }
    const lockedUntil = new Date(NOON + 15 * 60_000).toISOString();
    expect(await fresh().check('000000')).toEqual({ kind: 'refused', lockedUntil });
    expect(await fresh().check('246810')).toEqual({ kind: 'refused', lockedUntil });
    now += 15 * 60_000;
    expect(await fresh().check('246810')).toEqual({ kind: 'admitted' });
    expect(journal.notes()).toMatchObject({ staffCodeWrong: 0, staffCodeLockedUntil: null });
  });

  it('right in time forgets the wrong ones', async () => {
    const journal = memoryJournal();
    const code = staffCodeOver(STORED, journal, () => NOON);
    for (let round = 0; round < 3; round += 1) {
      for (const entry of ['000000', '111111', '222222']) await code.check(entry);
      expect(await code.check('246810')).toEqual({ kind: 'admitted' });
    }
  });
});
