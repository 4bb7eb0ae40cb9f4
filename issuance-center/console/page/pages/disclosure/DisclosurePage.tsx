/** 開示請求: first who, then what was issued about the person. What is asked is in the audit, and in no address. */
import { useState } from 'react';
import type { CivilDate } from '#templates/vocabulary.ts';
import { disclosure, people, type Disclosure, type People } from '../../../../contract/console/disclosure.ts';
import { Letters } from '../../../../letters/Letters.tsx';
import { byWords, stateWords } from '../../../disclosure/disclosureTable.ts';
import { api } from '../../base/api.ts';
import { dayWords } from '../../base/dates.ts';
import { useAct } from '../../base/useAct.ts';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { DayField, TextField } from '../../parts/fields.tsx';
import { Form } from '../../parts/Form.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Instant } from '../../parts/Time.tsx';
import { saveFile } from './saveFile.ts';

export function DisclosurePage() {
  const [requestNumber, setRequestNumber] = useState('');
  const [name, setName] = useState('');
  const [birthDate, setBirthDate] = useState<CivilDate>();
  const [found, setFound] = useState<People['people']>();
  const [shown, setShown] = useState<Disclosure>();
  const search = useAct(async () => {
    setShown(undefined);
    const answer = await api.post(people, '/api/disclosure/people', {
      requestNumber,
      name,
      birthDate: birthDate ?? '',
    });
    setFound(answer.people);
  });
  const look = useAct(async (residentId: string) => {
    setShown(await api.post(disclosure, '/api/disclosure/certificates', { requestNumber, residentId }));
  });
  return (
    <>
      <PageHeading
        title="開示請求"
        lead="本人からの請求に、その人の証明書がいつどこで交付されたかを答えます。見たことは、すべて記録に残ります。"
      />
      <Form
        faults={search.faults}
        reason={search.faults.length > 0 ? undefined : search.reason}
        onSubmit={() => void search.run()}
      >
        <TextField
          path="requestNumber"
          label="受付番号"
          help="請求書の番号。英数字とハイフン"
          value={requestNumber}
          onChange={setRequestNumber}
          maxLength={40}
        />
        <TextField
          path="name"
          label="氏名（かなでも、はじめの部分だけでも）"
          value={name}
          onChange={setName}
          maxLength={80}
        />
        <DayField path="birthDate" label="生年月日" value={birthDate} onChange={setBirthDate} />
        <div className="actions">
          <button type="submit" className="button button-main" aria-disabled={search.isRunning}>
            さがす
          </button>
        </div>
      </Form>
      {look.reason && <Notice tone="bad">{look.reason}</Notice>}
      {found && !shown && <PeopleList found={found} onChosen={(id) => void look.run(id)} />}
      {shown && (
        <Certificates shown={shown} requestNumber={requestNumber} onBack={() => setShown(undefined)} />
      )}
    </>
  );
}

function PeopleList({
  found,
  onChosen,
}: {
  readonly found: People['people'];
  readonly onChosen: (id: string) => void;
}) {
  if (found.length === 0) {
    return <p className="empty">あてはまる人はいません。氏名と生年月日をたしかめてください。</p>;
  }
  return (
    <section className="stack" aria-label="見つかった人">
      <h2>見つかった人（{found.length}人）</h2>
      <ul className="plain-list">
        {found.map((person) => (
          <li key={person.residentId} className="card row">
            <span>
              <strong>
                <Letters text={person.name} />
              </strong>
              {person.furigana && `（${person.furigana}）`}　{dayWords(person.birthDate)}生　
              <Letters text={person.address} />
            </span>
            <button type="button" className="button" onClick={() => onChosen(person.residentId)}>
              この人の交付の記録を見る
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Row = Disclosure['certificates'][number];
const columns: readonly Column<Row>[] = [
  { id: 'at', label: '日時', value: ({ at }) => at, cell: ({ at }) => <Instant at={at} />, isRowHead: true },
  { id: 'label', label: '証明書', value: ({ label }) => label },
  { id: 'number', label: '発行番号', value: ({ issueNumber }) => issueNumber },
  {
    id: 'place',
    label: '店と機械',
    value: ({ store, kioskId }) => [store, kioskId].filter(Boolean).join(' '),
  },
  { id: 'by', label: '請求した人', value: ({ by }) => byWords(by) },
  { id: 'state', label: '状態', value: ({ state, withdrawn }) => stateWords(state, withdrawn) },
];

interface CertificatesProps {
  readonly shown: Disclosure;
  readonly requestNumber: string;
  readonly onBack: () => void;
}

function Certificates({ shown, requestNumber, onBack }: CertificatesProps) {
  const { residentId } = shown;
  const save = useAct((format: 'csv' | 'pdf') =>
    saveFile(`disclosure-${requestNumber}.${format}`, { requestNumber, residentId, format }),
  );
  return (
    <section className="stack" aria-label="交付の記録">
      <h2>
        <Letters text={shown.name} /> の交付の記録
      </h2>
      {save.reason && <Notice tone="bad">{save.reason}</Notice>}
      <DataTable
        caption="交付の記録"
        columns={columns}
        rows={shown.certificates}
        rowKey={({ issueNumber }) => issueNumber}
        empty={<p>この人の証明書は、コンビニでは交付されていません。</p>}
        sort="-at"
        isShort
      />
      <div className="actions">
        <button type="button" className="button" onClick={() => void save.run('pdf')}>
          PDFで保存
        </button>
        <button type="button" className="button" onClick={() => void save.run('csv')}>
          CSVで保存
        </button>
        <button type="button" className="button" onClick={onBack}>
          ほかの人をえらぶ
        </button>
      </div>
    </section>
  );
}
