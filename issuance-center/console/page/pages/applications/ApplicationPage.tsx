/** One application: what was signed, who it may be, and the decision. Opening it is in the audit. */
import { applicationDetail, type ApplicationDetail } from '../../../../contract/console/applications.ts';
import { Letters } from '../../../../letters/Letters.tsx';
import { useAnswer } from '../../base/useAnswer.ts';
import { useWho } from '../../base/who.tsx';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Day, Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { AcceptButton } from './AcceptButton.tsx';
import { applicationPath } from './actPath.ts';
import { Acts } from './Acts.tsx';
import { CandidateCard } from './CandidateCard.tsx';
import { MarkLegend } from './Pieces.tsx';
import { RegisterSearch } from './RegisterSearch.tsx';
import { ApplicationState, channelWords, daysLeftWords, refusalNames } from './words.tsx';

interface Props {
  readonly value: ApplicationDetail;
  readonly reload: () => Promise<void>;
}

export function ApplicationPage({ parts }: { readonly parts: { readonly number: string } }) {
  const { asked, reload } = useAnswer(applicationDetail, applicationPath(parts.number));
  return (
    <>
      <PageHeading
        title={`申請 ${parts.number}`}
        up={{ label: '本籍地の申請', href: '/applications' }}
        lead="この画面を開いたことは、記録に残ります。"
      />
      <Waiting asked={asked} reload={reload}>
        {(value) => <Shown value={value} reload={reload} />}
      </Waiting>
    </>
  );
}

function Shown({ value, reload }: Props) {
  const isOpen = value.state === 'received' || value.state === 'checking';
  return (
    <div className="stack">
      <Standing value={value} />
      <Acts value={value} reload={reload} />
      <Signed value={value} />
      {isOpen && <Candidates value={value} reload={reload} />}
      {value.isMine && <RegisterSearch value={value} reload={reload} />}
      <DataTable
        name="history"
        caption="この申請の記録"
        columns={historyColumns}
        rows={value.history.map((event, index) => ({ ...event, index }))}
        rowKey={({ index }) => index}
        empty={<p>記録はありません。</p>}
        isShort
      />
    </div>
  );
}

function Standing({ value }: { readonly value: ApplicationDetail }) {
  const { daysLeft, registration } = value;
  return (
    <>
      {value.state === 'checking' && !value.isMine && (
        <Notice tone="plain" title={`${value.officer ?? 'ほかの人'}が確認しています`} isQuiet>
          <p>同じ申請を、2人で確認することはできません。</p>
        </Notice>
      )}
      {daysLeft !== null && daysLeft < 0 && (
        <Notice tone="warning" title="期限をすぎています" isQuiet>
          <p>先に確認してください。</p>
        </Notice>
      )}
      <dl className="facts">
        <dt>状態</dt>
        <dd>
          <ApplicationState row={value} />
        </dd>
        <dt>期限</dt>
        <dd>
          <Day day={value.decideBy} />　{daysLeft !== null && daysLeftWords(daysLeft)}
        </dd>
        <dt>受付</dt>
        <dd>
          <Instant at={value.receivedAt} />　{channelWords(value)}
        </dd>
        {value.officer && (
          <>
            <dt>担当</dt>
            <dd>{value.officer}</dd>
          </>
        )}
        {value.question && (
          <>
            <dt>聞いたこと</dt>
            <dd>{value.question}</dd>
          </>
        )}
        {value.refusal && (
          <>
            <dt>却下の理由</dt>
            <dd>{refusalNames[value.refusal]}</dd>
          </>
        )}
        {registration && (
          <>
            <dt>登録</dt>
            <dd>
              <Instant at={registration.registeredAt} />
              から
              {registration.endedAt && (
                <>
                  <Instant at={registration.endedAt} />
                  まで（{registration.endedBecause}）
                </>
              )}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

const SEXES = { male: '男', female: '女', unknown: '不明' } as const;

function Signed({ value: { items, statement, cardText } }: { readonly value: ApplicationDetail }) {
  const hasStandIns = items.nameReplacements.includes('1') || items.addressReplacements.includes('1');
  return (
    <section className="card stack" aria-label="申請の内容">
      <h2>申請の内容</h2>
      <p className="field-help">カードの電子署名をたしかめました。届いてから変わっていません。</p>
      <dl className="facts">
        <dt>氏名</dt>
        <dd>
          <Letters text={items.name} />（{statement.furigana}）
        </dd>
        <dt>生年月日</dt>
        <dd>
          <Day day={items.birthDate} />
        </dd>
        <dt>性別</dt>
        <dd>{SEXES[items.sex]}</dd>
        <dt>住所</dt>
        <dd>
          <Letters text={items.address} />
        </dd>
        <dt>本籍（申請者が入れた）</dt>
        <dd>
          <Letters text={statement.domicile} />
        </dd>
        <dt>筆頭者（申請者が入れた）</dt>
        <dd>
          <Letters text={statement.headOfRegister} />
        </dd>
        <dt>電話番号</dt>
        <dd>{statement.telephone}</dd>
        {cardText && (
          <>
            <dt>カードに書かれた字</dt>
            <dd>
              <Letters text={cardText.name} />　<Letters text={cardText.address} />
            </dd>
          </>
        )}
      </dl>
      {hasStandIns && <p>氏名か住所に、カードに入らない字の代わりの字（代替文字）があります。</p>}
    </section>
  );
}

function Candidates({ value, reload }: Props) {
  const who = useWho();
  const { candidates, registersInDoubt } = value;
  return (
    <section className="stack" aria-label="あてはまりそうな戸籍">
      <h2>あてはまりそうな戸籍（{candidates.length}件）</h2>
      {registersInDoubt.length > 0 && (
        <Notice tone="warning" title="いまは登録できません" isQuiet>
          <ul>
            {registersInDoubt.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
      {value.state === 'received' && who.may('handle-applications') && (
        <p>決めるには、まず「確認をはじめる」をおしてください。</p>
      )}
      <MarkLegend />
      {candidates.length === 0 && (
        <p className="empty">
          本籍・生年月日から、あてはまる戸籍は見つかりませんでした。確認をはじめると、ほかの戸籍をさがせます。
        </p>
      )}
      {candidates.map((candidate, index) => (
        <CandidateCard
          key={`${candidate.familyRegisterId} ${candidate.member}`}
          candidate={candidate}
          title={`候補${index + 1}`}
        >
          {value.isMine && candidate.obstacles.length === 0 && registersInDoubt.length === 0 && (
            <AcceptButton {...{ candidate, reload }} number={value.number} revision={value.revision} />
          )}
        </CandidateCard>
      ))}
    </section>
  );
}

type Event = ApplicationDetail['history'][number] & { readonly index: number };
const historyColumns: readonly Column<Event>[] = [
  { id: 'at', label: '日時', value: ({ at }) => at, cell: ({ at }) => <Instant at={at} />, isRowHead: true },
  { id: 'words', label: 'したこと', value: ({ words }) => words },
  { id: 'by', label: 'した人', value: ({ by }) => by, cell: ({ by }) => by ?? '－' },
];
