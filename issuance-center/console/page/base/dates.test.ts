import { describe, expect, it } from 'vitest';
import type { CivilDate } from '#templates/vocabulary.ts';
import { dayWords, instantWords, typedDay, typedDecimal, typedNumber, typedTime } from './dates.ts';

describe('a day as people type it', () => {
  it.each([
    '令和8年11月20日',
    'R8.11.20',
    'r8/11/20',
    'Ｒ８．１１．２０',
    '2026-11-20',
    '2026/11/20',
    '2026年11月20日',
    '20261120',
    ' 令和 8年 11月 20日 ',
  ])('%s', (text) => expect(typedDay(text)).toBe('2026-11-20'));

  it('knows the first year of an era and earlier eras', () => {
    expect(typedDay('令和元年5月1日')).toBe('2019-05-01');
    expect(typedDay('R1.5.1')).toBe('2019-05-01');
    expect(typedDay('H31.4.30')).toBe('2019-04-30');
    expect(typedDay('昭和64年1月7日')).toBe('1989-01-07');
  });

  it('is none when there is no such day, or only a part of one', () => {
    for (const text of ['', '2026-02-29', 'R8.13.1', 'R8.11', '11/20', '来週', '2026112']) {
      expect(typedDay(text)).toBeUndefined();
    }
  });

  it('is shown with its weekday, and an instant in Japan', () => {
    expect(dayWords('2026-11-20' as CivilDate)).toBe('令和8年11月20日（金）');
    expect(instantWords('2026-11-20T15:00:00.000Z')).toBe('令和8年11月21日 00:00');
  });
});

describe('a time and a number as people type them', () => {
  it('hours and minutes', () => {
    const typed = ['9', '9:00', '0900', '900', '９時', '9時30分', '24:00', '0:05'];
    expect(typed.map(typedTime)).toEqual([
      '09:00',
      '09:00',
      '09:00',
      '09:00',
      '09:00',
      '09:30',
      '24:00',
      '00:05',
    ]);
    for (const text of ['', '24:01', '25', '9:60', '朝']) expect(typedTime(text)).toBeUndefined();
  });

  it('yen, and millimetres', () => {
    expect(['1,200', '１２００円', '0', ' 300 '].map(typedNumber)).toEqual([1200, 1200, 0, 300]);
    for (const text of ['', '-1', '1.5', '安い']) expect(typedNumber(text)).toBeUndefined();
    expect(['21', '21.5', '２１．５'].map(typedDecimal)).toEqual([21, 21.5, 21.5]);
  });
});
