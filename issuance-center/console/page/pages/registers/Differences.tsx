/** Rows that differ from the source, a page at a time; all of them as CSV. */
import {
  DIFFERENCES_PAGE,
  differenceList,
  entityNames,
  findingNames,
  type Difference,
} from '../../../../contract/console/registers.ts';
import type { FeedRegister } from '../../../../contract/registerFeed.ts';
import type { ApiPath } from '../../base/api.ts';
import { useQuery } from '../../base/place.ts';
import { useAnswer } from '../../base/useAnswer.ts';
import { DataTable, type Column } from '../../parts/DataTable.tsx';
import { listState } from '../../parts/listState.ts';
import { Waiting } from '../../parts/Waiting.tsx';

const LIST = 'differences';
const columns: readonly Column<Difference>[] = [
  {
    id: 'entity',
    label: '行の種類',
    value: ({ entity }) => entityNames[entity],
    isFixed: true,
  },
  {
    id: 'key',
    label: '元の台帳での番号',
    value: ({ key }) => key,
    isRowHead: true,
    isFixed: true,
    cell: ({ key }) => <code>{key}</code>,
  },
  { id: 'finding', label: 'ちがい', value: ({ finding }) => findingNames[finding], isFixed: true },
];

export function Differences({ register }: { readonly register: FeedRegister }) {
  const { query } = useQuery();
  const path = `/api/registers/${register}/differences` as ApiPath;
  const { page } = listState(query, LIST, undefined);
  const { asked, reload } = useAnswer(differenceList, path, { page });
  return (
    <Waiting asked={asked} reload={reload}>
      {({ total, rows }) => (
        <DataTable
          name={LIST}
          caption="ちがう行"
          columns={columns}
          rows={rows}
          rowKey={({ entity, key }) => `${entity} ${key}`}
          pageSize={DIFFERENCES_PAGE}
          paged={{ total, csvHref: `${path}.csv` }}
          empty={<p>ちがう行はありません。</p>}
        />
      )}
    </Waiting>
  );
}
