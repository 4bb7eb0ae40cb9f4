/** 誤交付の手順: the words for the first call, reporting, and all cases. */
import { useState } from 'react';
import { cases, opened, type CaseSummary } from '../../../../contract/console/cases.ts';
import { reporterIds, reporters, type Reporter } from '../../../cases/steps.ts';
import { hrefOf } from '../../base/addresses.ts';
import { api } from '../../base/api.ts';
import { instantOfDay } from './instantOfDay.ts';
import { goTo } from '../../base/place.ts';
import { useAct } from '../../base/useAct.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { todayOf, useWho } from '../../base/who.tsx';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { DayField, SelectField, TextField, TimeField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { Link } from '../../parts/Link.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';

export function CasesPage() {
  const { asked, reload } = useAnswer(cases, '/api/cases');
  return (
    <>
      <PageHeading
        title="誤交付の手順"
        lead="ちがう人の証明書が出た、という知らせを受けたときの手順です。"
        up={{ label: '交付の記録', href: '/issued' }}
      />
      <FirstWords />
      <section className="card stack">
        <h2>報告を受けたら、すぐに記録する</h2>
        <ReportForm />
      </section>
      <Waiting asked={asked} reload={reload}>
        {({ cases: rows }) => (
          <DataTable
            caption="これまでの報告"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            empty={<p>報告はまだありません。</p>}
            sort="-number"
          />
        )}
      </Waiting>
    </>
  );
}

/** A clerk who reads or shreds the paper harms the person on it, or the evidence (operations.md 7.1, incident 9). */
function FirstWords() {
  return (
    <section className="card stack">
      <h2>店の人に、まず伝えること</h2>
      <ol>
        <li>
          証明書を<strong>読まないで</strong>ください。写真やコピーも取らないでください。
        </li>
        <li>
          <strong>裁断したり捨てたりしないで</strong>ください。証拠であり、だれかの大切な書類です。
        </li>
        <li>封筒に入れて封をし、日時と店の名前を書いて、鍵のかかる所に置いてください。</li>
        <li>機械の番号と、出てきた時刻を教えてください。</li>
      </ol>
    </section>
  );
}

function ReportForm() {
  const who = useWho();
  const [reportedBy, setReportedBy] = useState<Reporter>('store');
  const [day, setDay] = useState<ReturnType<typeof todayOf> | undefined>(todayOf(who));
  const [time, setTime] = useState<string>();
  const [kioskId, setKioskId] = useState('');
  const [number, setNumber] = useState('');
  const act = useAct(async () => {
    const { id } = await api.post(opened, '/api/cases', {
      reportedBy,
      happenedAt: day && time ? instantOfDay(day, time) : null,
      kioskId: kioskId.trim() === '' ? null : kioskId.trim(),
      issueNumber: number.trim() === '' ? null : number.trim().toUpperCase(),
    });
    await goTo(hrefOf('/wrong-certificate/:id', { id }));
  });
  return (
    <Form
      faults={act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={() => void act.run()}
    >
      <SelectField
        path="reportedBy"
        label="だれからの報告ですか"
        value={reportedBy}
        choices={reporterIds.map((value) => ({ value, label: reporters[value] }))}
        onChange={setReportedBy}
      />
      <div className="row">
        <DayField path="happenedAt" label="出てきた日" value={day} onChange={setDay} />
        <TimeField path="time" label="出てきた時刻（およそ）" value={time} onChange={setTime} />
      </div>
      <TextField
        path="kioskId"
        label="機械の番号（分かれば）"
        value={kioskId}
        onChange={setKioskId}
        maxLength={64}
      />
      <TextField
        path="issueNumber"
        label="発行番号（分かれば）"
        help="紙のいちばん上か下の、16文字の番号。番号だけを読んでもらってください"
        value={number}
        onChange={setNumber}
        maxLength={19}
      />
      <div className="actions">
        <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
          記録して、手順を始める
        </button>
      </div>
    </Form>
  );
}

const columns: readonly Column<CaseSummary>[] = [
  {
    id: 'number',
    label: '号',
    value: ({ number }) => number,
    isRowHead: true,
    cell: ({ id, number }) => <Link to={hrefOf('/wrong-certificate/:id', { id })}>{`第${number}号`}</Link>,
  },
  {
    id: 'at',
    label: '報告',
    value: ({ openedAt }) => openedAt,
    cell: ({ openedAt }) => <Instant at={openedAt} />,
  },
  { id: 'from', label: 'だれから', value: ({ reportedBy }) => reporters[reportedBy] },
  { id: 'by', label: '受けた人', value: ({ openedBy }) => openedBy },
  {
    id: 'state',
    label: '状態',
    value: ({ closedAt }) => (closedAt ? '終わった' : '手順の途中'),
    cell: ({ closedAt }) => (
      <StateBadge tone={closedAt ? 'good' : 'bad'}>{closedAt ? '終わった' : '手順の途中'}</StateBadge>
    ),
  },
];
