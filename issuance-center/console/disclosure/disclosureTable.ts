/** A resident's certificates in words. Pure. */
import type { Disclosure } from '../../contract/console/disclosure.ts';
import type { Table } from '../reports/reportTable.ts';

const STATES = { prepared: '作成のみ', printed: '印刷済み', void: '取り消し（渡していない）' } as const;
export const stateWords = (state: keyof typeof STATES, withdrawn: boolean): string =>
  withdrawn ? `${STATES[state]}・無効にした` : STATES[state];
export const byWords = (by: 'self' | 'other'): string => (by === 'self' ? '本人' : '同じ世帯・戸籍の人');

export function disclosureTable({ certificates }: Disclosure): Table {
  return {
    title: '交付の記録',
    head: ['日時', '証明書', '発行番号', '店と機械', '請求した人', '状態'],
    rows: certificates.map((row) => [
      new Date(row.at).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' }),
      row.label,
      row.issueNumber,
      [row.store, row.kioskId].filter((part) => part !== '').join(' '),
      byWords(row.by),
      stateWords(row.state, row.withdrawn),
    ]),
  };
}
