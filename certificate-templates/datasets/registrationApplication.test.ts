import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templatesDirectory } from '../load.ts';
import { registrationApplication, registrationApplicationDataset } from './registrationApplication.ts';

const path = `${templatesDirectory}samples/sheets/registration-application.json`;
const { value } = JSON.parse(readFileSync(path, 'utf8')) as { value: Record<string, unknown> };
const accepted = (change: object) => registrationApplication.safeParse({ ...value, ...change }).success;

describe('the application sheet', () => {
  it('prints exactly the declared fields', () => {
    const { header } = registrationApplicationDataset.view(value, { omitted: [], labels: {} });
    expect(Object.keys(header).sort()).toEqual([...registrationApplicationDataset.headerFields].sort());
    expect(header).toMatchObject({
      addressee: { text: '架空県みほん市長　あて' },
      'applied-at': { text: '令和8年11月21日　9時05分' },
      'birth-date': { text: '昭和58年7月2日' },
    });
  });

  it('a reading nobody gave is an empty cell, not a blank one', () => {
    const { furigana: _furigana, ...without } = value;
    const { header } = registrationApplicationDataset.view(without, { omitted: [], labels: {} });
    expect(header.furigana).toEqual({ kind: 'empty' });
  });

  it.each([
    ['an 個人番号', { individualNumber: '123456789010' }],
    ['a certificate serial', { certificateSerial: '1A2B3C' }],
    ['a number of twelve digits in the address', { address: '架空県みほん市123456789010番' }],
    ['one in groups', { name: '見本　1234 5678 9010' }],
    ['one in full-width digits', { domicile: '１２３４５６７８９０１０' }],
    ['a telephone number of twelve digits', { telephone: '01234-1234-123' }],
  ])('has no room for %s', (_what, change) => {
    expect(accepted({})).toBe(true);
    expect(accepted(change)).toBe(false);
  });

  it('a long address with house number and room is no such number', () => {
    expect(accepted({ address: '架空県みほん市見本台三丁目12番34－567号　みほんハイツB－1234号室' })).toBe(
      true,
    );
  });

  it('says what the number is for', () => {
    const layout = readFileSync(
      `${templatesDirectory}layouts/registration-application.standard.json`,
      'utf8',
    );
    expect(layout).toContain('申請状況の照会に必要です');
  });
});
