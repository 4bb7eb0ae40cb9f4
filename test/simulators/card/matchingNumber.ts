/** 照合番号B and 生年月日 as the card holds them: years of the Japanese era (card.md 2.8). */
import type { CardData } from './cardFile.ts';

const ERA_STARTS = ['2019-05-01', '1989-01-08', '1926-12-25', '1912-07-30', '1868-01-25'] as const;

/** 生年月日 YYMMDD in the era of that day, e.g. 1980-02-17 (昭和55年) is 550217. */
export function birthDateInEra(birthDate: string): string {
  const start = ERA_STARTS.find((day) => birthDate >= day) ?? ERA_STARTS[4];
  const year = Number(birthDate.slice(0, 4)) - Number(start.slice(0, 4)) + 1;
  return `${String(year).padStart(2, '0')}${birthDate.slice(5, 7)}${birthDate.slice(8, 10)}`;
}

/** 照合番号B: birth YYMMDD in the era, year of expiry, security code. */
export function matchingNumberB(card: Pick<CardData, 'holder' | 'expiry' | 'securityCode'>): string {
  return `${birthDateInEra(card.holder.birthDate)}${card.expiry.slice(0, 4)}${card.securityCode}`;
}
