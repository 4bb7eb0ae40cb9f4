/** 監査記録: what was done in this municipality, newest first, page by page. */
import { auditPage, type AuditPage as Answer } from '../../../../contract/console/staff.ts';
import { typedDay } from '../../base/dates.ts';
import { useQuery } from '../../base/place.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { DayField } from '../../parts/fields.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Instant } from '../../parts/Time.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { eventWords } from './eventWords.ts';

type Event = Answer['events'][number];

export function AuditPage() {
  const { query, change } = useQuery();
  const { asked, reload } = useAnswer(auditPage, '/api/audit', {
    day: query['day'],
    before: query['before'],
  });
  return (
    <>
      <PageHeading
        title="監査記録"
        lead="だれが何をしたかの記録です。書き換えることも消すこともできません。"
      />
      <DayField
        path="day"
        label="日付で見る"
        value={typedDay(query['day'] ?? '')}
        onChange={(day) => change({ day, before: undefined })}
      />
      <Waiting asked={asked} reload={reload}>
        {({ events, more }) => (
          <>
            <DataTable
              caption="監査記録"
              columns={columns}
              rows={events}
              rowKey={({ seq }) => seq}
              empty={<p>この日の記録はありません。ほかの日付をえらんでください。</p>}
              sort="-seq"
              pageSize={100}
            />
            <div className="actions">
              {query['before'] && (
                <button type="button" className="button" onClick={() => change({ before: undefined })}>
                  新しいものへ
                </button>
              )}
              {more && (
                <button
                  type="button"
                  className="button"
                  onClick={() => change({ before: events.at(-1)!.seq })}
                >
                  もっと前を見る
                </button>
              )}
            </div>
          </>
        )}
      </Waiting>
    </>
  );
}

const columns: readonly Column<Event>[] = [
  { id: 'seq', label: '番号', value: ({ seq }) => seq, align: 'end', isRowHead: true },
  { id: 'at', label: '日時', value: ({ at }) => at, cell: ({ at }) => <Instant at={at} /> },
  { id: 'by', label: 'した人', value: ({ by }) => by ?? 'センター・機械' },
  { id: 'type', label: 'したこと', value: ({ type }) => eventWords(type) },
  {
    id: 'fields',
    label: '内容',
    value: ({ fields }) => fieldsWords(fields),
    cell: ({ fields }) => <span className="soft">{fieldsWords(fields)}</span>,
  },
];

function fieldsWords(fields: Event['fields']): string {
  return Object.entries(fields)
    .filter(([name]) => name !== 'staffId' && name !== 'by')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('　');
}
