/** 報告: a day or a month, as charts, tables and files. */
import { civilMonth, report, type Report } from '../../../../contract/console/reports.ts';
import { chainWords, periodWords } from '../../../reports/reportTable.ts';
import { searchOf } from '../../base/addresses.ts';
import { typedDay, yenWords } from '../../base/dates.ts';
import { useQuery } from '../../base/place.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { todayOf, useWho } from '../../base/who.tsx';
import { Chart } from '../../parts/Chart.tsx';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { DayField } from '../../parts/fields.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Waiting } from '../../parts/Waiting.tsx';

export function ReportsPage() {
  const who = useWho();
  const { query, change } = useQuery();
  const month = todayOf(who).slice(0, 7);
  const period = query['period'] ?? month;
  const { asked, reload } = useAnswer(report, '/api/reports', { period });
  const file = (format: 'csv' | 'pdf') => `/api/reports/file${searchOf({ period, format })}`;
  return (
    <>
      <PageHeading
        title="報告"
        lead={`${periodWords(period)}の数です。作成・納付・印刷は、別々に数えます。`}
        actions={
          <>
            <a className="button" href={file('csv')} download>
              CSVで保存
            </a>
            <a className="button" href={file('pdf')} download>
              PDFで保存
            </a>
          </>
        }
      />
      <div className="row">
        <label className="field">
          <span className="field-label">月で見る</span>
          <input
            type="month"
            value={civilMonth.safeParse(period).success ? period : ''}
            max={month}
            onChange={({ target }) =>
              civilMonth.safeParse(target.value).success && change({ period: target.value })
            }
          />
        </label>
        <DayField
          path="period"
          label="日で見る"
          value={typedDay(period)}
          onChange={(day) => day && change({ period: day })}
        />
      </div>
      <Waiting asked={asked} reload={reload}>
        {(value) => <Shown value={value} />}
      </Waiting>
    </>
  );
}

function Shown({ value }: { readonly value: Report }) {
  const { total, byDay, byHour, byKind } = value;
  const isMonth = byDay.length > 1;
  return (
    <div className="stack">
      <dl className="facts figures">
        <dt>作成数</dt>
        <dd>{total.made}</dd>
        <dt>納付数</dt>
        <dd>{total.paid}</dd>
        <dt>印刷数</dt>
        <dd>{total.printed}</dd>
        <dt>取り消し</dt>
        <dd>{total.void}</dd>
        <dt>未確定</dt>
        <dd>{total.open}</dd>
      </dl>
      {isMonth && (
        <Chart
          caption="日ごとの印刷数"
          ticks={byDay.map(({ day }) => String(Number(day.slice(8))))}
          series={[{ label: '印刷数', values: byDay.map(({ printed }) => printed) }]}
          as="bars"
          unit="件"
          tickLabel="日"
        />
      )}
      <Chart
        caption="時刻ごとの印刷数"
        ticks={byHour.map(({ hour }) => String(hour))}
        series={[{ label: '印刷数', values: byHour.map(({ printed }) => printed) }]}
        as="bars"
        unit="件"
        tickLabel="時"
      />
      <DataTable
        name="kinds"
        caption="証明書の種類ごと"
        columns={kindColumns}
        rows={byKind}
        rowKey={({ kind }) => kind}
        empty={<p>この期間に作られた証明書はありません。</p>}
      />
      <DataTable
        name="settlement"
        caption="手数料の精算"
        columns={settlementColumns}
        rows={value.settlements}
        rowKey={({ chain }) => chain}
        empty={<p>この期間に精算するものはありません。</p>}
      />
      <DataTable
        name="refusals"
        caption="交付できなかった数（お知らせごと）"
        columns={refusalColumns}
        rows={value.refusals}
        rowKey={({ notice }) => notice}
        empty={<p>この期間に、交付できなかったものはありません。</p>}
      />
    </div>
  );
}

const count = <Row,>(id: string, label: string, value: (row: Row) => number): Column<Row> => ({
  id,
  label,
  value,
  align: 'end',
});
const money = <Row,>(id: string, label: string, value: (row: Row) => number): Column<Row> => ({
  ...count(id, label, value),
  cell: (row) => yenWords(value(row)),
});

type KindRow = Report['byKind'][number];
const kindColumns: readonly Column<KindRow>[] = [
  { id: 'label', label: '種類', value: ({ label }) => label, isRowHead: true },
  count('made', '作成数', ({ made }) => made),
  count('paid', '納付数', ({ paid }) => paid),
  count('printed', '印刷数', ({ printed }) => printed),
  count('void', '取り消し', (row) => row.void),
  count('open', '未確定', ({ open }) => open),
  money('fees', '手数料', ({ fees }) => fees),
];
type SettlementRow = Report['settlements'][number];
const settlementColumns: readonly Column<SettlementRow>[] = [
  { id: 'chain', label: 'チェーン', value: ({ chain }) => chainWords(chain), isRowHead: true },
  count('printed', '印刷数', ({ printed }) => printed),
  money('fees', '手数料', ({ fees }) => fees),
  money('commission', '委託手数料', ({ commission }) => commission),
  money('payable', '市区町村に入る額', ({ payable }) => payable),
];
type RefusalRow = Report['refusals'][number];
const refusalColumns: readonly Column<RefusalRow>[] = [
  { id: 'notice', label: 'お知らせ番号', value: ({ notice }) => notice, isRowHead: true },
  { id: 'words', label: 'お知らせ', value: ({ words }) => words },
  count('count', '数', (row) => row.count),
];
