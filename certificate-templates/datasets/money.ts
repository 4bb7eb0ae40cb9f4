/** Amounts and years as tax forms print them. */
import { warekiDate } from '../civilTime.ts';
import { civilDate } from '../vocabulary.ts';
import type { Printable } from './printable.ts';

/** Whole yen with commas; a loss carries △; 0 is printed as 0 (forms.md 8: schools reject asterisks). */
export function moneyText(amount: number): string {
  const digits = Math.abs(amount)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return amount < 0 ? `△${digits}` : digits;
}

/** A cell with an amount; 0 when the register names none. */
export const money = (amount: number | undefined): Printable => ({
  kind: 'text',
  text: moneyText(amount ?? 0),
});

/** 年度 by the year in which it begins, in the era of its June, when the year is first issued: 令和8年度. */
export const taxYearText = (year: number): string => `${eraYear(`${year}-06-01`)}年度`;

/** 年分 of a calendar year, in the era of its last day: 令和7年分, 令和元年分 for 2019. */
export const incomeYearText = (year: number): string => `${eraYear(`${year}-12-31`)}年分`;

function eraYear(date: string): string {
  const [name] = warekiDate(civilDate.parse(date)).split('年') as [string];
  return name;
}
