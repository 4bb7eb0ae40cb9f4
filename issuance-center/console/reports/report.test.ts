import { describe, expect, it } from 'vitest';
import type { CivilDate } from '#templates/vocabulary.ts';
import { daysOf, makeReport, type CertificateGroup } from './report.ts';
import { tablesCsv } from './reportFiles.ts';
import { periodWords, reportTables } from './reportTable.ts';

const day = (text: string) => text as CivilDate;
const group = (change: Partial<CertificateGroup>): CertificateGroup => ({
  day: day('2026-11-20'),
  hour: 10,
  kind: 'resident-record-copy',
  chain: 'alpha',
  state: 'printed',
  wasPaid: true,
  count: 1,
  fees: 200,
  ...change,
});
const report = makeReport({
  period: '2026-11',
  groups: [
    group({ count: 3, fees: 600 }),
    group({ day: day('2026-11-30'), hour: 23, count: 2, fees: 400 }),
    group({ state: 'void', fees: 0 }),
    group({ state: 'void', wasPaid: false, fees: 0 }),
    group({ state: 'prepared', wasPaid: false, fees: 0 }),
    group({ chain: '', kind: 'seal-registration-certificate', fees: 0, wasPaid: false }),
  ],
  refusals: [{ notice: 'DESK-01', words: '=機械では', count: 4 }],
  commissionOn: (date) => (date < '2026-11-30' ? 117 : 120),
  labelOf: (kind) => (kind === 'resident-record-copy' ? '住民票の写し' : '印鑑登録証明書'),
});

describe('a report', () => {
  it('counts made, paid and printed apart, and every hour and day there is', () => {
    expect(report.total).toEqual({ made: 9, paid: 6, printed: 6, void: 2, open: 1 });
    expect(report.byHour.map(({ made }) => made).filter((made) => made > 0)).toEqual([7, 2]);
    expect(report.byDay).toHaveLength(30);
    expect(report.byDay.at(-1)).toMatchObject({ day: '2026-11-30', printed: 2, fees: 400 });
    expect(report.byKind.map(({ label, fees }) => [label, fees])).toEqual([
      ['住民票の写し', 1000],
      ['印鑑登録証明書', 0],
    ]);
  });

  it('settles with each chain by the commission of each day, also for what cost nothing', () => {
    expect(report.settlements).toEqual([
      { chain: '', printed: 1, fees: 0, commission: 117, payable: -117 },
      { chain: 'alpha', printed: 5, fees: 1000, commission: 3 * 117 + 2 * 120, payable: 1000 - 591 },
    ]);
  });

  it('of a day has that day only', () => {
    expect(daysOf('2024-02')).toHaveLength(29);
    expect(daysOf(day('2026-11-20'))).toEqual(['2026-11-20']);
    expect([periodWords('2026-11'), periodWords('2026-11-01')]).toEqual(['令和8年11月', '令和8年11月1日']);
  });

  it('is a CSV that a spreadsheet reads as it is, without formulas', () => {
    const text = tablesCsv(['報告'], reportTables(report)).toString('utf8');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text).toContain('住民票の写し,8,6,5,2,1,1000\r\n');
    expect(text).toContain("DESK-01,'=機械では,4\r\n");
  });
});
