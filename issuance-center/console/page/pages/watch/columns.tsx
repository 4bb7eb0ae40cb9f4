/** Columns of the watch page's lists. */
import type { Watch } from '../../../../contract/console/watch.ts';
import { hrefOf } from '../../base/addresses.ts';
import type { Column } from '../../parts/DataTable.tsx';
import { Link } from '../../parts/Link.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Instant } from '../../parts/Time.tsx';

export const exceptionColumns: readonly Column<Watch['exceptions'][number]>[] = [
  {
    id: 'number',
    label: '発行番号',
    value: ({ issueNumber }) => issueNumber,
    isRowHead: true,
    cell: ({ issueNumber }) => (
      <Link to={hrefOf('/issued/:issueNumber', { issueNumber })}>{issueNumber}</Link>
    ),
  },
  { id: 'words', label: '合わないこと', value: ({ words }) => words.join('。') },
  { id: 'label', label: '証明書', value: ({ label }) => label },
  { id: 'kiosk', label: '機械', value: ({ kioskId }) => kioskId },
  { id: 'at', label: '作成', value: ({ at }) => at, cell: ({ at }) => <Instant at={at} /> },
];

type Feed = Watch['feeds'][number];
const FEED_STATES = {
  fresh: { tone: 'good', words: '正常' },
  late: { tone: 'bad', words: '遅れ' },
  'not-known': { tone: 'bad', words: '使えない' },
} as const;
export const feedColumns: readonly Column<Feed>[] = [
  { id: 'label', label: '台帳', value: ({ label }) => label, isRowHead: true },
  {
    id: 'state',
    label: '状態',
    value: ({ state }) => FEED_STATES[state].words,
    cell: ({ state }) => <StateBadge tone={FEED_STATES[state].tone}>{FEED_STATES[state].words}</StateBadge>,
  },
  {
    id: 'until',
    label: 'どこまで届いたか',
    value: ({ fedUntil }) => fedUntil,
    cell: ({ fedUntil }) => (fedUntil ? <Instant at={fedUntil} /> : 'まだ届いていない'),
  },
  {
    id: 'limit',
    label: '遅れの上限',
    value: ({ limitMinutes }) => limitMinutes,
    align: 'end',
    cell: ({ limitMinutes }) =>
      limitMinutes === null ? '－' : `${Math.round((limitMinutes / 60) * 10) / 10}時間`,
  },
  { id: 'words', label: '説明', value: ({ words }) => words },
];

export const kioskColumns: readonly Column<Watch['kiosks'][number]>[] = [
  { id: 'kiosk', label: '機械', value: ({ kioskId }) => kioskId, isRowHead: true },
  { id: 'store', label: '店', value: ({ store, chain }) => [chain, store].filter(Boolean).join(' ') },
  {
    id: 'troubles',
    label: '困っていること',
    value: ({ troubles }) => troubles.join('。'),
    cell: ({ troubles }) => (
      <ul className="plain-list">
        {troubles.map((trouble) => (
          <li key={trouble}>{trouble}</li>
        ))}
      </ul>
    ),
  },
  {
    id: 'seen',
    label: '最後の連絡',
    value: ({ lastSeenAt }) => lastSeenAt,
    cell: ({ lastSeenAt }) => (lastSeenAt ? <Instant at={lastSeenAt} /> : '－'),
  },
];

export const refusalColumns: readonly Column<Watch['refusals'][number]>[] = [
  { id: 'notice', label: 'お知らせ番号', value: ({ notice }) => notice, isRowHead: true },
  { id: 'words', label: 'お知らせ', value: ({ words }) => words },
  { id: 'count', label: '数', value: ({ count }) => count, align: 'end' },
];
