/** 見本の印刷: asked for here, printed at the kiosk by whoever stands there; what became of it. */
import { useEffect, useState } from 'react';
import {
  done,
  testIssueId,
  testIssues,
  type Choices,
  type TestIssue,
  type Version,
} from '../../../../../contract/console/configuration.ts';
import { useAnnounce } from '../../../base/announce.tsx';
import { api } from '../../../base/api.ts';
import { useAct } from '../../../base/useAct.ts';
import { useAnswer } from '../../../base/useAnswer.ts';
import { useWho } from '../../../base/who.tsx';
import { DataTable, type Column } from '../../../parts/DataTable.tsx';
import { SelectField } from '../../../parts/fields.tsx';
import { Form } from '../../../parts/Form.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { Instant } from '../../../parts/Time.tsx';
import { Waiting } from '../../../parts/Waiting.tsx';
import { sampleWords, testIssueStates, wordsOf } from '../words.ts';

interface Props {
  readonly version: Version;
  readonly known: Choices;
}
/** Somebody at a kiosk is at work meanwhile. */
const ASK_AGAIN_MS = 5_000;

export function TestIssues({ version, known }: Props) {
  const who = useWho();
  const { asked, reload } = useAnswer(testIssues, '/api/test-issues');
  const own =
    asked.at === 'answered' ? asked.value.testIssues.filter((each) => each.version === version.number) : [];
  const isOpen = own.some(({ state }) => state === 'waiting' || state === 'fetched');
  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = setInterval(() => void reload(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isOpen, reload]);
  return (
    <section className="stack" aria-labelledby="test-issues-title">
      <h2 id="test-issues-title">店の機械で見本を印刷する</h2>
      <p className="soft">
        「見本」と大きく印刷されます。証明書としては使えず、手数料もかかりません。機械の係員の画面で、だれかが印刷の操作をします。
      </p>
      {who.may('test-issue') && <Ask version={version} known={known} onAsked={reload} />}
      <Waiting asked={asked} reload={reload}>
        {() => <Asked own={own} reload={reload} />}
      </Waiting>
    </section>
  );
}

function Ask({ version, known, onAsked }: Props & { readonly onAsked: () => Promise<void> }) {
  const announce = useAnnounce();
  const { samples, number } = version;
  const [kioskId, setKioskId] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const sample = samples.find((each) => each.sample === chosen);
  const words = wordsOf(known);
  const act = useAct(async () => {
    const body = { kioskId: kioskId ?? '', kind: sample?.kind ?? '', sample: sample?.sample ?? '' };
    await api.post(testIssueId, `/api/versions/${number}/test-issues`, body);
    await onAsked();
    announce('機械に頼みました。機械の係員の画面に出ます');
  });
  const [missing, setMissing] = useState<readonly { path: string; reason: string }[]>([]);
  const submit = () => {
    const found = [
      ...(kioskId ? [] : [{ path: 'kioskId', reason: '機械をえらんでください' }]),
      ...(sample ? [] : [{ path: 'sample', reason: '見本をえらんでください' }]),
    ];
    setMissing(found);
    if (found.length === 0) void act.run();
  };
  if (known.kiosks.length === 0) return <p className="empty">使える機械が、まだ登録されていません。</p>;
  if (samples.length === 0) return <p className="empty">直すところがなくなると、見本を印刷できます。</p>;
  const faults = missing.length > 0 ? missing : act.faults;
  return (
    <Form faults={faults} reason={faults.length > 0 ? undefined : act.reason} onSubmit={submit}>
      <div className="row">
        <SelectField
          path="kioskId"
          label="機械"
          value={kioskId}
          choices={known.kiosks.map((id) => ({ value: id, label: id }))}
          onChange={setKioskId}
        />
        <SelectField
          path="sample"
          label="見本"
          value={chosen}
          choices={samples.map((each) => ({
            value: each.sample,
            label: `${words.kind(each.kind)}　${sampleWords(each.kind, each.sample)}`,
          }))}
          onChange={setChosen}
        />
        <button type="submit" className="button under-label" aria-disabled={act.isRunning}>
          印刷を頼む
        </button>
      </div>
    </Form>
  );
}

interface AskedProps {
  readonly own: readonly TestIssue[];
  readonly reload: () => Promise<void>;
}

function Asked({ own, reload }: AskedProps) {
  const who = useWho();
  const cancel = useAct(async (id: string) => {
    await api.delete(done, `/api/test-issues/${id}`);
    await reload();
  });
  const columns: readonly Column<TestIssue>[] = [
    { id: 'label', label: '証明書', isRowHead: true, value: ({ label }) => label },
    { id: 'kiosk', label: '機械', value: ({ kioskId }) => kioskId },
    {
      id: 'state',
      label: '状態',
      value: ({ state }) => testIssueStates[state].words,
      cell: ({ state }) => (
        <StateBadge tone={testIssueStates[state].tone}>{testIssueStates[state].words}</StateBadge>
      ),
    },
    { id: 'by', label: '頼んだ人', value: ({ requestedBy }) => requestedBy },
    {
      id: 'at',
      label: '頼んだとき',
      value: ({ requestedAt }) => requestedAt,
      cell: ({ requestedAt }) => <Instant at={requestedAt} />,
    },
    {
      id: 'act',
      label: '操作',
      isFixed: true,
      isOnlyShown: true,
      value: () => null,
      cell: ({ id, state }) =>
        state === 'waiting' &&
        who.may('test-issue') && (
          <button type="button" className="button button-small" onClick={() => void cancel.run(id)}>
            取り消す
          </button>
        ),
    },
  ];
  return (
    <DataTable
      caption="頼んだ見本"
      name="specimens"
      columns={columns}
      rows={own}
      rowKey={({ id }) => id}
      sort="-at"
      isShort
      empty={<p>この版の見本は、まだ頼んでいません。</p>}
    />
  );
}
