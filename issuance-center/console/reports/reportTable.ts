/** A report as tables of words and numbers: what CSV and PDF both are. Pure. */
import { warekiDate } from '#templates/civilTime.ts';
import type { CivilDate } from '#templates/vocabulary.ts';
import type { Report, ReportCounts } from '../../contract/console/reports.ts';

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const COUNTS = ['作成数', '納付数', '印刷数', '取り消し', '未確定'] as const;
const countsOf = ({ made, paid, printed, void: voided, open }: ReportCounts) => [
  made,
  paid,
  printed,
  voided,
  open,
];

/** `2026-11` as 令和8年11月. */
export function periodWords(period: string): string {
  const day = (period.length === 7 ? `${period}-01` : period) as CivilDate;
  const words = warekiDate(day);
  return period.length === 7 ? words.replace(/月1日$/, '月') : words;
}

export const chainWords = (chain: string): string => (chain === '' ? '（チェーンなし）' : chain);

export function reportTables(report: Report): readonly Table[] {
  const isMonth = report.byDay.length > 1;
  return [
    { title: '合計', head: COUNTS, rows: [countsOf(report.total)] },
    {
      title: '証明書の種類ごと',
      head: ['種類', ...COUNTS, '手数料（円）'],
      rows: report.byKind.map((row) => [row.label, ...countsOf(row), row.fees]),
    },
    ...(isMonth
      ? [
          {
            title: '日ごと',
            head: ['日', ...COUNTS, '手数料（円）'],
            rows: report.byDay.map((row) => [row.day, ...countsOf(row), row.fees]),
          },
        ]
      : []),
    {
      title: '時刻ごと',
      head: ['時', ...COUNTS],
      rows: report.byHour.map((row) => [`${row.hour}時`, ...countsOf(row)]),
    },
    {
      title: '手数料の精算',
      head: ['チェーン', '印刷数', '手数料（円）', '委託手数料（円）', '市区町村に入る額（円）'],
      rows: report.settlements.map((row) => [
        chainWords(row.chain),
        row.printed,
        row.fees,
        row.commission,
        row.payable,
      ]),
    },
    {
      title: '交付できなかった数（お知らせごと）',
      head: ['お知らせ番号', 'お知らせ', '数'],
      rows: report.refusals.map(({ notice, words, count }) => [notice, words, count]),
    },
  ];
}
