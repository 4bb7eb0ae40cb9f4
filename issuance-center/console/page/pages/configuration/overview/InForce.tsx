/** Kind by kind: what counts today, and the red buttons. */
import type { Choices, Overview } from '../../../../../contract/console/configuration.ts';
import { version as versionContract } from '../../../../../contract/console/configuration.ts';
import { hrefOf } from '../../../base/addresses.ts';
import { yenWords } from '../../../base/dates.ts';
import { useAnswer } from '../../../base/useAnswer.ts';
import { useWho } from '../../../base/who.tsx';
import { DataTable, type Column } from '../../../parts/DataTable.tsx';
import { Link } from '../../../parts/Link.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { Waiting } from '../../../parts/Waiting.tsx';
import { draftProfile, type DraftProfile } from '../draftProfile.ts';
import { VERSION } from '../places.ts';
import { layoutWords, wordsOf } from '../words.ts';
import { ApplicationStops } from './ApplicationStops.tsx';
import { StopButton } from './StopButton.tsx';

interface Props {
  readonly found: Overview;
  readonly known: Choices;
  readonly onChanged: () => Promise<void>;
}
type Row = Overview['kinds'][number];

export function InForce(props: Props) {
  const { inForce } = props.found;
  if (inForce === null) return null;
  return <Shown {...props} number={inForce} />;
}

function Shown({ number, ...props }: Props & { readonly number: number }) {
  const { asked, reload } = useAnswer(versionContract, `/api/versions/${number}`);
  const who = useWho();
  const { found, onChanged } = props;
  const isAllStopped = found.stops.some(({ kind }) => kind === null);
  return (
    <section className="stack" aria-labelledby="in-force-title">
      <div className="section-head">
        <h2 id="in-force-title">
          いま適用されている内容（<Link to={hrefOf(VERSION, { number })}>第{number}版</Link>）
        </h2>
        {who.may('stop-issuing') && !isAllStopped && (
          <StopButton kind={null} name="すべての証明書" onStopped={onChanged} />
        )}
      </div>
      <Waiting asked={asked} reload={reload}>
        {({ profile }) => {
          const read = draftProfile.parse(profile);
          return (
            <>
              <Kinds {...props} profile={read} />
              <ApplicationStops found={found} profile={read} onChanged={onChanged} />
            </>
          );
        }}
      </Waiting>
    </section>
  );
}

function Kinds({ found, known, onChanged, profile }: Props & { readonly profile: DraftProfile }) {
  const who = useWho();
  const words = wordsOf(known);
  const itemsOf = ({ kind }: Row): string => {
    const entry = profile.kinds.find((each) => each.kind === kind);
    return (entry?.options ?? []).map((id) => words.option(kind, id)).join('、');
  };
  const isStopped = (row: Row) => found.stops.some(({ kind }) => kind === row.kind || kind === null);
  const columns: readonly Column<Row>[] = [
    { id: 'label', label: '証明書', isRowHead: true, value: ({ label }) => label },
    {
      id: 'state',
      label: 'いま',
      value: ({ closed }) => closed ?? '交付しています',
      cell: ({ closed }) => (
        <StateBadge tone={closed === null ? 'good' : closed === '緊急停止中' ? 'bad' : 'plain'}>
          {closed ?? '交付しています'}
        </StateBadge>
      ),
    },
    {
      id: 'fee',
      label: '手数料',
      align: 'end',
      value: ({ fee }) => fee,
      cell: ({ fee }) => (fee === null ? '－' : yenWords(fee)),
    },
    { id: 'hours', label: '今日の時間', value: ({ hoursToday }) => hoursToday, isOneLine: true },
    { id: 'layout', label: '様式', value: ({ layout }) => layoutWords(layout), isOneLine: true },
    {
      id: 'items',
      label: '住民が選べる項目',
      value: itemsOf,
      cell: (row) => <span className="items">{itemsOf(row) || 'なし'}</span>,
    },
    {
      id: 'act',
      label: '操作',
      isFixed: true,
      isOnlyShown: true,
      value: () => null,
      cell: (row) =>
        who.may('stop-issuing') &&
        !isStopped(row) && <StopButton kind={row.kind} name={row.label} onStopped={onChanged} />,
    },
  ];
  return (
    <DataTable
      caption="証明書ごとの内容"
      name="kinds"
      columns={columns}
      rows={found.kinds}
      rowKey={({ kind }) => kind}
      rowTone={(row) => (isStopped(row) ? 'bad' : undefined)}
      empty={<p>証明書がまだありません。</p>}
    />
  );
}
