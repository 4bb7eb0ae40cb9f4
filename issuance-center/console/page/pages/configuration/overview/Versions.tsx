/** Every version, newest first. */
import type { VersionSummary } from '../../../../../contract/console/configuration.ts';
import { hrefOf } from '../../../base/addresses.ts';
import { useWho } from '../../../base/who.tsx';
import { DataTable, type Column } from '../../../parts/DataTable.tsx';
import { Link } from '../../../parts/Link.tsx';
import { StateBadge } from '../../../parts/StateBadge.tsx';
import { Instant } from '../../../parts/Time.tsx';
import { VERSION } from '../places.ts';
import { versionState } from '../words.ts';

export function Versions({ versions }: { readonly versions: readonly VersionSummary[] }) {
  const now = useWho().clock();
  const state = (version: VersionSummary) => versionState(version, now);
  const states = [...new Set(versions.map((version) => state(version).words))];
  const columns: readonly Column<VersionSummary>[] = [
    {
      id: 'number',
      label: '版',
      isRowHead: true,
      value: ({ number }) => number,
      cell: ({ number }) => <Link to={hrefOf(VERSION, { number })}>第{number}版</Link>,
    },
    {
      id: 'state',
      label: '状態',
      value: (version) => state(version).words,
      cell: (version) => <StateBadge tone={state(version).tone}>{state(version).words}</StateBadge>,
      narrows: states.map((words) => ({ value: words, label: words })),
    },
    { id: 'note', label: '変更の説明', value: ({ note }) => note },
    { id: 'by', label: '作った人', value: ({ createdBy }) => createdBy },
    { id: 'decided', label: '決めた人', value: ({ decidedBy }) => decidedBy },
    {
      id: 'effective',
      label: '適用',
      value: ({ effectiveAt }) => effectiveAt,
      cell: ({ effectiveAt }) => effectiveAt && <Instant at={effectiveAt} />,
    },
  ];
  return (
    <section className="stack" aria-labelledby="versions-title">
      <h2 id="versions-title">これまでの版</h2>
      <DataTable
        caption="版の一覧"
        columns={columns}
        rows={versions}
        rowKey={({ number }) => number}
        sort="-number"
        pageSize={10}
        empty={<p>まだ版がありません。「変更の下書きを作る」から始めてください。</p>}
      />
    </section>
  );
}
