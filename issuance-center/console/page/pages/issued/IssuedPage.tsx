/** 交付の記録: searched by number, day and state; nobody's name stands here. */
import { issuedList } from '../../../../contract/console/issued.ts';
import { typedDay } from '../../base/dates.ts';
import { useQuery } from '../../base/place.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { todayOf, useWho } from '../../base/who.tsx';
import { DataTable } from '../../parts/DataTable.tsx';
import { DayField, SelectField, TextField } from '../../parts/fields.tsx';
import { Link } from '../../parts/Link.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHeading } from '../../parts/PageHeading.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { issuedColumns } from './columns.tsx';

const STATES = [
  { value: '', label: 'すべて' },
  { value: 'prepared', label: '作成した' },
  { value: 'printed', label: '印刷した' },
  { value: 'void', label: '取り消した' },
] as const;

export function IssuedPage() {
  const who = useWho();
  const { query, change } = useQuery();
  const number = query['number'];
  const day = query['day'] ?? (number ? undefined : todayOf(who));
  const { asked, reload } = useAnswer(issuedList, '/api/issued', { number, day, state: query['state'] });
  const set = (patch: Readonly<Record<string, string | undefined>>) => change(patch, { replace: true });
  return (
    <>
      <PageHeading
        title="交付の記録"
        lead="発行番号を入れると、日にかかわらずさがします。"
        actions={
          who.may('handle-wrong-certificate') && (
            <Link to="/wrong-certificate" className="button">
              誤交付の手順
            </Link>
          )
        }
      />
      <div className="row" role="search" aria-label="証明書をさがす">
        <TextField
          path="number"
          label="発行番号（はじめの部分だけでも）"
          value={number ?? ''}
          onChange={(text) => set({ number: text.trim() === '' ? undefined : text.trim().toUpperCase() })}
          maxLength={19}
        />
        <DayField path="day" label="日付" value={typedDay(day ?? '')} onChange={(to) => set({ day: to })} />
        <SelectField
          path="state"
          label="状態"
          value={(query['state'] ?? '') as (typeof STATES)[number]['value']}
          choices={STATES}
          onChange={(state) => set({ state: state === '' ? undefined : state })}
        />
      </div>
      <Waiting asked={asked} reload={reload}>
        {({ certificates, more }) => (
          <>
            {more && (
              <Notice tone="plain" isQuiet>
                はじめの500件を出しています。日付や発行番号でしぼってください。
              </Notice>
            )}
            <DataTable
              caption="証明書"
              columns={issuedColumns}
              rows={certificates}
              rowKey={({ issueNumber }) => issueNumber}
              empty={<p>あてはまる証明書はありません。日付や発行番号を変えてください。</p>}
              sort="-at"
            />
          </>
        )}
      </Waiting>
    </>
  );
}
