/** 本籍地の申請: the queue, the first to be decided on top. No applicant's name stands here. */
import { applicationList, type ApplicationRow } from '../../../../contract/console/applications.ts';
import { hrefOf } from '../../base/addresses.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { Link } from '../../parts/Link.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Day, Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import {
  ApplicationState,
  channelChoices,
  channelWords,
  daysLeftWords,
  stateChoices,
  stateWords,
} from './words.tsx';

const isOverdue = ({ daysLeft }: ApplicationRow): boolean => daysLeft !== null && daysLeft < 0;

const columns: readonly Column<ApplicationRow>[] = [
  {
    id: 'number',
    label: '申請番号',
    value: ({ number }) => number,
    isRowHead: true,
    isOneLine: true,
    cell: ({ number }) => <Link to={hrefOf('/applications/:number', { number })}>{number}</Link>,
  },
  {
    id: 'state',
    label: '状態',
    value: stateWords,
    cell: (row) => <ApplicationState row={row} />,
    narrows: stateChoices,
  },
  {
    id: 'left',
    label: '残り',
    value: ({ daysLeft }) => daysLeft,
    cell: (row) =>
      isOverdue(row) ? (
        <StateBadge tone="bad">{daysLeftWords(row.daysLeft)}</StateBadge>
      ) : (
        daysLeftWords(row.daysLeft)
      ),
    isOneLine: true,
  },
  {
    id: 'by',
    label: '期限',
    value: ({ decideBy }) => decideBy,
    cell: ({ decideBy }) => <Day day={decideBy} />,
  },
  { id: 'channel', label: '申請した所', value: channelWords, narrows: channelChoices },
  {
    id: 'officer',
    label: '担当',
    value: ({ officer }) => officer,
    cell: ({ officer, isMine }) => (isMine ? `あなた（${officer ?? ''}）` : (officer ?? '－')),
  },
  {
    id: 'received',
    label: '受付',
    value: ({ receivedAt }) => receivedAt,
    cell: ({ receivedAt }) => <Instant at={receivedAt} />,
  },
];

export function ApplicationsPage() {
  const { asked, reload } = useAnswer(applicationList, '/api/applications');
  return (
    <>
      <PageHeading
        title="本籍地の申請"
        lead="ほかの市区町村に住んでいて、ここに本籍がある人からの利用登録の申請です。期限の近いものから確認してください。"
        actions={
          <button type="button" className="button" onClick={() => void reload()}>
            新しくする
          </button>
        }
      />
      <Waiting asked={asked} reload={reload}>
        {({ applications, more }) => (
          <div className="stack">
            <Overdue count={applications.filter(isOverdue).length} />
            {more && (
              <Notice tone="plain" isQuiet>
                決まった申請は、新しいものから500件を出しています。
              </Notice>
            )}
            <DataTable
              caption="申請"
              columns={columns}
              rows={applications}
              rowKey={({ number }) => number}
              empty={<p>申請はまだありません。申請が届くと、ここに出ます。</p>}
              sort="left"
              rowTone={(row) => (isOverdue(row) ? 'bad' : undefined)}
            />
          </div>
        )}
      </Waiting>
    </>
  );
}

function Overdue({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Notice tone="warning" title={`期限をすぎた申請が${count}件あります`} isQuiet>
      <p>先に確認してください。</p>
    </Notice>
  );
}
