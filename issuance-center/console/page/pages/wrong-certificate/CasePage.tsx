/** One case: what has been done, what is still to do, the certificates around it, and its closing by a second person. */
import { useState } from 'react';
import { caseDetail, done, type CaseDetail } from '../../../../contract/console/cases.ts';
import { reporters, stepIds, steps, type StepId } from '../../../cases/steps.ts';
import { api, type ApiPath } from '../../base/api.ts';
import { useAnnounce } from '../../base/announce.tsx';
import { useAct } from '../../base/useAct.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { SelectField, TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { Link } from '../../parts/Link.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { issuedColumns } from '../issued/columns.tsx';

interface Props {
  readonly value: CaseDetail;
  readonly path: ApiPath;
  readonly reload: () => Promise<void>;
}

export function CasePage({ parts }: { readonly parts: { readonly id: string } }) {
  const path = `/api/cases/${encodeURIComponent(parts.id)}` as ApiPath;
  const { asked, reload } = useAnswer(caseDetail, path);
  return (
    <Waiting asked={asked} reload={reload}>
      {(value) => (
        <>
          <PageHeading
            title={`誤交付の報告 第${value.number}号`}
            up={{ label: '誤交付の手順', href: '/wrong-certificate' }}
          />
          <Shown value={value} path={path} reload={reload} />
        </>
      )}
    </Waiting>
  );
}

function Shown(props: Props) {
  const { value } = props;
  const isOpen = value.closedAt === null;
  return (
    <div className="stack">
      <Facts value={value} />
      {isOpen && value.missing.length > 0 && (
        <Notice tone="warning" title="まだ終わっていないこと" isQuiet>
          <ul>
            {value.missing.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
      {isOpen && (
        <section className="card stack">
          <h2>したことを記録する</h2>
          <p>
            交付を止めるのは<Link to="/watch">監視</Link>
            の画面で、証明書を無効にするのは下の発行番号の画面でします。
          </p>
          <StepForm {...props} />
        </section>
      )}
      <DataTable
        caption="したこと"
        columns={stepColumns}
        rows={value.steps.map((step, index) => ({ ...step, index }))}
        rowKey={({ index }) => index}
        empty={<p>まだ何も記録していません。まず、交付を止めて、紙を守ってください。</p>}
        isShort
      />
      {isOpen && value.issueNumber === null && (
        <section className="card stack">
          <h2>どの証明書かをえらぶ</h2>
          <NumberForm {...props} />
        </section>
      )}
      <DataTable
        name="near"
        caption="その証明書と、同じ機械で前後1時間に作られた証明書"
        columns={issuedColumns}
        rows={value.nearby}
        rowKey={({ issueNumber }) => issueNumber}
        empty={<p>機械の番号と時刻、または発行番号が分かると、ここに出ます。</p>}
        isShort
      />
      {isOpen && <Closing {...props} />}
    </div>
  );
}

function Facts({ value }: { readonly value: CaseDetail }) {
  return (
    <dl className="facts">
      <dt>報告</dt>
      <dd>
        <Instant at={value.openedAt} />　{reporters[value.reportedBy]}から　受けた人：{value.openedBy}
      </dd>
      <dt>出てきた時</dt>
      <dd>{value.happenedAt ? <Instant at={value.happenedAt} /> : '分からない'}</dd>
      <dt>機械</dt>
      <dd>{value.kioskId ?? '分からない'}</dd>
      <dt>発行番号</dt>
      <dd>{value.issueNumber ?? '分からない'}</dd>
      {value.closedAt && (
        <>
          <dt>終わった時</dt>
          <dd>
            <Instant at={value.closedAt} />　{value.closedBy}
          </dd>
        </>
      )}
    </dl>
  );
}

type Step = CaseDetail['steps'][number] & { readonly index: number };
const stepColumns: readonly Column<Step>[] = [
  { id: 'step', label: '手順', value: ({ step }) => steps[step].title, isRowHead: true },
  { id: 'words', label: 'したこと', value: ({ words }) => words },
  { id: 'at', label: '日時', value: ({ at }) => at, cell: ({ at }) => <Instant at={at} /> },
  { id: 'by', label: 'した人', value: ({ by }) => by },
];

function StepForm({ path, reload }: Props) {
  const say = useAnnounce();
  const [step, setStep] = useState<StepId>('stop');
  const [value, setValue] = useState<string>();
  const act = useAct(async () => {
    await api.post(done, `${path}/steps` as ApiPath, { step, value: value ?? '' });
    setValue(undefined);
    say('記録しました');
    await reload();
  });
  return (
    <Form
      faults={act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={() => void act.run()}
    >
      <div className="row">
        <SelectField
          path="step"
          label="手順"
          value={step}
          choices={stepIds.map((id) => ({ value: id, label: steps[id].title }))}
          onChange={(to) => {
            setStep(to);
            setValue(undefined);
          }}
        />
        <SelectField
          path="value"
          label="したこと"
          value={value}
          choices={Object.entries(steps[step].values).map(([id, label]) => ({ value: id, label }))}
          onChange={setValue}
        />
      </div>
      <div className="actions">
        <button type="submit" className="button button-main" aria-disabled={act.isRunning}>
          記録する
        </button>
      </div>
    </Form>
  );
}

function NumberForm({ path, reload }: Props) {
  const [issueNumber, setIssueNumber] = useState('');
  const act = useAct(async () => {
    await api.put(done, `${path}/certificate` as ApiPath, { issueNumber: issueNumber.trim().toUpperCase() });
    await reload();
  });
  return (
    <Form
      faults={act.faults}
      reason={act.faults.length > 0 ? undefined : act.reason}
      onSubmit={() => void act.run()}
    >
      <TextField
        path="issueNumber"
        label="発行番号"
        value={issueNumber}
        onChange={setIssueNumber}
        maxLength={19}
      />
      <div className="actions">
        <button type="submit" className="button" aria-disabled={act.isRunning}>
          この証明書にする
        </button>
      </div>
    </Form>
  );
}

function Closing({ value, path, reload }: Props) {
  const act = useAct(async () => {
    await api.post(done, `${path}/closing` as ApiPath);
    await reload();
  });
  return (
    <section className="card stack">
      <h2>この件を終える</h2>
      {act.reason && <Notice tone="bad">{act.reason}</Notice>}
      <p>
        {value.own
          ? '報告を受けた人とは別の人が、たしかめて終えます。'
          : 'すべての手順が終わったことを、たしかめてください。'}
      </p>
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          aria-disabled={act.isRunning || value.own || value.missing.length > 0}
          onClick={() => void act.run()}
        >
          たしかめて終える
        </button>
      </div>
    </section>
  );
}
