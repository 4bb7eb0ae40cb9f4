/** 監視: today at a glance; asked for again every half minute, without moving what one is reading. */
import { useEffect } from 'react';
import { watch, type Watch } from '../../../../contract/console/watch.ts';
import { hrefOf } from '../../base/addresses.ts';
import { dayWords, typedDay } from '../../base/dates.ts';
import { useQuery } from '../../base/place.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { todayOf, useWho } from '../../base/who.tsx';
import { Chart } from '../../parts/Chart.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { DayField } from '../../parts/fields.tsx';
import { Link } from '../../parts/Link.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { Alarms } from './Alarms.tsx';
import { Counts } from './Counts.tsx';
import { exceptionColumns, feedColumns, kioskColumns, refusalColumns } from './columns.tsx';
import { Stops } from './Stops.tsx';

const REFRESH_MS = 30_000;

export function WatchPage() {
  const who = useWho();
  const { query, change } = useQuery();
  const day = typedDay(query['day'] ?? '') ?? todayOf(who);
  const { asked, reload } = useAnswer(watch, '/api/watch', { day });
  useEffect(() => {
    const timer = setInterval(() => void (document.hidden || reload()), REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <>
      <PageHeading title="監視" lead={`${dayWords(day)}の様子です。30秒ごとに新しくなります。`} />
      <Waiting asked={asked} reload={reload}>
        {(value) => <Shown value={value} reload={reload} />}
      </Waiting>
      <DayField path="day" label="ほかの日を見る" value={day} onChange={(to) => to && change({ day: to })} />
    </>
  );
}

interface ShownProps {
  readonly value: Watch;
  readonly reload: () => Promise<void>;
}

function Shown({ value, reload }: ShownProps) {
  const who = useWho();
  const { openCases, byHour, byKind, feeds, kiosks } = value;
  const troubled = kiosks.filter(({ troubles }) => troubles.length > 0);
  return (
    <div className="stack">
      {openCases.map(({ id, number }) => (
        <Notice key={id} tone="bad" title={`誤交付の報告 第${number}号が、終わっていません`} isQuiet>
          <p>
            <Link to={hrefOf('/wrong-certificate/:id', { id })}>手順を続ける</Link>
          </p>
        </Notice>
      ))}
      {value.overdueApplications > 0 && (
        <Notice
          tone="warning"
          title={`期限をすぎた本籍地の申請が${value.overdueApplications}件あります`}
          isQuiet
        >
          {who.may('view-applications') ? (
            <p>
              <Link to="/applications">申請を確認する</Link>
            </p>
          ) : (
            <p>戸籍担当の人に知らせてください。</p>
          )}
        </Notice>
      )}
      <Alarms alarms={value.alarms} reload={reload} />
      <Stops stops={value.stops} reload={reload} />
      <Counts total={value.total} />
      <DataTable
        name="exceptions"
        caption="作成・納付・印刷が合わない証明書"
        columns={exceptionColumns}
        rows={value.exceptions}
        rowKey={({ issueNumber }) => issueNumber}
        empty={<p>合わない証明書はありません。</p>}
        rowTone={() => 'bad'}
        isShort
      />
      <Chart
        caption="時刻ごとの交付"
        ticks={byHour.map(({ hour }) => String(hour))}
        series={[
          { label: '作成数', values: byHour.map(({ made }) => made) },
          { label: '印刷数', values: byHour.map(({ printed }) => printed) },
        ]}
        as="lines"
        unit="件"
        tickLabel="時"
      />
      {byKind.length > 0 && (
        <Chart
          caption="種類ごとの印刷"
          ticks={byKind.map(({ label }) => label)}
          series={[{ label: '印刷数', values: byKind.map(({ printed }) => printed) }]}
          as="bars"
          unit="件"
          tickLabel="種類"
        />
      )}
      <DataTable
        name="feeds"
        caption="台帳の連携"
        columns={feedColumns}
        rows={feeds}
        rowKey={({ register }) => register}
        empty={<p>台帳はまだありません。</p>}
        rowTone={({ state }) => (state === 'fresh' ? undefined : 'bad')}
        isShort
      />
      <DataTable
        name="kiosks"
        caption={`困っている機械（${kiosks.length}台のうち）`}
        columns={kioskColumns}
        rows={troubled}
        rowKey={({ kioskId }) => kioskId}
        empty={<p>困っている機械はありません。</p>}
        isShort
      />
      <DataTable
        name="refusals"
        caption="交付できなかった数（お知らせごと）"
        columns={refusalColumns}
        rows={value.refusals}
        rowKey={({ notice }) => notice}
        empty={<p>この日に、交付できなかったものはありません。</p>}
        isShort
      />
    </div>
  );
}
